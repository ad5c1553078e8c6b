import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { may } from '../../../platform/access/permissions';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { openingsWith } from '../../project/project.public';
import { listedBy } from '../listed-by';
import {
  changeSearch,
  countAsTold,
  countSearches,
  deleteSearch,
  findSearch,
  findSearchByName,
  insertSearch,
  keepListed,
  MOST_SEARCHES,
  type SavedSearchRecord,
} from '../saved-search.repository';

const name = z.string().trim().min(1, 'Give the search a name.').max(60, 'Take at most 60 letters.');
const howOften = z.enum(['AT_ONCE', 'DAILY', 'NEVER']);
const Saved = z.object({
  name,
  howOften,
  openingId: z.uuid().nullish(),
  words: z.string().trim().max(200, 'Take at most 200 letters.').nullish(),
  isEligible: z.boolean().nullish(),
  leastScore: z.int().min(0).max(100, 'A fit has at most 100 points.').nullish(),
});
const Changed = z.object({ id: z.uuid(), name, howOften });

/** Keeps, changes and forgets one's own searches. What is on the list when a search is saved is no news. */
@Injectable()
export class SaveSearch {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Keeps a search of one's openings, or of an opening's shortlist. Refuses with NOT_FOUND, NAME_TAKEN, TOO_MANY_SEARCHES. */
  async run(person: Person, given: z.input<typeof Saved>): Promise<string> {
    const { openingId = null, words, isEligible = null, leastScore, ...own } = parseInput(Saved, given);
    const { accountId } = person;
    // Gates ask for rows that a lab does not see; whose list it is was settled first.
    return this.unitOfWork.run(person, { name: 'save-search', rows: 'both-sides' }, async (tx) => {
      const side = await sideOf(tx, person, openingId);
      if ((await countSearches(tx.db, accountId)) >= MOST_SEARCHES)
        throw new Refused('TOO_MANY_SEARCHES', `You keep ${MOST_SEARCHES} searches. Delete one first.`);
      await mustBeFree(tx, accountId, own.name);
      const times = { createdAt: tx.now, lookedAt: tx.now, checkedAt: tx.now };
      const asked = { words: words ?? '', isEligible, leastScore: leastScore ?? 0, ...side };
      const row = { id: tx.newId(), accountId, ...own, ...asked, ...times };
      await insertSearch(tx.db, row);
      await keepListed(tx.db, row, await listedBy(tx, row), { foundAt: tx.now, toldAt: tx.now });
      note(tx, row, null, 'SAVED');
      return row.id;
    });
  }

  /** Renames a search, or says how often it tells; what waited to be told is told no more. Refuses with NOT_FOUND, NAME_TAKEN. */
  async change(person: Person, given: z.input<typeof Changed>): Promise<string> {
    const { id, ...changes } = parseInput(Changed, given);
    return this.unitOfWork.run(person, { name: 'change-search' }, async (tx) => {
      const search = await mustOwn(tx, person, id);
      await mustBeFree(tx, person.accountId, changes.name, id);
      if (changes.howOften !== search.howOften) await countAsTold(tx.db, [id], tx.now);
      await changeSearch(tx.db, search, changes);
      note(tx, { ...search, ...changes }, 'SAVED', 'SAVED');
      return id;
    });
  }

  /** Notes that its owner looked: nothing of it is new any more. Refuses with NOT_FOUND. */
  async look(person: Person, id: string): Promise<string> {
    return this.unitOfWork.run(person, { name: 'look-at-search' }, async (tx) => {
      const search = await mustOwn(tx, person, parseInput(z.uuid(), id));
      await changeSearch(tx.db, search, { lookedAt: tx.now });
      return search.id;
    });
  }

  /** Forgets a search and what it found. Refuses with NOT_FOUND. */
  async forget(person: Person, id: string): Promise<string> {
    return this.unitOfWork.run(person, { name: 'forget-search' }, async (tx) => {
      const search = await mustOwn(tx, person, parseInput(z.uuid(), id));
      await deleteSearch(tx.db, search);
      note(tx, search, 'SAVED', 'FORGOTTEN');
      return search.id;
    });
  }
}

/** Whose list is searched: the lab's of the opening that is named, or the expert's own. */
async function sideOf(tx: Tx, person: Person, openingId: string | null) {
  if (openingId === null) {
    if (!person.expertId) throw notFound('profile');
    return { expertId: person.expertId, labId: null, openingId: null };
  }
  const [opening] = await openingsWith(tx.db, { ids: [openingId] });
  if (!opening || opening.labId !== person.labId || !may(person, 'matching:shortlist'))
    throw notFound('opening');
  return { expertId: null, labId: opening.labId, openingId };
}

async function mustBeFree(tx: Tx, accountId: string, wanted: string, id?: string): Promise<void> {
  const other = await findSearchByName(tx.db, accountId, wanted);
  if (other && other.id !== id)
    throw new Refused('NAME_TAKEN', 'You keep another search under this name.', { field: 'name' });
}

async function mustOwn(tx: Tx, person: Person, id: string): Promise<SavedSearchRecord> {
  const search = await findSearch(tx.db, person.accountId, id);
  if (!search) throw notFound('search');
  return search;
}

function note(tx: Tx, search: SavedSearchRecord, from: string | null, to: string): void {
  const { id, openingId, labId, howOften: often, leastScore, name: called, words } = search;
  tx.record({
    ...{ subjectType: 'saved-search', subjectId: id, from, to, labId },
    facts: { openingId, howOften: often, leastScore },
    words: { name: called, words },
  });
}

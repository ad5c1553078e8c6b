import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  changeView,
  countOwnViews,
  deleteView,
  findOwnView,
  findViewByName,
  insertView,
  MOST_VIEWS,
  type SavedViewRecord,
} from '../saved-view.repository';

const name = z.string().trim().min(1, 'Give the view a name.').max(60, 'Take at most 60 letters.');
const isShared = z.boolean();
const List = z
  .string()
  .max(100)
  .regex(/^\/admin(\/[a-z-]+)*$/, 'Views are kept of the pages of the staff.');
const Saved = z.object({ list: List, name, search: z.string().max(2000), isShared });
const Changed = z.object({ id: z.uuid(), name, isShared });

/** Keeps a list as it is filtered, under a name; renames, shares and forgets one's own. */
@Injectable()
export class SaveView {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Keeps a view; one's own of the same name on the list is replaced. Refuses with INVALID_INPUT, TOO_MANY_VIEWS. */
  async run(person: Person, given: z.input<typeof Saved>): Promise<string> {
    const view = parseInput(Saved, given);
    const ownerId = person.accountId;
    return this.unitOfWork.run(person, { name: 'save-view' }, async (tx) => {
      const known = await findViewByName(tx.db, { ...view, ownerId });
      if (known) {
        await changeView(tx.db, known, { search: view.search, isShared: view.isShared, name: view.name });
        note(tx, known, 'SAVED', 'SAVED');
        return known.id;
      }
      if ((await countOwnViews(tx.db, ownerId, view.list)) >= MOST_VIEWS)
        throw new Refused('TOO_MANY_VIEWS', `You keep ${MOST_VIEWS} views of this list. Forget one first.`);
      const row = { ...view, id: tx.newId(), ownerId, createdAt: tx.now };
      await insertView(tx.db, row);
      note(tx, row, null, 'SAVED');
      return row.id;
    });
  }

  /** Renames or shares one's own view. Refuses with NOT_FOUND, NAME_TAKEN. */
  async change(person: Person, given: z.input<typeof Changed>): Promise<string> {
    const { id, ...changes } = parseInput(Changed, given);
    return this.unitOfWork.run(person, { name: 'change-view' }, async (tx) => {
      const view = await mustOwn(tx, person, id);
      const other = await findViewByName(tx.db, { ...view, name: changes.name });
      if (other && other.id !== id)
        throw new Refused('NAME_TAKEN', 'You keep another view of this list under this name.', {
          field: 'name',
        });
      await changeView(tx.db, view, changes);
      note(tx, view, 'SAVED', 'SAVED');
      return id;
    });
  }

  /** Forgets one's own view. Refuses with NOT_FOUND. */
  async forget(person: Person, id: string): Promise<string> {
    return this.unitOfWork.run(person, { name: 'forget-view' }, async (tx) => {
      const view = await mustOwn(tx, person, parseInput(z.uuid(), id));
      await deleteView(tx.db, view);
      note(tx, view, 'SAVED', 'FORGOTTEN');
      return id;
    });
  }
}

async function mustOwn(tx: Tx, person: Person, id: string): Promise<SavedViewRecord> {
  const view = await findOwnView(tx.db, person.accountId, id);
  if (!view) throw notFound('view');
  return view;
}

function note(
  tx: Tx,
  { id, list, isShared: shared }: SavedViewRecord,
  from: string | null,
  to: string,
): void {
  tx.record({ subjectType: 'saved-view', subjectId: id, from, to, facts: { list, isShared: shared } });
}

import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notifyByChoice } from '../../notification/notification.public';
import { openingsWith } from '../../project/project.public';
import { foundTitle, risenSentence } from '../found-words';
import { listedBy } from '../listed-by';
import {
  changeSearch,
  findSearch,
  keepListed,
  searchesToLookThrough,
  type Found,
  type SavedSearchRecord,
} from '../saved-search.repository';
import { searchPath } from '../search-path';

const MATCHING = system('saved-searches');
const AT_ONCE = 200;
/** The rest waits for the next minute. */
const MOST_ROUNDS = 25;
const NAMED = 3;

/**
 * Looks through the searches whose lists were scored anew, keeps what they found, and tells at once those who want it at once. What
 * was found is not told again, so it may run twice.
 */
@Injectable()
export class LookThroughSearches {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns how many searches were looked through. */
  async run(): Promise<number> {
    let done = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const searches = await this.unitOfWork.readAs(MATCHING, ({ db }) => searchesToLookThrough(db, AT_ONCE));
      for (const search of searches) await this.one(search, search.scoredAt);
      done += searches.length;
      if (searches.length < AT_ONCE) break;
    }
    return done;
  }

  private async one({ id, accountId }: SavedSearchRecord, scoredAt: Date): Promise<void> {
    await this.unitOfWork.run(MATCHING, { name: 'look-through-search' }, async (tx) => {
      const search = await findSearch(tx.db, accountId, id);
      if (!search) return;
      const toldAt = search.howOften === 'AT_ONCE' ? tx.now : null;
      const fresh = await keepListed(tx.db, search, await listedBy(tx, search), { foundAt: tx.now, toldAt });
      await changeSearch(tx.db, search, { checkedAt: scoredAt });
      if (toldAt && fresh.length > 0) await tell(tx, search, fresh);
    });
  }
}

/** Tells the owner; of candidates no names, for a mail may be read by others. */
async function tell(tx: Tx, search: SavedSearchRecord, fresh: readonly Found[]): Promise<void> {
  const best = Math.round((fresh[0]?.score ?? 0) * 100);
  const ofLab = search.openingId !== null;
  const openings = await openingsWith(tx.db, {
    ids: fresh.slice(0, NAMED).map(({ openingId }) => openingId),
  });
  const titles = new Map(openings.map(({ id, title }) => [id, title]));
  const named = ofLab
    ? [titles.get(search.openingId ?? '') ?? '']
    : fresh.slice(0, NAMED).flatMap(({ openingId }) => titles.get(openingId) ?? []);
  const more = !ofLab && fresh.length > NAMED ? ` and ${fresh.length - NAMED} more` : '';
  await notifyByChoice(tx, search.accountId, {
    kind: ofLab ? 'SEARCH_FOUND_CANDIDATES' : 'SEARCH_FOUND_OPENINGS',
    title: foundTitle(search, fresh),
    body: `${ofLab ? 'For ' : ''}${named.join(', ')}${more}. The best fits ${best} of 100.${risenSentence(fresh)} You are told because you saved this search; change it under Saved searches.`,
    link: searchPath(search),
  });
}

import { Injectable } from '@nestjs/common';
import { digestLetter, type DigestItem } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { untold, type Told } from '../../../platform/queue/jobs';
import { writeMailByChoice } from '../../notification/notification.public';
import { openingsListed } from '../../project/project.public';
import {
  dueDigests,
  noteSent,
  openOpeningsOf,
  takeDay,
  takeNews,
  type DueDigest,
} from '../digest.repository';
import { listedBy } from '../listed-by';
import { listFits } from '../matching.repository';
import { findRecommendation } from '../recommendation.repository';
import { countAsTold, untoldDaily } from '../saved-search.repository';

const MATCHING = system('digests');
const AT_A_TIME = 200;
/** So many openings are named for an expert, and so many of a lab are looked at. */
const NAMED = 5;
const OPENINGS = 20;
const ALL = { words: '', leastScore: 0 };

/** The daily mail: what is new for an expert or a lab, in the morning of their own day. One a day, none where nothing is new. */
@Injectable()
export class SendDigests {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Looks at everybody whose hour has come. Returns how many mails were written. May run twice: a day is taken once. */
  async run(told: Told = untold): Promise<number> {
    let [sent, seen] = [0, 0];
    for (;;) {
      const due = await this.unitOfWork.readAs(MATCHING, ({ db, now }) => dueDigests(db, now, AT_A_TIME));
      for (const each of due) {
        sent += await this.one(each);
        told(++seen);
      }
      if (due.length < AT_A_TIME) return sent;
    }
  }

  private async one(due: DueDigest): Promise<number> {
    return this.unitOfWork.run(MATCHING, { name: 'send-digest' }, async (tx) => {
      if (!(await takeDay(tx.db, due.accountId, due.day))) return 0;
      const searches = due.isAlertOn ? await untoldDaily(tx.db, due.accountId) : [];
      const letter = digestLetter({
        ...(due.isDigestOn && due.expertId
          ? await openingsFor(tx, due.accountId, due.expertId)
          : { openings: [], moreOpenings: 0 }),
        candidates: due.isDigestOn && due.labId ? await candidatesFor(tx, due.accountId, due.labId) : [],
        searches: searches.map((search) => ({ ...search, link: linkOf(search) })),
      });
      if (!letter) return 0;
      await countAsTold(
        tx.db,
        searches.map(({ id }) => id),
        tx.now,
      );
      await writeMailByChoice(tx, due, letter);
      await noteSent(tx.db, due.accountId, due.day);
      return 1;
    });
  }
}

/** A daily search is opened from the page of searches, which then counts it as looked at. */
function linkOf({ openingId }: { openingId: string | null }): string {
  return openingId === null ? '/expert/searches' : '/lab/searches';
}

/** The best openings that an expert can take and was not told of, with the three reasons. */
async function openingsFor(tx: Tx, accountId: string, expertId: string) {
  const found = await listedBy(tx, { ...ALL, expertId, openingId: null, isEligible: true });
  const fresh = await takeNews(tx.db, accountId, found);
  const best = found.filter(({ openingId }) => fresh.has(`${openingId} ${expertId}`));
  const listed = new Map(
    (
      await openingsListed(
        tx.db,
        best.slice(0, NAMED).map(({ openingId }) => openingId),
      )
    ).map((each) => [each.id, each]),
  );
  const openings: DigestItem[] = [];
  for (const { openingId, score } of best.slice(0, NAMED)) {
    const [opening, fit] = [
      listed.get(openingId),
      await findRecommendation(tx.db, expertId, openingId, tx.now),
    ];
    if (opening)
      openings.push({
        ...{ title: opening.title, about: opening.lab.name, points: Math.round(score * 100) },
        ...{ reasons: fit?.reasons.for ?? [], link: `/expert/openings/${openingId}` },
      });
  }
  return { openings, moreOpenings: best.length - openings.length };
}

/** The open openings of a lab that have candidates whom this member was not told of; no names leave the product. */
async function candidatesFor(tx: Tx, accountId: string, labId: string): Promise<DigestItem[]> {
  const items: DigestItem[] = [];
  for (const { id: openingId, title } of await openOpeningsOf(tx.db, labId, OPENINGS)) {
    const found = await listedBy(tx, { ...ALL, expertId: null, openingId, isEligible: null });
    const fresh = await takeNews(tx.db, accountId, found);
    const news = found.filter(({ expertId }) => fresh.has(`${openingId} ${expertId}`));
    const [best] = news;
    if (!best) continue;
    const [fit] = await listFits(tx.db, { openingId, only: [best.expertId], now: tx.now }, 1);
    items.push({
      ...{ title, about: `${news.length} new`, points: Math.round(best.score * 100) },
      ...{ reasons: fit?.reasons.for ?? [], link: `/lab/openings/${openingId}?view=shortlist` },
    });
  }
  return items;
}

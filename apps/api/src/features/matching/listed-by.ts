import { gatesFor, isEligible } from '@tallystick/matching';
import type { Read } from '../../platform/prisma/transaction';
import { activeExpertDocuments, openingDocuments } from '../eligibility/eligibility.public';
import { openingIdsLike } from '../project/project.public';
import { marksOf } from './candidate-mark.repository';
import { listFits } from './matching.repository';
import { listRecommendations, PLACES } from './recommendation.repository';
import type { Listed, SavedSearchRecord } from './saved-search.repository';
import { standingsOf } from './standings';

/** A list has at most so many rows. */
const LISTED = 200;

/** What a search asks, whoever keeps it. */
export type Asked = Pick<SavedSearchRecord, 'expertId' | 'openingId' | 'words' | 'isEligible' | 'leastScore'>;

type Pair = Omit<Listed, 'isFound'>;

/** What is on the list of a search now, of the rows that its owner reads, and whether it fits as well as the search asks. */
export async function listedBy(read: Read, asked: Asked): Promise<Listed[]> {
  const rows =
    asked.openingId === null
      ? await openingsListed(read, asked)
      : await candidatesListed(read, asked.openingId);
  return rows.map(({ openingId, expertId, score }) => ({
    ...{ openingId, expertId, score },
    isFound: Math.round(score * 100) >= asked.leastScore,
  }));
}

/** Openings that an expert has not applied to. */
async function openingsListed({ db, now }: Read, asked: Asked): Promise<Pair[]> {
  const expertId = asked.expertId ?? '';
  const openingIds = asked.words ? await openingIdsLike(db, asked.words) : undefined;
  const appliedTo = [...(await standingsOf(db, expertId)).keys()];
  const rows = await listRecommendations(db, { expertId, appliedTo, openingIds, now }, LISTED);
  return rows.filter(({ place, isEligible: can }) =>
    asked.isEligible === null
      ? place !== PLACES.appliedTo
      : asked.isEligible
        ? place === PLACES.canBeTaken
        : place === PLACES.missesSomething && !can,
  );
}

/** Experts of a shortlist who pass its gates at this moment and carry no mark yet. */
async function candidatesListed({ db, now }: Read, openingId: string): Promise<Pair[]> {
  const [opening] = await openingDocuments(db, [openingId], now);
  if (!opening?.isOpen) return [];
  const marked = new Set((await marksOf(db, openingId)).map(({ expertId }) => expertId));
  const rows = await listFits(db, { openingId, but: [...marked], now }, LISTED);
  const documents = await activeExpertDocuments(
    db,
    rows.map(({ expertId }) => expertId),
    now,
  );
  const gatesOf = gatesFor(opening);
  const passing = new Set(documents.filter((each) => isEligible(gatesOf(each))).map(({ id }) => id));
  return rows.filter(({ expertId }) => passing.has(expertId));
}

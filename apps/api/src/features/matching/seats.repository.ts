import type { SeatOutcome, SeatProblem } from '@tallystick/matching';
import { Prisma, type Db } from '../../platform/prisma/database';

/** What must hold in a proposal of seats. */
export interface SeatRules {
  /** Seats that one expert may take at most, where their hours allow it. */
  readonly perExpert: number;
  /** No expert takes more than this share of all seats, percent. */
  readonly largestSharePercent: number;
  /** So many seats of each opening at least go to experts who had no engagement yet. */
  readonly newcomers: number;
  /** So many seats of an opening at least go to experts of a jurisdiction: where they live or are licensed. */
  readonly jurisdictions: readonly { openingId: string; jurisdiction: string; atLeast: number }[];
}

/** What a person said of an applicant for an opening. */
export interface SaidOfSeat {
  readonly openingId: string;
  readonly expertId: string;
  readonly said: 'LOCKED' | 'SET_ASIDE';
}

/** An applicant behind a gate, and what the gate says to the lab. */
export interface GatedApplicant {
  readonly openingId: string;
  readonly expertId: string;
  readonly code: string;
  readonly sentence: string;
}

/** Terms of the offers for the seats of one opening. */
export interface SeatTerms {
  readonly openingId: string;
  readonly rateMinorPerHour: string;
  readonly weeklyCapHours: number;
  readonly noticeDays: number;
  readonly startsOn: string;
}

export interface SeatProposalRecord {
  readonly id: string;
  readonly labId: string;
  readonly projectId: string;
  readonly openingId: string | null;
  readonly state: string;
  readonly askedById: string;
  readonly askedAt: Date;
  readonly rules: SeatRules;
  readonly said: readonly SaidOfSeat[];
  readonly startedAt: Date | null;
  readonly step: string | null;
  readonly computedAt: Date | null;
  readonly snapshotId: string | null;
  readonly modelId: string | null;
  readonly inputs: SeatProblem | null;
  readonly result: SeatOutcome | null;
  readonly gated: readonly GatedApplicant[] | null;
  readonly terms: readonly SeatTerms[] | null;
  readonly confirmedAt: Date | null;
  readonly version: number;
}

/** What came of one seat of a confirmed proposal. */
export interface SeatOfferRecord {
  readonly proposalId: string;
  readonly openingId: string;
  readonly expertId: string;
  readonly labId: string;
  readonly offerId: string | null;
  readonly refusalCode: string | null;
  readonly refusal: string | null;
  readonly at: Date;
}

const json = (value: unknown) => value as Prisma.InputJsonValue;
const recordOf = (row: unknown) => row as SeatProposalRecord;
const CURRENT = ['WAITING', 'READY', 'REFUSED'];

/** Stores a proposal that waits for the worker. */
export async function insertSeatProposal(
  db: Db,
  row: Pick<
    SeatProposalRecord,
    'id' | 'labId' | 'projectId' | 'openingId' | 'askedById' | 'askedAt' | 'rules' | 'said'
  >,
): Promise<void> {
  await db.seatProposal.create({
    data: { ...row, state: 'WAITING', rules: json(row.rules), said: json(row.said) },
  });
}

/** A proposal by its id. */
export async function findSeatProposal(db: Db, id: string): Promise<SeatProposalRecord | null> {
  const row = await db.seatProposal.findUnique({ where: { id } });
  return row && recordOf(row);
}

/** The newest proposal for a project, or for one opening of it. */
export async function newestSeatProposal(
  db: Db,
  projectId: string,
  openingId: string | null,
): Promise<SeatProposalRecord | null> {
  const row = await db.seatProposal.findFirst({
    where: { projectId, openingId },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
  });
  return row && recordOf(row);
}

/** The proposals for the same seats that are not answered yet; at most one. */
export async function currentSeatProposals(
  db: Db,
  projectId: string,
  openingId: string | null,
): Promise<SeatProposalRecord[]> {
  const rows = await db.seatProposal.findMany({
    where: { projectId, openingId, state: { in: CURRENT } },
    orderBy: { id: 'asc' },
  });
  return rows.map(recordOf);
}

/** Notes how far the search for a proposal is, while it waits. */
export async function noteSeatStep(
  db: Db,
  id: string,
  changes: { readonly startedAt: Date; readonly step: null } | { readonly step: string },
): Promise<void> {
  await db.seatProposal.updateMany({ where: { id, state: 'WAITING' }, data: changes });
}

/** Moves a proposal on from the state and version that were seen. */
export async function moveSeatProposal(
  db: Db,
  seen: SeatProposalRecord,
  changes: { state: string; confirmedById?: string } & Partial<
    Pick<
      SeatProposalRecord,
      'computedAt' | 'snapshotId' | 'modelId' | 'inputs' | 'result' | 'gated' | 'terms' | 'confirmedAt'
    >
  >,
): Promise<boolean> {
  const { inputs, result, gated, terms, ...plain } = changes;
  const { count } = await db.seatProposal.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: {
      ...plain,
      ...(inputs && { inputs: json(inputs) }),
      ...(result && { result: json(result) }),
      ...(gated && { gated: json(gated) }),
      ...(terms && { terms: json(terms) }),
      version: { increment: 1 },
    },
  });
  return count === 1;
}

/** What came of the seats of a proposal. */
export async function seatOffersOf(db: Db, proposalId: string): Promise<SeatOfferRecord[]> {
  return db.seatOffer.findMany({
    where: { proposalId },
    orderBy: [{ openingId: 'asc' }, { expertId: 'asc' }],
  });
}

/** Notes what came of a seat; what is noted already stands. */
export async function noteSeatOffer(db: Db, row: SeatOfferRecord): Promise<void> {
  await db.seatOffer.createMany({ data: [row], skipDuplicates: true });
}

import { gatesFor, gatesOf, type Gate, type GateCode } from '@tallystick/matching';
import { notFound, Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import { findExpertDocument, findExpertDocuments, openingDocuments } from './documents';

/** What a gate that does not hold is refused with. */
const REFUSALS = {
  SUSPENDED: 'SUSPENDED',
  CREDENTIAL: 'CREDENTIAL_MISSING',
  LANGUAGE: 'LANGUAGE_MISSING',
  COUNTRY: 'COUNTRY_NOT_ALLOWED',
  AUTHORISATION: 'AUTHORISATION_MISSING',
  OVERLAP: 'HOURS_APART',
  CONFLICT: 'CONFLICT_OF_INTEREST',
  EXCLUSIVE: 'BOUND_ELSEWHERE',
  AUTHORSHIP: 'OWN_WORK',
} as const satisfies Partial<Record<GateCode, string>>;

/** Who is asked about, for which opening. */
interface GateQuestion {
  readonly openingId: string;
  readonly expertId: string;
  /** The first day that was agreed; that of the opening where none is yet. */
  readonly startsOn?: Date;
  /** The last day that is asked about; that of the opening's weeks where it is not said. */
  readonly lastDay?: Date;
}

/** A gate that binds and is not passed, in the words of both sides. */
export type StoppedGate = Gate & { readonly code: keyof typeof REFUSALS };

/** What must hold on each day of the work, and not only when it is agreed and when it starts: law asks it, or a person decided it. */
const EACH_DAY: ReadonlySet<GateCode> = new Set(['SUSPENDED', 'CREDENTIAL', 'COUNTRY', 'AUTHORISATION']);

/**
 * The gates once more, from the database and not from the index, at the moment that they matter. What is the expert's own
 * wish, as their lowest rate, their hours and being shown at all, is not asked: who applies or accepts has decided it.
 * Refuses with the first gate that is not passed, in the words of the side that acts: SUSPENDED, CREDENTIAL_MISSING,
 * LANGUAGE_MISSING, COUNTRY_NOT_ALLOWED, AUTHORISATION_MISSING, HOURS_APART, CONFLICT_OF_INTEREST, BOUND_ELSEWHERE, OWN_WORK.
 */
export async function checkGates(
  db: Db,
  { side, ...question }: GateQuestion & { readonly side: 'LAB' | 'EXPERT' },
  now: Date,
): Promise<void> {
  const stopped = await stoppedGate(db, question, now);
  if (stopped) throw new Refused(REFUSALS[stopped.code], side === 'LAB' ? stopped.forLab : stopped.forExpert);
}

/** The first gate that binds and is not passed; undefined where all are. Refuses with NOT_FOUND. */
export async function stoppedGate(
  db: Db,
  { openingId, expertId, ...days }: GateQuestion,
  now: Date,
): Promise<StoppedGate | undefined> {
  const expert = await findExpertDocument(db, expertId, now);
  const [opening] = await openingDocuments(db, [openingId], now, days);
  if (!expert || !opening) throw notFound('opening');
  return gatesOf(expert, opening).find(isStopped);
}

/**
 * Whom of some experts no offer can be made now, each with the first gate that is not passed: neither for work from today on nor
 * for the days of the opening. Asked as an offer asks it, so that a page offers only what can be done.
 */
export async function stoppedOffers(
  db: Db,
  openingId: string,
  expertIds: readonly string[],
  now: Date,
): Promise<Map<string, StoppedGate>> {
  const experts = await findExpertDocuments(db, expertIds, now);
  const openings = [
    ...(await openingDocuments(db, [openingId], now, { startsOn: now })),
    ...(await openingDocuments(db, [openingId], now)),
  ];
  const asked = openings.map((opening) => gatesFor(opening));
  const stopped = new Map<string, StoppedGate>();
  for (const expert of experts) {
    const found = asked.flatMap((gates) => gates(expert).find(isStopped) ?? []);
    if (found[0] && found.length === asked.length) stopped.set(expert.id, found[0]);
  }
  return stopped;
}

/** Of work that has begun, the first gate that is not passed on a day and must hold on each. Refuses with NOT_FOUND. */
export async function stoppedOnDay(
  db: Db,
  { openingId, expertId }: GateQuestion,
  day: Date,
  now: Date,
): Promise<StoppedGate | undefined> {
  const expert = await findExpertDocument(db, expertId, now);
  const [opening] = await openingDocuments(db, [openingId], now, { startsOn: day, lastDay: day });
  if (!expert || !opening) throw notFound('opening');
  return gatesOf(expert, opening)
    .filter(isStopped)
    .find(({ code }) => EACH_DAY.has(code));
}

function isStopped(gate: Gate): gate is StoppedGate {
  return gate.outcome !== 'PASS' && gate.code in REFUSALS;
}

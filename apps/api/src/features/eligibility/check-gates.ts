import { gatesOf, type Gate, type GateCode } from '@tallystick/matching';
import { notFound, Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import { findExpertDocument, openingDocuments } from './documents';

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

/** Who is asked about, for which opening, and in whose words a gate refuses. */
interface GateQuestion {
  readonly openingId: string;
  readonly expertId: string;
  readonly side: 'LAB' | 'EXPERT';
  /** The first day that was agreed; that of the opening where none is yet. */
  readonly startsOn?: Date;
}

/**
 * The gates once more, from the database and not from the index, at the moment that they matter. What is the expert's own
 * wish, as their lowest rate, their hours and being shown at all, is not asked: who applies or accepts has decided it.
 * Refuses with the first gate that is not passed, in the words of the side that acts: SUSPENDED, CREDENTIAL_MISSING,
 * LANGUAGE_MISSING, COUNTRY_NOT_ALLOWED, AUTHORISATION_MISSING, HOURS_APART, CONFLICT_OF_INTEREST, BOUND_ELSEWHERE, OWN_WORK.
 */
export async function checkGates(
  db: Db,
  { openingId, expertId, side, startsOn }: GateQuestion,
  now: Date,
): Promise<void> {
  const expert = await findExpertDocument(db, expertId, now);
  const [opening] = await openingDocuments(db, [openingId], now, startsOn);
  if (!expert || !opening) throw notFound('opening');
  const stopped = gatesOf(expert, opening).find(isStopped);
  if (stopped) throw new Refused(REFUSALS[stopped.code], side === 'LAB' ? stopped.forLab : stopped.forExpert);
}

type Stopped = Gate & { readonly code: keyof typeof REFUSALS };

function isStopped(gate: Gate): gate is Stopped {
  return gate.outcome !== 'PASS' && gate.code in REFUSALS;
}

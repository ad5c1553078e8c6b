import { waitEnd, type StandingFacts } from './payout-gates';

/** What decides whether what lies in an expert's account at the rail may be sent on to their bank. */
export interface RailHoldFacts extends Pick<
  StandingFacts,
  'stop' | 'holds' | 'hasActiveAccount' | 'bankChangedAt' | 'coolDownHours'
> {
  /** When the newest of what came back did, from the bank account that is still set; absent where another one was set since. */
  readonly returnedAt?: Date;
}

/** Whether an account at the rail waits; until when, where nothing but time holds it. */
export type RailHold = { readonly isHeld: false } | { readonly isHeld: true; readonly until?: Date };

/**
 * Whether what lies in an account at the rail waits: for a person, for bank details, for the cool-down of other ones, as
 * our own payouts do; and after something came back, so that a bank that refuses is not asked at once again.
 */
export function railHold(facts: RailHoldFacts, now: Date): RailHold {
  const { holds, stop, hasActiveAccount, coolDownHours } = facts;
  if (holds.length > 0 || stop !== undefined || !hasActiveAccount) return { isHeld: true };
  const ends = [facts.bankChangedAt, facts.returnedAt].map((since) => waitEnd(since, coolDownHours, now));
  const until = ends.reduce((latest, end) => (end && (!latest || end > latest) ? end : latest), undefined);
  return until ? { isHeld: true, until } : { isHeld: false };
}

const HOUR_MS = 3_600_000;

/** When what the rail refused to send on to a bank is asked for again. */
export function sentOnAgainAt(refusedAt: Date): Date {
  return new Date(refusedAt.getTime() + HOUR_MS);
}

import { waitEnd, type StandingFacts } from './payout-gates';

/** What decides whether an expert's account at the rail may send what lies in it to a bank by itself. */
export interface RailHoldFacts extends Pick<
  StandingFacts,
  'stop' | 'holds' | 'hasActiveAccount' | 'bankChangedAt' | 'coolDownHours'
> {
  /** Whether it was told to wait. */
  readonly isHeld: boolean;
  /** Whether something that a bank returned lies there. */
  readonly hasReturned: boolean;
  /** When the newest of it came back from the bank account that is still set; absent where another one was set since. */
  readonly returnedAt?: Date;
}

/** Whether an account at the rail waits; until when, where nothing but time holds it. */
export type RailHold = { readonly isHeld: false } | { readonly isHeld: true; readonly until?: Date };

/**
 * Whether an account at the rail waits. Our own payouts wait after a change of bank details, and for a person's hold;
 * what lies at the rail already waits for the same. It is held as soon as something came back, before there are other
 * details: afterwards the rail could be faster than we. The switch that stops all payouts keeps what is held, and holds
 * nothing that was handed to the rail before.
 */
export function railHold(facts: RailHoldFacts, now: Date): RailHold {
  const { isHeld, hasReturned, holds, stop, hasActiveAccount, coolDownHours } = facts;
  const isOld = isHeld || hasReturned;
  const isWithoutEnd = holds.length > 0 || (isOld && (stop !== undefined || !hasActiveAccount));
  if (isWithoutEnd) return { isHeld: true };
  const ends = [facts.bankChangedAt, facts.returnedAt].map((since) => waitEnd(since, coolDownHours, now));
  const until = ends.reduce((latest, end) => (end && (!latest || end > latest) ? end : latest), undefined);
  // Before an account can be paid nothing lies in it.
  return until && (hasActiveAccount || isOld) ? { isHeld: true, until } : { isHeld: false };
}

import { formatAmount, type Money } from '../money/money';

const DAY_MS = 86_400_000;
/** The money of a week is held from the Thursday before it, 00:00 UTC. */
export const HELD_AHEAD_DAYS = 4;

/** Why no new week is held while a dispute of the lab is not settled, in words that both sides may read. */
export const STOPPED_FOR_EXPERT = 'No new week can start while a payment of the lab is disputed.';

/** How the money of one week stands. */
export type FundingState = 'HELD' | 'FAILED' | 'NOT_DUE' | 'SETTLED' | 'NO_WORK' | 'STOPPED';
/** What the reader is to do. */
export type FundingAction = 'NOTHING' | 'ADD_FUNDS' | 'WITHDRAW_DISPUTE' | 'DO_NOT_WORK';

/** Why no new week of a lab is held, however much money is there. */
export interface WeekStop {
  /** True where a dispute is lost and the lab owes what the bank took back; false while the bank decides. */
  readonly isOwed: boolean;
  /** In the words for the lab. */
  readonly sentence: string;
}

export interface WeekFunding {
  readonly state: FundingState;
  readonly action: FundingAction;
  readonly sentence: string;
  /** When the money is held, or is tried again, at the latest (UTC); undefined where nothing more happens by itself. */
  readonly triedAt?: Date;
}

export interface WeekFundingFacts {
  readonly weekStart: Date;
  /** State of the stored week: HELD, FAILED or SETTLED; undefined where it was never opened. */
  readonly stored?: string;
  /** What is held, or will be: the price of the weekly cap. */
  readonly amount: Money;
  readonly startsOn: Date;
  /** When the engagement ends, where that is known. */
  readonly endsAt?: Date | null;
  readonly isEnded: boolean;
  /** True where the work waits for a gate: no money is held for it. */
  readonly isWaiting?: boolean;
  /** What stops new weeks of the lab; undefined where nothing does. */
  readonly stop?: WeekStop;
}

/**
 * What each side sees of the money of a week, and what it is to do.
 * @param now the present instant
 */
export function weekFunding(facts: WeekFundingFacts, side: 'lab' | 'expert', now: Date): WeekFunding {
  const { weekStart, stored, startsOn, endsAt, isEnded, isWaiting, stop } = facts;
  const weekEnd = new Date(weekStart.getTime() + 7 * DAY_MS);
  const amount = formatAmount(facts.amount);
  if (stored === 'SETTLED')
    return quiet('SETTLED', 'This week is settled: what was held is paid or given back.');
  if (stored === 'HELD' && isWaiting)
    return quiet(
      'HELD',
      side === 'lab'
        ? `${amount} is held for this week. While the work waits none of it is used; what is left comes back when the week is settled.`
        : 'The money of this week is held. No time can be logged while the work waits.',
    );
  if (stored === 'HELD')
    return quiet(
      'HELD',
      side === 'lab'
        ? `${amount} is held for this week.`
        : 'The money of this week is held: your work in it will be paid.',
    );
  if (isEnded || (endsAt && endsAt <= weekStart))
    return quiet('NO_WORK', 'The engagement ends before this week: nothing is held.');
  if (startsOn >= weekEnd) return quiet('NO_WORK', 'The work begins after this week: nothing is held.');
  if (isWaiting) return quiet('NO_WORK', 'Nothing is held for this week while the work waits.');
  if (stop) return stopped(stop, side);
  if (stored === 'FAILED') return failed(amount, side, weekStart <= now, now);
  const dueAt = new Date(weekStart.getTime() - HELD_AHEAD_DAYS * DAY_MS);
  const triedAt = dueAt > now ? dueAt : soon(now);
  return side === 'lab'
    ? {
        state: 'NOT_DUE',
        action: 'NOTHING',
        sentence: `${amount} will be held from your balance before this week begins.`,
        triedAt,
      }
    : {
        state: 'NOT_DUE',
        action: 'NOTHING',
        sentence: 'The money of this week will be held before it begins.',
        triedAt,
      };
}

/** No date is promised: it begins again when the dispute is settled. The expert reads no amount of the lab's payments. */
function stopped({ isOwed, sentence }: WeekStop, side: 'lab' | 'expert'): WeekFunding {
  if (side === 'expert')
    return {
      state: 'STOPPED',
      action: 'DO_NOT_WORK',
      sentence: `${STOPPED_FOR_EXPERT} Do not work in this week before its money is held: no time can be logged in it. What you worked before is paid.`,
    };
  return isOwed
    ? {
        state: 'STOPPED',
        action: 'ADD_FUNDS',
        sentence: `${sentence} Add funds: what you owe is taken first, then weeks are held again.`,
      }
    : {
        state: 'STOPPED',
        action: 'WITHDRAW_DISPUTE',
        sentence: `${sentence} If it was a mistake, withdraw it at your bank.`,
      };
}

function failed(amount: string, side: 'lab' | 'expert', hasBegun: boolean, now: Date): WeekFunding {
  const when = hasBegun ? 'This week' : 'The next week';
  return side === 'lab'
    ? {
        state: 'FAILED',
        action: 'ADD_FUNDS',
        sentence: `${when} is not funded: your balance does not cover ${amount}. Add funds; it is tried again as soon as they arrive. Until then no time can be logged in it.`,
        triedAt: soon(now),
      }
    : {
        state: 'FAILED',
        action: 'DO_NOT_WORK',
        sentence: `${when} is not funded. Do not work in it: time cannot be logged until the lab adds funds. You will be told; what you worked before is paid.`,
        triedAt: soon(now),
      };
}

/** Holds that failed are tried again each minute, and when money arrives. */
function soon(now: Date): Date {
  return new Date(now.getTime() + 60_000);
}

function quiet(state: FundingState, sentence: string): WeekFunding {
  return { state, action: 'NOTHING', sentence };
}

import { noPayoutYet, type NoPayout } from '@tallystick/domain';
import type { EarningsQuery } from '../../gql/graphql';
import { day, moment } from '../../lib/time';

export type PayoutStanding = EarningsQuery['payoutStanding'];
export type PayoutCalendarDays = EarningsQuery['payoutCalendar'];
export type EarningsInOneCurrency = PayoutStanding['earnings'][number];

/** What is promised of the next payout: nothing where the run has nothing that it may send. */
export function nextWords(
  { nextRunAt, nextPromisedOn }: PayoutCalendarDays,
  { accountState, earnings }: PayoutStanding,
): string {
  if (accountState !== 'ACTIVE') return 'No payout before your payout account is ready';
  const none = noPayoutYet(
    earnings.flatMap(({ blocks }) => blocks),
    nextRunAt,
  );
  if (none) return noneWords(none);
  return earnings.some((each) => each.payable.minor !== '0' && !isAsPart(each))
    ? `Next payout ${moment(nextRunAt)}, in your bank by ${day(nextPromisedOn)}`
    : `Next payout run ${moment(nextRunAt)}; nothing is ready for it so far`;
}

function noneWords({ notBefore, decision }: NoPayout): string {
  if (!decision) return `No payout before ${moment(notBefore ?? '')}`;
  const isLate = new Date(decision.dueBy) < new Date();
  const by = isLate ? 'they are late' : `by ${day(decision.dueBy)}`;
  const also = notBefore ? `, nor before ${moment(notBefore)}` : '';
  return `No payout before a person of staff has decided (${by})${also}`;
}

/** Whether anything but another bank account keeps every payout back until a person decides. */
export function isHeldElse({ earnings }: PayoutStanding): boolean {
  const blocks = earnings.flatMap((each) => each.blocks);
  return noPayoutYet(blocks, new Date().toISOString())?.decision !== undefined;
}

/** True where a run would send nothing, because the rest is held at a limit: this much of it can be asked for. */
function isAsPart({ payable, blocks }: EarningsInOneCurrency): boolean {
  return payable.minor !== '0' && blocks.some(({ gate }) => LIMITS.has(gate));
}

/** What becomes of what is payable. */
export function payableWords(earnings: EarningsInOneCurrency): string {
  if (earnings.payable.minor === '0') return 'Nothing is ready to be paid.';
  return isAsPart(earnings)
    ? 'Ask for it with “Pay out now”: it needs nobody’s leave.'
    : 'The next payout sends it.';
}

/** Gates of a whole amount: a smaller one passes. */
const LIMITS: ReadonlySet<string> = new Set(['FOUR_EYES', 'TAX_FORM', 'VELOCITY', 'RAIL_BALANCE']);

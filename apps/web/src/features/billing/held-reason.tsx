import { Link } from '@tanstack/react-router';
import { day, distance, moment } from '../../lib/time';

/** One reason why money waits. */
export interface HeldBlock {
  readonly gate: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly until?: string | null;
  /** Of a person's decision: whether somebody was asked for it. */
  readonly isAsked?: boolean | null;
  /** Of the same: whether an earlier request ended without being done. */
  readonly wasAsked?: boolean | null;
  readonly since: string;
  readonly runAt?: string | null;
}

/** Gates that open when there is more: each run looks again. */
const LOOKED_AT_AGAIN: ReadonlySet<string> = new Set(['MINIMUM', 'RAIL_BALANCE']);

/** Why money waits, who decides, and its date. What waits for its expert says since when, and with which run it goes. */
export function HeldReason({ block }: { readonly block: HeldBlock }) {
  return (
    <>
      {block.reason} {dateWords(block)} <WayOut block={block} />
    </>
  );
}

function dateWords({ gate, decidedBy, until, isAsked, wasAsked, since, runAt }: HeldBlock): string {
  if (!until && gate === 'RETURNED')
    return decidedBy === 'EXPERT'
      ? `It waits for you since ${day(since)}.`
      : `It came back on ${day(since)}; it is usually sent within a day.`;
  if (!until)
    return runAt
      ? `It waits for you since ${day(since)}, and goes with the payout run after you have done this: the next is ${moment(runAt)}, ${distance(runAt)}.`
      : `It waits for you since ${day(since)}.`;
  const at = `${moment(until)}, ${distance(until)}`;
  if (isAsked === false) {
    const who = wasAsked ? 'Another request follows: a' : 'Nobody was asked yet: a';
    return `${who} person of staff is asked with the payout run of ${at}, if nothing else holds it then, and decides by the next working day. You get an email.`;
  }
  if (gate === 'VELOCITY') return `The first payout run that may send it is ${at}.`;
  if (decidedBy === 'PLATFORM' && isAsked && new Date(until) < new Date())
    return `A person of staff was to decide by ${at}, and is late. You get an email when they have.`;
  if (decidedBy === 'PLATFORM') return `A person of staff decides by ${at}; you get an email.`;
  if (gate === 'RETURNED' || gate === 'SENT') return `The payment provider sends it after ${at}.`;
  return LOOKED_AT_AGAIN.has(gate) ? `The next run is ${at}.` : `It opens by itself ${at}.`;
}

function WayOut({ block: { gate, decidedBy } }: { readonly block: HeldBlock }) {
  if (gate === 'TAX_FORM') return <Link to="/expert/tax-form">Sign your tax form</Link>;
  if (gate === 'RETURNED' && decidedBy !== 'EXPERT')
    return <Link to="/expert/bank-details">See bank details</Link>;
  if (gate === 'PAYOUT_ACCOUNT' || gate === 'RETURNED')
    return <Link to="/expert/bank-details">Give bank details</Link>;
  return null;
}

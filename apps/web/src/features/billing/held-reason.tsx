import { Link } from '@tanstack/react-router';
import { day, distance, moment } from '../../lib/time';

/** One reason why money waits. */
export interface HeldBlock {
  readonly gate: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly until?: string | null;
  readonly since: string;
  readonly runAt?: string | null;
}

/** Gates that open when there is more: each run looks again. */
const LOOKED_AT_AGAIN: ReadonlySet<string> = new Set(['MINIMUM', 'RAIL_BALANCE', 'VELOCITY']);

/** Why money waits, who decides, and its date. What waits for its expert says since when, and with which run it goes. */
export function HeldReason({ block }: { readonly block: HeldBlock }) {
  return (
    <>
      {block.reason} {dateWords(block)} <WayOut gate={block.gate} />
    </>
  );
}

function dateWords({ gate, decidedBy, until, since, runAt }: HeldBlock): string {
  if (!until)
    return `It waits for you since ${day(since)}, and goes with the payout run after you have done this${runAt ? `: the next is ${moment(runAt)}, ${distance(runAt)}` : ''}.`;
  const at = `${moment(until)}, ${distance(until)}`;
  if (decidedBy === 'PLATFORM') return `A person of staff decides by ${at}; you get an email.`;
  return LOOKED_AT_AGAIN.has(gate) ? `The next run is ${at}.` : `It opens by itself ${at}.`;
}

function WayOut({ gate }: { readonly gate: string }) {
  if (gate === 'TAX_FORM') return <Link to="/expert/tax-form">Sign your tax form</Link>;
  if (gate === 'PAYOUT_ACCOUNT') return <Link to="/expert/bank-details">Give bank details</Link>;
  return null;
}

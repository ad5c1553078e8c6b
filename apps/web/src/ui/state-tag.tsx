import { words } from '../lib/words';

const GOOD = [
  'VERIFIED',
  'VETTED',
  'ACTIVE',
  'OPEN',
  'CHARGED',
  'APPROVED',
  'PAID',
  'CLEARED',
  'HELD',
  'ACCEPTED',
  'ENGAGED',
  'READY',
  'PASS',
];
const BAD = [
  'REJECTED',
  'REFUSED',
  'FAILED',
  'SUSPENDED',
  'REVOKED',
  'EXPIRED',
  'BLOCKED_FUNDING',
  'RETURNED',
  'FAIL',
  'DECLINED',
];
const WAIT = [
  'SUBMITTED',
  'IN_REVIEW',
  'PENDING_VETTING',
  'REQUESTED',
  'PROCESSING',
  'GATED',
  'IN_TRANSIT',
  'QUESTIONED',
  'ANSWERED',
  'SENT',
  'WAITING',
  'NOTICE',
  'UNKNOWN',
  'EXPIRING',
  'APPLIED',
  'OFFERED',
];

/** A state in words; the colour only repeats them. */
export function StateTag({ state }: { readonly state: string }) {
  const tone = GOOD.includes(state)
    ? ' good'
    : BAD.includes(state)
      ? ' bad'
      : WAIT.includes(state)
        ? ' wait'
        : '';
  return <span className={`tag${tone}`}>{words(state)}</span>;
}

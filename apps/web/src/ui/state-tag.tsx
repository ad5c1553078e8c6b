import { words } from '../lib/words';

type Tone = 'good' | 'bad' | 'wait' | 'plain';

const TONES: readonly (readonly [Tone, readonly string[]])[] = [
  [
    'good',
    'VERIFIED VETTED ACTIVE OPEN CHARGED APPROVED PAID CLEARED SUCCEEDED HELD ACCEPTED ENGAGED READY PASS PUBLISHED'.split(
      ' ',
    ),
  ],
  [
    'bad',
    'REJECTED REFUSED FAILED SUSPENDED REVOKED EXPIRED BLOCKED_FUNDING RETURNED FAIL DECLINED MISSING LAPSED IN_FORCE'.split(
      ' ',
    ),
  ],
  [
    'wait',
    'SUBMITTED IN_REVIEW PENDING_VETTING REQUESTED PROCESSING GATED IN_TRANSIT QUESTIONED ANSWERED SENT WAITING NOTICE UNKNOWN EXPIRING APPLIED OFFERED ANNOUNCED'.split(
      ' ',
    ),
  ],
];

/** A state in words; the colour only repeats them. */
export function StateTag({ state, text }: { readonly state: string; readonly text?: string }) {
  return <span className={`tag ${toneOf(state)}`}>{text ?? words(state)}</span>;
}

function toneOf(state: string): Tone {
  return TONES.find(([, states]) => states.includes(state))?.[0] ?? 'plain';
}

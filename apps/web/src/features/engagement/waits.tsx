import { Link } from '@tanstack/react-router';
import { day } from '../../lib/time';
import { Notice } from '../../ui/notice';

/** Why work waits, or will from a day on. */
export interface Wait {
  readonly since: string;
  readonly sentence: string;
  readonly mendPath?: string | null;
}

const MENDING: Readonly<Record<string, string>> = {
  '/expert/credentials': 'Open your credentials',
  '/expert/profile': 'Change your profile',
  '/expert/engagements': 'See your engagements',
  '/expert/conflicts': 'Say who owns where you work',
  '/expert/suspension': 'Read why, and appeal',
};

/** What the expert is to do where work waits for a condition that is not met. */
export function WaitsForExpert({ wait: { since, sentence, mendPath } }: { readonly wait: Wait }) {
  return (
    <Notice tone="bad">
      <p>
        <strong>{titleOf(since)}</strong> {sentence}
      </p>
      <p>
        No time can be logged until this is mended; then it goes on by itself. What you logged before is paid.{' '}
        {mendPath && <Link to={mendPath}>{MENDING[mendPath] ?? 'Mend it'}</Link>}
      </p>
    </Notice>
  );
}

/** What the lab is to know where work waits for a condition that is not met. */
export function WaitsForLab({ wait: { since, sentence } }: { readonly wait: Wait }) {
  return (
    <Notice tone="bad">
      <p>
        <strong>{titleOf(since)}</strong> {sentence}
      </p>
      <p>
        The expert was told what to mend. Until then no time is logged and no further week is held; then it
        goes on by itself. What is approved is paid. You may wait, or give notice.
      </p>
    </Notice>
  );
}

function titleOf(since: string): string {
  return new Date(since) > new Date()
    ? `Work waits from ${day(since)} on.`
    : `Work waits since ${day(since)}.`;
}

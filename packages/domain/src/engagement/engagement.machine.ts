import { defineMachine } from '../machine/machine';

/** The contract. Work is possible while ACTIVE or in NOTICE, in weeks whose money is held. */
export const engagementMachine = defineMachine({
  name: 'engagement',
  initial: 'ACTIVE',
  terminal: ['ENDED'],
  transitions: {
    ACTIVE: { HOLD_FAILED: 'BLOCKED_FUNDING', GIVE_NOTICE: 'NOTICE', END: 'ENDED' },
    BLOCKED_FUNDING: { FUNDED: 'ACTIVE', GIVE_NOTICE: 'NOTICE', END: 'ENDED' },
    NOTICE: { END: 'ENDED' },
    ENDED: {},
  },
});

const DAY_MS = 86_400_000;

/** When an engagement ends after notice. */
export function endDate(now: Date, noticeDays: number): Date {
  return new Date(now.getTime() + noticeDays * DAY_MS);
}

import { clockWords, dayWords } from '@tallystick/domain';
import { Refused } from '../../platform/errors/refused';
import type { WaitRecord } from '../engagement/engagement.public';
import type { EntryRecord } from './entry.repository';

/** Somebody else, or another window, was faster. */
export function changedMeanwhile(what: string): Refused {
  return new Refused('CHANGED_MEANWHILE', `This ${what} changed in another window. Load the page again.`);
}

/** Names the entry that stands in the way: when, for which work, what. Times are UTC; the page shows the reader's. */
export function overlapRefusal(other: EntryRecord | undefined, openingTitle: string | undefined): Refused {
  const span =
    other &&
    `${clockWords(other.startsAt)} to ${clockWords(other.endsAt)} UTC on ${dayWords(other.startsAt)}`;
  const work = openingTitle ? ` on ${openingTitle}` : '';
  const what = other?.note ? ` (“${other.note.slice(0, 60)}”)` : '';
  const message = `This overlaps your entry from ${span ?? 'another week'}${work}${what}. Change the start or the end, keep only the part that does not overlap, or open that entry.`;
  return new Refused('TIMESHEET_OVERLAP', message, { field: 'startsAt', rowId: other?.id });
}

/** Work is possible only in a week whose money is held. `state` is the week's; undefined where it was never opened. */
export function notFunded(weekStart: Date, state: string | undefined): Refused {
  const week = `The week of ${dayWords(weekStart)}`;
  const message =
    state === 'SETTLED'
      ? `${week} is settled: everything that was submitted is charged and what was left went back to the lab. Log this time in a later week, or write to the lab.`
      : `${week} is not funded, so no time can be logged in it. The lab has been told; work again once it is.`;
  return new Refused(state === 'SETTLED' ? 'WEEK_SETTLED' : 'WEEK_NOT_FUNDED', message, {
    field: 'startsAt',
  });
}

/** No time is logged while work waits because a gate is not passed. */
export function workWaits({ beganAt, endedAt, forExpert }: WaitRecord): Refused {
  const from = `From ${clockWords(beganAt)} UTC on ${dayWords(beganAt)}`;
  const message = endedAt
    ? `${from} to ${clockWords(endedAt)} UTC on ${dayWords(endedAt)} this work waited for a condition that was not met. Log the time before or after it.`
    : `${from} this work waits: ${forExpert} The time before it can be logged.`;
  return new Refused('WORK_WAITS', message, { field: 'startsAt' });
}

/** No time is logged before the gates were asked on the first day. */
export function notBegun(startsOn: Date, now: Date): Refused {
  const message =
    startsOn > now
      ? `This work begins on ${dayWords(startsOn)}. Time can be logged from then on.`
      : 'This work begins within a minute: what it asks is looked at once more on its first day.';
  return new Refused('WORK_NOT_BEGUN', message, { field: 'startsAt' });
}

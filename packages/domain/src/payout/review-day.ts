import { ok, refuse, type Result } from '../result/result';

const DAY_MS = 86_400_000;
/** What is held is looked at again within so many days. */
const REVIEW_WITHIN_DAYS = 14;

/** The instant by which somebody looks again at what they hold. Refuses with REVIEW_IN_PAST, REVIEW_TOO_LATE. */
export function reviewDay(reviewOn: Date, now: Date): Result<Date> {
  const about = { field: 'reviewOn' };
  if (reviewOn <= now)
    return refuse(
      'REVIEW_IN_PAST',
      `This date is today or in the past. Choose a day from tomorrow on, within the next ${REVIEW_WITHIN_DAYS} days.`,
      about,
    );
  if (reviewOn.getTime() > now.getTime() + REVIEW_WITHIN_DAYS * DAY_MS)
    return refuse(
      'REVIEW_TOO_LATE',
      `This date is more than ${REVIEW_WITHIN_DAYS} days away. Choose an earlier one: nothing is held for longer unseen.`,
      about,
    );
  return ok(reviewOn);
}

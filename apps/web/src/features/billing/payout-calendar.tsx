import { day } from '../../lib/time';
import { counted } from '../../lib/words';
import { nextWords, type PayoutCalendarDays, type PayoutStanding } from './payout-words';

/** When the next payout is, and by which day banks have it; or why there is none before then. */
export function PayoutCalendar({
  calendar,
  standing,
}: {
  readonly calendar: PayoutCalendarDays;
  readonly standing: PayoutStanding;
}) {
  const { bankDays, closedDays } = calendar;
  return (
    <details className="sheet">
      <summary>{nextWords(calendar, standing)}</summary>
      <p>
        What is payable goes out once a day, by itself. Your bank has it{' '}
        {counted(bankDays, 'business day', 'business days')} later: Saturdays, Sundays and days on which banks
        are closed do not count.
      </p>
      {closedDays.length > 0 && (
        <p className="quiet">Banks are closed on {closedDays.map((each) => day(each)).join(', ')}.</p>
      )}
    </details>
  );
}

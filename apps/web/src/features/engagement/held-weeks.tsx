import { money, type Money } from '../../lib/money';
import { day, thisMonday } from '../../lib/time';
import { DataTable, type Column } from '../../ui/data-table';
import { StateTag } from '../../ui/state-tag';
import { HOLD_WORDS } from './engagement-words';

interface HeldWeek {
  readonly id: string;
  readonly weekStart: string;
  readonly state: string;
  readonly failureReason?: string | null;
  readonly held: Money;
}

/** The weeks of an engagement and the money that is held for each, newest first; what happens where it fails. */
export function HeldWeeks({ weeks, state }: { readonly weeks: readonly HeldWeek[]; readonly state: string }) {
  const now = thisMonday();
  const nameOf = ({ weekStart }: HeldWeek) =>
    `Week of ${day(weekStart)}${weekStart.slice(0, 10) === now.slice(0, 10) ? ', now' : weekStart > now ? ', next' : ''}`;
  const columns: Column<HeldWeek>[] = [
    { id: 'week', header: 'Week', cell: nameOf },
    {
      id: 'state',
      header: 'Money',
      cell: (week) => (
        <>
          <StateTag state={week.state} text={HOLD_WORDS[week.state]} />{' '}
          {week.failureReason && <span>{week.failureReason}</span>}
        </>
      ),
    },
    {
      id: 'held',
      header: 'Still held',
      isFigure: true,
      cell: (week) => (week.state === 'HELD' ? money(week.held) : ''),
    },
  ];
  return (
    <>
      <p>
        A full week is held from your balance before it begins; what is not used comes back when it is
        settled. Where the money is not there, no time can be logged in that week: both sides are told at
        once, and work goes on as soon as you add funds. Weeks run Monday to Monday, UTC.
      </p>
      {weeks.length === 0 ? (
        <p className="quiet">
          {state === 'ENDED'
            ? 'No week was held.'
            : 'No week is held yet; the first is held when it is near.'}
        </p>
      ) : (
        <DataTable label="Weeks and their money" columns={columns} rows={weeks} keyOf={({ id }) => id} />
      )}
    </>
  );
}

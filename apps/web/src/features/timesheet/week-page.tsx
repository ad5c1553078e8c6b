import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useQuery } from 'urql';
import { useFilters } from '../../lib/filters';
import { day as dayInUtc, duration, thisMonday } from '../../lib/time';
import { daysOfWeek, localDay } from '../../lib/typed-time';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section, Sheet } from '../../ui/page';
import { DayEntries } from './day-entries';
import { clockIn, EditForm, EntryForm, type Begun } from './entry-form';
import { TimerBox, workOf } from './timer-box';
import { DayList, WeekGrid, type Cell, type CellKey } from './week-grid';
import { linesOf, MyWeek, type Week, type WeekRow } from './week-query';
import { WeekSheets } from './week-sheets';

const WEEK_MS = 7 * 86_400_000;

/** The expert's week over all engagements: timer, grid, entries, and what is submitted. */
export function ExpertWeekPage() {
  const [{ at }] = useFilters({ at: '' });
  const instant = readable(at);
  const query = useQuery({ query: MyWeek, variables: { at: instant } });
  return (
    <Ready query={query} title="Week">
      {({ myWeek }) => (
        <Page
          title="Week"
          about={`${dayInUtc(myWeek.weekStart)} to ${dayInUtc(new Date(Date.parse(myWeek.weekEnd) - 1).toISOString())}, ${duration(myWeek.loggedSeconds)} logged`}
          action={<OtherWeeks weekStart={myWeek.weekStart} />}
        >
          {myWeek.rows.length === 0 ? <NoEngagement /> : <WeekBody key={myWeek.weekStart} week={myWeek} />}
        </Page>
      )}
    </Ready>
  );
}

/** The instant of an address, or null for now. */
function readable(at: string): string | null {
  const time = Date.parse(at);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function OtherWeeks({ weekStart }: { readonly weekStart: string }) {
  const search = (weeks: number) =>
    ({ at: new Date(Date.parse(weekStart) + weeks * WEEK_MS).toISOString().slice(0, 10) }) as never;
  const isPast = Date.parse(weekStart) < Date.parse(thisMonday());
  return (
    <nav className="row" aria-label="Other weeks">
      <Link className="button" to="/expert/week" search={search(-1)}>
        <ChevronLeft size={18} aria-hidden /> Week before
      </Link>
      {isPast && (
        <>
          <Link className="button" to="/expert/week" search={search(1)}>
            Week after <ChevronRight size={18} aria-hidden />
          </Link>
          <Link className="button" to="/expert/week" search={{} as never}>
            This week
          </Link>
        </>
      )}
    </nav>
  );
}

function NoEngagement() {
  return (
    <Empty
      action={
        <Link className="button" to="/expert/openings">
          See openings
        </Link>
      }
    >
      No engagement runs in this week, so there is nothing to log time for. One begins when you accept an
      offer.
    </Empty>
  );
}

function WeekBody({ week }: { readonly week: Week }) {
  const days = daysOfWeek(week.weekStart);
  const lines = linesOf(week);
  const open = week.rows.filter(({ holdState }) => holdState === 'HELD');
  const [cell, setCell] = useState<Cell>(() => firstCell(week, days));
  const [editedId, edit] = useState<string>();
  const edited = lines.find(({ id, state }) => id === editedId && state === 'DRAFT');
  const label = days.find(({ day }) => day === cell.day)?.label ?? '';
  const begin = useRef<(begun: Begun) => void>(null);
  const show = (next: Cell) => {
    setCell(next);
    edit(undefined);
  };
  const onKey = (next: Cell, key: CellKey) => {
    if (key === 'timer') return document.querySelector<HTMLElement>('#timer button')?.focus();
    flushSync(() => show(next));
    if (key === 'note') return begin.current?.({ focus: 'note' });
    const last = lines.findLast(({ endsAt }) => localDay(new Date(endsAt)) === next.day);
    begin.current?.({ to: `+${key.digit}`, focus: 'to', ...(last && { from: clockIn(last.endsAt) }) });
  };
  const openOther = (id: string) => {
    const other = lines.find((line) => line.id === id);
    if (!other) return;
    setCell({
      engagementId: other.row.engagementId,
      kind: other.kind,
      day: localDay(new Date(other.startsAt)),
    });
    edit(id);
  };
  return (
    <>
      {week.rows.map((row) => (
        <RowNotice key={row.engagementId} row={row} />
      ))}
      <WeekGrid rows={week.rows} lines={lines} days={days} onOpen={show} onKey={onKey} />
      <DayList lines={lines} days={days} chosen={cell.day} onOpen={(day) => show({ ...cell, day })} />
      <div className="columns">
        <div>
          <Section title={label}>
            <DayEntries lines={lines} day={cell.day} label={label} onEdit={edit} />
          </Section>
          <Section title="Sheets of this week">
            <WeekSheets rows={week.rows} />
          </Section>
        </div>
        <div>
          <div id="timer">
            {(open.length > 0 || week.timer) && <TimerBox timer={week.timer ?? undefined} places={open} />}
          </div>
          {edited ? (
            <Sheet label="Change an entry">
              <h2>Change an entry</h2>
              <EditForm
                key={edited.id}
                line={edited}
                days={days}
                onDone={() => edit(undefined)}
                onOpenOther={openOther}
              />
            </Sheet>
          ) : (
            open.length > 0 && (
              <Sheet label="Add time by hand">
                <h2>Add time by hand</h2>
                <EntryForm cell={cell} begin={begin} days={days} places={open} onOpenOther={openOther} />
              </Sheet>
            )
          )}
        </div>
      </div>
    </>
  );
}

/** Today where it is in the week, else its last day; the first engagement for which time can be logged. */
function firstCell(week: Week, days: readonly { readonly day: string }[]): Cell {
  const today = localDay(new Date());
  const row = week.rows.find(({ holdState }) => holdState === 'HELD') ?? week.rows[0];
  const day = days.find((each) => each.day === today) ?? days.at(-1);
  return { engagementId: row?.engagementId ?? '', kind: 'WORK', day: day?.day ?? today };
}

/** What stands in the way of logging time for an engagement, or soon will. */
function RowNotice({ row }: { readonly row: WeekRow }) {
  const cap = duration(row.weeklyCapSeconds);
  if (row.waitReason)
    return (
      <Notice tone="bad">
        <p>
          <strong>{workOf(row)}: this work waits.</strong> {row.waitReason} No time can be logged until this
          is mended. What you logged before is paid.{' '}
          <Link to="/expert/engagements/$id" params={{ id: row.engagementId }}>
            See the engagement
          </Link>
        </p>
      </Notice>
    );
  if (row.holdState === 'FAILED')
    return (
      <Notice tone="bad">
        <p>
          <strong>{workOf(row)}: no time can be logged in this week.</strong>{' '}
          {row.failureReason ?? 'Its money is not held yet.'} The lab has been told. What you logged before is
          safe; work again once the week is funded.
        </p>
      </Notice>
    );
  if (row.leftSeconds === 0)
    return (
      <Notice tone="warning">
        {workOf(row)}: the weekly cap of {cap} is reached. More time cannot be logged in this week; ask the
        lab first if it wants more.
      </Notice>
    );
  if (row.isNearCap)
    return (
      <Notice tone="warning">
        {workOf(row)}: {duration(row.loggedSeconds)} of {cap} are logged; {duration(row.leftSeconds)} are
        left.
      </Notice>
    );
  return null;
}

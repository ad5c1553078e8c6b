import { useRef, useState, type KeyboardEvent } from 'react';
import { clockHours, duration } from '../../lib/time';
import { localDay, type WeekDay } from '../../lib/typed-time';
import { activityOf, workOf } from './timer-box';
import type { PlacedLine, WeekRow } from './week-query';

/** A cell of the grid: an engagement, an activity, a day. */
export interface Cell {
  readonly engagementId: string;
  readonly kind: string;
  readonly day: string;
}

interface GridRow {
  readonly row: WeekRow;
  readonly kind: string;
}

const isIn = (line: PlacedLine, { engagementId, kind, day }: Cell) =>
  line.row.engagementId === engagementId && line.kind === kind && localDay(new Date(line.startsAt)) === day;
const secondsOf = (lines: readonly PlacedLine[]) =>
  lines.reduce((sum, { countedSeconds }) => sum + countedSeconds, 0);
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The activities that each engagement has a row for: those with time, and work always. */
function gridRows(rows: readonly WeekRow[], lines: readonly PlacedLine[]): GridRow[] {
  return rows.flatMap((row) => {
    const own = lines.filter((line) => line.row.engagementId === row.engagementId);
    return [...new Set(['WORK', ...own.map(({ kind }) => kind)])].map((kind) => ({ row, kind }));
  });
}

/** What a key on a cell asks for: time that begins with a digit, a note, the timer. */
export type CellKey = 'note' | 'timer' | { readonly digit: string };

function keyOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): CellKey | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (/^\d$/.test(key)) return { digit: key };
  return key === 'n' ? 'note' : key === 't' ? 'timer' : undefined;
}

/** Hours by engagement, activity and day, with totals. One tab stop; arrows move, Enter opens the day, digits begin an entry. */
export function WeekGrid({
  rows,
  lines,
  days,
  onOpen,
  onKey,
}: {
  readonly rows: readonly WeekRow[];
  readonly lines: readonly PlacedLine[];
  readonly days: readonly WeekDay[];
  readonly onOpen: (cell: Cell) => void;
  readonly onKey: (cell: Cell, key: CellKey) => void;
}) {
  const table = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const shown = gridRows(rows, lines);
  const press = (event: KeyboardEvent) => {
    const asked = keyOf(event);
    const [place, on] = [shown[at[0]], days[at[1]]];
    if (asked && place && on) {
      event.preventDefault();
      onKey({ engagementId: place.row.engagementId, kind: place.kind, day: on.day }, asked);
      return;
    }
    const step = MOVES[event.key];
    if (!step) return;
    event.preventDefault();
    const next = [
      Math.min(shown.length - 1, Math.max(0, at[0] + step[0])),
      Math.min(days.length - 1, Math.max(0, at[1] + step[1])),
    ] as const;
    setAt(next);
    table.current?.querySelector<HTMLButtonElement>(`[data-cell="${next.join('-')}"]`)?.focus();
  };
  return (
    <div className="wide week-grid">
      <div
        className="grid-table"
        role="grid"
        tabIndex={-1}
        aria-label="Hours of the week"
        ref={table}
        onKeyDown={press}
      >
        <div role="row">
          <div role="columnheader">Work</div>
          {days.map(({ day, label, part }) => (
            <div role="columnheader" key={day} className="figure">
              {label}
              {part && <small> {part}</small>}
            </div>
          ))}
          <div role="columnheader" className="figure">
            Total
          </div>
        </div>

        {shown.map(({ row, kind }, rowIndex) => (
          <div role="row" key={row.engagementId + kind}>
            <div role="rowheader">
              {workOf(row)}
              <div className="quiet">{activityOf(kind)}</div>
            </div>
            {days.map(({ day, label }, dayIndex) => {
              const cell = { engagementId: row.engagementId, kind, day };
              const seconds = secondsOf(lines.filter((line) => isIn(line, cell)));
              return (
                <div role="gridcell" key={day} className="figure">
                  <button
                    type="button"
                    className="cell"
                    data-cell={`${rowIndex}-${dayIndex}`}
                    tabIndex={at[0] === rowIndex && at[1] === dayIndex ? 0 : -1}
                    aria-label={`${label}, ${activityOf(kind)} on ${workOf(row)}: ${seconds > 0 ? duration(seconds) : 'nothing'}`}
                    onFocus={() => setAt([rowIndex, dayIndex])}
                    onClick={() => onOpen(cell)}
                  >
                    {seconds > 0 ? clockHours(seconds) : '–'}
                  </button>
                </div>
              );
            })}
            <div role="gridcell" className="figure">
              {clockHours(
                secondsOf(
                  lines.filter((line) => line.row.engagementId === row.engagementId && line.kind === kind),
                ),
              )}
            </div>
          </div>
        ))}
        <div role="row">
          <div role="rowheader">Total</div>
          {days.map(({ day }) => (
            <div role="gridcell" key={day} className="figure">
              {clockHours(secondsOf(lines.filter(({ startsAt }) => localDay(new Date(startsAt)) === day)))}
            </div>
          ))}
          <div role="gridcell" className="figure">
            <strong>{clockHours(secondsOf(lines))}</strong>
          </div>
        </div>
      </div>
      <p className="quiet">
        Keys: arrows move, digits begin an entry of that length, <kbd>n</kbd> its note, <kbd>t</kbd> the
        timer.
      </p>
    </div>
  );
}

/** The same on a phone: a day a line. */
export function DayList({
  lines,
  days,
  chosen,
  onOpen,
}: {
  readonly lines: readonly PlacedLine[];
  readonly days: readonly WeekDay[];
  readonly chosen: string;
  readonly onOpen: (day: string) => void;
}) {
  return (
    <ul className="day-list" aria-label="Days of the week">
      {days.map(({ day, label, part }) => {
        const seconds = secondsOf(lines.filter(({ startsAt }) => localDay(new Date(startsAt)) === day));
        return (
          <li key={day}>
            <button type="button" aria-pressed={chosen === day} onClick={() => onOpen(day)}>
              <span>
                {label} {part && <small>{part}</small>}
              </span>
              <span>{seconds > 0 ? duration(seconds) : 'nothing yet'}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

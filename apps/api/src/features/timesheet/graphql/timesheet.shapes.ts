import {
  estimateWords,
  isCurrency,
  isTimesheetState,
  shownTakeRate,
  type Assessment,
  type TakeRateTerms,
  type TimesheetState,
} from '@tallystick/domain';
import { moneyOf, tallyOf, type Tally } from '../../../platform/graphql/money.model';
import type { Line, Sheet } from '../sheets';
import type { WeekGrid as Grid } from '../timesheet.queries';
import type { GridRow } from '../week-grid';
import type { TimesheetArgs } from './timesheet.input';
import type { TimeEntry, Timesheet, WeekGrid, WeekGridRow } from './timesheet.model';

/** A sheet as both sides see it. */
export function timesheetOf(sheet: Sheet): Timesheet {
  const { currency, openingId, weeklyCapSeconds, rateMinorPerHour } = sheet.engagement;
  const sum = (pick: (line: Line) => bigint) => sheet.lines.reduce((total, line) => total + pick(line), 0n);
  const total = {
    agreedMinor: sum(({ amounts }) => amounts.agreedMinor),
    priceMinor: sum(({ amounts }) => amounts.priceMinor),
    payMinor: sum(({ amounts }) => amounts.payMinor),
    feeMinor: sum(({ amounts }) => amounts.feeMinor),
  };
  const countedSeconds = sheet.lines.reduce((seconds, line) => seconds + line.countedSeconds, 0);
  const explained = (side: 'lab' | 'expert') =>
    sheet.state === 'CHARGED' && isCurrency(currency)
      ? estimateWords({
          rateMinorPerHour,
          terms: sheet.engagement,
          currency,
          weeklyCapSeconds,
          seconds: countedSeconds,
          charged: total,
          side,
        })
      : null;
  return {
    ...sheet,
    openingId,
    lines: sheet.lines.map((line) => entryOf(line, sheet.engagement)),
    isRecallable: sheet.state === 'SUBMITTED' && sheet.labActedAt === null,
    countedSeconds,
    rate: moneyOf(rateMinorPerHour, currency),
    weeklyCapHours: Math.floor(weeklyCapSeconds / 3600),
    total: shownTally(total, sheet.engagement),
    labEstimate: explained('lab'),
    expertEstimate: explained('expert'),
  };
}

/** A line as both sides see it. */
export function entryOf(line: Line, terms: ShownTerms): TimeEntry {
  return { ...line, tally: shownTally(line.amounts, terms) };
}

type ShownTerms = Pick<TakeRateTerms, 'labFeePpm' | 'feeParts'> & { readonly currency: string };

function shownTally(amounts: Assessment, terms: ShownTerms): Tally {
  return tallyOf(amounts, terms.currency, shownTakeRate(terms, amounts));
}

/** The expert's week as its page shows it. */
export function weekGridOf({ rows, ...week }: Grid): WeekGrid {
  return {
    ...week,
    rows: rows.map(weekGridRowOf),
    loggedSeconds: rows.reduce((seconds, row) => seconds + row.loggedSeconds, 0),
  };
}

function weekGridRowOf({ engagement, sheets, ...row }: GridRow): WeekGridRow {
  const {
    id: engagementId,
    openingId,
    labId,
    expertId,
    weeklyCapSeconds,
    currency,
    rateMinorPerHour,
  } = engagement;
  return {
    ...row,
    engagementId,
    openingId,
    labId,
    expertId,
    weeklyCapSeconds,
    rate: moneyOf(rateMinorPerHour, currency),
    sheets: sheets.map(timesheetOf),
  };
}

/** The filter that arguments ask for; what is null is not asked for, and states that do not exist find nothing. */
export function sheetFilterOf(args: TimesheetArgs): {
  engagementId?: string;
  expertId?: string;
  states?: TimesheetState[];
  from?: Date;
  to?: Date;
} {
  const { engagementId, expertId, states, from, to } = args;
  return {
    ...(engagementId && { engagementId }),
    ...(expertId && { expertId }),
    ...(states && { states: states.filter(isTimesheetState) }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

import { tallyOf } from '../../../platform/graphql/money.model';
import type { Line, Sheet } from '../timesheet.queries';
import type { TimeEntry, Timesheet } from './timesheet.model';

/** A sheet as both sides see it. */
export function timesheetOf(sheet: Sheet): Timesheet {
  const { currency, labFeePpm, openingId, weeklyCapSeconds } = sheet.engagement;
  const sum = (pick: (line: Line) => bigint) => sheet.lines.reduce((total, line) => total + pick(line), 0n);
  const total = {
    priceMinor: sum(({ amounts }) => amounts.priceMinor),
    payMinor: sum(({ amounts }) => amounts.payMinor),
    feeMinor: sum(({ amounts }) => amounts.feeMinor),
  };
  return {
    ...sheet,
    openingId,
    lines: sheet.lines.map((line): TimeEntry => ({
      ...line,
      tally: tallyOf(line.amounts, currency, labFeePpm),
    })),
    isRecallable: sheet.state === 'SUBMITTED' && sheet.labActedAt === null,
    countedSeconds: sheet.lines.reduce((seconds, line) => seconds + line.countedSeconds, 0),
    weeklyCapHours: weeklyCapSeconds / 3600,
    total: tallyOf(total, currency, labFeePpm),
  };
}

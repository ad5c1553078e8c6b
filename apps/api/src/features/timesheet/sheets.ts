import { assessLine, groupedBy, type Assessment } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { chargesOfEntries } from '../billing/billing.public';
import { findEngagements, type EngagementRecord } from '../engagement/engagement.public';
import { entriesOf, type EntryRecord } from './entry.repository';
import { questionsOf, type QuestionRecord } from './question.repository';
import { weekStates, type TimesheetRecord } from './sheet.repository';

/** A line with its three numbers: as charged, or as it would be charged now. */
export interface Line extends EntryRecord {
  readonly amounts: Assessment;
  readonly isCharged: boolean;
  readonly questions: QuestionRecord[];
}

/** A week with everything that a page shows of it. */
export interface Sheet extends TimesheetRecord {
  readonly engagement: EngagementRecord;
  readonly lines: Line[];
  readonly isFunded: boolean;
}

/** Sheets with their lines, in the order given; a few reads for all of them. */
export async function withLines(db: Db, sheets: readonly TimesheetRecord[]): Promise<Sheet[]> {
  const ids = sheets.map(({ id }) => id);
  const engagementIds = [...new Set(sheets.map(({ engagementId }) => engagementId))];
  const engagements = new Map((await findEngagements(db, engagementIds)).map((each) => [each.id, each]));
  const starts = [...new Set(sheets.map(({ weekStart }) => weekStart.getTime()))].map((at) => new Date(at));
  const weeks = await weekStates(db, engagementIds, starts);
  const funded = new Set(weeks.filter(({ state }) => state !== 'FAILED').map(weekKey));
  const lines = await linesOf(db, ids, engagements);
  return sheets.flatMap((sheet) => {
    const engagement = engagements.get(sheet.engagementId);
    if (!engagement) return [];
    const isFunded = funded.has(weekKey(sheet));
    return [{ ...sheet, engagement, lines: lines.get(sheet.id) ?? [], isFunded }];
  });
}

async function linesOf(
  db: Db,
  sheetIds: readonly string[],
  engagements: ReadonlyMap<string, EngagementRecord>,
): Promise<Map<string, Line[]>> {
  const entries = await entriesOf(db, sheetIds);
  const entryIds = entries.map(({ id }) => id);
  const charges = new Map(
    (await chargesOfEntries(db, entryIds)).map((charge) => [charge.timeEntryId, charge]),
  );
  const questions = groupedBy(await questionsOf(db, sheetIds), ({ timeEntryId }) => timeEntryId);
  const lines = entries.flatMap((entry): Line[] => {
    const charge = charges.get(entry.id);
    const engagement = engagements.get(entry.engagementId);
    if (!engagement) return [];
    const { rateMinorPerHour } = engagement;
    const amounts =
      charge ?? assessLine({ rateMinorPerHour, seconds: entry.countedSeconds, terms: engagement });
    return [{ ...entry, amounts, isCharged: charge !== undefined, questions: questions.get(entry.id) ?? [] }];
  });
  return groupedBy(lines, ({ timesheetId }) => timesheetId);
}

function weekKey(week: { engagementId: string; weekStart: Date }): string {
  return `${week.engagementId} ${week.weekStart.getTime()}`;
}

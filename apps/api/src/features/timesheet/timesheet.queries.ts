import { Injectable } from '@nestjs/common';
import { assessLine, type Assessment } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import type { Db } from '../../platform/prisma/database';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { chargesOfEntries } from '../billing/billing.public';
import { findEngagements, weeksOf, type EngagementRecord } from '../engagement/engagement.public';
import {
  countSheets,
  entriesOf,
  findSheet,
  findTimer,
  listSheets,
  questionsOf,
  type EntryRecord,
  type QuestionRecord,
  type SheetFilter,
  type TimerRecord,
  type TimesheetRecord,
} from './timesheet.repository';

/** A line with its three numbers: as charged, or as it would be charged now. */
export interface Line extends EntryRecord {
  readonly amounts: Assessment;
  readonly isCharged: boolean;
  readonly questions: QuestionRecord[];
}

export interface Sheet extends TimesheetRecord {
  readonly engagement: EngagementRecord;
  readonly lines: Line[];
  readonly isFunded: boolean;
}

/** What week and review pages show, to both sides from the same reads. */
@Injectable()
export class TimesheetQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One sheet with its lines, for both of its sides. */
  async sheet(person: Person, id: string): Promise<Sheet> {
    if (!isId(id)) throw notFound('week');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const sheet = await findSheet(db, id);
      const [full] = sheet ? await withLines(db, [sheet]) : [];
      if (!full) throw notFound('week');
      return full;
    });
  }

  /** Sheets of one side, newest week first. */
  async list(
    person: Person,
    side: 'lab' | 'expert',
    filter: Omit<SheetFilter, 'labId' | 'expertId'>,
    args: PageArgs,
  ): Promise<Connection<Sheet>> {
    const page = pageOf(args);
    const wanted = {
      ...filter,
      ...(side === 'lab' ? { labId: person.labId ?? '' } : { expertId: person.expertId ?? '' }),
    };
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await withLines(db, await listSheets(db, wanted, page.limit + 1, page.after));
      return connect(
        page,
        rows,
        await countSheets(db, wanted),
        (row) => [row.weekStart.toISOString(), row.id],
        (row) => row,
      );
    });
  }

  /** The running timer of the expert. */
  async timer(person: Person): Promise<TimerRecord | null> {
    return this.unitOfWork.readAs(person, ({ db }) => findTimer(db, person.expertId ?? ''));
  }
}

async function withLines(db: Db, sheets: readonly TimesheetRecord[]): Promise<Sheet[]> {
  const ids = sheets.map(({ id }) => id);
  const engagementIds = [...new Set(sheets.map(({ engagementId }) => engagementId))];
  const engagements = new Map((await findEngagements(db, engagementIds)).map((each) => [each.id, each]));
  const funded = new Set(
    (await weeksOf(db, engagementIds))
      .filter(({ state }) => state !== 'FAILED')
      .map(({ engagementId, weekStart }) => `${engagementId} ${weekStart.getTime()}`),
  );
  const entries = await entriesOf(db, ids);
  const charges = new Map(
    (
      await chargesOfEntries(
        db,
        entries.map(({ id }) => id),
      )
    ).map((charge) => [charge.timeEntryId, charge]),
  );
  const questions = await questionsOf(db, ids);
  return sheets.flatMap((sheet) => {
    const engagement = engagements.get(sheet.engagementId);
    if (!engagement) return [];
    const lines = entries
      .filter(({ timesheetId }) => timesheetId === sheet.id)
      .map((entry) => {
        const charge = charges.get(entry.id);
        const estimate = () =>
          assessLine({
            rateMinorPerHour: engagement.rateMinorPerHour,
            seconds: entry.countedSeconds,
            terms: engagement,
          });
        return {
          ...entry,
          amounts: charge ?? estimate(),
          isCharged: charge !== undefined,
          questions: questions.filter(({ timeEntryId }) => timeEntryId === entry.id),
        };
      });
    return [
      {
        ...sheet,
        engagement,
        lines,
        isFunded: funded.has(`${sheet.engagementId} ${sheet.weekStart.getTime()}`),
      },
    ];
  });
}

import { Injectable } from '@nestjs/common';
import { weekOf } from '@tallystick/domain';
import type { Actor, Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import type { EngagementRecord } from '../engagement/engagement.public';
import { countedSecondsOf, findEntries, findTimer, type TimerRecord } from './entry.repository';
import {
  countSheets,
  engagementIdsInWeek,
  findSheets,
  listSheets,
  listToReview,
  sheetsOfWeek,
  TO_REVIEW,
  weekStates,
  type SheetFilter,
} from './sheet.repository';
import { withLines, type Line, type Sheet } from './sheets';
import { mayRead } from './timesheet.policy';
import { gridRows, type GridRow } from './week-grid';

export interface WeekGrid {
  readonly weekStart: Date;
  readonly weekEnd: Date;
  readonly rows: GridRow[];
  /** The running timer, with the server's own time. */
  readonly timer: (TimerRecord & { now: Date }) | null;
}

/** What week and review pages show, to both sides from the same reads. */
@Injectable()
export class TimesheetQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One sheet with its lines, for both of its sides. */
  async sheet(person: Person, id: string): Promise<Sheet> {
    const [found] = isId(id) ? await this.sheets(person, [id]) : [];
    if (!found) throw notFound('week');
    return found;
  }

  /** Sheets by their ids that the person may read, in the order of their weeks. */
  async sheets(person: Person, ids: readonly string[]): Promise<Sheet[]> {
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const sheets = await findSheets(db, ids);
      return withLines(
        db,
        sheets.filter((sheet) => mayRead(person, sheet)),
      );
    });
  }

  /** Lines by their ids, with the engagement that prices them, for edges; row-level security says which the actor sees. */
  async lines(actor: Actor, ids: readonly string[]): Promise<(Line & { engagement: EngagementRecord })[]> {
    return this.unitOfWork.readAs(actor, async ({ db }) => {
      const entries = await findEntries(db, ids);
      const sheetIds = [...new Set(entries.map(({ timesheetId }) => timesheetId))];
      const sheets = await withLines(db, await findSheets(db, sheetIds));
      return sheets.flatMap(({ engagement, lines }) => lines.map((line) => ({ ...line, engagement })));
    });
  }

  /** Sheets of one side, newest week first. */
  async list(
    person: Person,
    side: 'lab' | 'expert',
    filter: Omit<SheetFilter, 'labId'>,
    args: PageArgs,
  ): Promise<Connection<Sheet>> {
    const page = pageOf(args);
    const wanted = { ...filter, ...ownerOf(person, side) };
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await withLines(db, await listSheets(db, wanted, page.limit + 1, page.after)),
        await countSheets(db, wanted),
        (row) => [row.weekStart.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Sheets that wait for the lab's review, the shortest window first. */
  async toReview(person: Person, args: PageArgs): Promise<Connection<Sheet>> {
    const page = pageOf(args);
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await withLines(db, await listToReview(db, labId, page.limit + 1, page.after)),
        await countSheets(db, { labId, states: TO_REVIEW }),
        (row) => [row.reviewDueAt?.toISOString() ?? '', row.id],
        (row) => row,
      ),
    );
  }

  /** The expert's week: every engagement that has it, with its entries, its money and its room. */
  async grid(person: Person, inWeekOf: Date | undefined): Promise<WeekGrid> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('week');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const { startsAt: weekStart, endsAt: weekEnd } = weekOf(inWeekOf ?? now);
      const engagementIds = await engagementIdsInWeek(db, { expertId }, weekStart);
      const states = await weekStates(db, engagementIds, [weekStart]);
      const sheets = await withLines(db, await sheetsOfWeek(db, engagementIds, weekStart));
      const logged = new Map<string, number>();
      for (const id of engagementIds) logged.set(id, await countedSecondsOf(db, id, weekStart));
      const rows = await gridRows(db, { states, sheets, logged }, now);
      const timer = await findTimer(db, expertId);
      return { weekStart, weekEnd, rows, timer: timer && { ...timer, now } };
    });
  }

  /** The running timer of the expert, and the server's own time beside it. */
  async timer(person: Person): Promise<(TimerRecord & { now: Date }) | null> {
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const timer = person.expertId ? await findTimer(db, person.expertId) : null;
      return timer && { ...timer, now };
    });
  }
}

function ownerOf(person: Person, side: 'lab' | 'expert'): { labId: string } | { expertId: string } {
  if (side === 'lab' && person.labId !== undefined) return { labId: person.labId };
  if (side === 'expert' && person.expertId !== undefined) return { expertId: person.expertId };
  throw notFound('week');
}

import { Injectable } from '@nestjs/common';
import { foundWithin, type BreakAge } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  countBreaks,
  listBreaks,
  moneyAdmins,
  namesOfOwners,
  newestRuns,
  notesOf,
  type BreakFilter,
  type BreakRecord,
  type MoneyAdmin,
  type NoteRecord,
  type RunRecord,
} from './reconciliation.repository';

export type { BreakRecord, RunRecord };

const RUNS = 20;

/** A break with its owner's name, what was written about it, and the instant at which it was read. */
export interface BreakShown extends BreakRecord {
  readonly ownerName: string | null;
  readonly notes: readonly NoteRecord[];
  readonly now: Date;
}

/** What the comparison of the rail with the ledger found. */
@Injectable()
export class ReconciliationQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The newest 20 runs, the last first. */
  async runs(person: Person): Promise<RunRecord[]> {
    return this.unitOfWork.readAs(person, ({ db }) => newestRuns(db, RUNS));
  }

  /** Breaks with their owners and notes, newest first; of one age where it is given. */
  async breaks(
    person: Person,
    { age, ...filter }: BreakFilter & { readonly age?: BreakAge },
    args: PageArgs,
  ): Promise<Connection<BreakShown>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const found = age && foundWithin(age, now);
      const wanted = { ...filter, ...(found && { foundAfter: found.after, foundUpTo: found.upTo }) };
      const rows = await listBreaks(db, wanted, page.limit + 1, page.after);
      const names = await namesOfOwners(
        db,
        rows.flatMap(({ ownerId }) => ownerId ?? []),
      );
      const notes = await notesOf(
        db,
        rows.map(({ id }) => id),
      );
      return connect(
        page,
        rows,
        await countBreaks(db, wanted),
        (row) => [row.foundAt.toISOString(), row.id],
        (row) => ({
          ...row,
          ownerName: row.ownerId === null ? null : (names.get(row.ownerId) ?? null),
          notes: notes.filter(({ breakId }) => breakId === row.id),
          now,
        }),
      );
    });
  }

  /** Everybody of staff who may look after a break. */
  async admins(person: Person): Promise<MoneyAdmin[]> {
    return this.unitOfWork.readAs(person, ({ db }) => moneyAdmins(db));
  }
}

import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  countBreaks,
  listBreaks,
  newestRuns,
  type BreakFilter,
  type BreakRecord,
  type RunRecord,
} from './reconciliation.repository';

export type { BreakRecord, RunRecord };

const RUNS = 20;

/** What the comparison of the rail with the ledger found. */
@Injectable()
export class ReconciliationQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The newest 20 runs, the last first. */
  async runs(person: Person): Promise<RunRecord[]> {
    return this.unitOfWork.readAs(person, ({ db }) => newestRuns(db, RUNS));
  }

  /** Breaks, newest first. */
  async breaks(person: Person, filter: BreakFilter, args: PageArgs): Promise<Connection<BreakRecord>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listBreaks(db, filter, page.limit + 1, page.after),
        await countBreaks(db, filter),
        (row) => [row.foundAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  accountNames,
  countApprovals,
  decisionsOn,
  listApprovals,
  type ApprovalRecord,
  type DecisionRecord,
} from './approval.repository';

/** A request as its page shows it. */
export interface ApprovalShown extends ApprovalRecord {
  readonly requestedByName: string | null;
  readonly isOwn: boolean;
  readonly decisions: readonly DecisionRecord[];
}

/** What waits for four eyes, and what became of it. */
@Injectable()
export class ApprovalQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Requests, newest first. */
  async list(person: Person, filter: { state?: string }, args: PageArgs): Promise<Connection<ApprovalShown>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await listApprovals(db, filter, page.limit + 1, page.after);
      const names = await accountNames(
        db,
        rows.flatMap(({ requestedById }) => requestedById ?? []),
      );
      const decisions = await decisionsOn(
        db,
        rows.map(({ id }) => id),
      );
      return connect(
        page,
        rows,
        await countApprovals(db, filter),
        (row) => [row.createdAt.toISOString(), row.id],
        (row) => ({
          ...row,
          requestedByName: row.requestedById === null ? null : (names.get(row.requestedById) ?? null),
          isOwn: row.requestedById === person.accountId,
          decisions: decisions.filter(({ requestId }) => requestId === row.id),
        }),
      );
    });
  }
}

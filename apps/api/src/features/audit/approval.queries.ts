import { Injectable } from '@nestjs/common';
import { groupedBy } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import type { Read } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { ApprovalActions } from './approval-actions';
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
  /** What keeps it from being done now, in a sentence; null where nothing does, or it does not wait. */
  readonly hindrance: string | null;
}

/** What waits for four eyes, and what became of it. */
@Injectable()
export class ApprovalQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly actions: ApprovalActions,
  ) {}

  /** Requests, newest first. */
  async list(person: Person, filter: { state?: string }, args: PageArgs): Promise<Connection<ApprovalShown>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async (read) => {
      const { db } = read;
      const rows = await listApprovals(db, filter, page.limit + 1, page.after);
      const names = await accountNames(
        db,
        rows.flatMap(({ requestedById }) => requestedById ?? []),
      );
      const decisions = await decisionsOn(
        db,
        rows.map(({ id }) => id),
      );
      const hindrances = await this.hindrances(read, rows);
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
          hindrance: hindrances.get(row.id) ?? null,
        }),
      );
    });
  }

  /** What keeps those that wait from being done now, by request; each action is asked once. */
  private async hindrances(
    read: Pick<Read, 'db' | 'now'>,
    rows: readonly ApprovalRecord[],
  ): Promise<Map<string, string>> {
    const waiting = rows.filter(({ state }) => state === 'PENDING');
    const found = new Map<string, string>();
    for (const [name, own] of groupedBy(waiting, ({ action }) => action)) {
      const action = this.actions.find(name);
      const payloads = own.map(({ payload }) => action.payload.parse(JSON.parse(payload)));
      const sentences = (await action.hindrances?.(read, payloads)) ?? [];
      for (const [at, sentence] of sentences.entries())
        if (sentence !== undefined && own[at]) found.set(own[at].id, sentence);
    }
    return found;
  }
}

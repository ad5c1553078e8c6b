import { Injectable } from '@nestjs/common';
import { groupedBy } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import type { Read } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { ApprovalActions } from './approval-actions';
import { approvalFaults } from './approval-faults';
import {
  accountNames,
  countApprovals,
  decisionsOn,
  grantsTo,
  listApprovals,
  type ApprovalRecord,
  type DecisionRecord,
  type GrantRecord,
} from './approval.repository';
import { barOf, concernedBy, mayWithdraw } from './who-decides';

/** A request as its page shows it. */
export interface ApprovalShown extends ApprovalRecord {
  readonly requestedByName: string | null;
  readonly isOwn: boolean;
  /** Why the reader may not decide on it, in a sentence; null where they may, or it does not wait. */
  readonly barred: string | null;
  /** Whether the reader may withdraw it: they asked for it, and it waits. */
  readonly mayWithdraw: boolean;
  readonly decisions: readonly DecisionRecord[];
  /** What keeps it from being done now, in a sentence; null where nothing does, or it does not wait. */
  readonly hindrance: string | null;
  /** Why it would end undone even if it were approved, in a sentence: who asked may not ask for it any more, or what it is about has changed since; else null. */
  readonly fault: string | null;
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
      const waiting = rows.filter(({ state }) => state === 'PENDING');
      const hindrances = await this.hindrances(read, waiting);
      const faults = await approvalFaults(read, this.actions, waiting);
      const grants = await grantsTo(db, person.accountId);
      return connect(
        page,
        rows,
        await countApprovals(db, filter),
        (row) => [row.createdAt.toISOString(), row.id],
        (row) => ({
          ...row,
          requestedByName: row.requestedById === null ? null : (names.get(row.requestedById) ?? null),
          isOwn: row.requestedById === person.accountId,
          barred: row.state === 'PENDING' ? this.barOf(person, row, grants) : null,
          mayWithdraw: row.state === 'PENDING' && mayWithdraw(person, row, this.actions),
          decisions: decisions.filter(({ requestId }) => requestId === row.id),
          hindrance: hindrances.get(row.id) ?? null,
          fault: faults.get(row.id) ?? null,
        }),
      );
    });
  }

  private barOf(person: Person, row: ApprovalRecord, grants: readonly GrantRecord[]): string | null {
    return barOf(person, row, concernedBy(this.actions, row), grants)?.message ?? null;
  }

  /** What keeps those that wait from being done now, by request; each action is asked once. */
  private async hindrances(
    read: Pick<Read, 'db' | 'now'>,
    waiting: readonly ApprovalRecord[],
  ): Promise<Map<string, string>> {
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

import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import {
  connect,
  pageOf,
  type Connection,
  type Page,
  type PageArgs,
} from '../../platform/graphql/connection';
import { mustBeIds, mustRunForwards } from '../../platform/errors/filter';
import type { Read } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  countContractChecks,
  listContractChecks,
  type ContractCheckRecord,
} from './contract-check.repository';
import { headlines, type HeadlineRecord } from './headline.repository';
import { countMargins, listMargins, type MarginRecord } from './margin.repository';
import type { MoneyFilter, Period } from './money-filter.repository';
import {
  countOverrides,
  listOverrides,
  type OverrideFilter,
  type OverrideRecord,
} from './override.repository';
import {
  countPaidLines,
  listPaidLines,
  timeToPaid,
  type PaidLineRecord,
  type TimeToPaidRecord,
} from './paid-line.repository';
import { countTakenBack, listTakenBack, type TakenBackRecord } from './taken-back.repository';
import {
  countTakeRatePeriods,
  largestKeys,
  listTakeRatePeriods,
  periodsOf,
  type KeptBy,
  type TakeRatePeriodRecord,
} from './take-rate-period.repository';
import {
  countWaitingItems,
  listWaitingItems,
  waitingByAge,
  type WaitingFilter,
  type WaitingItemRecord,
  type WaitingMoneyRecord,
} from './waiting-money.repository';

export { OVERRIDE_KINDS, type OverrideFilter } from './override.repository';

/** How figures are added up. */
export interface Grouping {
  readonly period: Period;
  readonly by: KeptBy;
}

/** So many lines fit into one picture. */
const LINES = 3;

/** The audit's views of money. */
@Injectable()
export class MoneyViewQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The first thing to know of each view. */
  async headlines(person: Person): Promise<HeadlineRecord[]> {
    return this.unitOfWork.readAs(person, ({ db, now }) => headlines(db, now));
  }

  /** Charged lines beside their contracts, newest first. */
  contractChecks(
    person: Person,
    filter: MoneyFilter & { readonly isDifferent?: boolean },
    args: PageArgs,
  ): Promise<Connection<ContractCheckRecord>> {
    return this.list(person, filter, args, {
      rows: ({ db }, limit, after) => listContractChecks(db, filter, limit, after),
      count: ({ db }) => countContractChecks(db, filter),
      key: (row) => [row.chargedAt.toISOString(), row.id],
    });
  }

  /** What was kept, by period and whose money it was, newest period first. */
  takeRatePeriods(
    person: Person,
    filter: MoneyFilter,
    grouping: Grouping,
    args: PageArgs,
  ): Promise<Connection<TakeRatePeriodRecord>> {
    return this.list(person, filter, args, {
      rows: ({ db }, limit, after) => listTakeRatePeriods(db, filter, grouping, limit, after),
      count: ({ db }) => countTakeRatePeriods(db, filter, grouping),
      key: (row) => [row.at.toISOString(), row.key, row.currency],
    });
  }

  /** The same of those with most agreed pay, oldest first. */
  async takeRateLines(
    person: Person,
    filter: MoneyFilter,
    grouping: Grouping,
  ): Promise<TakeRatePeriodRecord[]> {
    mustBeRight(filter);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      periodsOf(db, filter, grouping, await largestKeys(db, filter, grouping.by, LINES)),
    );
  }

  /** What is left after the rail, by month and lab, newest month first. */
  margins(person: Person, filter: MoneyFilter, args: PageArgs): Promise<Connection<MarginRecord>> {
    return this.list(person, filter, args, {
      rows: ({ db }, limit, after) => listMargins(db, filter, limit, after),
      count: ({ db }) => countMargins(db, filter),
      key: (row) => [row.month.toISOString(), row.labId ?? '', row.currency],
    });
  }

  /** Money that waits, by kind and age. */
  async waiting(person: Person, filter: WaitingFilter): Promise<WaitingMoneyRecord[]> {
    mustBeRight(filter);
    return this.unitOfWork.readAs(person, ({ db, now }) => waitingByAge(db, filter, now));
  }

  /** Money that waits, item by item, the oldest first. */
  waitingItems(
    person: Person,
    filter: WaitingFilter,
    args: PageArgs,
  ): Promise<Connection<WaitingItemRecord>> {
    return this.list(person, filter, args, {
      rows: ({ db, now }, limit, after) => listWaitingItems(db, filter, now, limit, after),
      count: ({ db, now }) => countWaitingItems(db, filter, now),
      key: (row) => [row.since.toISOString(), row.id],
    });
  }

  /** How long payment took, by period of payment. */
  async timeToPaid(person: Person, filter: MoneyFilter, period: Period): Promise<TimeToPaidRecord[]> {
    mustBeRight(filter);
    return this.unitOfWork.readAs(person, ({ db }) => timeToPaid(db, filter, period));
  }

  /** Paid lines, the slowest first. */
  paidLines(person: Person, filter: MoneyFilter, args: PageArgs): Promise<Connection<PaidLineRecord>> {
    return this.list(person, filter, args, {
      rows: ({ db }, limit, after) => listPaidLines(db, filter, limit, after),
      count: ({ db }) => countPaidLines(db, filter),
      key: (row) => [String(row.seconds), row.chargeId],
    });
  }

  /** What was taken back of charged lines, newest first. */
  takenBack(person: Person, filter: MoneyFilter, args: PageArgs): Promise<Connection<TakenBackRecord>> {
    return this.list(person, filter, args, {
      rows: ({ db }, limit, after) => listTakenBack(db, filter, limit, after),
      count: ({ db }) => countTakenBack(db, filter),
      key: (row) => [row.at.toISOString(), row.chargeId],
    });
  }

  /** What people did by hand, newest first. */
  overrides(person: Person, filter: OverrideFilter, args: PageArgs): Promise<Connection<OverrideRecord>> {
    return this.list(person, filter, args, {
      rows: ({ db }, limit, after) => listOverrides(db, filter, limit, after),
      count: ({ db }) => countOverrides(db, filter),
      key: (row) => [row.id.toString()],
    });
  }

  private list<Row>(
    person: Person,
    filter: object,
    args: PageArgs,
    list: {
      rows: (read: Read, limit: number, after: Page['after']) => Promise<Row[]>;
      count: (read: Read) => Promise<number>;
      key: (row: Row) => string[];
    },
  ): Promise<Connection<Row>> {
    const page = pageOf(args);
    mustBeRight(filter);
    return this.unitOfWork.readAs(person, async (read) =>
      connect(
        page,
        await list.rows(read, page.limit + 1, page.after),
        await list.count(read),
        list.key,
        (row) => row,
      ),
    );
  }
}

/** Refuses with INVALID_INPUT where an id is none, and DATES_BACKWARDS. */
function mustBeRight(filter: object): void {
  mustBeIds(filter);
  mustRunForwards(filter);
}

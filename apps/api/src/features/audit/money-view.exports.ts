import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { filterOf } from '../../platform/export/export-filter';
import { ExportLists, paged, type ExportCell, type ExportList } from '../../platform/export/export-lists';
import type { Read } from '../../platform/prisma/transaction';
import { listContractChecks } from './contract-check.repository';
import { listMargins } from './margin.repository';
import { listOverrides, OVERRIDE_KINDS } from './override.repository';
import { listPaidLines } from './paid-line.repository';
import { listTakenBack } from './taken-back.repository';
import { listTakeRatePeriods } from './take-rate-period.repository';
import { listWaitingItems, WAITING_KINDS } from './waiting-money.repository';

const { id, instant, currency, isTrue } = filterOf;
const dates = { from: instant, to: instant };
const whose = { labId: id, expertId: id };
const Money = z.strictObject({ ...whose, currency, ...dates });
const OfLab = z.strictObject({ labId: whose.labId, currency, ...dates });
const Checks = z.strictObject({ ...whose, currency, ...dates, isDifferent: isTrue });
const Periods = z.strictObject({
  ...whose,
  currency,
  ...dates,
  period: z.enum(['week', 'month']).default('month'),
  by: z.enum(['LAB', 'EXPERT', 'PROJECT', 'POLICY']).default('LAB'),
});
const Waiting = z.strictObject({
  kind: z.enum(WAITING_KINDS).optional(),
  ownerId: id,
  currency,
  fromDays: z.coerce.number().int().min(0).max(10_000).optional(),
});
const Overrides = z.strictObject({
  ...whose,
  kind: z.enum(OVERRIDE_KINDS).optional(),
  actorId: id,
  isHasty: isTrue,
  ...dates,
});

/** The views of money, to take away; each with the filters of its page. */
@Injectable()
export class MoneyViewExports {
  constructor(private readonly lists: ExportLists) {
    const check =
      'id chargedAt kind engagementId labId labName expertId expertName projectTitle currency rateMinorPerHour seconds agreedMinor chargedMinor feeAgreedMinor feeTakenMinor payMinor payBookedMinor isOtherTerms isDifferent ledgerTransactionId';
    this.add(
      'contract-checks',
      check,
      Checks,
      ({ db }, filter, limit, after) => listContractChecks(db, filter, limit, after),
      ({ chargedAt, id }) => [chargedAt.toISOString(), id],
    );
    const period = 'at key name currency lines priceMinor agreedMinor feeMinor medianPpm p95Ppm policyIds';
    this.add(
      'take-rate-periods',
      period,
      Periods,
      ({ db }, { period: unit, by, ...filter }, limit, after) =>
        listTakeRatePeriods(db, filter, { period: unit, by }, limit, after),
      (row) => [row.at.toISOString(), row.key, row.currency],
    );
    this.add(
      'margins',
      'month labId labName currency priceMinor feeMinor railInMinor railOutMinor',
      OfLab,
      ({ db }, filter, limit, after) => listMargins(db, filter, limit, after),
      (row) => [row.month.toISOString(), row.labId ?? '', row.currency],
    );
    this.add(
      'waiting-items',
      'id kind accountCode ownerId ownerName currency amountMinor since days ledgerTransactionId',
      Waiting,
      ({ db, now }, filter, limit, after) => listWaitingItems(db, filter, now, limit, after),
      (row) => [row.since.toISOString(), row.id],
    );
    const paid =
      'chargeId payoutId labId labName expertId expertName currency payMinor chargedAt paidAt seconds chargeTransactionId payoutTransactionId';
    this.add(
      'paid-lines',
      paid,
      Money,
      ({ db }, filter, limit, after) => listPaidLines(db, filter, limit, after),
      (row) => [String(row.seconds), row.chargeId],
    );
    const back =
      'chargeId ofChargeId at labId labName expertId expertName askedByName reason currency priceMinor payMinor feeMinor paidOutMinor recoveredMinor writtenOffMinor approvalRequestId ledgerTransactionId';
    this.add(
      'taken-back',
      back,
      Money,
      ({ db }, filter, limit, after) => listTakenBack(db, filter, limit, after),
      (row) => [row.at.toISOString(), row.chargeId],
    );
    const override =
      'id at kind actorName askedByName subjectId labName expertName summary reason labFeePpm expertFeePpm labFeeBeforePpm expertFeeBeforePpm amountMinor currency secondsAfter isOffHours';
    this.add(
      'overrides',
      override,
      Overrides,
      ({ db }, filter, limit, after) => listOverrides(db, filter, limit, after),
      ({ id }) => [id.toString()],
    );
  }

  /** Registers a list whose columns are named in one text. */
  private add<Filter, Row extends object>(
    name: string,
    columnNames: string,
    filter: ExportList<Filter>['filter'],
    read: (read: Read, filter: Filter, limit: number, after?: readonly string[]) => Promise<Row[]>,
    keyOf: (row: Row) => readonly string[],
  ): void {
    const columns = columnNames.split(' ');
    this.lists.add({
      name,
      columns,
      filter,
      rows: async function* (at, wanted) {
        const pages = paged((limit, after) => read(at, wanted, limit, after), keyOf);
        for await (const rows of pages)
          yield rows.map((row) => Object.fromEntries(columns.map((column) => [column, cellOf(row, column)])));
      },
    });
  }
}

function cellOf(row: object, column: string): ExportCell {
  const value = (row as Record<string, ExportCell | string[]>)[column] ?? null;
  return Array.isArray(value) ? value.join(' ') : value;
}

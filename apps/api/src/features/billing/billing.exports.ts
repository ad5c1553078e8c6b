import { Injectable } from '@nestjs/common';
import { DRIFT_CLASSES, dueDaysOf, INVOICE_AGES } from '@tallystick/domain';
import { z } from 'zod';
import { filterOf } from '../../platform/export/export-filter';
import { ExportLists, paged } from '../../platform/export/export-lists';
import { listCharges, type ChargeRecord } from './charge.repository';
import { listFeeDrifts, type FeeDriftRecord } from './fee-drift.repository';
import { listInvoices, type InvoiceRecord } from './invoice.repository';

const { id, instant } = filterOf;
const Filter = z.strictObject({
  labId: id,
  expertId: id,
  engagementId: id,
  projectId: id,
  from: instant,
  to: instant,
});
const COLUMNS = [
  'id',
  'kind',
  'timeEntryId',
  'timesheetId',
  'engagementId',
  'projectId',
  'labId',
  'expertId',
  'currency',
  'rateMinorPerHour',
  'seconds',
  'agreedMinor',
  'priceMinor',
  'payMinor',
  'feeMinor',
  'labFeePpm',
  'expertFeePpm',
  'rounding',
  'takeRatePolicyId',
  'ledgerTransactionId',
  'chargedAt',
  'weekStart',
  'bonusId',
  'reversesChargeId',
] as const satisfies readonly (keyof ChargeRecord)[];

const INVOICE_COLUMNS = [
  'id',
  'number',
  'labId',
  'currency',
  'amountMinor',
  'purchaseOrderId',
  'state',
  'issuedAt',
  'dueOn',
  'paidAt',
  'reminders',
  'ledgerTransactionId',
] as const satisfies readonly (keyof InvoiceRecord)[];
const InvoiceFilters = z.strictObject({
  labId: id,
  state: z.enum(['OPEN', 'PAID', 'VOID']).optional(),
  age: z.enum(INVOICE_AGES.map(({ code }) => code)).optional(),
});

const DriftFilters = z.strictObject({
  runId: id,
  kind: z.enum(DRIFT_CLASSES).optional(),
  labId: id,
  expertId: id,
  from: instant,
  to: instant,
});
const DRIFT_COLUMNS = [
  ...(['runId', 'place', 'foundAt', 'chargeId', 'kind', 'sentence', 'chargedAt'] as const),
  ...(['labId', 'labName', 'expertId', 'expertName', 'projectId', 'currency'] as const),
  ...(['agreedMinor', 'priceMinor', 'payMinor', 'feeMinor'] as const),
] satisfies readonly (keyof FeeDriftRecord)[];

/** Lists of the feature that auditors may take away. */
@Injectable()
export class BillingExports {
  constructor(lists: ExportLists) {
    lists.add({
      name: 'charges',
      columns: COLUMNS,
      filter: Filter,
      rows: async function* ({ db }, filter) {
        const pages = paged(
          (limit, after) => listCharges(db, filter, limit, after),
          ({ chargedAt, id }) => [chargedAt.toISOString(), id],
        );
        for await (const rows of pages)
          yield rows.map((row) => Object.fromEntries(COLUMNS.map((column) => [column, row[column]])));
      },
    });
    lists.add({
      name: 'fee-drift',
      columns: DRIFT_COLUMNS,
      filter: DriftFilters,
      rows: async function* ({ db }, filter) {
        const pages = paged(
          (limit, after) => listFeeDrifts(db, filter, limit, after ? Number(after[0]) : undefined),
          ({ place }) => [String(place)],
        );
        for await (const rows of pages)
          yield rows.map((row) => Object.fromEntries(DRIFT_COLUMNS.map((column) => [column, row[column]])));
      },
    });
    lists.add({
      name: 'invoices',
      columns: INVOICE_COLUMNS,
      filter: InvoiceFilters,
      rows: async function* ({ db, now }, { age, ...rest }) {
        const due = age && dueDaysOf(age, now);
        const aged = age ? { state: 'OPEN', dueFrom: due?.from, dueBefore: due?.before } : {};
        const pages = paged(
          (limit, after) => listInvoices(db, { ...rest, ...aged }, limit, after),
          ({ issuedAt, id }) => [issuedAt.toISOString(), id],
        );
        for await (const rows of pages)
          yield rows.map((row) => Object.fromEntries(INVOICE_COLUMNS.map((column) => [column, row[column]])));
      },
    });
  }
}

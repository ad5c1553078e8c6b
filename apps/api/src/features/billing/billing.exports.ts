import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ExportLists, paged } from '../../platform/export/export-lists';
import { listCharges, type ChargeRecord } from './charge.repository';

const instant = z.iso.datetime().transform((text) => new Date(text));
const Filter = z.strictObject({
  labId: z.uuid().optional(),
  expertId: z.uuid().optional(),
  engagementId: z.uuid().optional(),
  projectId: z.uuid().optional(),
  from: instant.optional(),
  to: instant.optional(),
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
  }
}

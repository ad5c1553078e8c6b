import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ExportLists, paged } from '../../platform/export/export-lists';
import { listPayouts, type PayoutRecord } from './payout.repository';

const Filter = z.strictObject({
  state: z.string().max(40).optional(),
  expertId: z.uuid().optional(),
  runId: z.uuid().optional(),
});
const COLUMNS = [
  'id',
  'runId',
  'expertId',
  'currency',
  'amountMinor',
  'state',
  'attempt',
  'createdAt',
  'requestedAt',
  'promisedOn',
  'transferredAt',
  'paidAt',
  'railTransferId',
  'railPayoutId',
  'failureReason',
  'ledgerTransactionId',
] as const satisfies readonly (keyof PayoutRecord)[];

/** Lists of the feature that auditors may take away. */
@Injectable()
export class PayoutExports {
  constructor(lists: ExportLists) {
    lists.add({
      name: 'payouts',
      columns: [...COLUMNS, 'gates'],
      filter: Filter,
      rows: async function* ({ db }, filter) {
        const pages = paged(
          (limit, after) => listPayouts(db, filter, limit, after),
          ({ createdAt, id }) => [createdAt.toISOString(), id],
        );
        for await (const rows of pages)
          yield rows.map((row) => ({
            ...Object.fromEntries(COLUMNS.map((column) => [column, row[column]])),
            gates: row.blocks.map(({ gate }) => gate).join(' '),
          }));
      },
    });
  }
}

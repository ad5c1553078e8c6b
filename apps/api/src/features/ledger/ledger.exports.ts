import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ExportLists, paged } from '../../platform/export/export-lists';
import { exportedPostings } from './export.repository';

const day = z.iso.datetime();
const Filter = z.strictObject({
  account: z.string().max(100).optional(),
  from: day.optional(),
  to: day.optional(),
});

/** Lists of the feature that auditors may take away. */
@Injectable()
export class LedgerExports {
  constructor(lists: ExportLists) {
    lists.add({
      name: 'postings',
      columns: [
        'posting',
        'ledgerTransaction',
        'line',
        'kind',
        'effectiveAt',
        'debit',
        'credit',
        'currency',
        'amountMinor',
        'phase',
        'hold',
      ],
      filter: Filter,
      rows: ({ db }, filter) =>
        paged(
          (limit, after) => exportedPostings(db, filter, limit, after?.[0]),
          ({ posting }) => [posting.toString()],
        ),
    });
  }
}

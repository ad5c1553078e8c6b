import { Injectable } from '@nestjs/common';
import { netOf, payoutMachine, reaches, statesOf } from '@tallystick/domain';
import { z } from 'zod';
import { filterOf } from '../../platform/export/export-filter';
import { ExportLists, paged } from '../../platform/export/export-lists';
import { lastOfExperts, sentByYear } from '../ledger/ledger.public';
import { gatedExperts } from './gate-facts.repository';
import { taxThresholds } from './tax-threshold.repository';
import { returnsByYear } from './payout-return.repository';
import { withReturnsOfYears } from './years-with-returns';
import { listPayouts, type PayoutRecord } from './payout.repository';

const Filter = z.strictObject({
  state: z.enum(statesOf(payoutMachine)).optional(),
  expertId: filterOf.id,
  runId: filterOf.id,
});
const YearFilter = z.strictObject({ year: z.coerce.number().int().min(2000).max(2200) });
const FORMS = ['1099-NEC', '1099-MISC', '1099-K'] as const;
const YEAR_COLUMNS = ['year', 'expertId', 'currency', 'payments', 'paidMinor', 'reversedMinor', 'netMinor'];
/** Experts whose year is worked out at once. */
const EXPERTS = 500;
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
  'railFeeMinor',
  'railFeeCurrency',
  'feeBorneBy',
  'exchangeRate',
  'bankAmountMinor',
  'bankCurrency',
  'failureReason',
  'ledgerTransactionId',
] as const satisfies readonly (keyof PayoutRecord)[];

/** Lists of the feature that auditors may take away. */
@Injectable()
export class PayoutExports {
  constructor(lists: ExportLists) {
    lists.add({
      name: 'year-totals',
      columns: [...YEAR_COLUMNS, ...FORMS],
      filter: YearFilter,
      rows: async function* ({ db }, { year }) {
        const thresholds = await taxThresholds(db, year);
        for (let after: string | undefined; ;) {
          const last = await lastOfExperts(db, EXPERTS, after);
          if (last === undefined) return;
          const sent = withReturnsOfYears(
            await sentByYear(db, { year, afterExpert: after }, EXPERTS),
            await returnsByYear(db, { year, after, upTo: last }),
          );
          const experts = await gatedExperts(
            db,
            sent.map(({ expertId }) => expertId),
          );
          yield sent.map((row) => {
            const totals = { ...row, country: experts.get(row.expertId)?.country ?? '' };
            return {
              ...row,
              netMinor: netOf(row),
              ...Object.fromEntries(FORMS.map((form) => [form, reaches(totals, form, thresholds) ?? null])),
            };
          });
          after = last;
        }
      },
    });
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
            exchangeRate: row.exchangeRate?.toFixed() ?? null,
            gates: row.blocks.map(({ gate }) => gate).join(' '),
          }));
      },
    });
  }
}

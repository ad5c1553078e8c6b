import { Injectable } from '@nestjs/common';
import { BREAK_AGES, BREAK_DAYS, foundWithin } from '@tallystick/domain';
import { z } from 'zod';
import { filterOf } from '../../platform/export/export-filter';
import { ExportLists, paged, type ExportRow } from '../../platform/export/export-lists';
import type { Read } from '../../platform/prisma/transaction';
import { exportedPostings } from './export.repository';
import { listBreaks, type BreakFilter, type BreakRecord } from './reconciliation.repository';

/** kind:owner:currency; the owner is a lab, an expert or the platform. */
const ACCOUNT_CODE = /^[a-z_]{1,40}:(platform|[0-9a-f-]{36}):[A-Z]{3}$/;

const Filter = z.strictObject({
  account: z.string().regex(ACCOUNT_CODE).optional(),
  from: filterOf.instant,
  to: filterOf.instant,
});

const Breaks = z.strictObject({
  state: z.enum(['OPEN', 'CLEARED', 'RESOLVED']).optional(),
  kind: z.enum(Object.keys(BREAK_DAYS)).optional(),
  age: z.enum(BREAK_AGES.map(({ code }) => code)).optional(),
  isMine: z.enum(['true']).optional(),
});

const BREAK_COLUMNS = [
  ...(['id', 'kind', 'state', 'about', 'movementId', 'ledgerTransactionId'] as const),
  ...(['currency', 'railMinor', 'ledgerMinor', 'foundAt', 'endedAt', 'ownerId', 'reason'] as const),
];

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
    lists.add({
      name: 'breaks',
      columns: BREAK_COLUMNS,
      filter: Breaks,
      rows: async function* (read, filter) {
        const wanted = breaksWanted(read, filter);
        const pages = paged(
          (limit, after) => listBreaks(read.db, wanted, limit, after),
          ({ foundAt, id }) => [foundAt.toISOString(), id],
        );
        for await (const rows of pages) yield rows.map(cellsOf);
      },
    });
  }
}

/** Breaks as their page filters them. */
function breaksWanted(
  { actor, now }: Read,
  { state, kind, age, isMine }: z.infer<typeof Breaks>,
): BreakFilter {
  const found = age && foundWithin(age, now);
  return {
    ...(state && { state }),
    ...(kind && { class: kind }),
    ...(isMine && actor.kind === 'PERSON' && { ownerId: actor.accountId }),
    ...(found && { foundAfter: found.after, foundUpTo: found.upTo }),
  };
}

function cellsOf({ class: kind, ...row }: BreakRecord): ExportRow {
  const named = { kind, ...row };
  return Object.fromEntries(BREAK_COLUMNS.map((column) => [column, named[column]]));
}

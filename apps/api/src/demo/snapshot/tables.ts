import type { Client } from 'pg';

const SCHEMAS = ['public', 'ledger', 'sandbox'];

/** What a snapshot leaves out: what a start makes anew, or never had. */
const LEFT_OUT = new Set([
  // Doors and queues of the machine on which it was made.
  'public.session',
  'public.one_time_link',
  'public.outbox_message',
  'public.command_receipt',
  'public.rate_limit',
  'sandbox.idempotency',
  'sandbox.setting',
  // Sealed, signed, counted and scored anew by the product itself.
  'public.seal',
  'public.seal_item',
  'public.signed_week',
  'public.fit',
  'public.shortlist',
  'public.recommendation',
  'public.recommendation_state',
  'public.match_statistics',
  'public.expert_search',
  'public.track_record',
  // Given by the migrations and by the product's own list.
  'public.schema_migration',
  'ledger.currency',
  'ledger.account_kind',
  'public.tax_threshold',
  // Days of the calendar: they move with no history.
  'public.bank_holiday',
  'public.taxonomy_concept',
  'public.taxonomy_alias',
  'public.taxonomy_relation',
  'public.taxonomy_import',
]);
/** Columns that the database of the world sets itself. */
const OWN_COLUMNS = new Set(['ledger.ledger_transaction.created_xid', 'ledger.account.opened_at']);

/** A table of the world. */
export interface WorldTable {
  /** With its schema: `public.account`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Its column that a sequence numbers, where it has one. */
  readonly numbered?: string;
}

/** Every table of a migrated database that belongs to a world, in the order of their names. */
export async function worldTables(client: Client): Promise<WorldTable[]> {
  const { rows } = await client.query<{
    name: string;
    columns: string[];
    key: string[] | null;
    numbered: string | null;
  }>(
    `SELECT n.nspname || '.' || c.relname AS name,
       array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns,
       (SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum))
          FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY(i.indkey::int2[])
          WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
       max(a.attname::text) FILTER (WHERE pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) IS NOT NULL) AS numbered
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     GROUP BY n.nspname, c.relname, c.oid ORDER BY 1`,
    [SCHEMAS],
  );
  return rows
    .filter(({ name }) => !LEFT_OUT.has(name))
    .map(({ name, columns, key, numbered }) => ({
      name,
      columns: columns.filter((column) => !OWN_COLUMNS.has(`${name}.${column}`)),
      key: key ?? [],
      ...(numbered !== null && { numbered }),
    }));
}

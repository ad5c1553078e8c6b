import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { asIntruder } from '../../../test/intruder';

const EPOCH = new Date(0);
const MONDAY = new Date('2026-11-16');
/** What a column must be called so that money may hang on it. */
const MONEY = '(_minor|_bps|_ppm|_hash|_sha256|currency)$';

/** Facts without such a name that money was decided on, and that the application may not write at all. */
const ALSO_SAID_ONCE: Record<string, string> = {
  funding: 'lab_id requested_by_id requested_at invoice_id',
  lab_refund: 'lab_id funding_id requested_by_id approval_request_id',
  lab_dispute: 'lab_id funding_id rail_dispute_id',
  invoice: 'lab_id number purchase_order_id due_on issued_at ledger_transaction_id',
  purchase_order: 'lab_id number ends_on created_by_id',
  credit_terms: 'lab_id due_days set_by_id set_at approval_request_id reason',
  offer:
    'rate_minor_per_hour weekly_cap_seconds notice_days rounding fee_parts take_rate_policy_id sent_at expires_at expert_id',
  engagement_week: 'engagement_id lab_id expert_id week_start',
  signed_week: 'root signature key_id lines version',
  rail_movement: 'id subject_id category created_at transfer_group',
  payout: 'id expert_id fee_borne_by created_at',
  payout_return: 'payout_id expert_id returned_at rail_bank_id',
  approval_request:
    'action subject_id payload requested_by_id approvals_needed expires_at promised_by summary expert_id',
  tax_threshold: 'form year country more_than_payments is_reached_at',
  billed_total: 'lab_id expert_id',
};

/** Rows whose facts are kept from a state on, or once they are there: the row, and each column that is tried on it. */
const KEPT: readonly [table: string, row: Record<string, unknown>, columns: string][] = [
  ['funding', { state: 'CLEARED', rail_payment_id: 'pi_1', cleared_at: EPOCH }, 'rail_payment_id cleared_at'],
  ['funding', { state: 'CLEARED', ledger_transaction_id: randomUUID() }, 'ledger_transaction_id'],
  ['lab_refund', { state: 'SENT', rail_refund_id: 're_1' }, 'rail_refund_id'],
  ['invoice', { state: 'PAID', paid_at: EPOCH }, 'paid_at'],
  [
    'lab_dispute',
    { state: 'LOST', amount_minor: 9, repaid_minor: 9, settled_at: EPOCH, closed_at: EPOCH },
    'repaid_minor written_off_minor settled_at',
  ],
  [
    'engagement_week',
    { state: 'SETTLED', held_minor: 0, settled_at: EPOCH, week_start: MONDAY },
    'held_minor settled_at state',
  ],
  [
    'time_entry',
    { state: 'APPROVED', starts_at: EPOCH, ends_at: new Date(60_000) },
    'starts_at ends_at counted_seconds timesheet_id engagement_id state',
  ],
  ['rail_movement', { ledger_transaction_id: randomUUID() }, 'ledger_transaction_id'],
  [
    'reconciliation_break',
    {
      state: 'RESOLVED',
      class: 'AMOUNT_DIFF',
      rail_minor: 1,
      ledger_minor: 1,
      resolved_by_id: randomUUID(),
      reason: 'x',
    },
    'state class currency rail_minor ledger_minor resolved_by_id reason',
  ],
  ['payout', { state: 'UNKNOWN' }, 'amount_minor'],
  ['payout', { state: 'REQUESTED', asked_at: EPOCH }, 'amount_minor'],
  [
    'payout',
    {
      state: 'IN_TRANSIT',
      rail_transfer_id: 'tr_1',
      transferred_at: EPOCH,
      ledger_transaction_id: randomUUID(),
    },
    'amount_minor rail_transfer_id transferred_at ledger_transaction_id',
  ],
  ...['PAID', 'RETURNED'].map(
    (state) =>
      [
        'payout',
        {
          ...{ state, rail_payout_id: 'po_1', bank_amount_minor: 1, bank_currency: 'EUR', exchange_rate: 1 },
          ...{ rail_fee_minor: 1, rail_fee_currency: 'EUR' },
        },
        'amount_minor bank_amount_minor bank_currency exchange_rate rail_fee_minor rail_fee_currency past_rail_fee_minor',
      ] as [string, Record<string, unknown>, string],
  ),
];

/** What may change though it is called so, and why nothing is lost by it. */
const MAY_CHANGE: Record<string, string> = {
  'purchase_order.invoiced_minor': 'a counter: the proof holds it against the invoices of the order',
  'account.password_hash': 'its owner changes the password; no money hangs on it',
  'session.token_hash': 'a secret that lets somebody in; no money hangs on it',
  'one_time_link.token_hash': 'a secret that lets somebody in; no money hangs on it',
  'lab_invitation.token_hash': 'a secret that lets somebody in; no money hangs on it',
  'command_receipt.request_hash':
    'says whether a command was the same; the ledger has a hash of its own that nobody writes',
  'expert.minimum_rate_minor': 'what an expert wishes for; what is agreed is in offers and engagements',
  'expert.rate_currency': 'what an expert wishes for; what is agreed is in offers and engagements',
  'expert_search.rate_minor': 'made anew from the profile',
  'expert_search.currency': 'made anew from the profile',
  'shortlist.model_hash': 'made anew with each list',
  'recommendation_state.model_hash': 'made anew with each list',
  'payout_account.currency':
    'where an expert is paid next, as the rail says; each payout has its own, and left accounts stay',
  'payout_run.cursor_currency': 'where a run is; no amount',
};

const OTHER: Record<string, string> = {
  text: `'other'`,
  character: `'OTH'`,
  bigint: '77',
  integer: '77',
  numeric: '77',
  uuid: 'gen_random_uuid()',
  'timestamp with time zone': 'now()',
};
const SOME: Record<string, unknown> = {
  ...{
    bigint: 1,
    integer: 1,
    smallint: 1,
    numeric: 1,
    boolean: false,
    jsonb: '[]',
  },
  ...{ 'timestamp with time zone': EPOCH, date: '2026-11-16' },
};

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly isNeeded: boolean;
  readonly isMoney: boolean;
  readonly mayWrite: boolean;
}

/** What the database refuses to the application's own role of the facts that money was decided on. */
describe('facts that money was decided on', () => {
  let database: TestDatabase;
  let app: Client;
  let columns: Column[];

  const typeOf = (table: string, column: string) => {
    const found = columns.find((each) => each.table === table && each.column === column);
    if (!found) throw new Error(`${table} has no ${column}`);
    return found.type;
  };
  /** Puts a row there that points nowhere; returns its id. */
  const plant = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const id = randomUUID();
    const needed = columns.filter((each) => each.table === table && each.isNeeded);
    const full = Object.fromEntries(
      needed.map(({ column, type }) => [column, SOME[type] ?? randomUUID()] as const),
    );
    const given: Record<string, unknown> = {
      ...full,
      ...('currency' in full && { currency: 'USD' }),
      ...row,
      id,
    };
    const values = Object.values(given).map((value) =>
      value instanceof Date ? `'${value.toISOString()}'` : `'${String(value)}'`,
    );
    await asIntruder(
      database,
      `INSERT INTO ${table} (${Object.keys(given).join(', ')}) VALUES (${values.join(', ')})`,
    );
    return id;
  };
  const set = (table: string, id: string, changes: string) =>
    app.query(`UPDATE ${table} SET ${changes} WHERE id = $1`, [id]);
  const refusal = async (sql: string): Promise<string> =>
    app.query(sql).then(
      () => 'done',
      (error: Error) => error.message,
    );

  beforeAll(async () => {
    database = await createTestDatabase();
    app = new Client({ connectionString: database.environment.DATABASE_URL });
    await app.connect();
    await app.query(`SELECT set_config('app.rows', 'all', false)`);
    const { rows } = await database.owner.query(
      `SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS table, a.attname AS column,
         format_type(a.atttypid, NULL) AS type, a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS "isNeeded", a.attname ~ $1 AS "isMoney",
         has_column_privilege('tallystick_app', c.oid, a.attnum, 'UPDATE') AS "mayWrite"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'ledger') ORDER BY 1, a.attnum`,
      [MONEY],
    );
    columns = rows as Column[];
  }, 60_000);
  afterAll(async () => {
    await app.end();
    await database.drop();
  });

  it('every column that money may hang on is kept, or may change for a reason', () => {
    const kept = new Set(
      KEPT.flatMap(([table, , names]) => names.split(' ').map((name) => `${table}.${name}`)),
    );
    const open = columns
      .filter(({ isMoney, mayWrite }) => isMoney && mayWrite)
      .map(({ table, column }) => `${table}.${column}`)
      .filter((name) => !kept.has(name));
    expect(open.sort()).toEqual(Object.keys(MAY_CHANGE).sort());
  });

  it('what is said once is no column that the application may write', async () => {
    const tried = [
      ...columns
        .filter(({ isMoney, mayWrite }) => isMoney && !mayWrite)
        .map(({ table, column }) => [table, column]),
      ...Object.entries(ALSO_SAID_ONCE).flatMap(([table, names]) =>
        names.split(' ').map((name) => [table, name]),
      ),
    ] as [string, string][];
    const done: string[] = [];
    for (const [table, column] of tried) {
      const said = await refusal(`UPDATE ${table} SET ${column} = ${column}`);
      if (!said.startsWith('permission denied')) done.push(`${table}.${column}: ${said}`);
    }
    expect(done).toEqual([]);
    expect(tried.length).toBeGreaterThan(150);
  });

  it.each(KEPT)('%s with %j: the application cannot change %s', async (table, row, names) => {
    const id = await plant(table, row);
    for (const column of names.split(' ')) {
      const other = OTHER[typeOf(table, column)];
      await expect(set(table, id, `${column} = ${other}`)).rejects.toThrow(
        `what ${table} says of its ${column} stays`,
      );
      if (column in row) await expect(set(table, id, `${column} = NULL`)).rejects.toThrow('fact_kept');
    }
  });

  it.each([
    ['funding', { state: 'PROCESSING' }, `state = 'CLEARED', rail_payment_id = 'pi_2', cleared_at = now()`],
    ['engagement_week', { state: 'HELD', held_minor: 5, week_start: MONDAY }, 'held_minor = 3'],
    ['purchase_order', { amount_minor: 10 }, 'invoiced_minor = 7'],
    ['payout', { state: 'GATED' }, 'amount_minor = 77'],
    ['payout', { state: 'FAILED', asked_at: EPOCH }, 'amount_minor = 77'],
    [
      'payout',
      { state: 'RETURNED', rail_payout_id: 'po_1', bank_amount_minor: 1 },
      `state = 'IN_TRANSIT', rail_payout_id = 'po_2', bank_amount_minor = 2`,
    ],
    ['reconciliation_break', { state: 'OPEN', class: 'AMOUNT_DIFF', rail_minor: 1 }, 'rail_minor = 2'],
  ])('%s with %j: goes on by %s', async (table, row, changes) => {
    expect((await set(table, await plant(table, row), changes)).rowCount).toBe(1);
  });

  it.each([
    ['payout', { state: 'PAID', amount_minor: 30_000 }, `state = 'REQUESTED', asked_at = NULL`],
    ['payout', { state: 'IN_TRANSIT', amount_minor: 30_000 }, `state = 'GATED'`],
    ['funding', { state: 'CLEARED' }, `state = 'REQUESTED'`],
    ['invoice', { state: 'PAID', paid_at: EPOCH }, `state = 'OPEN'`],
  ])('%s with %j: goes to no state by %s', async (table, row, changes) => {
    await expect(set(table, await plant(table, row), changes)).rejects.toMatchObject({
      constraint: 'state_kept',
    });
  });

  it('takes nothing of it away', async () => {
    const gone: string[] = [];
    for (const table of Object.keys(ALSO_SAID_ONCE))
      if (!(await refusal(`DELETE FROM ${table}`)).startsWith('permission denied')) gone.push(table);
    expect(gone).toEqual([]);
  });
});

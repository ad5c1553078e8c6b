import { payoutMachine, refundMachine } from '@tallystick/domain';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { asIntruder } from '../../../test/intruder';

/** What the database refuses the application's own role, however it is asked. */
describe('the application’s role', () => {
  let database: TestDatabase;
  let app: Client;
  const rows = async <T>(sql: string) => (await database.owner.query(sql)).rows as T[];

  beforeAll(async () => {
    database = await createTestDatabase();
    app = new Client({ connectionString: database.environment.DATABASE_URL });
    await app.connect();
    await app.query(`SELECT set_config('app.rows', 'all', false)`);
  });
  afterAll(async () => {
    await app.end();
    await database.drop();
  });

  it('puts no name before ours: a table of its own is not what the owner’s functions count in', async () => {
    await app.query('CREATE TEMPORARY TABLE billed_total (LIKE public.billed_total INCLUDING ALL)');
    await app.query('GRANT ALL ON billed_total TO PUBLIC');
    // Ours points at labs and experts that are there; the other would take anything.
    await expect(
      app.query(`SELECT count_billed($1, $2, 'USD', 5)`, [randomUUID(), randomUUID()]),
    ).rejects.toMatchObject({ schema: 'public', table: 'billed_total' });
  });

  it('is read by no function of the owner’s, and by no guard of a table, that looks for temporary names first', async () => {
    const paths = await rows<{ name: string; path: string }>(`
      SELECT p.oid::regprocedure::text AS name, coalesce(array_to_string(p.proconfig, ';'), '') AS path
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
      WHERE n.nspname IN ('public', 'ledger') AND l.lanname IN ('sql', 'plpgsql') AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)`);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter(({ path }) => !/search_path="?\w+"?, pg_temp(;|$)/.test(path))).toEqual([]);
  });

  it.each([
    ['a payout', 'payout_keeps_states', payoutMachine],
    ['a refund', 'lab_refund_keeps_states', refundMachine],
  ])('moves %s as its machine does: what was sent is not asked for anew', async (_, name, machine) => {
    const [trigger] = await rows<{ told: string }>(
      `SELECT pg_get_triggerdef(oid) AS told FROM pg_trigger WHERE tgname = '${name}'`,
    );
    const told = [...(trigger?.told ?? '').matchAll(/'(\w+>\w+)'/g)].map(([, move]) => move);
    const moves = Object.entries(machine.transitions).flatMap(([from, events]) =>
      Object.values(events)
        .filter((to) => to !== from)
        .map((to) => `${from}>${to}`),
    );
    expect(new Set(told)).toEqual(new Set(moves));
  });

  it.each(['NULL', `'2026-10-01'`])('sets no change of bank details to %s', async (earlier) => {
    const expertId = randomUUID();
    await asIntruder(
      database,
      `INSERT INTO payout_account (expert_id, rail_account_id, state, country, currency, bank_changed_at, created_at, updated_at)
       VALUES ('${expertId}', 'acct_${expertId}', 'ACTIVE', 'US', 'USD', '2026-11-01', now(), now())`,
    );
    const change = (to: string) =>
      app.query(`UPDATE payout_account SET bank_changed_at = ${to} WHERE expert_id = $1`, [expertId]);
    await expect(change(earlier)).rejects.toMatchObject({ constraint: 'bank_change_stays' });
    expect((await change(`'2026-11-02'`)).rowCount).toBe(1);
  });
});

import { accountCode } from '@tallystick/domain';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { moneyWorld, NOON, type MoneyWorld } from '../../../test/money-world';
import { post } from '../ledger/ledger.public';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';
import { RunPayouts } from './use-cases/run-payouts';

const DAY_MS = 86_400_000;
const EXPERTS = 450;

/** Runs over several pages of experts, who are written straight into the database: it is the run that is looked at. */
describe('payout runs', () => {
  let world: MoneyWorld;
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const runs = () => owner('SELECT * FROM payout_run ORDER BY started_at, id');
  const use = () => world.api.app.get(RunPayouts);

  beforeAll(async () => {
    world = await moneyWorld();
    await owner(`
      INSERT INTO account (id, email, password_hash, name, created_at)
      SELECT md5('account' || n)::uuid, 'e' || n || '@example.org', '-', 'Expert ' || n, now() FROM generate_series(1, ${EXPERTS}) n`);
    await owner(`
      INSERT INTO expert (id, account_id, display_name, country, created_at, updated_at)
      SELECT md5('expert' || n)::uuid, md5('account' || n)::uuid, 'Expert ' || n, 'US', now(), now()
      FROM generate_series(1, ${EXPERTS}) n`);
    await owner(`
      INSERT INTO payout_account (expert_id, rail_account_id, state, country, currency, created_at, updated_at)
      SELECT md5('expert' || n)::uuid, 'acct_' || n, 'ACTIVE', 'US', 'USD', now(), now() FROM generate_series(1, ${EXPERTS}) n WHERE n % 10 <> 0`);
    const experts = await owner('SELECT id FROM expert ORDER BY id');
    await world.api.app.get(UnitOfWork).run(system('test'), { name: 'arrange' }, async (tx) => {
      const lines = experts.map(({ id }) => ({
        phase: 'S' as const,
        debit: accountCode.railAvailable('USD'),
        credit: accountCode.expertPayable(id as string, 'USD'),
        currency: 'USD',
        amountMinor: 5000n,
      }));
      await post(tx, { key: 'arrange', kind: 'arrange', subjectType: 'test', subjectId: tx.newId(), lines });
    });
    // The rail has enough for all but the last few: what it has not is held, never asked for.
    jest
      .spyOn(world.api.app.get<PaymentRail>(PAYMENT_RAIL), 'availableMinor')
      .mockImplementation(() => Promise.resolve({ kind: 'done', value: 400n * 5000n }));
  });
  afterAll(() => world.stop());

  it('makes one run a day though two schedulers ask at once, and goes on where a crash broke it off', async () => {
    // The first page is stored, then the process dies.
    const [first] = await Promise.all(
      [use(), use()].map((each) => each['begin'](system('payouts'), '2026-11-18')),
    );
    expect(await runs()).toHaveLength(1);
    await use()['step'](first ?? '', 200);
    const [broken] = await runs();
    expect([broken?.payout_count + broken?.blocked_count, broken?.finished_at]).toEqual([200, null]);
    await Promise.all([1, 2].map(() => world.api.job('payout', 'daily-payouts')));
    expect(await runs()).toMatchObject([
      {
        trigger: 'DAILY',
        payout_count: 400,
        blocked_count: 50,
        failed_count: 0,
        finished_at: expect.any(Date),
      },
    ]);
    expect(
      await owner(`SELECT count(DISTINCT expert_id)::int AS experts, count(*)::int AS payouts FROM payout`),
    ).toEqual([{ experts: EXPERTS, payouts: EXPERTS }]);
    await world.api.job('payout', 'daily-payouts');
    expect(await runs()).toHaveLength(1);
    // Its page: what was asked for, and what each gate holds; who has no account and no money at the rail counts at both.
    const finance = await world.api.staff('finance@example.org', ['FINANCE']);
    const { payoutRun } = await finance.ask(
      'query($id: ID!) { payoutRun(id: $id) { sums { state count amount { minor } } gates { gate count } } }',
      { id: broken?.id },
    );
    expect(payoutRun.sums).toEqual([
      { state: 'GATED', count: 50, amount: { minor: `${50 * 5000}` } },
      { state: 'REQUESTED', count: 400, amount: { minor: `${400 * 5000}` } },
    ]);
    expect(payoutRun.gates).toContainEqual({ gate: 'PAYOUT_ACCOUNT', count: 45 });
  });

  it('promises a day on which banks work, and keeps it on the payout', async () => {
    // Wednesday and two business days.
    expect(await owner(`SELECT DISTINCT state, promised_on::text FROM payout ORDER BY state`)).toEqual([
      { state: 'GATED', promised_on: null },
      { state: 'REQUESTED', promised_on: '2026-11-20' },
    ]);
  });

  it('asks for a fixed number of statements, however many experts', async () => {
    expect(
      (await owner(`SELECT count(*)::int AS n FROM outbox_message WHERE name = 'transfer-payouts'`))[0]?.n,
    ).toBe(3);
    expect(
      (await owner(`SELECT count(*)::int AS n FROM notification WHERE kind = 'PAYOUT_WAITS'`))[0]?.n,
    ).toBe(45);
  });

  it('lets one expert that cannot be looked at stop no other, and takes them with the next run', async () => {
    await owner(`DELETE FROM payout`);
    const [bad] = await owner(
      `SELECT e.id FROM expert e JOIN payout_account a ON a.expert_id = e.id ORDER BY e.id LIMIT 1 OFFSET 5`,
    );
    await owner(`ALTER TABLE payout ADD CONSTRAINT planted CHECK (expert_id <> '${bad?.id}')`);
    world.api.clock.hold(new Date(NOON.getTime() + DAY_MS));
    await world.api.job('payout', 'daily-payouts');
    expect((await runs()).at(-1)).toMatchObject({ payout_count: 400, blocked_count: 49, failed_count: 1 });
    await owner('ALTER TABLE payout DROP CONSTRAINT planted');
    await use().all();
    expect(await owner('SELECT state FROM payout WHERE expert_id = $1', [bad?.id])).toHaveLength(1);
  });

  it('closes a gate again that closed between the run and the transfer: nothing is sent', async () => {
    await owner(`UPDATE payout_account SET state = 'RESTRICTED'`);
    const [sent] = await owner(`SELECT id FROM payout WHERE state = 'REQUESTED' LIMIT 1`);
    await world.api.job('rail', 'transfer-payouts', { payoutIds: [sent?.id] });
    expect(await owner('SELECT state, asked_at, blocks FROM payout WHERE id = $1', [sent?.id])).toMatchObject(
      [{ state: 'GATED', asked_at: null, blocks: [{ gate: 'PAYOUT_ACCOUNT' }] }],
    );
    expect(await world.atRail('transfer')).toBe(0);
  });
});

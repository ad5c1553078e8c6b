import { moneyWorld, putIn, type Lab, type MoneyWorld } from '../../../test/money-world';
import { key, vettedLab } from '../../../test/main-job';
import type { Caller } from '../../../test/api';

const FUNDINGS = '{ fundings { edges { node { amount { minor } state failureReason } } } }';

describe('the rail', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let finance: Caller;
  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
  });
  afterAll(() => world.stop());

  const event = (id: string, type: string, object: object) => ({
    id,
    object: 'event',
    type,
    api_version: '2026-10-28.endive',
    created: 1_795_000_000,
    livemode: false,
    data: { object },
  });
  const funding = async (minor: string) =>
    (await lab.ask(FUNDINGS)).fundings.edges
      .map(
        ({ node }: { node: { amount: { minor: string }; state: string; failureReason: string | null } }) =>
          node,
      )
      .find(({ amount }: { amount: { minor: string } }) => amount.minor === minor);
  const stored = async (id: string) =>
    (await world.api.owner().query('SELECT * FROM rail_event WHERE id = $1', [id])).rows;

  it('refuses a webhook whose signature does not fit, an unknown route and a stale one, and keeps nothing of them', async () => {
    const wrong = event('evt_wrong', 'payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' });
    expect(await world.webhook('platform', wrong, 't=1,v1=00')).toBe(400);
    expect(await world.webhook('platform', wrong, '')).toBe(400);
    expect(await world.webhook('elsewhere', wrong)).toBe(404);
    expect(await stored('evt_wrong')).toEqual([]);
  });

  it('stack#1464: keeps an event once however often it is sent', async () => {
    const twice = event('evt_twice', 'customer.updated', { id: 'cus_1', object: 'customer' });
    expect([await world.webhook('platform', twice), await world.webhook('platform', twice)]).toEqual([
      200, 200,
    ]);
    expect((await world.api.runJobs()).filter((name) => name === 'handle-rail-event')).toHaveLength(1);
    expect(await stored('evt_twice')).toMatchObject([{ outcome: 'nothing to do' }]);
  });

  it('looks again at an event that was here before our own row, and lets go of one that fits nothing', async () => {
    const early = event('evt_early', 'payment_intent.succeeded', {
      id: 'pi_early',
      object: 'payment_intent',
    });
    await world.webhook('platform', early);
    await world.api.runJobs();
    expect(await stored('evt_early')).toMatchObject([{ handled_at: null }]);
    const before = world.api.clock.now();
    world.api.clock.hold(new Date(before.getTime() + 2 * 60_000));
    await world.api.job('rail', 'retry-rail-events');
    expect(await world.api.runJobs()).toContain('follow-payment');
    world.api.clock.hold(new Date(before.getTime() + 25 * 3_600_000));
    await world.api.job('rail', 'retry-rail-events');
    world.api.clock.hold(before);
    expect(await stored('evt_early')).toMatchObject([{ outcome: 'fits nothing of ours' }]);
  });

  it('notes an event as handled with its effect', async () => {
    await putIn(world, lab, '10000');
    const followed = async () =>
      (
        await world.api
          .owner()
          .query(
            `SELECT outcome FROM rail_event WHERE type = 'payment_intent.succeeded' AND id LIKE 'evt\\_%' AND object_id <> 'pi_early'`,
          )
      ).rows;
    await world.settle(async () => (await followed())[0]?.outcome === 'followed');
    expect(await world.posted('funding-cleared')).toBe(1);
  });

  it('shows the sandbox and its next events to finance, and to nobody else', async () => {
    const STATE =
      '{ sandboxState { due { id what } undeliveredEvents delays { name value } failures { name } } }';
    for (const caller of [lab, await world.api.staff('auditor@example.org', ['AUDITOR'])])
      expect(await caller.refused(STATE)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await finance.ask(STATE)).sandboxState.delays).toContainEqual({ name: 'payment', value: '0' });
  });

  it('lets finance slow the sandbox, and make the next event happen now', async () => {
    const DELAY =
      'mutation($n: String!, $s: Int!) { setSandboxDelay(name: $n, seconds: $s) { delays { name value } } }';
    expect(await finance.refused(DELAY, { n: 'weather', s: 1 })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'weather',
    });
    await finance.ask(DELAY, { n: 'payment', s: 3600 });
    const input = { amountMinor: '20000', currency: 'USD', idempotencyKey: key() };
    await lab.ask('mutation($input: RequestFundingInput!) { requestFunding(input: $input) }', { input });
    await world.api.runJobs();
    const state = async () => (await funding('20000')).state;
    expect(await state()).toBe('PROCESSING');
    expect((await finance.ask('mutation { advanceSandbox }')).advanceSandbox).toMatch(
      /^payment\.succeeds pi_/,
    );
    await world.settle(async () => (await state()) === 'CLEARED');
    await finance.ask(DELAY, { n: 'payment', s: 0 });
  });

  it('says which failures there are, and fails the next payment when told to', async () => {
    const FAIL =
      'mutation($k: String!, $f: String!) { setSandboxFailure(kind: $k, failure: $f) { failures { name value } } }';
    expect((await finance.refused(FAIL, { k: 'payment', f: 'explodes' })).message).toContain(
      'payment (fails)',
    );
    await finance.ask(FAIL, { k: 'payment', f: 'fails' });
    const input = { amountMinor: '30000', currency: 'USD', idempotencyKey: key() };
    await lab.ask('mutation($input: RequestFundingInput!) { requestFunding(input: $input) }', { input });
    const newest = () => funding('30000');
    await world.settle(async () => (await newest()).state === 'FAILED');
    expect((await newest()).failureReason).toBeTruthy();
    expect(await world.posted('funding-cleared')).toBe(2);
  });

  it('refuses real money beside a rail of test money, and an event on the wrong route', async () => {
    const of = (id: string, more: object) => ({
      ...event(id, 'payment_intent.succeeded', { id: 'pi_x', object: 'payment_intent' }),
      ...more,
    });
    expect(await world.webhook('platform', of('evt_live', { livemode: true }))).toBe(400);
    expect(await world.webhook('platform', of('evt_acct', { account: 'acct_1' }))).toBe(400);
    expect(await world.webhook('connect', of('evt_none', {}))).toBe(400);
    for (const id of ['evt_live', 'evt_acct', 'evt_none']) expect(await stored(id)).toEqual([]);
  });

  describe('with money that moves at the rail', () => {
    const fund = (amountMinor: string) =>
      lab.ask('mutation($input: RequestFundingInput!) { requestFunding(input: $input) }', {
        input: { amountMinor, currency: 'USD', idempotencyKey: key() },
      });
    const ends = (minor: string, state: string) =>
      world.settle(async () => (await funding(minor))?.state === state);
    /** What the ledger says of an account of this lab or the platform: posted less held, minor units. */
    const ledger = async (kind: string): Promise<string> => {
      const { rows } = await world.api.owner().query(
        `SELECT coalesce(sum(s.debits_posted - s.credits_posted - s.debits_pending * CASE k.normal WHEN 'C' THEN -1 ELSE 0 END), 0)::text AS sum
         FROM ledger.account a JOIN ledger.account_kind k ON k.kind = a.kind CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') s WHERE a.kind = $1`,
        [kind],
      );
      return rows[0].sum as string;
    };
    const difference = async (kinds: readonly string[], work: () => Promise<unknown>) => {
      const before = await Promise.all(kinds.map(ledger));
      await work();
      const after = await Promise.all(kinds.map(ledger));
      return after.map((each, at) => Number(BigInt(each) - BigInt(before[at]!)));
    };
    const RAIL = ['rail_pending', 'rail_available', 'rail_fee_expense', 'lab_prepaid'];

    it('has money arrive as pending, with the rail’s fee as ours, and be spendable when the rail has it available', async () => {
      await world.control('delays', { funds: 3600 });
      await world.control('fees', { payment_ppm: 10_000 });
      const moved = await difference(RAIL, async () => {
        await fund('40000');
        await ends('40000', 'ARRIVED');
      });
      // The lab has 40000 and cannot spend them: what is held counts against it.
      expect(moved).toEqual([39_600, 0, 400, 0]);
      const available = await difference(RAIL, async () => {
        await finance.ask('mutation { advanceSandbox }');
        await ends('40000', 'CLEARED');
      });
      expect(available).toEqual([-39_600, 39_600, 0, -40_000]);
      await world.control('delays', { funds: 0 });
      await world.control('fees', { payment_ppm: 0 });
    });

    it('takes a refund that comes back into the lab’s balance again', async () => {
      const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
      await world.control('failures', { kind: 'refund', failure: 'fails' });
      const moved = await difference([...RAIL, 'refund_clearing'], async () => {
        await lab.ask(REFUND, { input: { amountMinor: '700', currency: 'USD', idempotencyKey: key() } });
        await world.settle(async () => (await world.posted('refund-returned')) === 1);
      });
      expect(moved).toEqual([0, 0, 0, 0, 0]);
      const { rows } = await world.api.owner().query('SELECT state, failure_reason FROM lab_refund');
      expect(rows).toEqual([{ state: 'FAILED', failure_reason: 'The bank did not take it.' }]);
    });

    it('takes a disputed payment’s money into clearing, and out of it when the dispute is won', async () => {
      const DISPUTE = [...RAIL, 'dispute_clearing', 'lab_receivable'];
      const { id: paymentId } = await world.newestAtRail('payment_intent');
      await world.control('fees', { dispute: 1_500 });
      const state = async () =>
        (
          await world.api
            .owner()
            .query('SELECT state FROM lab_dispute ORDER BY opened_at DESC, id DESC LIMIT 1')
        ).rows[0]?.state;
      const opened = await difference(DISPUTE, async () => {
        await world.control('actions', { action: 'dispute', objectId: paymentId });
        await world.settle(async () => (await state()) === 'OPEN');
      });
      expect(opened).toEqual([0, -41_500, 1_500, 0, 40_000, 0]);
      const { id: disputeId } = await world.newestAtRail('dispute');
      const won = await difference(DISPUTE, async () => {
        await world.control('actions', { action: 'win_dispute', objectId: disputeId });
        await world.settle(async () => (await state()) === 'WON');
      });
      expect(won).toEqual([0, 40_000, 0, 0, -40_000, 0]);
      await world.control('fees', { dispute: 0 });
    });

    it('takes what a lost dispute took from what the lab has free', async () => {
      const DISPUTE = [...RAIL, 'dispute_clearing', 'lab_receivable'];
      await putIn(world, lab, '15000').catch(() => undefined);
      await ends('15000', 'CLEARED');
      const { id: paymentId } = await world.newestAtRail('payment_intent');
      const lost = await difference(DISPUTE, async () => {
        await world.control('actions', { action: 'dispute', objectId: paymentId });
        await world.control('actions', {
          action: 'lose_dispute',
          objectId: (await world.newestAtRail('dispute')).id,
        });
        await world.settle(async () => (await world.posted('dispute-repaid')) === 1);
      });
      expect(lost).toEqual([0, -15_000, 0, 15_000, 0, 0]);
      expect(await world.drift()).toEqual([]);
    });
  });
});

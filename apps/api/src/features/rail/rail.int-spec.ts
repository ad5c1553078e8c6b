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

  it('keeps an event once however often it is sent', async () => {
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
});

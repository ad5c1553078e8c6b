import type { Caller } from '../../../test/api';
import { asIntruder } from '../../../test/intruder';
import { chargedWeek, NOON, type Expert, type Lab, type MoneyWorld } from '../../../test/money-world';
import { paidExpert } from '../../../test/paid-expert';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';

const HOUR_MS = 3_600_000;
const STANDING =
  '{ payoutStanding { accountState earnings { payable { minor } paid { minor } onItsWay { minor } blocks { gate reason decidedBy until } } } }';
const PAYOUTS =
  '{ myPayouts { edges { node { state failureReason amount { minor } blocks { gate reason until } } } } }';
const ALL = '{ payouts { edges { node { state expertName failureReason blocks { gate reason until } } } } }';

/** Somebody sets another bank account at the rail, and its news of that are still on their way. */
describe('the bank account that is set when money is sent', () => {
  let world: MoneyWorld;
  let expert: Expert;
  let lab: Lab;
  let engagementId: string;
  let finance: Caller;
  /** The rail's number of the expert's account. */
  let account: string;
  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const money = async () => (await expert.ask(STANDING)).payoutStanding.earnings[0];
  const newest = async () => (await expert.ask(PAYOUTS)).myPayouts.edges[0].node;
  const hour = (n: number) => world.api.clock.hold(new Date(NOON.getTime() + n * HOUR_MS));
  const changes = async () =>
    (await owner(`SELECT count(*)::int AS n FROM journal_entry WHERE to_state = 'BANK_CHANGED'`))[0].n;
  const warned = async () =>
    (await owner(`SELECT count(*)::int AS n FROM mail WHERE subject LIKE 'Another bank account%'`))[0].n;
  const transfers = () => world.atRail('transfer');

  beforeAll(async () => {
    ({ world, lab, expert, finance, engagementId, account } = await paidExpert());
    await chargedWeek(lab, expert, engagementId, [['08:00', '12:00']]);
    hour(2);
  }, 400_000);
  afterAll(() => world.stop());

  it('is asked for: nothing goes to another one before its cool-down, though no news of it has arrived', async () => {
    await world.control('webhooks', { delay: 86_400 });
    await world.control('actions', { action: 'change_bank', objectId: account });
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(1);
    await world.api.runJobs();
    expect([await transfers(), await changes(), await warned()]).toEqual([0, 1, 1]);
    const held = {
      gate: 'BANK_CHANGE',
      reason: expect.stringContaining('Payouts wait 72 hours'),
      until: new Date(NOON.getTime() + 74 * HOUR_MS).toISOString(),
    };
    // The expert and staff read why, on the payout itself.
    expect(await newest()).toMatchObject({ state: 'GATED', failureReason: null, blocks: [held] });
    expect((await money()).blocks).toMatchObject([held]);
    expect((await finance.ask(ALL)).payouts.edges[0].node).toMatchObject({
      ...{ state: 'GATED', expertName: 'Dr Ana', blocks: [held] },
    });
  });

  it('is known when its news arrive late: they begin no second cool-down', async () => {
    await world.control('webhooks', { delay: 0 });
    await world.books.query(`UPDATE sandbox.event SET next_at = now() WHERE delivered_at IS NULL`);
    hour(5);
    await world.settle(
      async () =>
        (await world.books.query('SELECT 1 FROM sandbox.event WHERE delivered_at IS NULL')).rowCount === 0,
    );
    await world.api.runJobs();
    expect([await changes(), await warned()]).toEqual([1, 1]);
  });

  it('is the one that is set, in whatever order its news arrive', async () => {
    const known = async () => (await owner('SELECT rail_bank_id AS id FROM payout_account'))[0].id as string;
    const before = await known();
    await world.control('webhooks', { delay: 86_400 });
    for (const _ of [1, 2]) await world.control('actions', { action: 'change_bank', objectId: account });
    const told = (
      await world.books.query(
        `SELECT body FROM sandbox.event WHERE delivered_at IS NULL AND body->>'type' = 'account.external_account.created' ORDER BY created_at DESC`,
      )
    ).rows;
    expect(told).toHaveLength(2);
    for (const { body } of told) {
      expect(await world.webhook('connect', body)).toBe(200);
      await world.api.runJobs();
    }
    expect(await known()).toBe(told[0].body.data.object.id);
    expect([(await known()) === before, await changes(), await warned()]).toEqual([false, 2, 2]);
    await world.books.query('DELETE FROM sandbox.event WHERE delivered_at IS NULL');
    await world.control('webhooks', { delay: 0 });
  });

  it('is waited for where the rail cannot be asked: the payout says so, and goes once when it can', async () => {
    hour(78);
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const asked = jest.spyOn(rail, 'bankOf').mockResolvedValue({ kind: 'unknown', message: 'timed out' });
    await finance.ask('mutation { runPayouts }');
    await world.api.runJobs();
    await world.api.job('payout', 'retry-unknown');
    expect(await newest()).toMatchObject({
      state: 'REQUESTED',
      failureReason: expect.stringContaining('did not say which bank account is set. Nothing was sent'),
    });
    // Nor does it go to an account of which the rail names no bank any more.
    asked.mockResolvedValue({ kind: 'done', value: null });
    await world.api.job('payout', 'retry-unknown');
    expect([await transfers(), (await newest()).state]).toEqual([0, 'REQUESTED']);
    asked.mockRestore();
    await world.api.job('payout', 'send-what-lies-at-rail');
    await world.api.job('payout', 'retry-unknown');
    await world.settle(async () => (await newest()).state === 'PAID');
    expect([await transfers(), (await newest()).failureReason, await changes()]).toEqual([1, null, 2]);
  });

  it('gets nothing that was on its way to another one: what the rail has taken already goes to the known bank or waits', async () => {
    const banks = async () =>
      (
        await world.books.query(
          `SELECT body->>'destination' AS id FROM sandbox.object WHERE kind = 'payout' ORDER BY created_at`,
        )
      ).rows.map(({ id }: { id: string }) => id);
    const known = (await owner('SELECT rail_bank_id AS id FROM payout_account'))[0].id as string;
    expect(await banks()).toEqual([known]);
    await chargedWeek(lab, expert, engagementId, [['13:00', '14:00']]);
    hour(81);
    // The rail takes the transfer; before it is sent on, somebody sets another bank account, of which no news arrives.
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const transfer = rail.transfer.bind(rail);
    const taken = jest.spyOn(rail, 'transfer').mockImplementation(async (...asked) => {
      const answer = await transfer(...asked);
      await world.control('webhooks', { delay: 86_400 });
      await world.control('actions', { action: 'change_bank', objectId: account });
      return answer;
    });
    await expert.ask('mutation { payOutNow }');
    await world.api.runJobs();
    taken.mockRestore();
    // It was asked to send to the bank that we knew, which is there no more.
    expect([await transfers(), await banks(), await changes()]).toEqual([2, [known], 3]);
    const until = new Date(NOON.getTime() + 153 * HOUR_MS).toISOString();
    expect(await money()).toMatchObject({
      onItsWay: { minor: '0' },
      blocks: [{ gate: 'SENT', decidedBy: 'TIME', until }],
    });
    hour(152);
    await world.api.job('payout', 'send-what-lies-at-rail');
    expect(await banks()).toEqual([known]);
    hour(153);
    // News of what is sent from now on arrives; those of the other bank account still do not.
    await world.control('webhooks', { delay: 0 });
    await world.api.job('payout', 'send-what-lies-at-rail');
    await world.settle(async () => (await newest()).state === 'PAID');
    const [, second] = await banks();
    expect((await owner('SELECT rail_bank_id AS id FROM payout_account'))[0].id).toBe(second);
  });

  it('is one change, however many find it at once', async () => {
    await world.control('webhooks', { delay: 86_400 });
    await world.control('actions', { action: 'change_bank', objectId: account });
    const [{ id }] = await owner('SELECT id FROM payout ORDER BY created_at LIMIT 1');
    await asIntruder(
      world.api.database,
      `UPDATE payout SET state = 'REQUESTED', asked_at = NULL WHERE id = '${id}'`,
    );
    await Promise.allSettled(
      Array.from({ length: 6 }, () => world.api.job('rail', 'transfer-payouts', { payoutIds: [id] })),
    );
    await world.api.runJobs();
    expect([await transfers(), await changes(), await warned()]).toEqual([2, 4, 4]);
  });
});

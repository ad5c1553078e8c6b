import { approve } from '../../../test/approvals';
import type { Caller } from '../../../test/api';
import { chargedWeek, NOON, type Expert, type MoneyWorld } from '../../../test/money-world';
import { paidExpert } from '../../../test/paid-expert';

const HOUR_MS = 3_600_000;
const HOUR = '12345';
const STANDING =
  '{ payoutStanding { accountState earnings { paid { minor } onItsWay { minor } returned { minor } blocks { gate reason decidedBy until } } } }';
const HOLD = 'mutation($input: HoldPayoutsInput!) { holdPayouts(input: $input) }';
const RELEASE = 'mutation($id: ID!, $reason: String!) { releasePayoutHold(id: $id, reason: $reason) }';

/** One expert whose bank returns a payout again and again; each time somebody gives other bank details. */
describe('what a bank returned', () => {
  let world: MoneyWorld;
  let expert: Expert;
  let finance: Caller;
  /** The rail's number of the expert's account. */
  let account: string;

  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const standing = async () => (await expert.ask(STANDING)).payoutStanding;
  const money = async () => (await standing()).earnings[0];
  const block = async () => (await money()).blocks.find(({ gate }: { gate: string }) => gate === 'RETURNED');
  const hour = (n: number) => world.api.clock.hold(at(n));
  const at = (n: number) => new Date(NOON.getTime() + n * HOUR_MS);
  const act = (action: string, objectId: string) => world.control('actions', { action, objectId });
  const sweep = async () => {
    await world.api.job('payout', 'send-what-lies-at-rail');
    await world.api.runJobs().catch(() => undefined);
  };
  /** How many payouts the rail's own books have that went to a bank. */
  const sendings = async () =>
    (await world.books.query(`SELECT count(*)::int AS n FROM sandbox.object WHERE kind = 'payout'`)).rows[0]
      .n;
  const changes = async () =>
    (await owner(`SELECT count(*)::int AS n FROM journal_entry WHERE to_state = 'BANK_CHANGED'`))[0].n;
  const isBack = async () => (await money()).returned.minor === HOUR;
  const isPaid = async () => (await money()).paid.minor === HOUR;
  /** The bank returns the newest payout, after it was paid. */
  const comesBack = async () => {
    await act('fail_payout', (await world.newestAtRail('payout')).id);
    await world.settle(isBack);
  };
  const changesBank = async () => {
    const before = await changes();
    await act('change_bank', account);
    await world.settle(async () => (await changes()) === before + 1);
  };

  beforeAll(async () => {
    const { lab, engagementId, ...found } = await paidExpert();
    ({ world, expert, finance, account } = found);
    await chargedWeek(lab, expert, engagementId, [['08:00', '09:00']]);
    await expert.ask('mutation { payOutNow }');
    await world.settle(isPaid);
  }, 400_000);
  afterAll(() => world.stop());

  it('waits for other bank details, and says so; the rail sends nothing by itself', async () => {
    const [told] = (
      await world.books.query(
        `SELECT body->'schedule'->>'interval' AS is FROM sandbox.object WHERE id = $1`,
        [`balance_settings_${account}`],
      )
    ).rows;
    expect(told).toEqual({ is: 'manual' });
    hour(2);
    await comesBack();
    await sweep();
    expect([await sendings(), await isBack()]).toEqual([1, true]);
    expect(await block()).toMatchObject({
      decidedBy: 'EXPERT',
      reason: expect.stringContaining('72 hours after you have given other bank details'),
    });
  });

  it('waits for the cool-down of each other bank account that is set; the page says until when', async () => {
    await changesBank();
    expect((await standing()).accountState).toBe('ACTIVE');
    hour(70);
    await sweep();
    expect(await isBack()).toBe(true);
    expect(await block()).toMatchObject({
      decidedBy: 'TIME',
      reason: expect.stringContaining('Another bank account was set: it waits 72 hours'),
      until: at(74).toISOString(),
    });
    // Whoever changes it again waits again, also where it was not kept since when the account is active.
    await owner('UPDATE payout_account SET active_at = NULL');
    await changesBank();
    hour(141);
    await sweep();
    expect(await isBack()).toBe(true);
    expect((await block()).until).toBe(at(142).toISOString());
  });

  it('is sent when the cool-down is over; where the rail does not answer, later', async () => {
    hour(142);
    await world.rail('away');
    await sweep();
    await world.rail('back');
    expect(await isBack()).toBe(true);
    await sweep();
    await world.settle(isPaid);
    // One sending more, and the journal says to which bank account each went.
    expect(await sendings()).toBe(2);
    const banks = await owner(
      `SELECT facts->>'railBankId' AS id FROM journal_entry WHERE to_state = 'SENT_TO_BANK' ORDER BY at, id`,
    );
    expect(new Set(banks.map(({ id }: { id: string }) => id)).size).toBe(2);
  });

  it('waits though the rail tells of the account before it tells of its bank', async () => {
    await comesBack();
    hour(240);
    await world.control('webhooks', { delay: 86_400 });
    await act('change_bank', account);
    await world.api.job('rail', 'follow-recipient', { objectId: account, accountId: null });
    expect((await standing()).accountState).toBe('ACTIVE');
    await sweep();
    expect(await isBack()).toBe(true);
    expect((await block()).until).toBe(at(312).toISOString());
    await world.control('webhooks', { delay: 0 });
    // The bank that is set is not the one that we know: it gets nothing before its own news is here and it has waited.
    hour(312);
    const before = await sendings();
    await sweep();
    expect([await sendings(), await isBack(), await changes()]).toEqual([before, true, 3]);
    expect((await block()).until).toBe(at(384).toISOString());
  });

  it('waits for a person who holds the expert, and goes when the hold is released', async () => {
    const [{ id: expertId }] = await owner('SELECT expert_id AS id FROM payout_account');
    const reason = 'Two people seem to use this account.';
    const reviewOn = at(470).toISOString();
    const input = { expertId, reason, reviewOn, idempotencyKey: 'held-once' };
    const { holdPayouts: id } = await finance.ask(HOLD, { input });
    hour(385);
    await sweep();
    expect(await isBack()).toBe(true);
    expect(await block()).toMatchObject({
      decidedBy: 'PLATFORM',
      reason: expect.stringContaining(reason),
      until: expect.any(String),
    });
    // What came back counts: of a large amount nobody lets go alone.
    const lies = async (minor: string) => {
      await owner('ALTER TABLE payout_return DISABLE TRIGGER USER');
      await owner('UPDATE payout_return SET amount_minor = $1 WHERE sent_again_at IS NULL', [minor]);
      await owner('ALTER TABLE payout_return ENABLE TRIGGER USER');
    };
    await lies('2000000');
    const wish = { id, reason: 'Nobody else uses it.' };
    expect((await finance.ask(RELEASE, wish)).releasePayoutHold).toBe(false);
    await lies(HOUR);
    expect((await finance.ask(RELEASE, wish)).releasePayoutHold).toBe(true);
    await sweep();
    await world.settle(isPaid);
  });

  it('waits while all payouts are stopped', async () => {
    await comesBack();
    await changesBank();
    await finance.ask('mutation { stopPayouts(reason: "The bank looks at something") { isStopped } }');
    hour(460);
    await sweep();
    expect(await isBack()).toBe(true);
    expect(await block()).toMatchObject({ decidedBy: 'PLATFORM' });
    const second = await world.api.staff('finance2@example.org', ['FINANCE']);
    await finance.ask('mutation { openPayouts(reason: "The bank has looked at it") { isStopped } }');
    await approve(second, 'payout.open-switch');
    await world.api.runJobs();
    await sweep();
    await world.settle(isPaid);
  });

  it('waits in an account that its expert left for another country, too', async () => {
    await comesBack();
    await changesBank();
    await expert.ask(
      'mutation { movePayoutAccount(input: { country: "DE", currency: "EUR" }) { accountState } }',
    );
    const bank = async () => (await owner('SELECT rail_bank_id AS id FROM past_payout_account'))[0].id;
    const before = await bank();
    hour(461);
    await act('change_bank', account);
    await world.settle(async () => (await bank()) !== before);
    hour(532.5);
    await sweep();
    expect(await isBack()).toBe(true);
    hour(533);
    await sweep();
    await world.settle(isPaid);
    expect(await world.drift()).toEqual([]);
  });
});

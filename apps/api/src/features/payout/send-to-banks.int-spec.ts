import type { Caller } from '../../../test/api';
import { chargedWeek, NOON, type Expert, type Lab, type MoneyWorld } from '../../../test/money-world';
import { paidExpert } from '../../../test/paid-expert';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';

const MINUTE_MS = 60_000;
const HOUR = 12_345;
const MONEY =
  '{ payoutStanding { accountState earnings { paid { minor } onItsWay { minor } heldBack { minor } blocks { gate reason decidedBy until } } } }';
const TOLD = '{ notifications(first: 100) { edges { node { title } } } }';

/** What the rail has taken is sent on to the bank by us: once, whatever becomes of the answer. */
describe('what lies at the rail', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let finance: Caller;
  let engagementId: string;
  let rail: PaymentRail;
  let account: string;
  let [minutes, begins] = [0, 8];
  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const money = async () => (await expert.ask(MONEY)).payoutStanding.earnings[0];
  const paidHours = async () => Number((await money()).paid.minor) / HOUR;
  const sendings = async () =>
    (
      await world.books.query(
        `SELECT body->'metadata'->>'attempt' AS attempt FROM sandbox.object WHERE kind = 'payout' ORDER BY created_at`,
      )
    ).rows.map(({ attempt }: { attempt: string | null }) => attempt);
  const later = (more: number) =>
    world.api.clock.hold(new Date(NOON.getTime() + (minutes += more) * MINUTE_MS));
  const sweep = () => world.api.job('payout', 'send-what-lies-at-rail');
  const told = async (title: string) =>
    (await finance.ask(TOLD)).notifications.edges.filter(({ node }: { node: { title: string } }) =>
      node.title.startsWith(title),
    ).length;
  /** An hour of work is charged and asked for; the rail takes the transfer. */
  const hourIsTaken = async () => {
    const [from, to] = [begins, begins + 1].map((hour) => `${String(hour).padStart(2, '0')}:00`);
    begins += 1;
    await chargedWeek(lab, expert, engagementId, [[from!, to!]]);
    await expert.ask('mutation { payOutNow }');
    await world.api.runJobs().catch(() => undefined);
  };
  const UNKNOWN = { kind: 'unknown', message: 'cut off' } as const;

  beforeAll(async () => {
    ({ world, lab, expert, finance, engagementId, account } = await paidExpert());
    rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    later(90);
  }, 400_000);
  afterAll(() => world.stop());

  it('is sent once though the answer was lost: it is asked for again with the same key', async () => {
    const send = rail.sendToBank.bind(rail);
    const lost = jest
      .spyOn(rail, 'sendToBank')
      .mockImplementation(async (...asked) => (await send(...asked), UNKNOWN));
    await world.control('webhooks', { delay: 86_400 });
    await hourIsTaken();
    expect(lost).toHaveBeenCalled();
    expect([await sendings(), await paidHours()]).toEqual([['1'], 0]);
    lost.mockRestore();
    later(2);
    await sweep();
    await world.books.query('UPDATE sandbox.event SET next_at = now()');
    await world.control('webhooks', { delay: 0 });
    await world.settle(async () => (await paidHours()) === 1);
    expect(await sendings()).toEqual(['1']);
  });

  it('is looked up before the key may be forgotten, and begun anew only where the rail has nothing of it', async () => {
    const lost = jest.spyOn(rail, 'sendToBank').mockResolvedValue(UNKNOWN);
    await hourIsTaken();
    lost.mockRestore();
    const again = jest.spyOn(rail, 'sendToBank');
    const silent = jest.spyOn(rail, 'findSentToBank').mockResolvedValue(UNKNOWN);
    later(25 * 60);
    await sweep();
    expect([again.mock.calls.length, silent.mock.calls.length]).toEqual([0, 1]);
    silent.mockRestore();
    await sweep();
    expect([again.mock.calls.length, await sendings()]).toEqual([0, ['1']]);
    await sweep();
    await world.settle(async () => (await paidHours()) === 2);
    expect(await sendings()).toEqual(['1', '2']);
    again.mockRestore();
  });

  it('rests for an hour where the rail refuses, says why and until when, and is tried again', async () => {
    const bank = (status: string) =>
      world.books.query(
        `UPDATE sandbox.object SET body = jsonb_set(body, '{bank,status}', $2) WHERE id = $1`,
        [account, JSON.stringify(status)],
      );
    await bank('errored');
    await hourIsTaken();
    const until = new Date(NOON.getTime() + (minutes + 60) * MINUTE_MS).toISOString();
    expect(await money()).toMatchObject({
      onItsWay: { minor: '0' },
      heldBack: { minor: `${HOUR}` },
      blocks: [
        {
          gate: 'SENT',
          reason: expect.stringContaining('Your payout account may not pay out at the moment.'),
          decidedBy: 'PLATFORM',
          until,
        },
      ],
    });
    await bank('ok');
    later(59);
    await sweep();
    expect([await sendings(), await told('A payout was not sent on')]).toEqual([['1', '2'], 1]);
    later(1);
    await sweep();
    await world.settle(async () => (await paidHours()) === 3);
    expect([await sendings(), (await money()).blocks]).toEqual([['1', '2', '2'], []]);
    expect(await owner('SELECT DISTINCT bank_refused_at, failure_reason FROM payout')).toEqual([
      { bank_refused_at: null, failure_reason: null },
    ]);
  });

  const HOLD = 'mutation($input: HoldPayoutsInput!) { holdPayouts(input: $input) }';
  const RELEASE = 'mutation($id: ID!, $reason: String!) { releasePayoutHold(id: $id, reason: $reason) }';
  const held = async (why: string) => {
    const [{ id: expertId }] = await owner('SELECT expert_id AS id FROM payout_account');
    const reviewOn = new Date(NOON.getTime() + (minutes + 7200) * MINUTE_MS).toISOString();
    const input = { expertId, reason: 'Two people seem to use this account.', reviewOn, idempotencyKey: why };
    return (await finance.ask(HOLD, { input })).holdPayouts as string;
  };
  const released = (id: string) => finance.ask(RELEASE, { id, reason: 'Nobody else uses it.' });

  it('that was asked for without an answer is not asked for again while a person holds the expert', async () => {
    const lost = jest.spyOn(rail, 'sendToBank').mockResolvedValue(UNKNOWN);
    await hourIsTaken();
    lost.mockRestore();
    const before = await sendings();
    const id = await held('second-leg');
    for (const more of [2, 15]) {
      later(more);
      await sweep();
    }
    expect(await sendings()).toEqual(before);
    expect(await money()).toMatchObject({
      heldBack: { minor: `${HOUR}` },
      blocks: [{ gate: 'SENT', reason: expect.stringContaining('Two people seem'), decidedBy: 'PLATFORM' }],
    });
    await released(id);
    await sweep();
    await world.settle(async () => (await paidHours()) === 4);
    expect(await sendings()).toEqual([...before, '1']);
  });

  it('is not even taken by the rail while a person holds the expert, where the first answer was lost', async () => {
    const transfers = () => world.atRail('transfer');
    const lost = jest.spyOn(rail, 'transfer').mockResolvedValue(UNKNOWN);
    await hourIsTaken();
    lost.mockRestore();
    const before = await transfers();
    const id = await held('first-leg');
    for (const more of [2, 15]) {
      later(more);
      await world.api.job('payout', 'retry-unknown');
    }
    expect([await transfers(), await paidHours()]).toEqual([before, 4]);
    await released(id);
    await world.api.job('payout', 'retry-unknown');
    await world.settle(async () => (await paidHours()) === 5);
    expect(await transfers()).toBe(before + 1);
  });

  it('that the rail sent by itself is told to finance once, and the rail is told not to', async () => {
    const daily = () =>
      world.books.query(
        `UPDATE sandbox.object SET body = jsonb_set(body, '{schedule,interval}', '"daily"') WHERE id = $1`,
        [`balance_settings_${account}`],
      );
    const scheduled = async () =>
      (
        await world.books.query(
          `SELECT body->'schedule'->>'interval' AS is FROM sandbox.object WHERE id = $1`,
          [`balance_settings_${account}`],
        )
      ).rows[0].is as string;
    await daily();
    await hourIsTaken();
    await world.settle(async () => (await told('The payment provider sent money')) === 1);
    expect(await owner('SELECT rail_held_at FROM payout_account')).toEqual([{ rail_held_at: null }]);
    later(5);
    await hourIsTaken();
    expect(await scheduled()).toBe('manual');
    await world.settle(async () => (await paidHours()) === 6);
    expect([await told('The payment provider sent money'), await sendings()]).toEqual([
      1,
      ['1', '2', '2', '1', '1', null, '1'],
    ]);
  });
});

import type { Caller } from '../../../test/api';
import { approve, waitingFor } from '../../../test/approvals';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  NOON,
  putIn,
  running,
  type Expert,
  type MoneyWorld,
} from '../../../test/money-world';

const DAY_MS = 86_400_000;
const HOUR = 12_345;
const MONEY =
  '{ payoutStanding { earnings { payable { minor } heldBack { minor } paid { minor } blocks { gate reason until isAsked } } } }';
const PART = 'mutation($input: PayOutPartInput!) { payOutPart(input: $input) }';
const SEND = 'payout.send';
const TAKE_BACK = 'mutation($input: TakeBackChargeInput!) { takeBackCharge(input: $input) }';

/** Pay cools off for two days, and the expert earns more before it has; above 200.00 a person is asked. */
describe('an expert who earns steadily while pay cools off', () => {
  let world: MoneyWorld;
  let expert: Expert;
  let finance: Caller;
  let other: Caller;
  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const at = (days: number) => world.api.clock.hold(new Date(NOON.getTime() + days * DAY_MS));
  const money = async () => (await expert.ask(MONEY)).payoutStanding.earnings[0];
  const fourEyes = async () =>
    (await money()).blocks.find(({ gate }: { gate: string }) => gate === 'FOUR_EYES');
  const run = async () => (await finance.ask('mutation { runPayouts }')).runPayouts;
  const part = (amountMinor: string) => ({ input: { amountMinor, currency: 'USD', idempotencyKey: key() } });
  let earns: (from: string, to: string) => Promise<unknown>;

  beforeAll(async () => {
    world = await moneyWorld({
      COOLING_OFF_DAYS: '2',
      PAYOUT_APPROVAL_ABOVE: '200',
      SESSION_IDLE_SECONDS: '9999999',
      SESSION_MAX_SECONDS: '9999999',
    });
    const lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    await putIn(world, lab, '900000');
    const engagementId = await running(world, lab, expert, 'Heart review');
    earns = (from, to) => chargedWeek(lab, expert, engagementId, [[from, to]]);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(
      async () => (await owner(`SELECT 1 FROM payout_account WHERE state = 'ACTIVE'`)).length > 0,
    );
    await earns('08:00', '11:00');
  }, 400_000);
  afterAll(() => world.stop());

  it('has a person asked about what has cooled off, though something younger has not', async () => {
    at(3);
    await earns('11:00', '12:00');
    expect((await money()).blocks.map(({ gate }: { gate: string }) => gate)).toEqual([
      'FOUR_EYES',
      'COOLING_OFF',
    ]);
    expect(await run()).toBe(0);
    expect(await waitingFor(other, SEND)).toMatchObject([{ summary: 'Pay US$370.35 to an expert.' }]);
    // Only what a person decides on says that they were asked.
    const [kept] = await owner(`SELECT blocks FROM payout WHERE state = 'GATED'`);
    expect(kept.blocks).toMatchObject([
      { gate: 'FOUR_EYES', isAsked: true, until: '2026-11-24T00:00:00.000Z' },
      { gate: 'COOLING_OFF', until: '2026-11-23T12:00:00.000Z' },
    ]);
    expect(kept.blocks[1].isAsked).toBeUndefined();
  });

  it('keeps the day that was promised for the decision though nobody has decided by then, and reads what happens next', async () => {
    // The Friday after: the promise was for Monday, and the request lapses on Saturday.
    at(9 + 1 / 24);
    expect(await fourEyes()).toMatchObject({
      isAsked: true,
      until: '2026-11-24T00:00:00.000Z',
      reason: expect.stringContaining(
        'Where nobody has decided by 28 November 2026 that request lapses, and they are asked again with the next payout run.',
      ),
    });
  });

  it('is sent what was approved, while what is younger waits by itself', async () => {
    await earns('12:00', '13:00');
    // What waits is one payout: its number is that of everything that is payable or held by now, not of the last run.
    const { payable, heldBack } = await money();
    const WAITING = '{ myPayouts(first: 5) { edges { node { state amount { minor } waiting { minor } } } } }';
    const payouts = async () =>
      (await expert.ask(WAITING)).myPayouts.edges.map(({ node }: { node: unknown }) => node);
    expect(await payouts()).toEqual([
      { state: 'GATED', amount: { minor: `${4 * HOUR}` }, waiting: { minor: `${5 * HOUR}` } },
    ]);
    expect(BigInt(payable.minor) + BigInt(heldBack.minor)).toBe(BigInt(5 * HOUR));
    await approve(other, SEND);
    await world.settle(async () => (await money()).paid.minor === `${3 * HOUR}`);
    const sent = (await payouts()).find(({ state }: { state: string }) => state === 'PAID');
    expect(sent).toMatchObject({ amount: { minor: `${3 * HOUR}` }, waiting: null });
    // One hour has cooled off since, the other has not: a run pays the one.
    expect(await money()).toMatchObject({ payable: { minor: `${HOUR}` }, heldBack: { minor: `${HOUR}` } });
    expect(await run()).toBe(1);
    await world.settle(async () => (await money()).paid.minor === `${4 * HOUR}`);
    expect(await money()).toMatchObject({ payable: { minor: '0' }, heldBack: { minor: `${HOUR}` } });
  });

  it('may ask for a part of it in the same way: it is kept with a person, not refused because something cools', async () => {
    at(12);
    await earns('13:00', '15:00');
    at(15);
    await earns('15:00', '16:00');
    expect((await expert.ask(PART, part('30000'))).payOutPart).toBe(0);
    expect(await waitingFor(other, SEND)).toMatchObject([{ summary: 'Pay US$300.00 to an expert.' }]);
    await approve(other, SEND);
    await world.settle(async () => (await money()).paid.minor === `${4 * HOUR + 30_000}`);
  });

  it('is paid nothing sooner, and nothing more, because older pay was taken back', async () => {
    const [cooled] = await owner(`SELECT id FROM charge WHERE pay_minor = ${2 * HOUR}`);
    const reason = 'The lab showed that half an hour was counted twice.';
    await finance.ask(TAKE_BACK, {
      input: { chargeId: cooled.id, agreedMinor: '5000', reason, idempotencyKey: key() },
    });
    const ready = 4 * HOUR - 30_000 - 5000 - HOUR;
    await world.settle(async () => (await money()).heldBack.minor === `${HOUR}`);
    expect(await run()).toBe(1);
    await world.settle(async () => (await money()).paid.minor === `${4 * HOUR + 30_000 + ready}`);
    expect(await money()).toMatchObject({ payable: { minor: '0' }, heldBack: { minor: `${HOUR}` } });
  });

  it('is sent nothing of which the books have less, whatever was decided before', async () => {
    const sent = await world.atRail('transfer');
    await run();
    const [{ id }] = await owner(`SELECT id FROM payout WHERE state = 'GATED'`);
    await owner(
      `UPDATE payout SET state = 'REQUESTED', asked_at = NULL, amount_minor = ${HOUR + 1} WHERE id = '${id}'`,
    );
    await world.api.job('rail', 'transfer-payouts', { payoutIds: [id] });
    const [kept] = await owner(`SELECT state, blocks FROM payout WHERE id = '${id}'`);
    expect(kept).toMatchObject({ state: 'GATED', blocks: [{ gate: 'TAKEN_BACK', decidedBy: 'TIME' }] });
    expect(await world.atRail('transfer')).toBe(sent);
  });
});

import { assessLine, DEFAULT_TAKE_RATE_TERMS } from '@tallystick/domain';
import {
  chargedWeek,
  moneyWorld,
  NOON,
  putIn,
  running,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import type { Caller } from '../../../test/api';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';

const MONEY =
  'currency earned { minor } payable { minor } heldBack { minor } onItsWay { minor } paid { minor } returned { minor } blocks { gate decidedBy until reason }';
const STANDING = `{ payoutStanding { accountState earnings { ${MONEY} } } }`;
const PAYOUTS =
  '{ myPayouts { totalCount edges { node { id state attempt amount { minor } failureReason blocks { gate } } } } }';
const SET_UP = 'mutation { setUpPayoutAccount { accountState } }';
const NOW = 'mutation { payOutNow }';
const DAY_MS = 86_400_000;
const hours = (n: number) =>
  assessLine({ rateMinorPerHour: 12345n, seconds: n * 3600, terms: DEFAULT_TAKE_RATE_TERMS }).payMinor;

describe('payouts', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let finance: Caller;
  let engagementId: string;
  beforeAll(async () => {
    world = await moneyWorld({
      COOLING_OFF_DAYS: '2',
      SESSION_IDLE_SECONDS: '9999999',
      SESSION_MAX_SECONDS: '9999999',
    });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await putIn(world, lab, '500000');
    engagementId = await running(world, lab, expert, 'Heart review');
  });
  afterAll(() => world.stop());

  const day = (n: number) => world.api.clock.hold(new Date(NOON.getTime() + n * DAY_MS));
  const standing = async () => (await expert.ask(STANDING)).payoutStanding;
  const money = async () => (await standing()).earnings[0];
  const payouts = async () =>
    (await expert.ask(PAYOUTS)).myPayouts.edges.map(({ node }: { node: object }) => node);
  /** Asks for a payout while the rail goes away. Returns it as it is kept: as a request that says what it waits for. */
  const gone = async () => {
    expect((await finance.ask('mutation { runPayouts }')).runPayouts).toBe(1);
    await world.rail('away');
    await world.api.runJobs();
    await world.api.job('payout', 'retry-unknown');
    return world.api
      .owner()
      .query(
        `SELECT id FROM payout WHERE state = 'REQUESTED' AND asked_at IS NULL AND failure_reason LIKE '%asked again%'`,
      );
  };
  const wentOut = () => world.posted('payout-transferred');

  it('refuses to pay out nothing, and lets nobody run payouts but finance', async () => {
    expect(await expert.refused(NOW)).toMatchObject({ code: 'NOTHING_TO_PAY' });
    expect(await lab.refused(NOW)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await expert.refused('mutation { runPayouts }')).toMatchObject({ code: 'NOT_FOUND' });
    expect((await standing()).earnings).toEqual([]);
  });

  it('shows what was earned at once, what holds it back, who decides, and until when', async () => {
    await chargedWeek(lab, expert, engagementId, [['09:00', '10:00']]);
    expect(await money()).toMatchObject({
      earned: { minor: `${hours(1)}` },
      payable: { minor: '0' },
      heldBack: { minor: `${hours(1)}` },
      blocks: [
        { gate: 'PAYOUT_ACCOUNT', decidedBy: 'EXPERT', until: null },
        { gate: 'COOLING_OFF', decidedBy: 'TIME', until: '2026-11-20T12:00:00.000Z' },
      ],
    });
    expect((await expert.ask(NOW)).payOutNow).toBe(0);
    expect(await payouts()).toMatchObject([
      { state: 'GATED', blocks: [{ gate: 'PAYOUT_ACCOUNT' }, { gate: 'COOLING_OFF' }] },
    ]);
  });

  it('tells the expert once that the money waits for them', async () => {
    await finance.ask('mutation { runPayouts }');
    const { notifications } = await expert.ask('{ notifications(first: 100) { edges { node { kind } } } }');
    expect(
      notifications.edges.filter(({ node }: { node: { kind: string } }) => node.kind === 'PAYOUT_WAITS'),
    ).toHaveLength(1);
  });

  it('sets the account up once, however often it is asked, and hears from the rail when it is active', async () => {
    await expert.ask(SET_UP);
    await expert.ask(SET_UP);
    await world.settle(async () => (await standing()).accountState === 'ACTIVE');
    expect((await world.api.owner().query('SELECT count(*)::int AS n FROM payout_account')).rows[0].n).toBe(
      1,
    );
    expect((await money()).blocks).toMatchObject([{ gate: 'COOLING_OFF' }]);
  });

  it('finds out by itself that an account is active where the event was lost', async () => {
    await world.api.owner().query(`UPDATE payout_account SET state = 'ONBOARDING'`);
    world.api.clock.hold(new Date(NOON.getTime() + 10 * 60_000));
    await world.api.job('payout', 'poll-recipients');
    expect((await standing()).accountState).toBe('ACTIVE');
  });

  it('pays what has cooled off and keeps back what has not', async () => {
    day(1);
    await chargedWeek(lab, expert, engagementId, [['11:00', '13:00']]);
    day(2.5);
    expect(await money()).toMatchObject({
      payable: { minor: `${hours(1)}` },
      heldBack: { minor: `${hours(2)}` },
    });
    expect((await expert.ask(NOW)).payOutNow).toBe(1);
    expect((await expert.ask(NOW)).payOutNow).toBe(0);
    await world.settle(async () => (await money()).paid.minor === `${hours(1)}`);
    expect(await money()).toMatchObject({
      earned: { minor: `${hours(3)}` },
      heldBack: { minor: `${hours(2)}` },
      onItsWay: { minor: '0' },
    });
    expect(await wentOut()).toBe(1);
  });

  it('pays any part from one dollar on, names what is wrong beside its field, and a double click pays once', async () => {
    const PART = 'mutation($input: PayOutPartInput!) { payOutPart(input: $input) }';
    const part = (amountMinor: string, currency = 'USD', idempotencyKey = key()) => ({
      input: { amountMinor, currency, idempotencyKey },
    });
    day(4);
    const ready = BigInt((await money()).payable.minor);
    expect(await expert.refused(PART, part('99'))).toMatchObject({
      code: 'AMOUNT_OUT_OF_BOUNDS',
      field: 'amountMinor',
    });
    expect(await expert.refused(PART, part(`${ready + 1n}`))).toMatchObject({
      code: 'MORE_THAN_READY',
      field: 'amountMinor',
    });
    expect(await expert.refused(PART, part('500', 'EUR'))).toMatchObject({
      code: 'WRONG_CURRENCY',
      field: 'currency',
      message: expect.stringContaining('USD'),
    });
    expect((await money()).payable.minor).toBe(`${ready}`);
    const once = part('100');
    const [first, again] = await Promise.all([expert.ask(PART, once), expert.ask(PART, once)]);
    expect([first, again]).toEqual([{ payOutPart: 1 }, { payOutPart: 1 }]);
    await world.settle(async () => (await money()).paid.minor === `${hours(1) + 100n}`);
    expect((await payouts())[0]).toMatchObject({ amount: { minor: '100' }, state: 'PAID' });
    expect((await expert.refused(PART, { input: { ...once.input, amountMinor: '200' } })).code).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('neither posts nor pays twice while the rail is away, and pays once when it is back', async () => {
    const { rows } = await gone();
    expect(await money()).toMatchObject({
      onItsWay: { minor: `${hours(2) - 100n}` },
      payable: { minor: '0' },
    });
    expect(await wentOut()).toBe(2);
    await world.rail('back');
    // The queue may run a job again that another process runs too, and the rail may cut its answer off.
    await world.control('failures', { kind: 'POST /v1/transfers after', failure: 'cut' });
    await Promise.allSettled(
      [1, 2, 3].map(() => world.api.job('rail', 'transfer-payouts', { payoutIds: [rows[0].id] })),
    );
    await world.api.job('payout', 'retry-unknown');
    await world.settle(async () => (await money()).paid.minor === `${hours(3)}`);
    expect([await wentOut(), await world.atRail('transfer')]).toEqual([3, 3]);
    expect(await world.drift()).toEqual([]);
  });

  it('keeps what the rail refuses payable, tells finance, and tries again with a new key', async () => {
    await chargedWeek(lab, expert, engagementId, [['14:00', '15:00']]);
    day(7);
    await world.control('failures', { kind: 'transfer', failure: 'refused' });
    await finance.ask('mutation { runPayouts }');
    await world.settle(async () =>
      (await payouts()).some(({ state }: { state: string }) => state === 'FAILED'),
    );
    expect(await money()).toMatchObject({ payable: { minor: `${hours(1)}` }, onItsWay: { minor: '0' } });
    expect(JSON.stringify(await finance.ask('{ notifications { edges { node { kind } } } }'))).toContain(
      'PAYOUT_FAILED',
    );
    await world.forgetFailures();
    await finance.ask('mutation { runPayouts }');
    await world.settle(async () => (await money()).paid.minor === `${hours(4)}`);
    expect((await payouts())[0]).toMatchObject({ state: 'PAID', attempt: 2, failureReason: null });
  });

  it('says so when the bank sends money back and closes the gate of that account; the books stay as they are', async () => {
    await chargedWeek(lab, expert, engagementId, [['16:00', '17:00']]);
    day(10);
    await world.control('failures', { kind: 'payout', failure: 'fails' });
    await finance.ask('mutation { runPayouts }');
    await world.settle(async () => (await money()).returned.minor === `${hours(1)}`);
    const { earned, payable, heldBack, onItsWay, paid } = await money();
    // What came back is held.
    expect(heldBack.minor).toBe(`${hours(1)}`);
    const sum = [payable, heldBack, onItsWay, paid].reduce((total, { minor }) => total + BigInt(minor), 0n);
    expect(`${sum}`).toBe(earned.minor);
    expect(JSON.stringify(await expert.ask('{ notifications { edges { node { kind body } } } }'))).toContain(
      'The bank account has been closed. It is safe in your payout account',
    );
    await world.api.runJobs();
    expect((await standing()).accountState).toBe('RESTRICTED');
    await chargedWeek(lab, expert, engagementId, [['17:00', '18:00']]);
    day(13);
    expect((await money()).blocks).toMatchObject([
      { gate: 'PAYOUT_ACCOUNT', decidedBy: 'EXPERT', reason: expect.stringContaining('other bank details') },
      { gate: 'RETURNED', decidedBy: 'EXPERT', reason: expect.stringContaining('came back from the bank') },
    ]);
    expect((await finance.ask('mutation { runPayouts }')).runPayouts).toBe(0);
    // The rail itself still takes transfers to the account, as the tests that follow need.
    await world.api.owner().query(`UPDATE payout_account SET state = 'ACTIVE'`);
  });

  it('looks up what the rail did before it asks again: nothing is sent twice', async () => {
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const real = rail.transfer.bind(rail);
    const unknown = { kind: 'unknown' as const, message: 'cut off' };
    const before = await world.atRail('transfer');
    const newest = async () =>
      (await world.api.owner().query('SELECT state, attempt FROM payout ORDER BY created_at DESC LIMIT 1'))
        .rows[0];
    const run = async () => {
      await finance.ask('mutation { runPayouts }');
      await world.api.runJobs().catch(() => undefined);
    };
    // It happened, and the answer was lost.
    const transfer = jest
      .spyOn(rail, 'transfer')
      .mockImplementation(async (...asked) => (await real(...asked), unknown));
    await run();
    expect(await newest()).toEqual({ state: 'UNKNOWN', attempt: 1 });
    // It never happened, and nobody answers.
    transfer.mockImplementation(() => Promise.resolve(unknown));
    day(14.5);
    await world.api.job('payout', 'retry-unknown');
    // Found, not made again; that it is in the bank the rail has told before.
    const found = { state: expect.stringMatching(/^(IN_TRANSIT|PAID)$/), attempt: 1 };
    expect([await newest(), await world.atRail('transfer')]).toEqual([found, before + 1]);
    transfer.mockRestore();
    expect(await world.drift()).toEqual([]);
  });

  it('asks with a new key where the rail has nothing after a day: once however many ask, and by the gates as they are then', async () => {
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const before = await world.atRail('transfer');
    const owner = (sql: string) => world.api.owner().query(sql);
    const newest = async () =>
      (await owner('SELECT id, state, attempt FROM payout ORDER BY created_at DESC LIMIT 1')).rows[0];
    const retry = () =>
      Promise.all(Array.from({ length: 8 }, () => world.api.job('payout', 'retry-unknown')));
    /** Loses the answer to a transfer that never happened, a day ago by the payout's own instant. */
    const lose = async () => {
      const lost = jest.spyOn(rail, 'transfer').mockResolvedValue({ kind: 'unknown', message: 'cut off' });
      await finance.ask('mutation { runPayouts }');
      await world.api.runJobs().catch(() => undefined);
      lost.mockRestore();
      const { id, ...found } = await newest();
      expect(found).toEqual({ state: 'UNKNOWN', attempt: 1 });
      await owner(`UPDATE payout SET asked_at = asked_at - interval '24 hours' WHERE id = '${id}'`);
      return id as string;
    };
    await chargedWeek(lab, expert, engagementId, [['18:00', '19:00']]);
    day(17);
    const id = await lose();
    const sent = jest.spyOn(rail, 'transfer');
    await retry();
    expect(new Set(sent.mock.calls.map(([, own]) => own))).toEqual(new Set([`payout:${id}:v2`]));
    sent.mockRestore();
    expect([await newest(), await world.atRail('transfer')]).toEqual([
      { id, state: 'IN_TRANSIT', attempt: 2 },
      before + 1,
    ]);
    await chargedWeek(lab, expert, engagementId, [['20:00', '21:00']]);
    day(19.5);
    const held = await lose();
    await owner(`UPDATE payout_account SET state = 'RESTRICTED'`);
    await retry();
    expect([await newest(), await world.atRail('transfer')]).toEqual([
      { id: held, state: 'GATED', attempt: 2 },
      before + 1,
    ]);
    await owner(`UPDATE payout_account SET state = 'ACTIVE'`);
    await finance.ask('mutation { runPayouts }');
    await world.settle(async () => (await newest()).state === 'IN_TRANSIT');
    expect(await world.atRail('transfer')).toBe(before + 2);
    expect(await world.drift()).toEqual([]);
  });

  it('closes the gate of an account that the rail refuses for good, and tells the expert', async () => {
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    await chargedWeek(lab, expert, engagementId, [['19:00', '20:00']]);
    day(22);
    const transfer = jest
      .spyOn(rail, 'transfer')
      .mockResolvedValue({ kind: 'refused', code: 'account_closed', message: 'This account is closed.' });
    await finance.ask('mutation { runPayouts }');
    await world.api.runJobs();
    transfer.mockRestore();
    expect((await standing()).accountState).toBe('RESTRICTED');
    expect((await money()).blocks).toMatchObject([
      { gate: 'PAYOUT_ACCOUNT' },
      { gate: 'RETURNED' },
      { gate: 'SENT' },
    ]);
    expect((await finance.ask('mutation { runPayouts }')).runPayouts).toBe(0);
  });

  it('shows finance every run and payout, and an expert only their own', async () => {
    const { payoutRuns } = await finance.ask(
      '{ payoutRuns(first: 20) { totalCount edges { node { id trigger payoutCount blockedCount finishedAt } } } }',
    );
    const [{ run_id: returned }] = (
      await world.api.owner().query(`SELECT run_id FROM payout WHERE state = 'RETURNED'`)
    ).rows;
    const shown = payoutRuns.edges.map(({ node }: { node: { id: string } }) => node);
    expect(shown.find(({ id }: { id: string }) => id === returned)).toMatchObject({
      trigger: 'ON_DEMAND',
      payoutCount: 1,
      blockedCount: 0,
      finishedAt: expect.any(String),
    });
    const FOUND =
      'query($runId: ID) { payouts(runId: $runId) { totalCount edges { node { state expertName } } } }';
    expect((await finance.ask(FOUND, { runId: returned })).payouts).toMatchObject({
      totalCount: 1,
      edges: [{ node: { state: 'RETURNED', expertName: 'Dr Ana' } }],
    });
    const RUN = `query($id: ID!) { payoutRun(id: $id) { startedByName run { payoutCount } sums { state count retries amount { minor } }
      gates { gate count amount { minor } } approvers { name } times { paid medianSeconds p95Seconds slowestSeconds onTime late overdue } } }`;
    const runOf = async (sql: string) =>
      (await finance.ask(RUN, { id: (await world.api.owner().query(sql)).rows[0].run_id })).payoutRun;
    expect(await runOf(`SELECT run_id FROM payout WHERE state = 'RETURNED'`)).toMatchObject({
      startedByName: expect.any(String),
      sums: [{ state: 'RETURNED', count: 1, retries: 0, amount: { minor: `${hours(1)}` } }],
      ...{ gates: [], approvers: [] },
      times: { paid: 0, medianSeconds: null, overdue: 1 },
    });
    // Asked for and paid at one held instant; the second attempt was asked for anew.
    expect(await runOf(`SELECT run_id FROM payout WHERE state = 'PAID' AND attempt = 2`)).toMatchObject({
      sums: [{ state: 'PAID', count: 1, retries: 1 }],
      times: { paid: 1, medianSeconds: 0, p95Seconds: 0, slowestSeconds: 0, onTime: 1, late: 0, overdue: 0 },
    });
    expect(await expert.refused(RUN, { id: returned })).toMatchObject({ code: 'NOT_FOUND' });
    const other = await newExpert(world.api, 'Dr Bob');
    expect((await other.ask(PAYOUTS)).myPayouts.totalCount).toBe(0);
    expect(await other.refused(FOUND)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('sends what came back, and what was under way, to other bank details; then pays again', async () => {
    const before = await money();
    const [lying] = (
      await world.api
        .owner()
        .query(
          `SELECT sum(amount_minor)::text AS minor FROM payout WHERE state = 'RETURNED' OR (state = 'IN_TRANSIT' AND rail_payout_id IS NULL)`,
        )
    ).rows;
    expect(BigInt(lying.minor) > BigInt(before.returned.minor)).toBe(true);
    const { id: objectId } = await world.newestAtRail('account');
    await world.control('actions', { action: 'change_bank', objectId });
    await world.settle(async () => (await standing()).accountState === 'ACTIVE');
    // After the cool-down, and no minute earlier: what lies at the rail waits as our own payouts do.
    day(26);
    await world.api.job('payout', 'send-what-lies-at-rail');
    await world.settle(async () => (await money()).onItsWay.minor === '0');
    const after = await money();
    const sent = [before.paid, lying].reduce((sum, { minor }) => sum + BigInt(minor), 0n);
    expect(after).toMatchObject({ returned: { minor: '0' }, paid: { minor: `${sent}` } });
    expect((await standing()).accountState).toBe('ACTIVE');
    day(30);
    await finance.ask('mutation { runPayouts }');
    await world.settle(async () => (await money()).paid.minor === after.earned.minor);
    expect(await world.drift()).toEqual([]);
  });
});

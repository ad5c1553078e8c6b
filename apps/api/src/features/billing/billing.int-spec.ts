import { assessLine, DEFAULT_TAKE_RATE_TERMS } from '@tallystick/domain';
import request from 'supertest';
import {
  ADD,
  chargedWeek,
  entryOn,
  moneyWorld,
  NOON,
  running,
  SUBMIT,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import type { Caller } from '../../../test/api';
import { asIntruder } from '../../../test/intruder';
import { approve } from '../../../test/approvals';

const FUND = 'mutation($input: RequestFundingInput!) { requestFunding(input: $input) }';
const REFUND =
  'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id state amount { minor } } }';
const BALANCE =
  '{ labBalances { prepaid { minor } held { minor } available { minor } owed { minor } weekly { minor } weeksLeft } }';
const POLICY =
  'mutation($input: CreateTakeRatePolicyInput!) { createTakeRatePolicy(input: $input) { id scope labFeePpm effectiveTo } }';
const TALLY = 'tally { price { minor } pay { minor } fee { minor } }';

describe('billing', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let finance: Caller;
  let other: Caller;
  let engagementId: string;
  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
  });
  afterAll(() => world.stop());

  const fund = (amountMinor: string, currency = 'USD') => ({
    input: { amountMinor, currency, idempotencyKey: key() },
  });
  const balance = async () => (await lab.ask(BALANCE)).labBalances[0];

  it('refuses amounts and currencies that cannot be, and keeps nothing of them', async () => {
    expect(await lab.refused(FUND, fund('99'))).toMatchObject({
      code: 'AMOUNT_OUT_OF_BOUNDS',
      field: 'amount',
      message: expect.stringContaining('US$1.00'),
    });
    expect(await lab.refused(FUND, fund('12.50'))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'amountMinor',
    });
    expect(await lab.refused(FUND, fund('1000', 'XXX'))).toMatchObject({
      code: 'CURRENCY_UNKNOWN',
      field: 'currency',
    });
    expect(await expert.refused(FUND, fund('1000'))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await lab.ask('{ fundings { totalCount } }')).fundings.totalCount).toBe(0);
  });

  it('has one effect where the API dies between the call and its answer', async () => {
    await world.control('failures', { kind: 'POST /v1/payment_intents after', failure: 'cut' });
    await lab.ask(FUND, fund('300000'));
    const [{ id: fundingId }] = (await world.api.owner().query('SELECT id FROM funding')).rows;
    // The process dies after the call and before its answer is kept; the queue runs the job again, at worst twice at once.
    await Promise.allSettled([1, 2, 3].map(() => world.api.job('rail', 'request-payment', { fundingId })));
    await world.settle(async () => (await balance())?.prepaid.minor === '300000');
    await world.api.job('rail', 'poll-payments');
    await world.api.runJobs();
    expect([await world.posted('funding-cleared'), await world.atRail('payment_intent')]).toEqual([1, 1]);
    expect(await world.drift()).toEqual([]);
  });

  it('does not give up a payment because the rail cannot be read', async () => {
    await world.control('delays', { payment: 3600 });
    await lab.ask(FUND, fund('5000'));
    await world.api.runJobs();
    await expect(
      world.api.job('rail', 'follow-payment', { objectId: 'pi_unknown', accountId: null }),
    ).resolves.not.toThrow();
    const { rows } = await world.api.owner().query('SELECT id FROM funding WHERE amount_minor = 5000');
    await asIntruder(
      world.api.database,
      `UPDATE funding SET rail_payment_id = 'pi_unknown' WHERE amount_minor = 5000`,
    );
    await expect(
      world.api.job('rail', 'follow-payment', { objectId: 'pi_unknown', accountId: null }),
    ).rejects.toThrow('could not be read');
    expect(
      (await world.api.owner().query('SELECT state FROM funding WHERE id = $1', [rows[0].id])).rows[0].state,
    ).toBe('PROCESSING');
    await world.control('delays', { payment: 0 });
  });

  it('holds the week, and says what is owed and how many weeks are left', async () => {
    engagementId = await running(world, lab, expert, 'Heart review');
    // Ten hours at 123.45 with 15 % on top: 1234.50 + 185.18 (half to even of 185.175).
    expect(await balance()).toEqual({
      prepaid: { minor: '300000' },
      held: { minor: '141968' },
      available: { minor: '158032' },
      owed: { minor: '0' },
      weekly: { minor: '141968' },
      weeksLeft: 1,
    });
    await expert.ask(ADD, entryOn(engagementId, '09:00', '10:00'));
    const { myTimesheets } = await expert.ask('{ myTimesheets { edges { node { id } } } }');
    expect((await balance()).owed.minor).toBe('0');
    await expert.ask(SUBMIT, { id: myTimesheets.edges[0].node.id, k: key() });
    // One hour: 123.45 + 18.52 (half to even of 18.5175).
    expect((await balance()).owed.minor).toBe('14197');
    await expert.ask('mutation($id: ID!) { recallWeek(id: $id) { state } }', {
      id: myTimesheets.edges[0].node.id,
    });
  });

  it('refuses to give back what is held, and says what is available', async () => {
    expect(await lab.refused(REFUND, fund('158033'))).toMatchObject({
      code: 'MORE_THAN_AVAILABLE',
      field: 'amount',
      message: expect.stringContaining('US$1,580.32 is available'),
    });
    expect(await lab.refused(REFUND, fund('0'))).toMatchObject({ code: 'AMOUNT_OUT_OF_BOUNDS' });
    expect((await lab.ask('{ labRefunds { totalCount } }')).labRefunds.totalCount).toBe(0);
  });

  it('gives back what is not held, once, and it is gone from the balance at once', async () => {
    const input = { amountMinor: '8032', currency: 'USD', idempotencyKey: key() };
    const [first, second] = await Promise.all([lab.ask(REFUND, { input }), lab.ask(REFUND, { input })]);
    expect(first).toEqual(second);
    expect((await balance()).available.minor).toBe('150000');
    const { id } = first.requestRefund[0];
    await world.api.runJobs().catch(() => undefined);
    await world.api.job('rail', 'request-refund', { refundId: id });
    const shown = async () =>
      (await lab.ask('{ labRefunds { edges { node { id state amount { minor } } } } }')).labRefunds.edges[0]
        .node;
    await world.settle(async () => (await shown()).state === 'SUCCEEDED');
    expect([await world.posted('refund-sent'), await world.atRail('refund')]).toEqual([1, 1]);
    const clearing = await finance.ask(
      '{ ledgerAccount(code: "refund_clearing:platform:USD") { posted { minor } } }',
    );
    expect(clearing.ledgerAccount.posted.minor).toBe('0');
  });

  it('puts the money back where the rail refuses to send it', async () => {
    const { requestRefund } = await lab.ask(REFUND, fund('10000'));
    await asIntruder(
      world.api.database,
      `UPDATE funding SET rail_payment_id = 'pi_gone' WHERE state = 'CLEARED'`,
    );
    await world.api.runJobs();
    const { rows } = await world.api
      .owner()
      .query('SELECT state FROM lab_refund WHERE id = $1', [requestRefund[0].id]);
    expect(rows[0].state).toBe('FAILED');
    expect((await balance()).available.minor).toBe('150000');
    expect(await world.drift()).toEqual([]);
  });

  it('shows both sides the same lines, filtered and summed alike', async () => {
    await chargedWeek(lab, expert, engagementId, [['13:00', '14:30', '=HYPERLINK("http://evil")']]);
    const expected = [5400, 3600].map((seconds) =>
      assessLine({ rateMinorPerHour: 12345n, seconds, terms: DEFAULT_TAKE_RATE_TERMS }),
    );
    const three = ({ priceMinor, payMinor, feeMinor }: (typeof expected)[number]) => ({
      price: { minor: `${priceMinor}` },
      pay: { minor: `${payMinor}` },
      fee: { minor: `${feeMinor}` },
    });
    const byPrice = (a: { price: { minor: string } }, b: { price: { minor: string } }) =>
      Number(b.price.minor) - Number(a.price.minor);
    const tallies = (connection: { edges: { node: { tally: ReturnType<typeof three> } }[] }) =>
      connection.edges.map(({ node }) => node.tally).sort(byPrice);
    const filter = `(engagementId: "${engagementId}", from: "2026-11-18T00:00:00Z", to: "2026-11-19T00:00:00Z")`;
    const { labCharges } = await lab.ask(
      `{ labCharges${filter} { totalCount edges { node { ${TALLY} line { note } expertName } } } }`,
    );
    const { myCharges } = await expert.ask(`{ myCharges${filter} { edges { node { ${TALLY} } } } }`);
    expect(tallies(labCharges)).toEqual(expected.map(three));
    expect(tallies(myCharges)).toEqual(expected.map(three));
    // What an hour of each line cost is the same on both sides, and adds up.
    const hours = ({ edges }: { edges: { node: { hour: Record<string, { minor: string }> } }[] }) =>
      edges.map(({ node: { hour } }) =>
        [hour.price, hour.pay, hour.fee].map((each) => BigInt(each?.minor ?? 0)),
      );
    const HOURS = 'edges { node { hour { price { minor } pay { minor } fee { minor } } } }';
    const ofLab = hours((await lab.ask(`{ labCharges${filter} { ${HOURS} } }`)).labCharges);
    expect(hours((await expert.ask(`{ myCharges${filter} { ${HOURS} } }`)).myCharges)).toEqual(ofLab);
    for (const [price = 0n, pay = 0n, fee = 0n] of ofLab)
      expect([pay > 0n, pay + fee]).toEqual([true, price]);
    expect(labCharges.edges[0].node.expertName).toBe('Dr Ana');
    const sum = (pick: (each: (typeof expected)[number]) => bigint) =>
      String(expected.reduce((total, each) => total + pick(each), 0n));
    const sums = `ChargeSums${filter} { lines seconds price { minor } pay { minor } fee { minor } }`;
    const wanted = [
      {
        lines: 2,
        seconds: 9000,
        price: { minor: sum((e) => e.priceMinor) },
        pay: { minor: sum((e) => e.payMinor) },
        fee: { minor: sum((e) => e.feeMinor) },
      },
    ];
    expect((await lab.ask(`{ lab${sums} }`)).labChargeSums).toEqual(wanted);
    expect((await expert.ask(`{ my${sums} }`)).myChargeSums).toEqual(wanted);
    expect(
      (await lab.ask('{ labCharges(to: "2026-11-01T00:00:00Z") { totalCount } }')).labCharges.totalCount,
    ).toBe(0);
    expect(await lab.refused('{ labCharges(engagementId: "x") { totalCount } }')).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'engagementId',
    });
  });

  it('shows each charge beside what its policy gives, and names one that was charged otherwise', async () => {
    const CHECKS =
      '{ allCharges { edges { node { id takeRateCheck { isRight policy { labFeePpm } expected { fee { minor } } difference { minor } } } } } takeRateWeeks { currency takeRatePpm agreed { minor } fee { minor } } }';
    const before = await finance.ask(CHECKS);
    const checks = before.allCharges.edges.map(({ node }: { node: { takeRateCheck: object } }) => node);
    expect(checks.length).toBeGreaterThan(1);
    for (const { takeRateCheck } of checks)
      expect(takeRateCheck).toMatchObject({
        isRight: true,
        policy: { labFeePpm: 150_000 },
        difference: { minor: '0' },
      });
    expect(before.takeRateWeeks.length).toBeGreaterThan(0);
    const [{ id, takeRateCheck }] = checks;
    const owner = world.api.owner();
    await owner.query('ALTER TABLE charge DISABLE TRIGGER USER');
    await owner.query(
      'UPDATE charge SET price_minor = price_minor + 3, fee_minor = fee_minor + 3 WHERE id = $1',
      [id],
    );
    const after = (await finance.ask(CHECKS)).allCharges.edges.find(
      ({ node }: { node: { id: string } }) => node.id === id,
    );
    expect(after.node.takeRateCheck).toMatchObject({
      isRight: false,
      difference: { minor: '3' },
      expected: takeRateCheck.expected,
    });
    await owner.query(
      'UPDATE charge SET price_minor = price_minor - 3, fee_minor = fee_minor - 3 WHERE id = $1',
      [id],
    );
    await owner.query('ALTER TABLE charge ENABLE TRIGGER USER');
  });

  it('gives both sides the statement as a file with the same numbers, and no formula in it', async () => {
    const file = async (caller: Caller, name: string) => {
      const response = await request(world.api.app.getHttpServer())
        .get(`/statements/${name}`)
        .set('authorization', `Bearer ${caller.token}`);
      return {
        status: response.status,
        type: response.headers['content-type'],
        rows: response.text.trim().split('\r\n'),
      };
    };
    const [ofLab, ofExpert] = [
      await file(lab, 'lab.csv'),
      await file(expert, 'expert.csv?from=2026-11-01&to=2026-11-18'),
    ];
    expect(ofLab).toMatchObject({ status: 200, type: 'text/csv; charset=utf-8' });
    expect(ofLab.rows).toEqual(ofExpert.rows);
    expect(ofLab.rows).toHaveLength(3);
    expect(ofLab.rows[0]).toContain('lab pays,expert gets,platform keeps');
    const risky = ofLab.rows.find((row) => row.includes('HYPERLINK'));
    expect(risky).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(risky).toContain('1.5000,USD,123.45,212.96,185.18,27.78,15.0000,0.0000');
    expect((await file(expert, 'lab.csv')).status).toBe(404);
    expect((await file(expert, 'expert.csv?from=yesterday')).status).toBe(400);
    const stranger = await vettedLab(world.api, 'Nimbus');
    expect((await file(stranger, 'lab.csv')).rows).toHaveLength(1);
  });

  const policy = (more: object) => ({
    input: {
      labFeePpm: 120_000,
      expertFeePpm: 0,
      effectiveFrom: '2026-12-01T00:00:00Z',
      reason: 'Agreed in the new contract.',
      idempotencyKey: key(),
      ...more,
    },
  });

  it('refuses take rates that overlap, are too high or are not for the caller to set', async () => {
    expect(await finance.refused(POLICY, policy({ labFeePpm: 600_000 }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'labFeePpm',
    });
    expect(await finance.refused(POLICY, policy({ reason: 'because' }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'reason',
    });
    expect(
      await finance.refused(POLICY, policy({ labId: '00000000-0000-7000-8000-00000000abcd' })),
    ).toMatchObject({ code: 'LAB_UNKNOWN', field: 'labId' });
    expect(await lab.refused(POLICY, policy({}))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('changes the take rate of a lab from a date on, keeps what was before, and says why to both sides', async () => {
    const RATE = '{ takeRate { labFeePpm explanation } }';
    await finance.ask(POLICY, policy({ labId: lab.labId, effectiveFrom: '2026-11-18T12:10:00Z' }));
    await approve(other, 'take-rate.set');
    expect((await lab.ask(RATE)).takeRate).toMatchObject({
      labFeePpm: 150_000,
      explanation: expect.stringContaining('default for everybody'),
    });
    world.api.clock.hold(new Date('2026-11-18T12:20:00Z'));
    expect((await lab.ask(RATE)).takeRate).toMatchObject({
      labFeePpm: 120_000,
      explanation: expect.stringContaining("in this lab's contract"),
    });
    const { createTakeRatePolicy } = await finance.ask(
      POLICY,
      policy({ labId: lab.labId, labFeePpm: 130_000, effectiveFrom: '2027-01-01T00:00:00Z' }),
    );
    world.api.clock.hold(NOON);
    expect(createTakeRatePolicy).toMatchObject({ scope: 'LAB', labFeePpm: 130_000, effectiveTo: null });
    expect(
      await finance.refused(POLICY, policy({ labId: lab.labId, effectiveFrom: '2026-12-15T00:00:00Z' })),
    ).toMatchObject({ code: 'POLICY_OVERLAP' });
    const HISTORY = `query($labId: ID, $now: Boolean) { takeRateHistory(labId: $labId, isInForce: $now) { edges { node { labFeePpm effectiveTo } } } }`;
    const { takeRateHistory } = await finance.ask(HISTORY, { labId: lab.labId });
    expect(takeRateHistory.edges.map(({ node }: { node: object }) => node)).toEqual([
      { labFeePpm: 130_000, effectiveTo: null },
      { labFeePpm: 120_000, effectiveTo: '2027-01-01T00:00:00.000Z' },
    ]);
    expect((await finance.ask(HISTORY, { now: true })).takeRateHistory.edges).toHaveLength(1);
    const DEFAULTS =
      '{ takeRateHistory(isInForce: true, scope: "DEFAULT") { edges { node { scope words } } } }';
    expect((await finance.ask(DEFAULTS)).takeRateHistory.edges).toEqual([
      {
        node: {
          scope: 'DEFAULT',
          words: '15.00 % of agreed pay, paid by the lab on top; nothing is taken from the expert.',
        },
      },
    ]);
  });
});

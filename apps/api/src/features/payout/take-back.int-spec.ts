import request from 'supertest';
import { compareHalves, readHalf, type Half } from '@tallystick/domain';
import type { Caller } from '../../../test/api';
import { ExportLists } from '../../platform/export/export-lists';
import { DECIDE, approve, decision, faultOf, waitingFor } from '../../../test/approvals';
import { halfTools } from '../../../test/half-tools';
import { key, newExpert, vettedLab } from '../../../test/main-job';
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

const DAY_MS = 86_400_000;
const POLICY = 'mutation($input: CreateTakeRatePolicyInput!) { createTakeRatePolicy(input: $input) { id } }';
const TAKE_BACK = 'mutation($input: TakeBackChargeInput!) { takeBackCharge(input: $input) }';
const EARNINGS =
  '{ payoutStanding { earnings { earned { minor } payable { minor } heldBack { minor } onItsWay { minor } paid { minor } returned { minor } owed { minor } writtenOff { minor } } } }';
const TAKEN =
  '{ takenBack(first: 50) { edges { node { reason recoveredPpm paidOut { minor } recovered { minor } writtenOff { minor } open { minor } } } } }';
const reason = 'The lab showed that this was approved by mistake.';

/** One lab, one expert, terms with a tier, a fixed amount, a minimum and a cap: everything that goes back has a counter. */
describe('taking a charged line back', () => {
  let world: MoneyWorld;
  let [lab, expert] = [] as unknown as [Lab, Expert];
  let [finance, other] = [] as unknown as [Caller, Caller];
  let engagement = '';
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const day = (n: number) => world.api.clock.hold(new Date(NOON.getTime() + n * DAY_MS));
  const charges = () => owner(`SELECT * FROM charge ORDER BY charged_at, id`);
  const policy = (more: object = {}) => ({
    input: {
      ...{ scope: 'LAB_EXPERT', labId: lab.labId, expertId: expert.expertId },
      ...{ labFeePpm: 150_000, expertFeePpm: 0 },
      feeParts: {
        currency: 'USD',
        lab: { tiers: [{ aboveMinor: '10000', ppm: 100_000 }], fixedMinor: '50', monthlyCapMinor: '9000' },
        expert: { minimumMinor: '100' },
      },
      effectiveFrom: NOON.toISOString(),
      reason: 'Agreed with both at the start.',
      idempotencyKey: key(),
      ...more,
    },
  });
  /** Terms that may keep less than the default does need another person. */
  const setPolicy = async (more: object = {}) => {
    const { createTakeRatePolicy } = await finance.ask(POLICY, policy(more));
    if (createTakeRatePolicy === null) await approve(other, 'take-rate.set');
  };
  const wish = (chargeId: string, agreedMinor?: string, idempotencyKey = key()) => ({
    input: { chargeId, agreedMinor, reason, idempotencyKey },
  });
  /** What an auditor sees of what was taken back last. */
  const viewed = async () => (await views())[0];
  const views = async () =>
    (await finance.ask(TAKEN)).takenBack.edges.map(({ node }: { node: object }) => node);
  const get = (caller: Caller | undefined, address: string) =>
    request(world.api.app.getHttpServer())
      .get(address)
      .set(caller ? { authorization: `Bearer ${caller.token}` } : {});
  const half = async (side: 'lab' | 'expert'): Promise<Half> => {
    const address = `/statements/${side}/engagements/${engagement}/half.json`;
    const read = readHalf((await get(side === 'lab' ? lab : expert, address).expect(200)).text);
    if (!read.ok) throw new Error(read.refusal.message);
    return read.value;
  };
  /** The halves fit, no fee has drifted, the books are proven: after every step. */
  const mustHold = async (known = 'seal') => {
    const { body } = await get(undefined, '/.well-known/jwks.json').expect(200);
    const [ofLab, ofExpert] = [await half('lab'), await half('expert')];
    expect(await compareHalves(ofLab, ofExpert, halfTools(body))).toEqual({
      lab: [],
      expert: [],
      difference: undefined,
    });
    const { recomputeFees, proveBooks } = await finance.ask(
      'mutation { recomputeFees { looked drifted findings { sentence } } proveBooks { checks { faults } } }',
    );
    expect(recomputeFees).toMatchObject({ drifted: 0, findings: [] });
    const faults = proveBooks.checks.flatMap((each: { faults: string[] }) => each.faults);
    expect(faults.filter((each: string) => !each.includes('seal') && !each.includes(known))).toEqual([]);
    expect(await world.drift()).toEqual([]);
    return ofLab;
  };
  const money = async () => {
    const [found] = (await expert.ask(EARNINGS)).payoutStanding.earnings;
    const minor = (name: string) => BigInt(found[name].minor);
    const parts = ['payable', 'heldBack', 'onItsWay', 'paid', 'returned'].map(minor);
    const given = minor('owed') + minor('writtenOff');
    expect(parts.reduce((sum, each) => sum + each, 0n) - given).toBe(minor('earned'));
    const names = ['earned', 'payable', 'heldBack', 'onItsWay', 'paid', 'owed', 'writtenOff'];
    return Object.fromEntries(names.map((name) => [name, minor(name).toString()]));
  };

  beforeAll(async () => {
    world = await moneyWorld({
      PAYOUT_APPROVAL_ABOVE: '200',
      NETTING_SHARE_PERCENT: '20',
      SESSION_IDLE_SECONDS: '9999999',
      SESSION_MAX_SECONDS: '9999999',
    });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    await putIn(world, lab, '900000');
    await setPolicy();
    engagement = await running(world, lab, expert, 'Heart review');
    const spans = [
      ['06:00', '07:00'],
      ['07:00', '08:00'],
      ['08:00', '10:00'],
    ] as const;
    for (const [minute, span] of spans.entries()) {
      day(minute / 1440);
      await chargedWeek(lab, expert, engagement, [span]);
    }
    // What is agreed from now on has nothing to do with what was charged.
    await setPolicy({ labFeePpm: 300_000, effectiveFrom: '2026-11-19T00:00:00Z' });
    day(2);
  });
  afterAll(() => world.stop());

  it('takes a part back at the rate of then, once for the same key, and then the rest; never more', async () => {
    const [first] = await charges();
    expect(first).toMatchObject({ agreed_minor: '12345', price_minor: '14129', pay_minor: '12245' });
    expect(await lab.refused(TAKE_BACK, wish(first.id))).toMatchObject({ code: 'NOT_FOUND' });
    const over = await finance.refused(TAKE_BACK, wish(first.id, '12346'));
    expect(over).toMatchObject({ code: 'MORE_THAN_CHARGED', field: 'agreedMinor' });
    const part = wish(first.id, '5000');
    await Promise.all([finance.ask(TAKE_BACK, part), finance.ask(TAKE_BACK, part)]);
    // 17.84 of lab's fee and 1.00 of expert's for 123.45: of 50.00 they are 7.23 and 0.41, half to even.
    expect((await charges()).slice(3)).toMatchObject([
      {
        ...{ kind: 'REVERSAL', reverses_charge_id: first.id, seconds: -1458 },
        ...{ agreed_minor: '-5000', price_minor: '-5723', pay_minor: '-4959', fee_minor: '-764' },
      },
    ]);
    await mustHold();
    expect(await finance.refused(TAKE_BACK, wish(first.id, '7346'))).toMatchObject({
      code: 'MORE_THAN_CHARGED',
    });
    await finance.ask(TAKE_BACK, wish(first.id));
    const [sums] = await owner(
      `SELECT sum(price_minor)::int AS price, sum(pay_minor)::int AS pay, sum(fee_minor)::int AS fee, sum(seconds)::int AS seconds
       FROM charge WHERE id = $1 OR reverses_charge_id = $1`,
      [first.id],
    );
    expect(sums).toEqual({ price: 0, pay: 0, fee: 0, seconds: 0 });
    expect(await finance.refused(TAKE_BACK, wish(first.id))).toMatchObject({ code: 'ALREADY_REVERSED' });
    const { lines } = await mustHold();
    expect(lines.filter(({ activity }) => activity === 'REVERSAL')).toHaveLength(2);
  });

  it('counts the parts of a day together: what is small by itself needs another person beside what went before', async () => {
    const [, second] = await charges();
    const count = (await charges()).length;
    expect(Number(second.price_minor)).toBeLessThan(20_000);
    expect((await finance.ask(TAKE_BACK, wish(second.id))).takeBackCharge).toBe(false);
    expect((await charges()).length).toBe(count);
    const [asked] = await owner(`SELECT id, payload_sha256 FROM approval_request WHERE state = 'PENDING'`);
    const input = { id: asked.id, decision: 'DECLINE', reason: 'The first was enough for a day.' };
    await other.ask(DECIDE, { input: { ...input, payloadSha256: asked.payload_sha256 } });
    day(3.1);
  });

  it('steps the counters back, and tells both sides in words why', async () => {
    const [counted] = await owner(
      `SELECT (SELECT agreed_minor FROM billed_total) AS billed, (SELECT sum(agreed_minor) FROM charge) AS agreed,
         (SELECT sum(fee_minor) FROM month_fee) AS month, (SELECT sum(price_minor - agreed_minor) FROM charge) AS fees`,
    );
    expect([counted.billed, counted.month]).toEqual([counted.agreed, counted.fees]);
    for (const side of [lab, expert]) {
      const { notifications } = await side.ask('{ notifications { edges { node { kind body } } } }');
      const told = notifications.edges.filter(
        ({ node }: { node: { kind: string } }) => node.kind === 'CHARGE_TAKEN_BACK',
      );
      expect(told).toHaveLength(2);
      expect(told[0].node.body).toContain(reason);
    }
    await expect(
      owner(`INSERT INTO charge SELECT (c).* FROM (SELECT jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid())) AS c
        FROM charge r WHERE kind = 'REVERSAL' LIMIT 1) again`),
    ).rejects.toThrow('more is taken back than was charged');
  });

  it('keeps the balance above nothing where the pay was paid out: later earnings settle it, as lines of their own', async () => {
    day(2.2);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.api.runJobs();
    await owner(`UPDATE payout_account SET state = 'ACTIVE'`);
    const ready = BigInt((await money()).heldBack ?? 0) + BigInt((await money()).payable ?? 0);
    const [, second] = await charges();
    // More of it is paid out than what is left could give back.
    // A day between: what goes out within one is looked at together.
    for (const [amountMinor, paid, at] of [
      ['20000', '20000', 2.2],
      ['10000', '30000', 3.3],
    ] as const) {
      day(at);
      await expert.ask('mutation($input: PayOutPartInput!) { payOutPart(input: $input) }', {
        input: { amountMinor, currency: 'USD', idempotencyKey: key() },
      });
      await world.settle(async () => (await money()).paid === paid);
    }
    await finance.ask(TAKE_BACK, wish(second.id));
    await mustHold();
    const owes = BigInt(second.pay_minor) - (ready - 30000n);
    expect(owes > 0n).toBe(true);
    expect(await money()).toMatchObject({ owed: `${owes}`, payable: '0', heldBack: '0', paid: '30000' });
    expect(await viewed()).toMatchObject({
      paidOut: { minor: `${owes}` },
      open: { minor: `${owes}` },
      recoveredPpm: 0,
    });
    day(4.4);
    // The next charge settles a fifth of its pay, and no more: the earnings stand as they were approved, the rest is ready.
    await chargedWeek(lab, expert, engagement, [['11:00', '13:00']]);
    const next = (await charges()).findLast(({ kind }) => kind === 'TIME');
    const settled = BigInt(next.pay_minor) / 5n;
    expect(settled < owes).toBe(true);
    expect(await money()).toMatchObject({
      owed: `${owes - settled}`,
      payable: `${BigInt(next.pay_minor) - settled}`,
    });
    expect(await viewed()).toMatchObject({ open: { minor: `${owes - settled}` } });
    const { payoutStanding } = await expert.ask('{ payoutStanding { nettingPercent } }');
    expect(payoutStanding.nettingPercent).toBe(20);
    await mustHold();
    const csv = (
      await get(expert, '/statements/earnings/period.csv?from=2026-11-01&to=2026-12-31').expect(200)
    ).text;
    for (const words of ['Taken back', 'goes off what you earn next', 'Kept for what was taken back'])
      expect(csv).toContain(words);
    await finance.ask('mutation { runPayouts }');
    await world.settle(async () => (await money()).payable === '0' && (await money()).onItsWay === '0');
    const [paid] = await owner(
      `SELECT id, amount_minor FROM payout ORDER BY created_at DESC, id DESC LIMIT 1`,
    );
    const { myPayouts } = await expert.ask(
      '{ myPayouts(first: 50) { edges { node { id lines { kind tally { pay { minor } } } } } } }',
    );
    const { node } = myPayouts.edges.find((each: { node: { id: string } }) => each.node.id === paid.id);
    const kinds = node.lines.map((each: { kind: string }) => each.kind);
    expect([kinds.filter((kind: string) => kind === 'REVERSAL').length, kinds.at(-1)]).toEqual([3, 'TIME']);
    await mustHold();
  });

  it('asks another person above the limit, who approves exactly what is done', async () => {
    day(4.6);
    const third = (await charges())[2];
    expect((await finance.ask(TAKE_BACK, wish(third.id))).takeBackCharge).toBe(false);
    // Meanwhile nothing is taken back of the line in parts that are small enough for one.
    expect(await finance.refused(TAKE_BACK, wish(third.id, '100'))).toMatchObject({ code: 'APPROVAL_WAITS' });
    const count = (await charges()).length;
    const [asked] = await owner(
      `SELECT id, payload_sha256 FROM approval_request WHERE action = 'charge.take-back' AND state = 'PENDING'`,
    );
    const decision = {
      ...{ id: asked.id, decision: 'APPROVE' },
      ...{ payloadSha256: asked.payload_sha256, reason: 'It is as the lab says.' },
    };
    expect(await finance.refused(DECIDE, { input: decision })).toMatchObject({ code: 'OWN_REQUEST' });
    expect((await charges()).length).toBe(count);
    await other.ask(DECIDE, { input: decision });
    await world.api.runJobs();
    expect((await charges()).slice(count)).toMatchObject([{ reverses_charge_id: third.id }]);
    expect(
      await owner('SELECT approval_request_id FROM reversal ORDER BY taken_back_at DESC LIMIT 1'),
    ).toEqual([{ approval_request_id: asked.id }]);
    await mustHold();
  });

  it('lets two people write off what the expert owes: the loss is on its own account, both statements stay as they are', async () => {
    day(4.7);
    const WRITE_OFF = 'mutation($input: WriteOffOwedInput!) { writeOffOwed(input: $input) }';
    const ask = (currency = 'USD') => ({
      input: { expertId: expert.expertId, currency, reason, idempotencyKey: key() },
    });
    /** Differences to the rail that are not ended. */
    const openBreaks = async () => {
      await finance.ask('mutation { reconcileRail }');
      await world.api.runJobs();
      const FOUND = '{ reconciliationBreaks(state: "OPEN") { totalCount } }';
      return (await finance.ask(FOUND)).reconciliationBreaks.totalCount as number;
    };
    const before = await money();
    const owed = BigInt(before.owed ?? 0);
    expect(owed > 0n).toBe(true);
    const halves = [await half('lab'), await half('expert')];
    const statement = () => get(expert, '/statements/earnings/period.csv?from=2026-11-01&to=2026-12-31');
    const { text } = await statement();
    expect(await finance.refused(WRITE_OFF, ask('EUR'))).toMatchObject({ code: 'NOTHING_OWED' });
    expect(await expert.refused(WRITE_OFF, ask())).toMatchObject({ code: 'NOT_FOUND' });
    await finance.ask(WRITE_OFF, ask());
    const [request] = await waitingFor(finance, 'owed.write-off');
    expect(request?.summary).toContain('that Dr Ana owes');
    expect(await finance.refused(DECIDE, decision(request!))).toMatchObject({ code: 'OWN_REQUEST' });
    expect((await money()).owed).toBe(before.owed);
    expect(await faultOf(other, request!.id)).toBeNull();
    // A charge meanwhile settles a part: what was approved is not what is owed any more.
    await chargedWeek(lab, expert, engagement, [['14:00', '15:00']]);
    const left = BigInt((await money()).owed ?? 0);
    expect(left < owed && left > 0n).toBe(true);
    // Who decides, and who asked, read so before anybody approves it.
    for (const reader of [other, finance])
      expect(await faultOf(reader, request!.id)).toContain('What is owed has changed since: it is US$');
    await other.ask(DECIDE, decision(request!));
    await world.api.runJobs();
    expect(await owner(`SELECT outcome FROM approval_request WHERE id = $1`, [request!.id])).toMatchObject([
      { outcome: expect.stringContaining('has changed since') },
    ]);
    expect((await money()).owed).toBe(`${left}`);
    const breaks = await openBreaks();
    const after = await statement();
    const now = [await half('lab'), await half('expert')];
    await finance.ask(WRITE_OFF, ask());
    await approve(other, 'owed.write-off');
    await world.api.runJobs();
    expect(await money()).toMatchObject({ owed: '0', writtenOff: `${left}` });
    // What was written off is not recovered: each part of what had been paid out is one, the other or open.
    const all: Record<string, { minor: string }>[] = await views();
    const sum = (part: string) => all.reduce((total, each) => total + BigInt(each[part]?.minor ?? 0), 0n);
    expect([sum('open'), sum('writtenOff')]).toEqual([0n, left]);
    expect([sum('recovered'), sum('recovered') > 0n]).toEqual([sum('paidOut') - left, true]);
    expect((await viewed()).recoveredPpm).toBeLessThan(1_000_000);
    const columns = world.api.app.get(ExportLists).find('taken-back')?.columns.join(' ');
    expect(columns).toContain(' paidOutMinor recoveredMinor writtenOffMinor ');
    expect(
      await owner(
        `SELECT (b.debits_posted - b.credits_posted)::text AS minor FROM ledger.account a CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') b WHERE a.code = 'reversal_loss:platform:USD'`,
      ),
    ).toEqual([{ minor: `${left}` }]);
    expect((await statement()).text).toBe(after.text);
    expect(after.text).not.toBe(text);
    expect([await half('lab'), await half('expert')]).toEqual(now);
    expect(now).not.toEqual(halves);
    const [told] = await owner(`SELECT title FROM notification WHERE title LIKE 'You no longer owe%'`);
    expect(told?.title).toContain('US$');
    expect(await finance.refused(WRITE_OFF, ask())).toMatchObject({ code: 'NOTHING_OWED' });
    // The next charge settles nothing any more.
    await chargedWeek(lab, expert, engagement, [['15:00', '16:00']]);
    expect(await money()).toMatchObject({ owed: '0', writtenOff: `${left}` });
    // The platform bears it, so that it has to put its own money in: the proof of the books says how much.
    await mustHold('of the platform’s own money in at the rail');
    expect(await openBreaks()).toBe(breaks);
  });
});

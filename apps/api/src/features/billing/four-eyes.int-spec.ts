import { hashOf } from '../../platform/crypto/digest';
import type { Caller } from '../../../test/api';
import { asIntruder } from '../../../test/intruder';
import { approve, DECIDE, decision, faultOf, waitingFor } from '../../../test/approvals';
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
const CONCERNS = 'query($input: CreateTakeRatePolicyInput!) { takeRateConcerns(input: $input) }';
const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const WAITING =
  '{ waitingRefunds { amount { minor } } labBalances { available { minor } backAlone { minor } backAloneLeft { minor } } }';
const TERMS = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const BELL = '{ notifications { edges { node { title body link } } } }';

/** Where money moves by one person's word, another is asked. The world's limits are ten whole units. */
describe('four eyes where money moves by one word', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let finance: Caller;
  let other: Caller;
  let third: Caller;
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const day = (n: number) => world.api.clock.hold(new Date(NOON.getTime() + n * DAY_MS));
  const told = async (by: Caller, words: string) =>
    (await by.ask(BELL)).notifications.edges.filter(({ node }: { node: { title: string; body: string } }) =>
      `${node.title} ${node.body}`.includes(words),
    ).length;
  const input = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const policy = (more: object) =>
    input({
      labId: lab.labId,
      labFeePpm: 150_000,
      expertFeePpm: 0,
      effectiveFrom: '2026-12-01T00:00:00Z',
      reason: 'Agreed in the new contract.',
      ...more,
    });
  const refund = (amountMinor: string) => input({ amountMinor, currency: 'USD' });
  const terms = (amountMinor: string, dueDays = 30) =>
    input({ labId: lab.labId, amountMinor, currency: 'USD', dueDays, reason: 'Two years of paid invoices.' });
  const labRates = async () =>
    (
      await finance.ask(
        'query($id: ID) { takeRateHistory(labId: $id) { edges { node { labFeePpm effectiveFrom effectiveTo createdByName } } } }',
        { id: lab.labId },
      )
    ).takeRateHistory.edges.map(({ node }: { node: object }) => node);

  beforeAll(async () => {
    world = await moneyWorld({
      REFUND_APPROVAL_ABOVE: '10',
      CREDIT_APPROVAL_ABOVE: '10',
      SESSION_IDLE_SECONDS: '9999999',
      SESSION_MAX_SECONDS: '9999999',
    });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    third = await world.api.staff('third@example.org', ['ADMIN']);
    await putIn(world, lab, '300000');
  }, 400_000);
  afterAll(() => world.stop());

  it('sets a take rate that keeps as much by one word, and asks another person for one that may keep less', async () => {
    expect((await finance.ask(CONCERNS, policy({}))).takeRateConcerns).toEqual([]);
    const lower = policy({ labFeePpm: 149_999 });
    expect((await finance.ask(CONCERNS, lower)).takeRateConcerns).toEqual([
      'It may keep less than what was published.',
    ]);
    expect((await finance.ask(POLICY, lower)).createTakeRatePolicy).toBeNull();
    expect(await labRates()).toEqual([]);
    const [request] = await waitingFor(finance, 'take-rate.set');
    expect(request).toMatchObject({
      isOwn: true,
      summary: expect.stringContaining('Set a take rate for Cumulus from 1 December 2026 on: '),
    });
    if (!request) throw new Error('nothing waits');
    // Nobody approves their own, and nobody what they have not read.
    expect(await finance.refused(DECIDE, decision(request))).toMatchObject({ code: 'OWN_REQUEST' });
    expect(
      await other.refused(DECIDE, decision({ ...request, payloadSha256: hashOf('other') })),
    ).toMatchObject({ code: 'APPROVAL_CHANGED' });
    expect(await labRates()).toEqual([]);
    await other.ask(DECIDE, decision(request, 'DECLINE'));
    expect(await told(finance, 'Declined: what you asked for')).toBe(1);
    expect(await told(finance, 'a reason of this test Nothing was changed.')).toBe(1);
    expect(await third.refused(DECIDE, decision(request))).toMatchObject({ code: 'APPROVAL_CLOSED' });
    expect(await labRates()).toEqual([]);
    // By one word, in the same transaction.
    expect(
      (await finance.ask(POLICY, policy({ effectiveFrom: '2027-06-01T00:00:00Z' }))).createTakeRatePolicy,
    ).not.toBeNull();
    expect(await labRates()).toHaveLength(1);
  });

  it('asks once for the same take rate, however often and by whomever, and tells the others who asked', async () => {
    const same = { effectiveFrom: '2029-01-01T00:00:00Z', labFeePpm: 5 };
    const answers = await Promise.all([finance, finance, other].map((by) => by.raw(POLICY, policy(same))));
    const refusals = answers.flatMap(({ errors }) => errors ?? []);
    expect(refusals).toHaveLength(2);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({
        extensions: { code: 'ASKED_ALREADY' },
        message: expect.stringMatching(
          /^(finance|other) asked for exactly this on 18 November 2026\. It waits under Approvals for another person, who decides until \d+ \w+ 2026; nobody has to ask again\.$/,
        ),
      });
    const [request, ...more] = await waitingFor(third, 'take-rate.set');
    if (!request) throw new Error('nothing waits');
    expect(more).toEqual([]);
    const again = `INSERT INTO approval_request (id, action, subject_type, subject_id, summary, payload, payload_sha256, reason, created_at, expires_at)
      SELECT gen_random_uuid(), action, subject_type, gen_random_uuid(), summary, payload, payload_sha256, reason, created_at, expires_at FROM approval_request WHERE id = $1`;
    await expect(owner(again, [request.id])).rejects.toThrow('approval_request_asked_once');
    // What was declined may be asked for again.
    await third.ask(DECIDE, decision(request, 'DECLINE'));
    expect((await finance.ask(POLICY, policy(same))).createTakeRatePolicy).toBeNull();
    const [second] = await waitingFor(third, 'take-rate.set');
    if (!second) throw new Error('nothing waits');
    await third.ask(DECIDE, decision(second, 'DECLINE'));
  });

  it('lets a take rate begin in the past by two people, and changes nothing that was agreed meanwhile', async () => {
    const engagementId = await running(world, lab, expert, 'Heart review');
    await chargedWeek(lab, expert, engagementId, [['09:00', '10:00']]);
    const past = policy({
      effectiveFrom: '2026-11-01T00:00:00Z',
      effectiveTo: '2027-06-01T00:00:00Z',
      labFeePpm: 200_000,
    });
    expect((await finance.ask(CONCERNS, past)).takeRateConcerns).toEqual([
      'It begins in the past. What was agreed and charged meanwhile stays as it is.',
    ]);
    expect((await finance.ask(POLICY, past)).createTakeRatePolicy).toBeNull();
    await expect(
      owner(
        `INSERT INTO take_rate_policy (id, scope, lab_id, lab_fee_ppm, expert_fee_ppm, rounding, effective_from, effective_to, reason, created_by_id, created_at)
         SELECT gen_random_uuid(), 'LAB', $1, 1, 0, 'HALF_EVEN', '2026-10-01', '2026-10-02', 'behind the API', id, $2 FROM account LIMIT 1`,
        [lab.labId, NOON],
      ),
    ).rejects.toThrow('take_rate_policy_past_by_two');
    day(1 / 24);
    await approve(other, 'take-rate.set');
    expect(await labRates()).toContainEqual({
      labFeePpm: 200_000,
      effectiveFrom: '2026-11-01T00:00:00.000Z',
      effectiveTo: '2027-06-01T00:00:00.000Z',
      createdByName: 'finance',
    });
    expect(await told(finance, 'Approved and done: what you asked for')).toBe(1);
    expect((await lab.ask('{ takeRate { labFeePpm } }')).takeRate.labFeePpm).toBe(200_000);
    const RUN = 'mutation { recomputeFees { looked drifted findings { sentence } } }';
    expect((await finance.ask(RUN)).recomputeFees).toEqual({ looked: 1, drifted: 0, findings: [] });
  });

  it('says so to who asked where the approved take rate does not fit any more, and sets nothing', async () => {
    // What lies within a policy that holds longer would end it for good, whoever may set it.
    const within = policy({
      effectiveFrom: '2027-02-01T00:00:00Z',
      effectiveTo: '2027-02-02T00:00:00Z',
      labFeePpm: 210_000,
    });
    expect(await finance.refused(POLICY, within)).toMatchObject({
      code: 'POLICY_OVERLAP',
      field: 'effectiveTo',
    });
    const one = policy({
      effectiveFrom: '2027-07-01T00:00:00Z',
      labFeePpm: 1,
    });
    const two = policy({
      effectiveFrom: '2027-07-15T00:00:00Z',
      labFeePpm: 2,
    });
    await finance.ask(POLICY, two);
    await approve(other, 'take-rate.set');
    const before = await labRates();
    expect(await finance.refused(POLICY, one)).toMatchObject({ code: 'POLICY_OVERLAP' });
    const fits = policy({
      effectiveFrom: '2027-08-20T00:00:00Z',
      labFeePpm: 1,
    });
    const fitsToo = policy({
      effectiveFrom: '2027-09-01T00:00:00Z',
      labFeePpm: 0,
    });
    await finance.ask(POLICY, fits);
    await finance.ask(POLICY, fitsToo);
    // The later one first: the other would begin before it and run into it.
    const requests = await waitingFor(other, 'take-rate.set');
    const isLater = ({ summary }: { summary: string }) => summary.includes('1 September');
    const earlier = requests.find((each) => !isLater(each));
    const answers = [];
    for (const request of [...requests.filter(isLater), ...requests.filter((each) => !isLater(each))]) {
      const fault = await faultOf(other, request.id);
      expect(fault).toEqual(request === earlier ? expect.stringMatching(/^It overlaps the policy/) : null);
      answers.push((await other.ask(DECIDE, decision(request))).decideApproval);
    }
    expect(answers).toMatchObject([
      { state: 'EXECUTED', outcome: null },
      { state: 'FAILED', outcome: expect.stringMatching(/\S/) },
    ]);
    expect(await labRates()).toHaveLength(before.length + 1);
    expect(await owner(`SELECT count(*)::int AS n FROM approval_request WHERE state = 'FAILED'`)).toEqual([
      { n: 1 },
    ]);
    expect(await told(finance, 'could not be done')).toBe(1);
  });

  it('sends small refunds by the lab’s word, and what is much within a day only after a person looked', async () => {
    day(0);
    const balance = async () => (await lab.ask(WAITING)).labBalances[0];
    const before = BigInt((await balance()).available.minor);
    expect(await balance()).toMatchObject({ backAlone: { minor: '1000' }, backAloneLeft: { minor: '1000' } });
    expect((await lab.ask(REFUND, refund('600'))).requestRefund).toHaveLength(1);
    expect(await balance()).toMatchObject({ backAlone: { minor: '1000' }, backAloneLeft: { minor: '400' } });
    // In parts it is the same money.
    expect((await lab.ask(REFUND, refund('600'))).requestRefund).toEqual([]);
    expect((await lab.ask(WAITING)).waitingRefunds).toEqual([{ amount: { minor: '600' } }]);
    expect(BigInt((await balance()).available.minor)).toBe(before - 600n);
    expect(await lab.refused(DECIDE, decision({ id: key(), payloadSha256: hashOf('x') }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    // Another ask does not take its place: who asks is told what waits, and until when it is decided.
    const others = await Promise.all(['700', '600', '900', '900'].map((n) => lab.refused(REFUND, refund(n))));
    for (const refused of others)
      expect(refused).toMatchObject({
        ...{ code: 'APPROVAL_WAITS', field: 'amount' },
        message: expect.stringMatching(
          /^US\$6\.00 that you asked back on 18 November 2026 waits for a person of the platform, who decides until \d+ \w+ 2026\. /,
        ),
      });
    const [request, ...more] = await waitingFor(finance, 'refund.send');
    expect([request?.summary, more]).toEqual(['Send US$6.00 back to Cumulus.', []]);
    await approve(finance, 'refund.send');
    expect(BigInt((await balance()).available.minor)).toBe(before - 1200n);
    expect((await lab.ask(WAITING)).waitingRefunds).toEqual([]);
    expect(await told(lab, 'Approved and done')).toBe(1);
    expect(
      await owner(
        'SELECT amount_minor::int AS n, approval_request_id IS NOT NULL AS is_by_two FROM lab_refund ORDER BY 1, 2',
      ),
    ).toEqual([
      { n: 600, is_by_two: false },
      { n: 600, is_by_two: true },
    ]);
    // Two people look at more than ten times as much.
    const answers = await Promise.all([1, 2, 3, 4].map(() => lab.raw(REFUND, refund('10001'))));
    const codes = answers.flatMap(({ errors }) => (errors ?? []).map(({ extensions }) => extensions.code));
    expect(codes).toEqual(Array(3).fill('APPROVAL_WAITS'));
    const [large] = await waitingFor(finance, 'refund.send');
    expect(large?.approvalsNeeded).toBe(2);
    if (!large) throw new Error('nothing waits');
    await finance.ask(DECIDE, decision(large));
    expect(BigInt((await balance()).available.minor)).toBe(before - 1200n);
    await third.ask(DECIDE, decision(large));
    expect(BigInt((await balance()).available.minor)).toBe(before - 11_201n);
    // What has gone meanwhile does not go back twice: the decision stands, and the lab reads why nothing was sent.
    const all = (await balance()).available.minor;
    await lab.ask(REFUND, refund(all));
    day(2);
    expect((await lab.ask(REFUND, refund('100'))).requestRefund).toHaveLength(1);
    for (const by of [finance, other]) {
      const [late] = await waitingFor(by, 'refund.send');
      if (!late) continue;
      expect(await faultOf(by, late.id)).toMatch(/is available; the rest is held for weeks of work/);
      await by.ask(DECIDE, decision(late));
    }
    expect(BigInt((await balance()).available.minor)).toBe(BigInt(all) - 100n);
    expect(await told(lab, 'is available; the rest is held for weeks of work')).toBe(1);
    expect(await world.drift()).toEqual([]);
  });

  it('does nothing where what was approved was changed behind its hash, and tells finance and who asked', async () => {
    const limits = () => owner('SELECT currency, limit_minor, due_days FROM credit_terms');
    const before = await limits();
    expect((await finance.ask(TERMS, terms('2000'))).setCreditTerms).toBeNull();
    const [request] = await waitingFor(third, 'credit.set-terms');
    if (!request) throw new Error('nothing waits');
    await asIntruder(
      world.api.database,
      `UPDATE approval_request SET payload = replace(payload, '"2000"', '"9999900"') WHERE id = '${request.id}'`,
    );
    const { decideApproval } = await third.ask(DECIDE, decision(request));
    expect(await limits()).toEqual(before);
    const [ended] = await owner('SELECT state, payload, outcome FROM approval_request WHERE id = $1', [
      request.id,
    ]);
    expect(ended).toMatchObject({
      state: 'FAILED',
      outcome: expect.stringMatching(/not what was asked for and approved/),
    });
    expect(decideApproval).toEqual({ id: request.id, state: 'FAILED', outcome: ended.outcome });
    expect(ended.payload).toContain('"9999900"');
    expect(
      await owner(
        `SELECT from_state, facts FROM journal_entry WHERE subject_id = $1 AND to_state = 'FAILED'`,
        [request.id],
      ),
    ).toEqual([{ from_state: 'APPROVED', facts: expect.objectContaining({ refusal: 'APPROVAL_ALTERED' }) }]);
    expect(await told(other, 'A request was changed behind its approval')).toBe(1);
    expect(await told(finance, 'not what was asked for')).toBe(2);
  });

  it('gives small credit by one word and large credit by two, and less credit at once', async () => {
    const limit = async () =>
      (
        await finance.ask('query($id: ID!) { creditOfLab(labId: $id) { limit { minor } dueDays } }', {
          id: lab.labId,
        })
      ).creditOfLab;
    expect(
      (await finance.ask('{ creditApprovalAbove(currency: "USD") { minor } }')).creditApprovalAbove,
    ).toEqual({
      minor: '1000',
    });
    expect((await finance.ask(TERMS, terms('1000'))).setCreditTerms).toBe(lab.labId);
    expect((await finance.ask(TERMS, terms('1001'))).setCreditTerms).toBeNull();
    expect(await limit()).toEqual([{ limit: { minor: '1000' }, dueDays: 30 }]);
    const request = await approve(third, 'credit.set-terms');
    expect(request.summary).toBe('Let Cumulus owe up to US$10.01, paid within 30 days.');
    expect(await limit()).toEqual([{ limit: { minor: '1001' }, dueDays: 30 }]);
    // A later day for as much is more credit too; less of either is not.
    expect((await finance.ask(TERMS, terms('1001', 60))).setCreditTerms).toBeNull();
    const euros = { ...terms('2000').input, currency: 'EUR' };
    expect((await finance.ask(TERMS, input(euros))).setCreditTerms).toBeNull();
    expect(await waitingFor(other, 'credit.set-terms')).toHaveLength(2);
    // What is set at once ends what was asked for before in its currency: approved now, it would undo it.
    expect((await finance.ask(TERMS, terms('1001', 20))).setCreditTerms).toBe(lab.labId);
    const [inEuros, ...more] = await waitingFor(other, 'credit.set-terms');
    expect([inEuros?.summary, more]).toEqual([expect.stringContaining('€20.00'), []]);
    await other.ask(DECIDE, decision(inEuros!, 'DECLINE'));
    expect(
      await owner(
        `SELECT outcome FROM approval_request WHERE action = 'credit.set-terms' AND state = 'OVERTAKEN'`,
      ),
    ).toEqual([{ outcome: 'One person set or did this at once since; the newer word holds.' }]);
    expect(await limit()).toEqual([{ limit: { minor: '1001' }, dueDays: 20 }]);
    expect((await finance.ask(TERMS, terms('1001', 60))).setCreditTerms).toBeNull();
    day(10);
    const [late] = await waitingFor(other, 'credit.set-terms');
    if (!late) throw new Error('nothing waits');
    expect(await other.refused(DECIDE, decision(late))).toMatchObject({ code: 'APPROVAL_LATE' });
    await world.api.job('audit', 'expire-approvals');
    expect(await told(finance, 'Lapsed: what you asked for')).toBe(1);
    expect(await limit()).toEqual([{ limit: { minor: '1001' }, dueDays: 20 }]);
    expect(
      await finance.refused(
        TERMS,
        input({ ...terms('1').input, labId: '00000000-0000-7000-8000-00000000abcd' }),
      ),
    ).toMatchObject({
      code: 'LAB_UNKNOWN',
    });
  });
});

import type { Caller } from '../../../test/api';
import { DECIDE, decision, waitingFor } from '../../../test/approvals';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  putIn,
  running,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';

const BARRED =
  '{ approvalRequests(first: 50, state: "PENDING") { edges { node { action isOwn barred requestedByName } } } }';
const HOME = '{ homeForStaff { kind title sentence } }';
const OWN_MATTER = { code: 'OWN_MATTER' };
const RELEASE =
  'mutation($id: ID!) { releasePayoutHold(id: $id, reason: "The report about them was wrong") }';
const HOLD = 'mutation($input: HoldPayoutsInput!) { holdPayouts(input: $input) }';
const TERMS = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const POLICY = 'mutation($input: CreateTakeRatePolicyInput!) { createTakeRatePolicy(input: $input) { id } }';
const TAKE_BACK = 'mutation($input: TakeBackChargeInput!) { takeBackCharge(input: $input) }';
const WRITE_OFF = 'mutation($input: WriteOffOwedInput!) { writeOffOwed(input: $input) }';
const reason = 'It was looked at once more today.';

/** An expert, and a member of a lab, who hold staff roles too. Limits are ten whole units. */
describe('who holds a staff role too', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let member: Caller;
  let other: Caller;
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const input = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const make = (email: string, role: string) =>
    owner(`INSERT INTO staff_role SELECT id, $2, now() FROM account WHERE email = $1`, [email, role]);
  const barred = async (by: Caller, action: string) =>
    (await by.ask(BARRED)).approvalRequests.edges
      .map(({ node }: { node: { action: string } }) => node)
      .find((node: { action: string }) => node.action === action);
  const only = async (action: string) => {
    const [request] = await waitingFor(other, action);
    if (!request) throw new Error(`nothing waits for ${action}`);
    return request;
  };
  /** How often a request stands among what waits for somebody of the staff. */
  const atHome = async (by: Caller, summary: string) =>
    (await by.ask(HOME)).homeForStaff.filter(
      ({ kind, title, sentence }: Record<string, string>) =>
        kind === 'APPROVAL_TO_DECIDE' && `${title} ${sentence}`.includes(summary.replace(/\.$/, '')),
    ).length;
  const decidesNever = async (by: Caller, action: string) => {
    const request = await only(action);
    expect(await barred(by, action)).toMatchObject({
      isOwn: false,
      barred: 'This is about you or your lab: somebody else has to decide on it.',
    });
    expect(await barred(other, action)).toMatchObject({ barred: null });
    const { summary } = request;
    expect([await atHome(by, summary), await atHome(other, summary)]).toEqual([0, 1]);
    for (const word of ['APPROVE', 'DECLINE'] as const)
      expect(await by.refused(DECIDE, decision(request, word))).toMatchObject(OWN_MATTER);
    return request;
  };

  beforeAll(async () => {
    world = await moneyWorld({
      PAYOUT_APPROVAL_ABOVE: '10',
      REFUND_APPROVAL_ABOVE: '10',
      CREDIT_APPROVAL_ABOVE: '10',
    });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    other = await world.api.staff('other@example.org', ['FINANCE']);
    await putIn(world, lab, '900000');
    const engagementId = await running(world, lab, expert, 'Heart review');
    await chargedWeek(lab, expert, engagementId, [['08:00', '14:00']]);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(
      async () => (await owner(`SELECT 1 FROM payout_account WHERE state = 'ACTIVE'`)).length > 0,
    );
    const emailOf = async (by: Caller) => (await by.ask('{ viewer { email } }')).viewer.email as string;
    await make(await emailOf(expert), 'FINANCE');
    await make(await emailOf(lab), 'ADMIN');
    member = lab;
  }, 400_000);
  afterAll(() => world.stop());

  it('does not decide on a payout to themselves that the product asked for; that they tried is kept, and another does', async () => {
    await other.ask('mutation { runPayouts }');
    const request = await decidesNever(expert, 'payout.send');
    expect(await barred(expert, 'payout.send')).toMatchObject({ requestedByName: null });
    expect(
      await owner(
        `SELECT facts->>'refusal' AS refusal FROM journal_entry WHERE command = 'refuse-own-approval' AND subject_id = $1`,
        [request.id],
      ),
    ).toEqual([{ refusal: 'OWN_MATTER' }, { refusal: 'OWN_MATTER' }]);
    expect(await owner('SELECT 1 FROM approval_decision')).toEqual([]);
    await other.ask(DECIDE, decision(request));
  });

  it('neither holds their own payouts, nor releases a hold on them, nor decides on its release', async () => {
    const wish = { expertId: expert.expertId, reason, reviewOn: '2026-11-25T00:00:00Z' };
    expect(await expert.refused(HOLD, input(wish))).toMatchObject(OWN_MATTER);
    const id = (await other.ask(HOLD, input(wish))).holdPayouts as string;
    expect(await expert.refused(RELEASE, { id })).toMatchObject(OWN_MATTER);
    expect(await owner('SELECT released_at FROM payout_hold')).toEqual([{ released_at: null }]);
    // By another person it is released at once, or asked for where much is held.
    if (!(await member.ask(RELEASE, { id })).releasePayoutHold)
      await decidesNever(expert, 'payout.release-hold');
  });

  it('does not take back what they were paid, nor lets the platform bear what they owe, nor sets their own take rate', async () => {
    const [charge] = await owner('SELECT id FROM charge');
    const wish = { chargeId: charge.id, reason };
    for (const by of [expert, member])
      expect(await by.refused(TAKE_BACK, input(wish))).toMatchObject(OWN_MATTER);
    expect(
      await expert.refused(WRITE_OFF, input({ expertId: expert.expertId, currency: 'USD', reason })),
    ).toMatchObject(OWN_MATTER);
    const rate = { labFeePpm: 0, expertFeePpm: 0, effectiveFrom: '2027-03-01T00:00:00Z', reason };
    const pair = input({ labId: lab.labId, expertId: expert.expertId, scope: 'LAB_EXPERT', ...rate });
    for (const by of [expert, member]) expect(await by.refused(POLICY, pair)).toMatchObject(OWN_MATTER);
    await other.ask(POLICY, pair);
    for (const by of [expert, member]) {
      const [request] = await waitingFor(by, 'take-rate.set');
      expect(request && (await by.refused(DECIDE, decision(request)))).toMatchObject(OWN_MATTER);
    }
    const another = await world.api.staff('another@example.org', ['FINANCE']);
    await another.ask(TAKE_BACK, input(wish));
    await decidesNever(expert, 'charge.take-back');
    await decidesNever(member, 'charge.take-back');
  });

  it('does not decide on money of the lab whose member they are', async () => {
    const terms = input({ labId: lab.labId, amountMinor: '900000', currency: 'USD', dueDays: 30, reason });
    expect(await member.refused(TERMS, terms)).toMatchObject(OWN_MATTER);
    const another = await world.api.staff('third@example.org', ['FINANCE']);
    await another.ask(TERMS, terms);
    await decidesNever(member, 'credit.set-terms');
    await member.ask(REFUND, input({ amountMinor: '5000', currency: 'USD' }));
    const request = await only('refund.send');
    expect(await member.refused(DECIDE, decision(request))).toMatchObject({ code: 'OWN_REQUEST' });
    expect([await atHome(member, request.summary), await atHome(other, request.summary)]).toEqual([0, 1]);
  });

  it('reads on the home page what waits behind ever so much that they may not decide on', async () => {
    const insert = (labId: string, how: { words: string; many: number; at: string }) =>
      owner(
        `INSERT INTO approval_request (id, action, subject_type, subject_id, summary, payload, payload_sha256, reason, approvals_needed, state, created_at, expires_at)
         SELECT gen_random_uuid(), 'credit.set-terms', 'lab', gen_random_uuid(), $2, p, encode(sha256(convert_to(p, 'UTF8')), 'hex'), 'A reason.', 1, 'PENDING', $4::timestamptz, '2026-11-29'
         FROM generate_series(1, $3::int) n, LATERAL (SELECT json_build_object('labId', $1::text, 'currency', 'USD', 'limitMinor', '1', 'dueDays', n, 'termsReason', 'x', 'setById', $1::text)::text AS p) x`,
        [labId, how.words, how.many, how.at],
      );
    await insert(lab.labId, { words: 'Their own terms.', many: 120, at: '2026-11-16' });
    await insert(key(), { words: 'Terms of another lab.', many: 1, at: '2026-11-17' });
    expect([await atHome(member, 'Their own terms.'), await atHome(member, 'Terms of another lab.')]).toEqual(
      [0, 1],
    );
    expect(await atHome(other, 'Their own terms.')).toBe(10);
  });
});

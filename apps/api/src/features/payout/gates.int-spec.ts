import { canonicalJson } from '@tallystick/domain';
import { hashOf, sha256 } from '../../platform/crypto/digest';
import { DECIDE } from '../../../test/approvals';
import type { Caller } from '../../../test/api';
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
const BLOCKS =
  '{ payoutStanding { earnings { payable { minor } heldBack { minor } askable { minor } blocks { gate reason decidedBy until isAsked } } } }';
const PART = 'mutation($input: PayOutPartInput!) { payOutPart(input: $input) }';
const APPROVALS =
  '{ approvalRequests { edges { node { id action state summary isOwn payloadSha256 outcome approvalsNeeded payload { name value } decisions { decision approverName } } } } }';
const FIRST_OF_NEXT_DAY = '2026-11-24T12:00:00.000Z';
const because = 'a reason of this test';

/** One expert with 700.00 that are ready, and the gates that may hold them. */
describe('gates and four eyes', () => {
  let world: MoneyWorld;
  let expert: Expert;
  let finance: Caller;
  let other: Caller;
  let third: Caller;
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const money = async () => (await expert.ask(BLOCKS)).payoutStanding.earnings[0];
  const gates = async () => (await money()).blocks.map(({ gate }: { gate: string }) => gate);
  const day = (n: number) => world.api.clock.hold(new Date(NOON.getTime() + n * DAY_MS));
  const part = (minor: string) =>
    expert.ask(PART, { input: { amountMinor: minor, currency: 'USD', idempotencyKey: key() } });
  const approvals = async (by: Caller = finance) =>
    (await by.ask(APPROVALS)).approvalRequests.edges.map(({ node }: { node: object }) => node);
  /** The one of an action that waits: what is asked for at one held instant has no order. */
  const asked = async (action: string) =>
    (await approvals()).find(
      (each: { action: string; state: string }) => each.action === action && each.state === 'PENDING',
    );
  const decide = (by: Caller, request: { id: string; payloadSha256: string }, decision = 'APPROVE') =>
    by.ask(DECIDE, {
      input: { id: request.id, decision, payloadSha256: request.payloadSha256, reason: because },
    });
  const refusedTo = (by: Caller, request: { id: string; payloadSha256: string }) =>
    by.refused(DECIDE, {
      input: {
        ...{ id: request.id, payloadSha256: request.payloadSha256 },
        decision: 'APPROVE',
        reason: because,
      },
    });
  const run = () => finance.ask('mutation { runPayouts }');
  const jobs = () => world.api.runJobs();
  /** The gates that the payout itself names. */
  const waiting = async () =>
    (
      await expert.ask('{ myPayouts(state: "GATED") { edges { node { blocks { gate } } } } }')
    ).myPayouts.edges.flatMap(({ node }: { node: { blocks: { gate: string }[] } }) =>
      node.blocks.map(({ gate }) => gate),
    );

  beforeAll(async () => {
    world = await moneyWorld({
      PAYOUT_APPROVAL_ABOVE: '200',
      PAYOUTS_PER_DAY: '2',
      SESSION_IDLE_SECONDS: '9999999',
      SESSION_MAX_SECONDS: '9999999',
    });
    await owner(`UPDATE tax_threshold SET threshold_minor = 60000 WHERE form = '1099-NEC' AND year = 2026`);
    const lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    third = await world.api.staff('third@example.org', ['ADMIN']);
    await putIn(world, lab, '500000');
    const engagementId = await running(world, lab, expert, 'Heart review');
    await chargedWeek(lab, expert, engagementId, [['08:00', '14:00']]);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(async () => !(await gates()).includes('PAYOUT_ACCOUNT'));
  }, 400_000);
  afterAll(() => world.stop());

  it('holds what is above the limit until another person has approved exactly that, and sends it once', async () => {
    const fourEyes = async () =>
      (await money()).blocks.find(({ gate }: { gate: string }) => gate === 'FOUR_EYES');
    // What needs nobody is payable and may be asked for; only the rest is held, and nobody was asked about it yet.
    expect(await money()).toMatchObject({
      payable: { minor: '20000' },
      askable: { minor: '20000' },
      heldBack: { minor: `${6 * 12_345 - 20_000}` },
      blocks: [{ gate: 'TAX_FORM' }, { gate: 'FOUR_EYES', isAsked: false }],
    });
    expect((await part('30000')).payOutPart).toBe(0);
    expect(await fourEyes()).toMatchObject({ isAsked: true, until: '2026-11-20T00:00:00.000Z' });
    const kept = await owner(`SELECT blocks FROM payout WHERE state = 'GATED'`);
    expect(kept).toMatchObject([{ blocks: [{ gate: 'FOUR_EYES', isAsked: true }] }]);
    const [request] = await approvals();
    expect(request).toMatchObject({
      action: 'payout.send',
      state: 'PENDING',
      isOwn: false,
      approvalsNeeded: 1,
    });
    expect(request.payload).toContainEqual({ name: 'amountMinor', value: '30000' });
    // Whoever read something else has not approved this.
    expect(await refusedTo(finance, { ...request, payloadSha256: hashOf('other') })).toMatchObject({
      code: 'APPROVAL_CHANGED',
    });
    await decide(finance, request);
    expect(await refusedTo(other, request)).toMatchObject({ code: 'APPROVAL_CLOSED' });
    await jobs();
    await Promise.all(
      [1, 2].map(() => world.api.job('audit', 'execute-approval', { requestId: request.id })),
    );
    expect(await owner(`SELECT state, amount_minor::text FROM payout WHERE state <> 'GATED'`)).toMatchObject([
      { amount_minor: '30000' },
    ]);
    expect(await world.atRail('transfer')).toBe(1);
    expect((await approvals())[0]).toMatchObject({ state: 'EXECUTED' });
  });

  it('lets nobody decide on what they asked for, not even the database, and nobody twice', async () => {
    const payload = (needed: number) => canonicalJson({ planted: needed });
    const [me] = await owner(`SELECT id FROM account WHERE email = 'finance@example.org'`);
    const plant = (needed: number, text = payload(needed)) =>
      owner(
        `INSERT INTO approval_request (id, action, subject_type, subject_id, summary, payload, payload_sha256, requested_by_id, reason, approvals_needed, created_at, expires_at)
         VALUES (gen_random_uuid(), 'planted', 'test', gen_random_uuid(), 'Planted.', $1, $2, $3, 'x', $4, $5, $5::timestamptz + interval '1 day') RETURNING id, payload_sha256 AS "payloadSha256"`,
        [text, sha256(payload(needed)).toString('hex'), me?.id, needed, world.api.clock.now()],
      );
    await expect(plant(1, 'other')).rejects.toThrow('hash is not of this payload');
    const [two] = (await plant(2)) as [{ id: string; payloadSha256: string }];
    expect(await refusedTo(finance, two)).toMatchObject({ code: 'OWN_REQUEST' });
    await expect(
      owner(`INSERT INTO approval_decision VALUES ($1, $2, 'APPROVE', 'x', $3, now())`, [
        two.id,
        me?.id,
        two.payloadSha256,
      ]),
    ).rejects.toThrow('nobody decides');
    await expect(owner(`UPDATE approval_request SET payload = '{}' WHERE id = $1`, [two.id])).rejects.toThrow(
      'does not change',
    );
    await decide(other, two);
    expect(await refusedTo(other, two)).toMatchObject({ code: 'DECIDED_ALREADY' });
    await expect(
      owner(`UPDATE approval_request SET state = 'APPROVED' WHERE id = $1`, [two.id]),
    ).rejects.toThrow('not enough');
    const [late] = (await plant(1)) as [{ id: string; payloadSha256: string }];
    day(2);
    expect(await refusedTo(third, late)).toMatchObject({ code: 'APPROVAL_LATE' });
    await world.api.job('audit', 'expire-approvals');
    expect(await owner(`SELECT state FROM approval_request WHERE id = $1`, [late.id])).toEqual([
      { state: 'EXPIRED' },
    ]);
    expect(await expert.refused(APPROVALS)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('asks for a tax form before much is paid in a year, and opens once it is signed', async () => {
    expect(await gates()).toEqual(['TAX_FORM', 'FOUR_EYES']);
    const SIGN =
      'mutation($input: SignTaxFormInput!) { signTaxForm(input: $input) { kind state expiresOn } }';
    const FROM = '{ myTaxForm { requiredYear requiredFrom { minor currency } } }';
    const from = (minor: string, currency = 'USD') => ({
      requiredYear: 2026,
      requiredFrom: { minor, currency },
    });
    expect((await expert.ask(FROM)).myTaxForm).toEqual(from('60000'));
    expect((await money()).blocks[0].reason).toContain('your 2026 comes to US$600.00 or more.');
    // A country with a threshold of its own has that one; a currency without one waits for the form at once.
    await owner(`INSERT INTO tax_threshold (form, year, country, currency, threshold_minor, is_reached_at, source)
      VALUES ('1099-NEC', 2026, 'US', 'USD', 90000, true, 'planted')`);
    expect((await expert.ask(FROM)).myTaxForm).toEqual(from('90000'));
    expect(await gates()).toEqual(['FOUR_EYES']);
    await owner(`DELETE FROM tax_threshold WHERE source = 'planted'`);
    const form = { kind: 'W9', signedName: 'dr  ana', isUnderPerjury: true };
    expect(await expert.refused(SIGN, { input: { ...form, isUnderPerjury: false } })).toMatchObject({
      code: 'NOT_CERTIFIED',
      field: 'isUnderPerjury',
    });
    expect(await expert.refused(SIGN, { input: { ...form, signedName: 'Dr Bob' } })).toMatchObject({
      code: 'OTHER_NAME',
      field: 'signedName',
    });
    expect(await expert.refused(SIGN, { input: { ...form, kind: 'W8BEN' } })).toMatchObject({
      code: 'OTHER_FORM',
      field: 'kind',
      message: expect.stringContaining('you live in the United States: sign form W-9'),
    });
    await run();
    expect(await waiting()).toEqual(['TAX_FORM', 'FOUR_EYES']);
    expect((await expert.ask(SIGN, { input: form })).signTaxForm).toEqual({
      kind: 'W9',
      state: 'SIGNED',
      expiresOn: null,
    });
    expect(await gates()).toEqual(['FOUR_EYES']);
    // The payout that waits no longer names the form, and nothing was sent for it.
    await jobs();
    expect(await waiting()).toEqual(['FOUR_EYES']);
    expect(JSON.stringify(await owner('SELECT * FROM tax_form'))).not.toMatch(/ana/i);
  });

  it('stops all payouts by one person and opens them by two', async () => {
    const STOP = 'mutation { stopPayouts(reason: "The bank looks at something") { isStopped byName } }';
    const OPEN =
      'mutation { openPayouts(reason: "The bank has found nothing") { isStopped isOpeningAsked } }';
    expect((await finance.ask(STOP)).stopPayouts).toEqual({ isStopped: true, byName: 'finance' });
    expect(await other.refused(STOP)).toMatchObject({ code: 'ALREADY_STOPPED' });
    expect((await money()).blocks[0]).toMatchObject({
      gate: 'STOPPED',
      reason: 'All payouts are stopped for a check: The bank looks at something.',
      decidedBy: 'PLATFORM',
      until: expect.any(String),
    });
    expect((await finance.ask(OPEN)).openPayouts).toEqual({ isStopped: true, isOpeningAsked: true });
    const request = await asked('payout.open-switch');
    expect(await refusedTo(finance, request)).toMatchObject({ code: 'OWN_REQUEST' });
    await decide(other, request);
    await jobs();
    expect(await gates()).toEqual(['FOUR_EYES']);
    await expect(
      owner(
        `INSERT INTO payout_switch (id, is_stopped, reason, at) VALUES (gen_random_uuid(), false, 'x', now())`,
      ),
    ).rejects.toThrow('payout_switch_opened_by_two');
  });

  it('holds one expert with a reason and a date that they read; releasing much needs another person', async () => {
    const HOLD = 'mutation($input: HoldPayoutsInput!) { holdPayouts(input: $input) }';
    const [{ id: expertId }] = (await owner('SELECT expert_id AS id FROM payout_account')) as [
      { id: string },
    ];
    const hold = (days: number) => ({
      input: {
        expertId,
        reason: 'We look at a report about hours',
        reviewOn: new Date(world.api.clock.now().getTime() + days * DAY_MS),
        idempotencyKey: key(),
      },
    });
    expect(await finance.refused(HOLD, hold(15))).toMatchObject({
      code: 'REVIEW_TOO_LATE',
      field: 'reviewOn',
    });
    expect(await finance.refused(HOLD, hold(-300))).toMatchObject({
      code: 'REVIEW_IN_PAST',
      field: 'reviewOn',
    });
    // Two clicks are one hold.
    const clicked = hold(3);
    const ids = await Promise.all(
      [1, 2].map(async () => (await finance.ask(HOLD, clicked)).holdPayouts as string),
    );
    expect(new Set(ids).size).toBe(1);
    const [id] = ids;
    expect(await owner('SELECT count(*)::int AS n FROM payout_hold WHERE released_at IS NULL')).toEqual([
      { n: 1 },
    ]);
    expect((await money()).blocks[0]).toMatchObject({
      gate: 'HOLD',
      reason: 'We look at a report about hours.',
      decidedBy: 'PLATFORM',
      until: expect.stringMatching(/^2026-11-23/),
    });
    await run();
    const { payoutHolds, heldMoney } = await finance.ask(
      '{ payoutHolds { edges { node { reason placedByName } } } heldMoney { gate fromDays count } }',
    );
    expect(payoutHolds.edges[0].node).toEqual({
      reason: 'We look at a report about hours',
      placedByName: 'finance',
    });
    expect(heldMoney).toContainEqual({ gate: 'HOLD', fromDays: 0, count: 1 });
    const RELEASE = 'mutation($id: ID!) { releasePayoutHold(id: $id, reason: "The report was wrong") }';
    expect((await finance.ask(RELEASE, { id })).releasePayoutHold).toBe(false);
    const request = await asked('payout.release-hold');
    // The amount is that of the day, and says so: less may lie in the hold when somebody reads it.
    expect(request.summary).toMatch(/^Release a hold on US\$[\d.,]+, as of 20 November 2026\.$/);
    await decide(third, request);
    await jobs();
    expect(await gates()).toEqual(['FOUR_EYES']);
    expect(await finance.refused(RELEASE, { id })).toMatchObject({ code: 'HOLD_RELEASED' });
    // What one person releases at once ends what another was asked when more lay in it.
    const { expertId: poorId } = await newExpert(world.api, 'Dr Bob');
    const small = hold(3);
    const held = (await finance.ask(HOLD, { input: { ...small.input, expertId: poorId } })).holdPayouts;
    await owner(
      `INSERT INTO approval_request (id, action, subject_type, subject_id, summary, payload, payload_sha256, reason, created_at, expires_at)
       VALUES (gen_random_uuid(), 'payout.release-hold', 'payout-hold', $1, 'Planted.', '{}', $2, 'x', $3, $3::timestamptz + interval '1 day')`,
      [held, sha256('{}').toString('hex'), world.api.clock.now()],
    );
    expect((await finance.ask(RELEASE, { id: held })).releasePayoutHold).toBe(true);
    expect(await owner('SELECT state FROM approval_request WHERE subject_id = $1', [held])).toEqual([
      { state: 'OVERTAKEN' },
    ]);
  });

  it('holds who is paid in a place on the list until a person decides, and asks only once', async () => {
    await owner(
      `INSERT INTO sanctioned_place VALUES ('US', 'The United States', 'planted', '2020-01-01', NULL)`,
    );
    expect(await gates()).toEqual(['SANCTIONS', 'FOUR_EYES']);
    await run();
    await run();
    const holds = (await finance.ask('{ payoutHolds { edges { node { id kind reason placedByName } } } }'))
      .payoutHolds.edges;
    expect(holds).toMatchObject([{ node: { kind: 'SANCTIONS', placedByName: null } }]);
    await finance.ask(
      'mutation($id: ID!) { releasePayoutHold(id: $id, reason: "The list is for this test") }',
      { id: holds[0].node.id },
    );
    await decide(other, await asked('payout.release-hold'));
    await jobs();
    expect(await gates()).toEqual(['FOUR_EYES']);
    await owner(`DELETE FROM sanctioned_place WHERE place = 'US'`);
  });

  it('waits after another bank account was set, and tells the expert by mail', async () => {
    const { id: objectId } = await world.newestAtRail('account');
    await world.control('actions', { action: 'change_bank', objectId });
    await world.settle(async () => (await gates()).includes('BANK_CHANGE'));
    await jobs();
    expect((await money()).blocks[0]).toMatchObject({
      gate: 'BANK_CHANGE',
      decidedBy: 'TIME',
      until: '2026-11-23T12:00:00.000Z',
    });
    expect(
      await owner(`SELECT count(*)::int AS n FROM mail WHERE subject LIKE 'Another bank account%'`),
    ).toEqual([{ n: 1 }]);
    day(5);
    expect(await gates()).toEqual(['FOUR_EYES']);
  });

  it('sends only so many payouts a day', async () => {
    expect([(await part('1000')).payOutPart, (await part('1000')).payOutPart]).toEqual([1, 1]);
    // The count is of the day: no run of today opens it.
    const closed = (await money()).blocks.find(({ gate }: { gate: string }) => gate === 'VELOCITY');
    expect([(await money()).askable.minor, closed.until]).toEqual(['0', FIRST_OF_NEXT_DAY]);
    expect(
      await expert.refused(PART, { input: { amountMinor: '1000', currency: 'USD', idempotencyKey: key() } }),
    ).toMatchObject({
      code: 'PAYOUT_HELD',
      message: expect.stringContaining('tomorrow'),
    });
  });
});

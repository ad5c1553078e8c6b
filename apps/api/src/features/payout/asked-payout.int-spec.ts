import type { Caller } from '../../../test/api';
import { approve, decision, DECIDE, waitingFor } from '../../../test/approvals';
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
const MONEY = '{ payoutStanding { earnings { blocks { gate reason until isAsked wasAsked } } } }';
const PART = 'mutation($input: PayOutPartInput!) { payOutPart(input: $input) }';
const ALL =
  '{ approvalRequests { edges { node { id state promisedBy expiresAt outcome hindrance amount { minor } decisions { decision } } } } }';
const SEND = 'payout.send';

/** One expert with 740.70 that are ready; what goes out above 200.00 is asked of a person. */
describe('a payout that a person was asked about', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let finance: Caller;
  let other: Caller;
  let engagementId = '';
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const part = (amountMinor: string) => ({ input: { amountMinor, currency: 'USD', idempotencyKey: key() } });
  const fourEyes = async () =>
    (await expert.ask(MONEY)).payoutStanding.earnings[0].blocks.find(
      ({ gate }: { gate: string }) => gate === 'FOUR_EYES',
    );
  const all = async () =>
    (await finance.ask(ALL)).approvalRequests.edges.map(({ node }: { node: object }) => node);
  const waits = async (amount?: string) =>
    (await all()).filter(
      (each: { state: string; amount: { minor: string } | null }) =>
        each.state === 'PENDING' && (amount === undefined || each.amount?.minor === amount),
    );
  const run = () => finance.ask('mutation { runPayouts }');
  const told = async () =>
    (await owner(`SELECT body FROM notification WHERE kind = 'APPROVAL_ENDED' ORDER BY created_at`)).map(
      ({ body }) => body as string,
    );

  beforeAll(async () => {
    world = await moneyWorld({
      PAYOUT_APPROVAL_ABOVE: '200',
      SESSION_IDLE_SECONDS: '9999999',
      SESSION_MAX_SECONDS: '9999999',
    });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    await putIn(world, lab, '900000');
    engagementId = await running(world, lab, expert, 'Heart review');
    await chargedWeek(lab, expert, engagementId, [['08:00', '14:00']]);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(
      async () => (await owner(`SELECT 1 FROM payout_account WHERE state = 'ACTIVE'`)).length > 0,
    );
  }, 400_000);
  afterAll(() => world.stop());

  it('needs nobody up to a limit that each currency has for itself, and somebody always where it has none', async () => {
    const { approvalLimits } = await finance.ask(
      '{ approvalLimits { currency payout { minor } refund { minor } credit { minor } } }',
    );
    const of = (code: string) =>
      approvalLimits.find(({ currency }: { currency: string }) => currency === code);
    expect(of('USD')).toMatchObject({ payout: { minor: '20000' }, refund: { minor: '2500000' } });
    expect(of('JPY')).toMatchObject({
      payout: { minor: '0' },
      refund: { minor: '2500000' },
      credit: { minor: '2500000' },
    });
  });

  it('shows who decides the day that its expert was promised, which does not move, and when it lapses', async () => {
    expect(await fourEyes()).toMatchObject({ isAsked: false, wasAsked: null });
    await expert.ask(PART, part('30000'));
    const promisedBy = '2026-11-20T00:00:00.000Z';
    const expiresAt = new Date(NOON.getTime() + 7 * DAY_MS).toISOString();
    world.api.clock.hold(new Date(NOON.getTime() + DAY_MS));
    expect(await waits()).toMatchObject([{ promisedBy, expiresAt }]);
    expect(await fourEyes()).toMatchObject({ isAsked: true, until: promisedBy });
    await expect(
      owner(`UPDATE approval_request SET promised_by = promised_by + interval '1 day'`),
    ).rejects.toThrow('does not change');
    world.api.clock.hold(NOON);
  });

  it('is not replaced by another amount: that is refused with what waits, and nothing is lost', async () => {
    expect(await expert.refused(PART, part('50000'))).toMatchObject({
      code: 'APPROVAL_WAITS',
      message: expect.stringContaining('asked on 18 November 2026 to approve a payout of US$300.00'),
    });
    expect(await all()).toMatchObject([{ state: 'PENDING', amount: { minor: '30000' } }]);
    expect(await fourEyes()).toMatchObject({
      isAsked: true,
      reason: expect.stringContaining('They were asked on 18 November 2026 about US$300.00.'),
    });
  });

  it('lapses by itself once some of it left, and the expert reads when, why and what comes next', async () => {
    await expert.ask(PART, part('10000'));
    // It carries a part of one line; the rest of that line's pay is in other payouts, and the expert reads how much.
    const { myPayouts } = await expert.ask(
      '{ myPayouts(first: 5) { edges { node { amount { minor } linesElsewhere { minor } lines { tally { pay { minor } } } } } } }',
    );
    const sent = myPayouts.edges.map(({ node }: { node: { amount: object } }) => node);
    const pay = `${6 * 12_345}`;
    expect(sent.filter(({ lines }: { lines: object[] }) => lines.length > 0)).toEqual([
      {
        amount: { minor: '10000' },
        linesElsewhere: { minor: `${6 * 12_345 - 10_000}` },
        lines: [{ tally: { pay: { minor: pay } } }],
      },
    ]);
    expect(await all()).toMatchObject([
      { state: 'OVERTAKEN', outcome: 'US$100.00 of it was sent meanwhile.', decisions: [] },
    ]);
    expect(
      await owner(`SELECT from_state, to_state FROM journal_entry WHERE to_state = 'OVERTAKEN'`),
    ).toEqual([{ from_state: 'PENDING', to_state: 'OVERTAKEN' }]);
    expect(await told()).toEqual([expect.stringContaining('US$100.00 of it was sent meanwhile.')]);
    expect(await fourEyes()).toMatchObject({
      isAsked: false,
      wasAsked: true,
      reason: expect.stringContaining(
        'They were asked on 18 November 2026 about US$300.00; that request ended on 18 November 2026: US$100.00 of it was sent meanwhile.',
      ),
    });
  });

  it('is asked again about what is left by the next run, and stays what was asked though more is earned', async () => {
    await run();
    const left = `${6 * 12_345 - 10_000}`;
    expect(await waits()).toMatchObject([{ amount: { minor: left } }]);
    await chargedWeek(lab, expert, engagementId, [['14:00', '15:00']]);
    const [before] = await waits();
    await run();
    expect(await waits()).toEqual([before]);
  });

  it('stands on the home page of who may decide on it, and of nobody who asked for it or has decided', async () => {
    const HOME = '{ homeForStaff { kind title link since due } }';
    const onHome = async (by: Caller) =>
      (await by.ask(HOME)).homeForStaff.filter(({ kind }: { kind: string }) => kind === 'APPROVAL_TO_DECIDE');
    const auditor = await world.api.staff('auditor@example.org', ['AUDITOR']);
    expect(await onHome(auditor)).toEqual([]);
    expect(await onHome(finance)).toEqual([
      {
        kind: 'APPROVAL_TO_DECIDE',
        title: 'Approve or decline: Pay US$640.70 to an expert',
        link: '/admin/approvals',
        since: NOON.toISOString(),
        due: '2026-11-20T00:00:00.000Z',
      },
    ]);
    await finance.ask('mutation { stopPayouts(reason: "The bank looks at something") { isStopped } }');
    await finance.ask('mutation { openPayouts(reason: "The bank found nothing at all") { isStopped } }');
    expect(await onHome(finance)).toHaveLength(1);
    expect(await onHome(other)).toHaveLength(2);
    await approve(other, 'payout.open-switch');
    expect(await onHome(other)).toHaveLength(1);
  });

  it('goes on waiting where another gate closed: who decides is told before and when they decide', async () => {
    const [{ id: expertId }] = (await owner('SELECT expert_id AS id FROM payout_account')) as [
      { id: string },
    ];
    const { holdPayouts: id } = await finance.ask(
      'mutation($input: HoldPayoutsInput!) { holdPayouts(input: $input) }',
      {
        input: {
          expertId,
          reason: 'We look at a report about hours',
          reviewOn: new Date(NOON.getTime() + 3 * DAY_MS),
          idempotencyKey: key(),
        },
      },
    );
    // Whoever asks for another part meanwhile reads what holds it, not who was asked.
    const refused = await expert.refused(PART, part('30000'));
    expect(refused).toMatchObject({
      code: 'PAYOUT_HELD',
      message: 'Nothing was sent and nothing is lost. We look at a report about hours.',
    });
    const [request] = await waitingFor(other, SEND);
    expect(await waits(`${6 * 12_345 - 10_000}`)).toMatchObject([
      { hindrance: 'We look at a report about hours.' },
    ]);
    expect(await other.refused(DECIDE, decision(request!))).toMatchObject({
      code: 'APPROVAL_NOT_NOW',
      message: expect.stringContaining('We look at a report about hours.'),
    });
    expect((await waits(`${6 * 12_345 - 10_000}`))[0].decisions).toEqual([]);
    await finance.ask('mutation($id: ID!) { releasePayoutHold(id: $id, reason: "The report was wrong") }', {
      id,
    });
    await approve(other, 'payout.release-hold');
    expect(await waits()).toMatchObject([{ hindrance: null }]);
    await approve(other, SEND);
    expect(await waits()).toEqual([]);
    expect(
      await owner(`SELECT amount_minor::text AS n FROM payout WHERE state <> 'GATED' ORDER BY amount_minor`),
    ).toEqual([{ n: '10000' }, { n: `${6 * 12_345 - 10_000}` }]);
  });

  it('lapses where less is payable, because a charge was taken back', async () => {
    await world.api.runJobs();
    await chargedWeek(lab, expert, engagementId, [['15:00', '17:00']]);
    await run();
    expect(await waits(`${3 * 12_345}`)).toHaveLength(1);
    const [charge] = await owner('SELECT id FROM charge ORDER BY charged_at DESC, agreed_minor DESC LIMIT 1');
    await finance.ask('mutation($input: TakeBackChargeInput!) { takeBackCharge(input: $input) }', {
      input: {
        chargeId: charge?.id,
        agreedMinor: '5000',
        reason: 'An hour was logged twice',
        idempotencyKey: key(),
      },
    });
    await world.api.runJobs();
    expect(await waits()).toEqual([]);
    expect(await all()).toContainEqual(
      expect.objectContaining({
        state: 'OVERTAKEN',
        outcome: `Only US$${((3 * 12_345 - 5000) / 100).toFixed(2)} of it is payable now.`,
      }),
    );
    await run();
    expect(await waits(`${3 * 12_345 - 5000}`)).toHaveLength(1);
  });

  it('does not keep what needs nobody: asked to pay out now, it sends what the page offers', async () => {
    const askable = async () =>
      (await expert.ask('{ payoutStanding { earnings { askable { minor } } } }')).payoutStanding.earnings[0]
        .askable.minor;
    const asked = async () =>
      (
        await owner(
          `SELECT amount_minor::text AS n FROM payout WHERE state <> 'GATED' ORDER BY requested_at DESC, id DESC LIMIT 1`,
        )
      )[0]?.n;
    world.api.clock.hold(new Date(NOON.getTime() + DAY_MS));
    expect([await askable(), (await waits()).length]).toEqual(['20000', 1]);
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(1);
    expect([await asked(), await askable()]).toEqual(['20000', '0']);
    // What is left is a person's to approve, and is asked for once.
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(0);
    expect(await waits()).toMatchObject([{ amount: { minor: `${3 * 12_345 - 5000 - 20_000}` } }]);
  });
});

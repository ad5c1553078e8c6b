import { canonicalJson } from '@tallystick/domain';
import { DECIDE } from '../../../test/approvals';
import type { Caller } from '../../../test/api';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import { faultsOf } from '../../../test/proof';
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
import { sha256 } from '../../platform/crypto/digest';

const DAY_MS = 86_400_000;
const SAVE = 'mutation($input: SaveViewInput!) { saveView(input: $input) }';
const VIEWS = '{ savedViews(list: "/admin/margins") { id name search isShared isOwn } }';
const POLICY = 'mutation($input: CreateTakeRatePolicyInput!) { createTakeRatePolicy(input: $input) { id } }';
/** Of payments that come in: 0.8 % and 30 cents; of each payout: 25 cents. */
const railFee = (minor: number) => (minor * 8) / 1000 + 30;

/**
 * Two labs and one expert at 123.45 an hour: two hours for Cumulus, one for Stratus. Fees of 15 %, halves to the even
 * cent: 24690 and 3704, 12345 and 1852.
 */
describe('views of money', () => {
  let world: MoneyWorld;
  let [cumulus, stratus] = [] as unknown as [Lab, Lab];
  let expert: Expert;
  let [finance, other] = [] as unknown as [Caller, Caller];
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const nodes = async (field: string, args: string, fields: string) =>
    (await finance.ask(`{ ${field}${args} { totalCount edges { node { ${fields} } } } }`))[field].edges.map(
      ({ node }: { node: object }) => node,
    );
  const headline = async (view: string) =>
    (await finance.ask('{ moneyHeadlines { view count of ppm amounts { minor } } }')).moneyHeadlines.find(
      (row: { view: string }) => row.view === view,
    );

  beforeAll(async () => {
    world = await moneyWorld({ SESSION_IDLE_SECONDS: '9999999', SESSION_MAX_SECONDS: '9999999' });
    await world.control('fees', { payment_ppm: 8000, payment_fixed: 30, payout_fixed: 25 });
    cumulus = await vettedLab(world.api, 'Cumulus');
    stratus = await vettedLab(world.api, 'Stratus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    await putIn(world, cumulus, '500000');
    await putIn(world, stratus, '300000');
    await chargedWeek(cumulus, expert, await running(world, cumulus, expert, 'Heart'), [['09:00', '11:00']]);
    await chargedWeek(stratus, expert, await running(world, stratus, expert, 'Lung'), [['12:00', '13:00']]);
  });
  afterAll(() => world.stop());

  it('adds up what was kept by week and lab, page by page, with the policies that gave it', async () => {
    const week = {
      at: '2026-11-16T00:00:00.000Z',
      currency: 'USD',
      lines: 1,
      policyIds: [expect.any(String)],
    };
    const rows = [
      {
        ...week,
        name: 'Cumulus',
        agreed: { minor: '24690' },
        fee: { minor: '3704' },
        takeRatePpm: 150_020,
        medianPpm: 150_020,
      },
      {
        ...week,
        name: 'Stratus',
        agreed: { minor: '12345' },
        fee: { minor: '1852' },
        takeRatePpm: 150_020,
        medianPpm: 150_020,
      },
    ];
    const FIELDS = 'at name currency lines policyIds agreed { minor } fee { minor } takeRatePpm medianPpm';
    const found = await nodes('takeRatePeriods', '(period: "WEEK", by: "LAB")', FIELDS);
    expect(found.sort((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1))).toEqual(
      rows,
    );
    const paged = async (after?: string) =>
      (
        await finance.ask(
          `query($after: String) { takeRatePeriods(first: 1, after: $after, period: "MONTH", by: "LAB") { totalCount edges { cursor node { name } } pageInfo { hasNextPage } } }`,
          { after },
        )
      ).takeRatePeriods;
    const first = await paged();
    const second = await paged(first.edges[0].cursor);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
      2,
      true,
      false,
    ]);
    expect(new Set([first, second].map(({ edges }) => edges[0].node.name))).toEqual(
      new Set(['Cumulus', 'Stratus']),
    );
    const { takeRateLines } = await finance.ask(
      `{ takeRateLines(period: "WEEK", by: "EXPERT") { name lines agreed { minor } } }`,
    );
    expect(takeRateLines).toEqual([{ name: 'Dr Ana', lines: 2, agreed: { minor: `${24690 + 12345}` } }]);
    expect(await headline('TAKE_RATE')).toMatchObject({
      count: 2,
      ppm: 150_020,
      amounts: [{ minor: `${3704 + 1852}` }],
    });
  });

  it('finds the one line that is not what its contract gives, and says by how much', async () => {
    const DIFFERENT =
      'seconds agreed { minor } agreedDifference { minor } feeDifference { minor } isOtherTerms';
    const looked = await nodes(
      'contractChecks',
      '',
      'isDifferent agreed { minor } charged { minor } feeAgreed { minor } feeTaken { minor } payBooked { minor }',
    );
    expect(looked).toHaveLength(2);
    expect(looked).toContainEqual({
      isDifferent: false,
      agreed: { minor: '24690' },
      charged: { minor: '24690' },
      feeAgreed: { minor: '3704' },
      feeTaken: { minor: '3704' },
      payBooked: { minor: '24690' },
    });
    expect(await nodes('contractChecks', '(isDifferent: true)', DIFFERENT)).toEqual([]);
    const planted = (sign: string) =>
      owner(
        `ALTER TABLE charge DISABLE TRIGGER USER; UPDATE charge SET agreed_minor = agreed_minor ${sign} 1 WHERE seconds = 3600; ALTER TABLE charge ENABLE TRIGGER USER`,
      );
    await planted('+');
    expect(await nodes('contractChecks', '(isDifferent: true)', DIFFERENT)).toEqual([
      {
        seconds: 3600,
        agreed: { minor: '12345' },
        agreedDifference: { minor: '1' },
        feeDifference: { minor: '0' },
        isOtherTerms: false,
      },
    ]);
    expect(await headline('CONTRACT')).toMatchObject({ count: 1, of: 2 });
    await planted('-');
  });

  it('says how long money has waited, and where it came from', async () => {
    world.api.clock.hold(new Date(NOON.getTime() + 9 * DAY_MS));
    const { waitingMoney } = await finance.ask(
      `{ waitingMoney(kind: "expert_payable") { kind fromDays toDays count amount { minor } accountCode ledgerTransactionId } }`,
    );
    const [oldest] = await owner(
      'SELECT ledger_transaction_id AS id FROM charge ORDER BY charged_at, ledger_transaction_id',
    );
    expect(waitingMoney).toEqual([
      {
        kind: 'expert_payable',
        fromDays: 8,
        toDays: 14,
        count: 2,
        amount: { minor: `${24690 + 12345}` },
        accountCode: `expert_payable:${expert.expertId}:USD`,
        ledgerTransactionId: expect.any(String),
      },
    ]);
    const items = await nodes(
      'waitingItems',
      '(kind: "expert_payable", fromDays: 8)',
      'ownerName days amount { minor } ledgerTransactionId',
    );
    expect(items).toHaveLength(2);
    expect(items).toContainEqual({
      ownerName: 'Dr Ana',
      days: 9,
      amount: { minor: '24690' },
      ledgerTransactionId: expect.any(String),
    });
    expect(items.map((each: { ledgerTransactionId: string }) => each.ledgerTransactionId)).toContain(
      oldest?.id,
    );
    expect(await nodes('waitingItems', '(kind: "expert_payable", fromDays: 10)', 'days')).toEqual([]);
  });

  it('measures the time from approval to payment, and what the rail leaves of each fee', async () => {
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    const standing = async () => (await expert.ask('{ payoutStanding { accountState } }')).payoutStanding;
    await world.settle(async () => (await standing()).accountState === 'ACTIVE');
    await finance.ask('mutation { runPayouts }');
    await world.settle(async () => (await owner(`SELECT 1 FROM payout WHERE state = 'PAID'`)).length === 1);
    await world.settle(
      async () => (await owner('SELECT 1 FROM payout WHERE rail_fee_minor = 25')).length === 1,
    );
    // The payout arrives whole: the platform's own balance pays the fee, and the books say so.
    expect(
      await owner(`SELECT 1 FROM payout WHERE state = 'PAID' AND bank_amount_minor = amount_minor`),
    ).toHaveLength(1);
    // Also where nobody has read the rail's movements yet.
    expect((await faultsOf(finance)).filter((fault) => fault.startsWith('the rail has'))).toEqual([]);
    await finance.ask('mutation { reconcileRail }');
    await world.api.runJobs();
    expect(
      await owner(
        `SELECT p.amount::int FROM ledger.posting p JOIN ledger.ledger_transaction t ON t.id = p.transaction_id WHERE t.kind = 'payout-fee'`,
      ),
    ).toEqual([{ amount: 25 }]);
    const [row] = await owner(
      `SELECT p.paid_at, extract(epoch FROM p.paid_at - c.charged_at)::int AS seconds FROM payout p, charge c WHERE p.state = 'PAID' ORDER BY 2 DESC`,
    );
    const { timeToPaid } = await finance.ask(
      '{ timeToPaid(period: "MONTH") { currency lines medianSeconds p90Seconds mostSeconds } }',
    );
    expect(timeToPaid).toMatchObject([
      { currency: 'USD', lines: 2, mostSeconds: row?.seconds, p90Seconds: row?.seconds },
    ]);
    const slowest = await nodes('paidLines', '', 'seconds labName pay { minor }');
    expect(slowest).toHaveLength(2);
    expect(slowest[0]).toMatchObject({ seconds: row?.seconds });
    expect(await nodes('paidLines', `(labId: "${stratus.labId}")`, 'labName pay { minor }')).toEqual([
      { labName: 'Stratus', pay: { minor: '12345' } },
    ]);
    const sums = async (labId: string) => {
      const rows = await nodes(
        'margins',
        `(labId: "${labId}")`,
        'price { minor } fee { minor } railIn { minor } railOut { minor } margin { minor }',
      );
      const sum = (name: string) =>
        rows.reduce(
          (so: number, each: Record<string, { minor: string }>) => so + Number(each[name]?.minor),
          0,
        );
      return ['price', 'fee', 'railIn', 'railOut', 'margin'].map(sum);
    };
    // The 25 cents of the payout are shared as the pay is: two thirds and one third.
    const expected = (price: number, fee: number, railIn: number, railOut: number) => [
      price,
      fee,
      railIn,
      railOut,
      fee - railIn - railOut,
    ];
    expect(await sums(cumulus.labId)).toEqual(expected(24690 + 3704, 3704, railFee(500000), 17));
    expect(await sums(stratus.labId)).toEqual(expected(12345 + 1852, 1852, railFee(300000), 8));
    expect((await finance.ask('{ waitingMoney(kind: "expert_payable") { count } }')).waitingMoney).toEqual(
      [],
    );
  });

  it('keeps who set a take rate, who approved at once, and who tried to approve their own request', async () => {
    const at = world.api.clock.now().getTime();
    for (const [ppm, from] of [
      [160_000, 1],
      [180_000, 30],
    ] as const)
      await finance.ask(POLICY, {
        input: {
          scope: 'LAB',
          labId: cumulus.labId,
          labFeePpm: ppm,
          expertFeePpm: 0,
          effectiveFrom: new Date(at + from * DAY_MS).toISOString(),
          reason: 'A large order was signed.',
          idempotencyKey: key(),
        },
      });
    const payload = canonicalJson({ planted: true });
    const payloadSha256 = sha256(payload).toString('hex');
    const [request] = await owner(
      `INSERT INTO approval_request (id, action, subject_type, subject_id, summary, payload, payload_sha256, requested_by_id, reason, amount_minor, currency, approvals_needed, created_at, expires_at)
       SELECT gen_random_uuid(), 'planted', 'test', gen_random_uuid(), 'Planted.', $1, $2, id, 'x', 30000, 'USD', 2, $3, $3::timestamptz + interval '1 day' FROM account WHERE email = 'finance@example.org' RETURNING id`,
      [payload, payloadSha256, new Date(at - 10_000)],
    );
    const input = { id: request?.id, decision: 'APPROVE', payloadSha256, reason: 'a reason of this test' };
    expect(await finance.refused(DECIDE, { input })).toMatchObject({ code: 'OWN_REQUEST' });
    await other.ask(DECIDE, { input });
    const FIELDS =
      'kind actorName askedByName labName labFeePpm labFeeBeforePpm amount { minor } secondsAfter isQuick';
    const found = await nodes('overrides', '', FIELDS);
    const nothing = { labName: null, labFeePpm: null, labFeeBeforePpm: null };
    const asked = { ...nothing, askedByName: 'finance', amount: { minor: '30000' }, secondsAfter: 10 };
    const set = {
      kind: 'TAKE_RATE',
      actorName: 'finance',
      askedByName: null,
      labName: 'Cumulus',
      amount: null,
      secondsAfter: null,
      isQuick: false,
    };
    expect(found).toEqual([
      { ...asked, kind: 'APPROVED', actorName: 'other', isQuick: true },
      { ...asked, kind: 'OWN_REQUEST', actorName: 'finance', isQuick: false },
      { ...set, labFeePpm: 180_000, labFeeBeforePpm: 160_000 },
      { ...set, labFeePpm: 160_000, labFeeBeforePpm: null },
    ]);
    expect(await nodes('overrides', '(kind: "OWN_REQUEST")', 'summary')).toEqual([{ summary: 'Planted.' }]);
    expect(await headline('OVERRIDES')).toMatchObject({ count: 4, of: 1 });
  });

  it('keeps a filtered list under a name: for oneself or for all, changed by nobody else', async () => {
    const view = { list: '/admin/margins', search: 'lab=1', isShared: false };
    const { saveView: mine } = await finance.ask(SAVE, { input: { ...view, name: 'Mine' } });
    const { saveView: ours } = await finance.ask(SAVE, { input: { ...view, name: 'Ours', isShared: true } });
    expect((await other.ask(VIEWS)).savedViews).toEqual([
      { id: ours, name: 'Ours', search: 'lab=1', isShared: true, isOwn: false },
    ]);
    const CHANGE = 'mutation($input: ChangeViewInput!) { changeView(input: $input) }';
    const FORGET = 'mutation($id: ID!) { forgetView(id: $id) }';
    const change = (id: string, name: string) => ({ input: { id, name, isShared: true } });
    expect(await other.refused(CHANGE, change(ours, 'Theirs'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await other.refused(FORGET, { id: ours })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await finance.refused(CHANGE, change(mine, 'OURS'))).toMatchObject({
      code: 'NAME_TAKEN',
      field: 'name',
    });
    await finance.ask(CHANGE, change(mine, 'Everybody’s'));
    await finance.ask(SAVE, { input: { ...view, name: 'ours', search: 'lab=2', isShared: true } });
    expect((await other.ask(VIEWS)).savedViews).toMatchObject([
      { name: 'Everybody’s' },
      { id: ours, name: 'ours', search: 'lab=2' },
    ]);
    await finance.ask(FORGET, { id: ours });
    expect((await finance.ask(VIEWS)).savedViews).toMatchObject([{ id: mine, isOwn: true }]);
    const listed = await finance.refused(SAVE, {
      input: { ...view, list: 'https://example.org', name: 'x' },
    });
    expect(listed).toMatchObject({ code: 'INVALID_INPUT', field: 'list' });
  });
});

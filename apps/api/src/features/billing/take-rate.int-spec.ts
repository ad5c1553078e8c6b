import { CURRENCIES } from '@tallystick/domain';
import type { Caller } from '../../../test/api';
import { approve } from '../../../test/approvals';
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

const POLICY =
  'mutation($input: CreateTakeRatePolicyInput!) { createTakeRatePolicy(input: $input) { id scope words effectiveTo } }';
const CHARGES = `(engagementId: $id) { edges { node {
  id takeRateWords tally { price { minor } pay { minor } fee { minor } takeRatePpm }
  assessments { side basis { minor } computed { minor } charged { minor } billedBefore { minor } monthBefore { minor } monthAfter { minor } formulaVersion }
} } }`;
const WORDS =
  '15.00 % of agreed pay, 10.00 % of what comes above US$100.00 between the two, plus US$0.50 a line, in one week never more than a full week logged hour by hour would cost, at most US$25.00 in a calendar month, paid by the lab on top; at least US$1.00 a line but never more than its pay, in one week never more than a full week logged hour by hour would cost, taken from the expert.';

describe('take rates', () => {
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
    await putIn(world, lab, '500000');
  });
  afterAll(() => world.stop());

  const policy = (more: object = {}) => ({
    input: {
      scope: 'LAB_EXPERT',
      labId: lab.labId,
      expertId: expert.expertId,
      labFeePpm: 150_000,
      expertFeePpm: 0,
      feeParts: {
        currency: 'USD',
        lab: { tiers: [{ aboveMinor: '10000', ppm: 100_000 }], fixedMinor: '50', monthlyCapMinor: '2500' },
        expert: { minimumMinor: '100' },
      },
      effectiveFrom: NOON.toISOString(),
      reason: 'Agreed with both at the start.',
      idempotencyKey: key(),
      ...more,
    },
  });
  type Seen = { assessments: { billedBefore: { minor: string } }[] };
  const before = ({ assessments }: Seen) => Number(assessments[0]?.billedBefore.minor);
  const charges = async (caller: Caller, field: 'labCharges' | 'myCharges') =>
    (await caller.ask(`query($id: ID!) { ${field}${CHARGES} }`, { id: engagementId }))[field].edges
      .map(({ node }: { node: Seen }) => node)
      .sort((a: Seen, b: Seen) => before(a) - before(b));

  it('has the same currencies in the book as in the rules, with their units on the rail', async () => {
    const { rows } = await world.api
      .owner()
      .query('SELECT code, exponent, rail_exponent, rail_step FROM ledger.currency ORDER BY code');
    const rules = Object.entries(CURRENCIES).map(([code, { digits, railDigits, railStep }]) => ({
      code,
      exponent: digits,
      rail_exponent: railDigits,
      rail_step: railStep,
    }));
    expect(rows).toEqual(rules.sort((a, b) => (a.code < b.code ? -1 : 1)));
  });

  it('refuses a policy by the field that is wrong, and keeps nothing of it', async () => {
    const refused = (more: object) => finance.refused(POLICY, policy(more));
    expect(await refused({ expertId: null })).toMatchObject({ code: 'POLICY_WHOM', field: 'expertId' });
    expect(await refused({ scope: 'PROMO', labId: null, expertId: null })).toMatchObject({
      code: 'POLICY_WITHOUT_END',
      field: 'effectiveTo',
    });
    expect(await refused({ scope: 'PROJECT', expertId: null, projectId: lab.labId })).toMatchObject({
      code: 'PROJECT_UNKNOWN',
      field: 'projectId',
    });
    const rising = [{ aboveMinor: '10000', ppm: 200_000 }];
    expect(await refused({ feeParts: { currency: 'USD', lab: { tiers: rising } } })).toMatchObject({
      code: 'POLICY_PARTS',
      field: 'lab.tiers',
    });
    expect(await refused({ feeParts: { currency: 'DOGE', lab: { fixedMinor: '1' } } })).toMatchObject({
      code: 'CURRENCY_UNKNOWN',
      field: 'currency',
    });
    expect(await refused({ feeParts: { currency: 'USD', lab: { fixedMinor: '0.5' } } })).toMatchObject({
      field: 'feeParts.lab.fixedMinor',
    });
    expect((await finance.ask('{ takeRateHistory { totalCount } }')).takeRateHistory.totalCount).toBe(1);
  });

  it('freezes tiers, fixed amount, minimum and cap on the engagement, and says them to both sides', async () => {
    // Tiers and a cap may keep less than the default does: another person approves it first.
    expect((await finance.ask(POLICY, policy())).createTakeRatePolicy).toBeNull();
    await approve(other, 'take-rate.set');
    const { takeRateHistory } = await finance.ask(
      '{ takeRateHistory { edges { node { scope words effectiveTo } } } }',
    );
    expect(takeRateHistory.edges[0].node).toEqual({ scope: 'LAB_EXPERT', words: WORDS, effectiveTo: null });
    engagementId = await running(world, lab, expert, 'Heart review');
    const SEEN = 'query($id: ID!) { engagement(id: $id) { takeRateExplanation } }';
    for (const side of [lab, expert])
      expect((await side.ask(SEEN, { id: engagementId })).engagement.takeRateExplanation).toBe(
        `${WORDS} When the offer was made, this was agreed for this lab and this expert.`,
      );
  });

  it('names the policy that another overlaps', async () => {
    const later = policy({ effectiveFrom: '2027-01-01T00:00:00Z', labFeePpm: 120_000 });
    await finance.ask(POLICY, later);
    await approve(other, 'take-rate.set');
    const overlaps = policy({ effectiveFrom: '2026-12-15T00:00:00Z' });
    expect(await finance.refused(POLICY, overlaps)).toMatchObject({
      code: 'POLICY_OVERLAP',
      field: 'effectiveFrom',
      message: expect.stringContaining('begins on 1 January 2027: 12.00 % of agreed pay'),
    });
    // One with an end of its own holds until then, and is not cut short by another.
    const forLab = (effectiveFrom: string, effectiveTo: string) =>
      policy({
        scope: 'LAB',
        expertId: null,
        feeParts: null,
        labFeePpm: 160_000,
        effectiveFrom,
        effectiveTo,
      });
    await finance.ask(POLICY, forLab('2027-03-01T00:00:00Z', '2027-04-01T00:00:00Z'));
    for (const end of ['2027-03-20', '2027-04-01', '2027-05-01'])
      expect(await finance.refused(POLICY, forLab('2027-03-15T00:00:00Z', `${end}T00:00:00Z`))).toMatchObject(
        {
          code: 'POLICY_OVERLAP',
          field: 'effectiveFrom',
          message: expect.stringContaining('from 1 March 2027 until 1 April 2027'),
        },
      );
    const upTo = policy({ effectiveFrom: '2026-12-15T00:00:00Z', effectiveTo: '2027-01-01T00:00:00Z' });
    await finance.ask(POLICY, upTo);
    const { takeRateHistory } = await finance.ask(
      '{ takeRateHistory { edges { node { words reason createdByName } } } }',
    );
    expect(takeRateHistory.edges[1].node).toMatchObject({
      words: expect.stringContaining('12.00 % of agreed pay'),
      reason: 'Agreed with both at the start.',
      createdByName: expect.any(String),
    });
    const SUBJECTS =
      'query($labId: ID!) { takeRateSubjects(labId: $labId) { projects { name } experts { id name } } }';
    const { takeRateSubjects } = await finance.ask(SUBJECTS, { labId: lab.labId });
    expect(takeRateSubjects.experts).toEqual([{ id: expert.expertId, name: 'Dr Ana' }]);
    expect(takeRateSubjects.projects).toHaveLength(1);
    await expect(
      world.api.owner().query(
        `INSERT INTO take_rate_policy (id, scope, lab_id, expert_id, lab_fee_ppm, expert_fee_ppm, rounding, effective_from, reason, created_at)
         VALUES (gen_random_uuid(), 'LAB_EXPERT', $1, $2, 1, 0, 'HALF_EVEN', '2026-12-20', 'behind the API', now())`,
        [lab.labId, expert.expertId],
      ),
    ).rejects.toThrow('take_rate_policy_no_overlap');
    await expect(
      world.api.owner().query(
        `INSERT INTO take_rate_policy (id, scope, lab_id, expert_id, lab_fee_ppm, expert_fee_ppm, rounding, effective_from, reason, created_at)
         VALUES (gen_random_uuid(), 'LAB', $1, $2, 1, 0, 'HALF_EVEN', '2026-12-20', 'behind the API', now())`,
        [lab.labId, expert.expertId],
      ),
    ).rejects.toThrow('take_rate_policy_whom');
  });

  it('charges each line by its tier, fixed amount, minimum and cap, and keeps what each fee follows from', async () => {
    await chargedWeek(lab, expert, engagementId, [
      ['09:00', '10:00'],
      ['10:00', '11:00'],
    ]);
    const seen = await charges(lab, 'labCharges');
    expect(await charges(expert, 'myCharges')).toEqual(seen);
    // 123.45: 100.00 at 15 % and 23.45 at 10 %, half to even of 17.345, and 0.50; then 10 % and 0.50, up to the cap.
    const [first, second] = seen;
    expect(first).toMatchObject({
      takeRateWords: WORDS,
      tally: {
        price: { minor: '14129' },
        pay: { minor: '12245' },
        fee: { minor: '1884' },
        takeRatePpm: 144_512,
      },
      assessments: [
        {
          side: 'LAB',
          basis: { minor: '12345' },
          computed: { minor: '1784' },
          charged: { minor: '1784' },
          billedBefore: { minor: '0' },
          monthBefore: { minor: '0' },
          monthAfter: { minor: '1784' },
          formulaVersion: 1,
        },
        { side: 'EXPERT', computed: { minor: '0' }, charged: { minor: '100' }, billedBefore: null },
      ],
    });
    expect(second).toMatchObject({
      tally: { price: { minor: '13061' }, pay: { minor: '12245' }, fee: { minor: '816' } },
      assessments: [
        {
          computed: { minor: '1284' },
          charged: { minor: '716' },
          billedBefore: { minor: '12345' },
          monthBefore: { minor: '1784' },
          monthAfter: { minor: '2500' },
        },
        { charged: { minor: '100' } },
      ],
    });
    const CHECKS = '{ allCharges { edges { node { takeRateCheck { isRight } } } } }';
    for (const { node } of (await finance.ask(CHECKS)).allCharges.edges)
      expect(node.takeRateCheck.isRight).toBe(true);
    expect(await world.drift()).toEqual([]);
  });

  it('estimates the whole before an offer is sent, and explains the difference once a week is charged', async () => {
    const ESTIMATES =
      '(engagementId: $id) { edges { node { state labEstimate expertEstimate week: total { price { minor } } } } }';
    const { labTimesheets } = await lab.ask(`query($id: ID!) { labTimesheets${ESTIMATES} }`, {
      id: engagementId,
    });
    const { myTimesheets } = await expert.ask(`query($id: ID!) { myTimesheets${ESTIMATES} }`, {
      id: engagementId,
    });
    expect(myTimesheets).toEqual(labTimesheets);
    const [{ node }] = labTimesheets.edges;
    expect(node.labEstimate).toMatch(
      /^A full week was estimated at US\$[\d,.]+; US\$271\.90 is charged, because 2 h of 10 h are in this sheet \(US\$[\d,.]+ less\) and a part of the fee depends on how many lines there are and on what was billed before and on the fees of the month \(US\$[\d.]+ less\)\.$/,
    );
    expect(node.expertEstimate).toBe(
      'A full week was estimated at US$1,224.50; US$244.90 is earned, because 2 h of 10 h are in this sheet (US$979.60 less).',
    );
    const { offerPrice } = await lab.ask(
      `query($a: ID!) { offerPrice(applicationId: $a, rateMinorPerHour: "12345", weeklyCapHours: 10) { weeks week { price { minor } } whole { price { minor } pay { minor } fee { minor } } } }`,
      { a: (await world.api.owner().query('SELECT id FROM application')).rows[0].id },
    );
    // The lab's at most 25.00 in a month: a week may touch two, and four weeks touch no more. The expert's 1.00 for each of 40 lines.
    expect(offerPrice).toEqual({
      weeks: 4,
      week: { price: { minor: '128450' } },
      whole: { price: { minor: '498800' }, pay: { minor: '489800' }, fee: { minor: '9000' } },
    });
  });

  it('never changes an assessment, and moves no counter but with a charge', async () => {
    const owner = world.api.owner();
    await expect(owner.query('UPDATE fee_assessment SET charged_minor = 0')).rejects.toThrow('append-only');
    await expect(owner.query('DELETE FROM fee_assessment')).rejects.toThrow('append-only');
    await expect(owner.query('TRUNCATE fee_assessment')).rejects.toThrow('append-only');
    const { rows } = await owner.query(
      `SELECT p.table_name, p.privilege_type FROM information_schema.role_table_grants p
       WHERE p.grantee = 'tallystick_app' AND p.table_name IN ('fee_assessment', 'billed_total', 'month_fee') ORDER BY 1, 2`,
    );
    expect(rows.map(({ table_name, privilege_type }) => `${table_name} ${privilege_type}`)).toEqual([
      'billed_total SELECT',
      'fee_assessment INSERT',
      'fee_assessment SELECT',
      'month_fee SELECT',
    ]);
    expect((await owner.query('SELECT agreed_minor::int AS n FROM billed_total')).rows).toEqual([
      { n: 24_690 },
    ]);
  });

  it('finds no drift, and names a cent that was changed behind the product, by its class', async () => {
    const RUN =
      'mutation { recomputeFees { looked drifted byClass { kind count } findings { chargeId kind sentence } } }';
    const run = async () => (await finance.ask(RUN)).recomputeFees;
    const owner = world.api.owner();
    expect(await run()).toEqual({ looked: 2, drifted: 0, byClass: [], findings: [] });
    const behind = async (table: string, change: string) => {
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await owner.query(change);
      await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    };
    const [{ charge_id: first }] = (
      await owner.query('SELECT charge_id FROM fee_assessment WHERE billed_before_minor = 0')
    ).rows;
    const cent = (sign: '+' | '-') =>
      behind(
        'charge',
        `UPDATE charge SET price_minor = price_minor ${sign} 1, fee_minor = fee_minor ${sign} 1 WHERE id = '${first}'`,
      );
    await cent('+');
    expect(await run()).toMatchObject({
      drifted: 1,
      findings: [
        { chargeId: first, kind: 'OVERRIDE', sentence: 'What was charged is not what was assessed.' },
      ],
    });
    await cent('-');
    await behind(
      'take_rate_policy',
      `UPDATE take_rate_policy SET lab_fee_ppm = 140000 WHERE effective_from = '${NOON.toISOString()}'`,
    );
    expect(await run()).toMatchObject({ looked: 2, drifted: 2, byClass: [{ kind: 'POLICY', count: 2 }] });
    await behind(
      'take_rate_policy',
      `UPDATE take_rate_policy SET lab_fee_ppm = 150000 WHERE effective_from = '${NOON.toISOString()}'`,
    );
    const { takeRateRuns } = await finance.ask('{ takeRateRuns { looked drifted askedById } }');
    expect(takeRateRuns.map(({ drifted }: { drifted: number }) => drifted).sort()).toEqual([0, 1, 2]);
    expect(
      (await finance.ask('{ notifications(first: 5) { edges { node { title } } } }')).notifications,
    ).toMatchObject({
      edges: expect.arrayContaining([{ node: { title: 'Fees are not what they should be' } }]),
    });
  });

  it('lists a charge whose assessments are gone, night after night, and never makes them again', async () => {
    const other = await newExpert(world.api, 'Dr Bo');
    const id = await running(world, lab, other, 'Lung review');
    await chargedWeek(lab, other, id, [['09:00', '10:30']]);
    const owner = world.api.owner();
    const kept = `SELECT a.* FROM fee_assessment a JOIN charge c ON c.id = a.charge_id WHERE c.engagement_id = '${id}'`;
    const { rows } = await owner.query(kept);
    const behind = async (change: string, values: unknown[] = []) => {
      await owner.query('ALTER TABLE fee_assessment DISABLE TRIGGER USER');
      await owner.query(change, values);
      await owner.query('ALTER TABLE fee_assessment ENABLE TRIGGER USER');
    };
    await behind(
      'DELETE FROM fee_assessment USING charge c WHERE c.id = charge_id AND c.engagement_id = $1',
      [id],
    );
    await owner.query('DELETE FROM billed_total');
    await world.api.job('audit', 'recompute-fees', {});
    await world.api.job('audit', 'recompute-fees', {});
    expect((await owner.query(kept)).rows).toEqual([]);
    const RUNS = '{ takeRateRuns { looked drifted askedById findings { chargeId kind sentence } } }';
    const nightly = async () =>
      (await finance.ask(RUNS)).takeRateRuns.filter(
        ({ askedById }: { askedById: string | null }) => askedById === null,
      );
    const findings = [
      {
        chargeId: rows[0].charge_id,
        kind: 'MISSING',
        sentence: 'It is without its two fee assessments.',
      },
    ];
    const gone = { looked: 3, drifted: 1, askedById: null, findings };
    expect(await nightly()).toEqual([gone, gone]);
    await behind(
      'INSERT INTO fee_assessment SELECT * FROM jsonb_populate_recordset(NULL::fee_assessment, $1)',
      [JSON.stringify(rows)],
    );
    await world.api.job('audit', 'recompute-fees', {});
    expect(await nightly()).toEqual(
      expect.arrayContaining([{ looked: 3, drifted: 0, askedById: null, findings: [] }]),
    );
    // Counters that are not there yet begin with what was charged before.
    await chargedWeek(lab, other, id, [['11:00', '12:00']]);
    const billed = await owner.query('SELECT agreed_minor::int AS n FROM billed_total WHERE expert_id = $1', [
      other.expertId,
    ]);
    expect(billed.rows).toEqual([{ n: 18_518 + 12_345 }]);
  });

  it('quotes both sides what hiring directly costs, and charges it once, by the schedule, from the balance', async () => {
    const QUOTE =
      'query($id: ID!) { conversionQuote(engagementId: $id) { months sharePpm base { minor } credit { minor } due { minor } recordedAt } }';
    const quote = async (side: Caller) => (await side.ask(QUOTE, { id: engagementId })).conversionQuote;
    // Ten lines of an hour at the most: what the platform keeps of 26 such weeks, the lab's fee at most 25.00 in each of the seven
    // months that they touch and the expert's 1.00 and more by line, less 18.84 and 8.16.
    const seen = await quote(lab);
    expect(await quote(expert)).toEqual(seen);
    expect(seen).toMatchObject({
      months: 0,
      sharePpm: 1_000_000,
      credit: { minor: '2700' },
      recordedAt: null,
    });
    expect(Number(seen.due.minor)).toBe(Number(seen.base.minor) - 2700);
    // What was signed when each week counted by itself stays so, two caps for each of its weeks.
    const signedBefore = (isBefore: boolean) =>
      world.api
        .owner()
        .query('UPDATE engagement SET is_base_over_weeks = $2 WHERE id = $1', [engagementId, !isBefore]);
    await signedBefore(true);
    const was = Number((await quote(lab)).base.minor);
    expect(was - Number(seen.base.minor)).toBe((26 * 2 - 7) * 2500);
    await signedBefore(false);
    expect(await quote(lab)).toEqual(seen);
    const HIRE =
      'mutation($input: HireDirectlyInput!) { hireDirectly(input: $input) { due { minor } recordedAt } }';
    const hire = (dueMinor: string) => ({ input: { engagementId, dueMinor, idempotencyKey: key() } });
    expect(await lab.refused(HIRE, hire('1'))).toMatchObject({ code: 'QUOTE_CHANGED' });
    expect(await expert.refused(HIRE, hire(seen.due.minor))).toMatchObject({ code: 'NOT_FOUND' });
    const balance = async () =>
      (await lab.ask('{ labBalances { available { minor } } }')).labBalances[0].available.minor as string;
    if (BigInt(await balance()) < BigInt(seen.due.minor)) {
      expect(await lab.refused(HIRE, hire(seen.due.minor))).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
      await putIn(world, lab, seen.due.minor);
    }
    const before = BigInt(await balance());
    const tries = await Promise.allSettled([1, 2].map(() => lab.ask(HIRE, hire(seen.due.minor))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(before - BigInt(await balance())).toBe(BigInt(seen.due.minor));
    expect(await world.posted('conversion-charged')).toBe(1);
    expect(await lab.refused(HIRE, hire(seen.due.minor))).toMatchObject({ code: 'ALREADY_CONVERTED' });
    const { engagement } = await expert.ask('query($id: ID!) { engagement(id: $id) { state endReason } }', {
      id: engagementId,
    });
    expect(engagement).toEqual({ state: 'NOTICE', endReason: 'The lab hires you directly.' });
    expect((await quote(expert)).recordedAt).not.toBeNull();
    // Both sides are told, each once, the lab with what it paid.
    const told = async (by: Caller, title: RegExp) =>
      (await by.ask('{ notifications { edges { node { title body } } } }')).notifications.edges
        .map(({ node }: { node: { title: string; body: string } }) => node)
        .filter((node: { title: string }) => title.test(node.title));
    expect(await told(expert, /hires you directly/)).toHaveLength(1);
    expect(await told(lab, /hires .* directly/)).toEqual([
      {
        title: expect.stringMatching(/^Your lab recorded that it hires /),
        body: expect.stringContaining('was taken from your balance'),
      },
    ]);
    expect(await world.drift()).toEqual([]);
  });

  it('publishes what hiring directly costs from a day on, never for what was signed before', async () => {
    const PUBLISH = 'mutation($input: PublishScheduleInput!) { publishConversionSchedule(input: $input) }';
    const QUOTE = 'query($id: ID!) { conversionQuote(engagementId: $id) { schedule } }';
    const schedule = async () => (await lab.ask(QUOTE, { id: engagementId })).conversionQuote.schedule;
    const before = await schedule();
    const steps = [
      { fromMonth: 0, ppm: 500_000 },
      { fromMonth: 6, ppm: 0 },
    ];
    const wish = (more: object = {}) => ({
      input: {
        ...{ baseWeeks: 10, creditPpm: 1_000_000, steps, effectiveFrom: '2027-01-01T00:00:00Z' },
        ...{ reason: 'Half of it, for half as long.', idempotencyKey: key(), ...more },
      },
    });
    const rising = [...steps, { fromMonth: 7, ppm: 1 }];
    expect(await finance.refused(PUBLISH, wish({ steps: rising }))).toMatchObject({
      code: 'SCHEDULE_WRONG',
      field: 'steps',
    });
    expect(await finance.refused(PUBLISH, wish({ effectiveFrom: '2026-01-01T00:00:00Z' }))).toMatchObject({
      code: 'SCHEDULE_IN_PAST',
      field: 'effectiveFrom',
    });
    const { publishConversionSchedule: id } = await finance.ask(PUBLISH, wish());
    expect(await finance.refused(PUBLISH, wish({ effectiveFrom: '2026-12-01T00:00:00Z' }))).toMatchObject({
      code: 'SCHEDULE_OVERLAP',
      field: 'effectiveFrom',
    });
    const { conversionSchedules } = await finance.ask(
      '{ conversionSchedules { id effectiveTo isInForce words } }',
    );
    expect(conversionSchedules).toEqual([
      { id, effectiveTo: null, isInForce: false, words: expect.stringContaining('50 % in months 1 to 6') },
      {
        id: expect.any(String),
        effectiveTo: '2027-01-01T00:00:00.000Z',
        isInForce: true,
        words: expect.stringContaining('26 full weeks'),
      },
    ]);
    expect(await schedule()).toBe(before);
    const owner = world.api.owner();
    await expect(
      owner.query('UPDATE conversion_schedule SET base_weeks = 1 WHERE id = $1', [id]),
    ).rejects.toThrow('does not change');
    await expect(
      owner.query(
        `INSERT INTO conversion_schedule (id, base_weeks, credit_ppm, steps, effective_from, reason)
         VALUES (gen_random_uuid(), 1, 0, '[{"fromMonth": 0, "ppm": 1}, {"fromMonth": 1, "ppm": 2}, {"fromMonth": 2, "ppm": 0}]', '2030-01-01', 'x')`,
      ),
    ).rejects.toThrow('conversion_schedule_falls');
    await expect(
      owner.query(
        `INSERT INTO conversion_schedule (id, base_weeks, credit_ppm, steps, effective_from, effective_to, reason)
         VALUES (gen_random_uuid(), 1, 0, '[{"fromMonth": 0, "ppm": 0}]', '2028-01-01', '2028-01-02', 'x')`,
      ),
    ).rejects.toThrow('conversion_schedule_no_overlap');
  });

  it('charges a held week no more than was held, however short its lines are, though nothing else is left', async () => {
    const [small, worker] = [await vettedLab(world.api, 'Stratus'), await newExpert(world.api, 'Dr Ben')];
    const feeParts = { currency: 'USD', lab: { fixedMinor: '2000' } };
    await finance.ask(
      POLICY,
      policy({
        labId: small.labId,
        expertId: worker.expertId,
        feeParts,
        effectiveFrom: world.api.clock.now().toISOString(),
      }),
    );
    await putIn(world, small, '1000000');
    const id = await running(world, small, worker, 'Lung review');
    const owner = world.api.owner();
    const { rows: held } = await owner.query(
      'SELECT held_minor FROM engagement_week WHERE engagement_id = $1',
      [id],
    );
    const HAS = '{ labBalances { available { minor } } }';
    const { labBalances } = await small.ask(HAS);
    const rest = labBalances[0].available.minor;
    await small.ask('mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }', {
      input: { amountMinor: rest, currency: 'USD', idempotencyKey: key() },
    });
    expect((await small.ask(HAS)).labBalances[0].available.minor).toBe('0');
    const spans = Array.from({ length: 40 }, (_, i) => {
      const at = (minute: number) =>
        `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      return [at(i * 15), at(i * 15 + 15)] as const;
    });
    await chargedWeek(small, worker, id, spans);
    const { rows } = await owner.query(
      'SELECT sum(price_minor)::bigint AS price, sum(fee_minor)::bigint AS fee, count(*)::int AS lines FROM charge WHERE engagement_id = $1',
      [id],
    );
    expect(rows[0].lines).toBe(40);
    expect(BigInt(rows[0].price) <= BigInt(held[0].held_minor)).toBe(true);
    // Every line has its fixed amount as long as the week has some left.
    expect(Number(rows[0].fee)).toBeGreaterThan(0);
    const recompute = await finance.ask('mutation { recomputeFees { findings { sentence } } }');
    expect(recompute.recomputeFees.findings).toEqual([]);
  });
});

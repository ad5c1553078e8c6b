import request from 'supertest';
import type { Caller } from '../../../test/api';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { SignWeeks } from '../billing/billing.public';
import { comparedHalves, halfOf } from '../../../test/half-tools';
import { asIntruder } from '../../../test/intruder';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  moneyWorld,
  putIn,
  running,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';

const PLAN =
  'query($file: String!) { bonusPlan(file: $file) { leftOut paidBeforeAt problems { rowNumber sentence } sums { isCovered tally { price { minor } } } bonuses { rowNumber reason engagement { id expertName } tally { price { minor } pay { minor } fee { minor } } } } }';
const PAY = 'mutation($input: PayBonusesInput!) { payBonuses(input: $input) }';
const CHARGES = (side: 'my' | 'lab') =>
  `{ ${side}Charges(first: 20) { edges { node { kind reason seconds engagementId line { id } tally { price { minor } pay { minor } fee { minor } } } } } }`;
const BOOKS = 'mutation { proveBooks { isProven checks { name faults } } }';
const HEADER = 'engagement,expert,opening,currency,amount,reason';

describe('bonuses from a file', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let other: Lab;
  let experts: Expert[];
  let engagements: string[];
  let foreign: string;
  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    other = await vettedLab(world.api, 'Stratus');
    for (const each of [lab, other]) await putIn(world, each, '500000');
    experts = [];
    engagements = [];
    for (const name of ['Ana', 'Ben', 'Cem']) {
      const expert = await newExpert(world.api, name);
      experts.push(expert);
      engagements.push(await running(world, lab, expert, `Reading by ${name}`));
    }
    foreign = await running(world, other, experts[0]!, 'Elsewhere');
  });
  afterAll(() => world.stop());

  const row = (index: number, amount: string, reason: string, currency = 'USD') =>
    `${engagements[index]},,,${currency},${amount},${reason}`;
  const file = (...rows: string[]) => [HEADER, ...rows].join('\n');
  const given = (text: string, more: object = {}) => ({
    input: { file: text, name: 'november.csv', idempotencyKey: key(), ...more },
  });
  const available = async (caller: Caller) =>
    BigInt((await caller.ask('{ labBalances { available { minor } } }')).labBalances[0].available.minor);
  const bonusesOf = async (caller: Caller, side: 'my' | 'lab') =>
    (await caller.ask(CHARGES(side)))[`${side}Charges`].edges
      .map(({ node }: { node: { kind: string } }) => node)
      .filter(({ kind }: { kind: string }) => kind === 'BONUS');
  const rowsOf = async (table: string) =>
    Number((await world.api.owner().query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n);

  it('starts from a template of those who work for the lab, which asks for nothing as it is', async () => {
    const { text } = await request(world.api.app.getHttpServer())
      .get('/bonuses/template.csv')
      .set('authorization', `Bearer ${lab.token}`)
      .expect(200)
      .expect('content-type', /text\/csv/);
    for (const id of engagements) expect(text).toContain(`${id},`);
    expect(text).not.toContain(foreign);
    const { bonusPlan } = await lab.ask(PLAN, { file: text });
    expect(bonusPlan).toMatchObject({
      leftOut: 3,
      problems: [{ sentence: expect.stringMatching(/No row/) }],
    });
  });

  it('names every bad row, of the file and of the agreements, and writes nothing', async () => {
    const before = [await available(lab), await rowsOf('ledger.posting'), await rowsOf('journal_entry')];
    const bad = file(
      row(0, '50.00', 'Good'),
      row(1, 'fifty', 'Words'),
      `${foreign},,,USD,5,Not ours`,
      row(2, '10', 'Euros', 'EUR'),
      `${experts[0]!.expertId},,,USD,5,Nobody`,
      row(0, '50', 'Good'),
    );
    const { bonusPlan } = await lab.ask(PLAN, { file: bad });
    const rows = bonusPlan.problems.map(({ rowNumber }: { rowNumber: number }) => rowNumber);
    expect(rows).toEqual([3, 4, 5, 6, 7]);
    // What is of another lab looks like what is not there.
    expect(bonusPlan.problems[1].sentence).toBe(bonusPlan.problems[3].sentence);
    const refused = await lab.refused(PAY, given(bad));
    expect(refused).toMatchObject({ code: 'BONUS_FILE_BAD', field: 'file' });
    for (const number of [3, 4, 5, 6, 7]) expect(refused.message).toContain(`Row ${number}: `);
    expect(await lab.refused(PAY, given(`${HEADER}\n"${engagements[0]},USD`))).toMatchObject({
      message: expect.stringMatching(/Row 2: .*none closes/),
    });
    // Unquoted, 1,000.00 is two cells: it never pays 1.00.
    expect(await lab.refused(PAY, given(file(row(0, '1,000.00', 'Great'))))).toMatchObject({
      message: expect.stringMatching(/Row 2: The row has 7 cells, and there are 6 columns/),
    });
    const others = row(0, '5', 'Great').replace(',,,', ',Cem Kaya,,');
    expect(await lab.refused(PAY, given(file(others)))).toMatchObject({
      message: expect.stringMatching(/Row 2: The row names Cem Kaya, and this engagement is with/),
    });
    expect(await lab.refused(PAY, given('x'.repeat(80_001)))).toMatchObject({ code: 'FILE_TOO_LONG' });
    expect(await lab.refused(PAY, given(file(row(0, '99000', 'Too much'))))).toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      message: expect.stringContaining('US$113,850.00'),
    });
    expect([await available(lab), await rowsOf('ledger.posting'), await rowsOf('journal_entry')]).toEqual(
      before,
    );
  });

  it('pays each like a line, at the take rate of its engagement; the same file pays once, however it is sent', async () => {
    const before = await available(lab);
    const text = file(
      row(0, '200.00', 'Found a flaw'),
      row(1, '33.33', 'Fast, and "right"'.replaceAll('"', "'")),
      row(0, '10', 'Helped Ben'),
    );
    const quoted = text.replace("Fast, and 'right'", '"Fast, and \'right\'"');
    // Sent three times at once, once with other line ends and the rows turned round.
    const [head, ...body] = quoted.split('\n');
    const turned = `\uFEFF${[head, ...body.reverse()].join('\r\n')}\r\n`;
    const answers = await Promise.all([quoted, quoted, turned].map((each) => lab.raw(PAY, given(each))));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'paid').toSorted();
    expect(codes).toEqual(['BONUSES_PAID_BEFORE', 'BONUSES_PAID_BEFORE', 'paid']);
    // 243.33 and 15 % of each: 30.00, 5.00 (4.9995), 1.50.
    expect(before - (await available(lab))).toBe(27_983n);
    expect((await lab.ask(PLAN, { file: turned })).bonusPlan.paidBeforeAt).not.toBeNull();
    const ours = await bonusesOf(experts[0]!, 'my');
    expect(ours.map(({ reason }: { reason: string }) => reason).toSorted()).toEqual([
      'Found a flaw',
      'Helped Ben',
    ]);
    expect(await bonusesOf(experts[1]!, 'my')).toEqual([
      {
        kind: 'BONUS',
        reason: "Fast, and 'right'",
        seconds: 0,
        engagementId: engagements[1],
        line: null,
        tally: { price: { minor: '3833' }, pay: { minor: '3333' }, fee: { minor: '500' } },
      },
    ]);
    // Both sides have the same lines.
    const theirs = await bonusesOf(lab, 'lab');
    expect(theirs).toHaveLength(3);
    expect(theirs).toEqual(expect.arrayContaining([...ours, ...(await bonusesOf(experts[1]!, 'my'))]));
    const { bonusFiles } = await lab.ask(
      '{ bonusFiles { edges { node { name bonuses sums { tally { price { minor } pay { minor } takeRatePpm } } } } } }',
    );
    expect(bonusFiles.edges).toHaveLength(1);
    expect(bonusFiles.edges[0].node).toEqual({
      name: 'november.csv',
      bonuses: 3,
      sums: [{ tally: { price: { minor: '27983' }, pay: { minor: '24333' }, takeRatePpm: 150_002 } }],
    });
    expect((await other.ask('{ bonusFiles { totalCount } }')).bonusFiles.totalCount).toBe(0);
  });

  it('names rows that another file has paid before: last time’s file with one more person in it', async () => {
    const more = file(row(0, '200.00', 'Found a flaw'), row(2, '1', 'New'));
    expect((await lab.ask(PLAN, { file: more })).bonusPlan.problems).toEqual([
      { rowNumber: 2, sentence: expect.stringMatching(/same was paid on .* by the file november\.csv/) },
    ]);
    expect(await lab.refused(PAY, given(more))).toMatchObject({ code: 'BONUS_FILE_BAD' });
  });

  it('stands on both halves of the tally, signed, and in the books', async () => {
    const left = await halfOf(world.api, 'lab', lab, engagements[0]!);
    const right = await halfOf(world.api, 'expert', experts[0]!, engagements[0]!);
    expect(left.lines.map(({ activity }) => activity)).toEqual(['BONUS', 'BONUS']);
    expect(left.lines).toEqual(right.lines);
    // Each says what it was for, and saying something else breaks the signature.
    const reasons = left.lines.flatMap(({ reason }) => reason ?? []);
    expect(new Set(reasons)).toEqual(new Set(['Found a flaw', 'Helped Ben']));
    const said = JSON.parse(JSON.stringify(left).replace('Found a flaw', 'Found the key')) as typeof left;
    const { lab: problems, difference } = await comparedHalves(world.api, said, right);
    expect(problems[0]).toMatch(/is not as it was signed/);
    expect(difference).toMatch(/the reason differs: Found the key in the lab's half, Found a flaw in the/);
    expect(left.weeks).toMatchObject([{ week: '2026-11-16', lines: 2, payMinor: '21000' }]);
    expect(await comparedHalves(world.api, left, right)).toEqual({
      lab: [],
      expert: [],
      difference: undefined,
    });
    const auditor = await world.api.staff('auditor@example.org', ['AUDITOR']);
    const { proveBooks } = await auditor.ask(BOOKS);
    expect(proveBooks.checks.flatMap(({ faults }: { faults: string[] }) => faults)).toEqual([]);
    const finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await world.api.job('audit', 'recompute-fees');
    const { takeRateRuns } = await finance.ask('{ takeRateRuns { looked drifted } }');
    expect(takeRateRuns[0]).toEqual({ looked: 3, drifted: 0 });
  });

  it('is told to the expert, counts as earned, and a bonus that is changed is named', async () => {
    const { notifications } = await experts[1]!.ask('{ notifications { edges { node { kind link } } } }');
    expect(notifications.edges).toContainEqual({ node: { kind: 'BONUS_PAID', link: '/expert/earnings' } });
    const { payoutStanding } = await experts[1]!.ask('{ payoutStanding { earnings { earned { minor } } } }');
    expect(payoutStanding.earnings).toEqual([{ earned: { minor: '3333' } }]);
    const owner = world.api.owner();
    await owner.query('ALTER TABLE bonus DISABLE TRIGGER USER');
    await owner.query(`UPDATE bonus SET amount_minor = 3334 WHERE amount_minor = 3333`);
    const auditor = await world.api.staff('second-auditor@example.org', ['AUDITOR']);
    const { proveBooks } = await auditor.ask(BOOKS);
    expect(proveBooks.isProven).toBe(false);
    expect(proveBooks.checks.flatMap(({ faults }: { faults: string[] }) => faults)).toEqual([
      expect.stringMatching(/^charge .* is not the amount of its bonus$/),
    ]);
  });

  it('that was signed before halves had reasons stays as it was signed, when the week is signed again too', async () => {
    const at = engagements[0]!;
    await asIntruder(world.api.database, 'UPDATE bonus SET is_reason_signed = false');
    await asIntruder(world.api.database, `DELETE FROM signed_week WHERE engagement_id = '${at}'`);
    await asIntruder(world.api.database, `DELETE FROM journal_entry WHERE subject_type = 'signed-week'`);
    const signing = world.api.app.get(SignWeeks);
    const unitOfWork = world.api.app.get(UnitOfWork);
    const week = new Date('2026-11-16T00:00:00Z');
    await unitOfWork.run(system('sign-weeks'), { name: 'sign-weeks' }, (tx) => signing.sign(tx, at, week));
    await lab.ask(PAY, given(file(row(0, '1', 'And one more'))));
    const halves = [
      await halfOf(world.api, 'lab', lab, at),
      await halfOf(world.api, 'expert', experts[0]!, at),
    ];
    expect(halves[0]!.lines.flatMap(({ reason }) => reason ?? [])).toEqual(['And one more']);
    expect(halves[0]!.weeks).toMatchObject([{ version: 2, lines: 3 }]);
    expect(await comparedHalves(world.api, halves[0]!, halves[1]!)).toMatchObject({ lab: [], expert: [] });
  });
});

import request from 'supertest';
import type { Caller } from '../../../test/api';
import { engaged, key, layer, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  NOON,
  putIn,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { pdfText } from '../../../test/pdf-text';

const TAKE_RATE =
  'mutation($input: CreateTakeRatePolicyInput!) { createTakeRatePolicy(input: $input) { id } }';
const SAVE = 'mutation($input: SaveProjectInput!) { saveProject(input: $input) { id } }';
const FUND = 'mutation($input: RequestFundingInput!) { requestFunding(input: $input) }';
const CREDIT = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const INVOICE = 'mutation($input: IssueInvoiceInput!) { issueInvoice(input: $input) }';
const PAY = 'mutation($input: InvoiceInput!) { payInvoice(input: $input) }';
const PART = 'mutation($input: PayOutPartInput!) { payOutPart(input: $input) }';
const MONEY =
  '{ payoutStanding { accountState earnings { currency earned { minor } askable { minor } onItsWay { minor } paid { minor } blocks { gate } } } }';

const bytes = (response: request.Response, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};

describe('work that is paid in another currency', () => {
  let world: MoneyWorld;
  let [prepaying, invoiced] = [] as unknown as [Lab, Lab];
  let expert: Expert;
  let finance: Caller;
  const given = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const file = async (caller: Caller, address: string) =>
    (
      await request(world.api.app.getHttpServer())
        .get(address)
        .set({ authorization: `Bearer ${caller.token}` })
        .buffer(true)
        .parse(bytes)
        .expect(200)
    ).body as Buffer;
  const earned = async () => (await expert.ask(MONEY)).payoutStanding.earnings[0];
  const yenJob = async (lab: Lab, title: string) => {
    const more = { currency: 'JPY', rateMinMinor: '8000', rateMaxMinor: '20000', title };
    const startsOn = NOON.toISOString().slice(0, 10);
    return engaged(world.api, lab, expert, await publishedOpening(lab, { ...more, startsOn }), '12345');
  };

  beforeAll(async () => {
    world = await moneyWorld();
    prepaying = await vettedLab(world.api, 'Cumulus');
    invoiced = await vettedLab(world.api, 'Stratus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(async () => (await expert.ask(MONEY)).payoutStanding.accountState === 'ACTIVE');
  }, 400_000);
  afterAll(() => world.stop());

  it('is paid in yen that a lab puts in, rounded to whole yen: price, pay and fee add up', async () => {
    await putIn(world, prepaying, '500000', 'JPY');
    await chargedWeek(prepaying, expert, await yenJob(prepaying, 'Heart in yen'), [['08:00', '09:30']]);
    // 1.5 hours at 12,345 are 18,517.5 yen: half to the even yen. 15 % of that are 2,777.7.
    const { rows } = await world.api
      .owner()
      .query(
        'SELECT currency, agreed_minor::text, price_minor::text, pay_minor::text, fee_minor::text FROM charge',
      );
    expect(rows).toEqual([
      { currency: 'JPY', agreed_minor: '18518', price_minor: '21296', pay_minor: '18518', fee_minor: '2778' },
    ]);
  });

  it('is paid in yen that a lab has by invoice', async () => {
    const terms = { labId: invoiced.labId, amountMinor: '300000', currency: 'JPY', dueDays: 30 };
    await finance.ask(CREDIT, given({ ...terms, reason: 'Two years of paid invoices elsewhere.' }));
    const { issueInvoice: id } = await invoiced.ask(
      INVOICE,
      given({ amountMinor: '200000', currency: 'JPY' }),
    );
    await world.api.runJobs();
    await chargedWeek(invoiced, expert, await yenJob(invoiced, 'Lungs in yen'), [['10:00', '11:00']]);
    expect(pdfText(await file(invoiced, `/invoices/${id}.pdf`))).toContain('¥200,000');
    await invoiced.ask(PAY, given({ invoiceId: id }));
    await world.settle(async () => {
      const { invoices } = await invoiced.ask('{ invoices { edges { node { state } } } }');
      return invoices.edges[0].node.state === 'PAID';
    });
    expect(await earned()).toMatchObject({ currency: 'JPY', earned: { minor: `${18_518 + 12_345}` } });
  });

  it('stands in the statements of both sides in whole yen, on paper and as CSV', async () => {
    for (const [caller, side] of [
      [expert, 'expert'],
      [prepaying, 'lab'],
    ] as const) {
      expect((await file(caller, `/statements/${side}.csv`)).toString()).toContain(
        ',JPY,12345,21296,18518,2778,',
      );
      const paper = pdfText(await file(caller, `/statements/${side}.pdf`));
      for (const amount of ['¥21,296', '¥18,518', '¥2,778']) expect(paper).toContain(amount);
    }
    expect(pdfText(await file(prepaying, '/statements/lab-money.pdf'))).toContain('¥500,000');
  });

  it('goes out in yen, asked for by its expert and by the daily run, as the rail counts them', async () => {
    // No sum in yen is set from which on a form is needed, so it is needed from the first.
    expect((await earned()).blocks).toEqual([{ gate: 'TAX_FORM' }]);
    const form = { kind: 'W9', signedName: 'Dr Ana', isUnderPerjury: true };
    await expert.ask('mutation($input: SignTaxFormInput!) { signTaxForm(input: $input) { state } }', {
      input: form,
    });
    expect(await expert.refused(PART, given({ amountMinor: '0', currency: 'JPY' }))).toMatchObject({
      message: 'The smallest payout is ¥1. Ask for that or more.',
    });
    expect((await expert.ask(PART, given({ amountMinor: '1000', currency: 'JPY' }))).payOutPart).toBe(1);
    await world.settle(async () => (await world.posted('payout-transferred')) === 1);
    expect(await world.newestAtRail('transfer')).toMatchObject({ amount: 1000, currency: 'jpy' });
    expect((await finance.ask('mutation { runPayouts }')).runPayouts).toBe(1);
    await world.settle(async () => (await earned()).paid.minor === `${18_518 + 12_345}`);
    expect(await world.newestAtRail('transfer')).toMatchObject({ amount: 18_518 + 12_345 - 1000 });
    const statement = '/statements/earnings/period.csv?from=2026-11-01&to=2026-11-30';
    expect((await file(expert, statement)).toString()).toMatch(/Payout,JPY,0,1000,0,0,0,29863,/);
    const paper = await file(expert, statement.replace('.csv', '.pdf'));
    expect(pdfText(paper)).toContain('¥29,863');
    const { proveBooks } = await finance.ask('mutation { proveBooks { checks { faults } } }');
    expect(proveBooks.checks.flatMap(({ faults }: { faults: string[] }) => faults)).toEqual([]);
    expect(await world.drift()).toEqual([]);
  });

  it('is in dinars offered by nobody: banks send none, and each way in says so and what to choose', async () => {
    const words = { message: expect.stringMatching(/USD, EUR, GBP,( or)? JPY/) };
    const inDinars = given({ amountMinor: '50000', currency: 'KWD' });
    expect(await prepaying.refused(FUND, inDinars)).toMatchObject(words);
    expect(await invoiced.refused(INVOICE, inDinars)).toMatchObject(words);
    const terms = { labId: invoiced.labId, dueDays: 30, reason: 'Two years of paid invoices elsewhere.' };
    expect(await finance.refused(CREDIT, given({ ...inDinars.input, ...terms }))).toMatchObject(words);
    const takeRate = {
      ...{ scope: 'LAB', labId: invoiced.labId, labFeePpm: 150_000, expertFeePpm: 0 },
      feeParts: { currency: 'KWD', lab: { fixedMinor: '500' } },
      ...{ effectiveFrom: '2027-01-01T00:00:00Z', reason: 'So much a line was agreed.' },
    };
    expect(await finance.refused(TAKE_RATE, given(takeRate))).toMatchObject({
      ...{ code: 'CURRENCY_WITHOUT_FUNDING', field: 'currency' },
      message: 'No money can come in in KWD, so no work can be paid in it. Choose USD, EUR, GBP, or JPY.',
    });
    const kept = await world.api.owner()
      .query(`SELECT 1 FROM take_rate_policy WHERE fee_parts->>'currency' = 'KWD' UNION ALL
        SELECT 1 FROM approval_request WHERE action = 'take-rate.set'`);
    expect(kept.rows).toEqual([]);
    const project = {
      ...{ title: 'In dinars', summary: 'Judging answers about the heart.', taskFamily: 'REASONING' },
      ...{ scarcity: 'MEDIUM', sensitivity: 'LOW', control: 'LOW' },
      ...{ unpaidParts: '', monitoring: '', contentWarning: '' },
    };
    const wish = given({ ...project, openings: [layer({ currency: 'KWD' })] });
    expect(await prepaying.refused(SAVE, wish)).toMatchObject({
      ...{ code: 'CURRENCY_WITHOUT_FUNDING', field: 'openings.0.currency' },
      message: 'No money can come in in KWD, so no work can be paid in it. Choose USD, EUR, GBP, or JPY.',
    });
    const { rows } = await world.api.owner().query(`SELECT 1 FROM opening WHERE currency = 'KWD'`);
    expect(rows).toEqual([]);
  });
});

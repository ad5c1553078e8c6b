import type { Caller } from '../../../test/api';
import { approve } from '../../../test/approvals';
import { asIntruder } from '../../../test/intruder';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  NOON,
  putIn,
  running,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { faultsOf } from '../../../test/proof';

const TERMS = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const ORDER = 'mutation($input: AddPurchaseOrderInput!) { addPurchaseOrder(input: $input) }';
const ISSUE = 'mutation($input: IssueInvoiceInput!) { issueInvoice(input: $input) }';
const POLICY = 'mutation($input: CreateTakeRatePolicyInput!) { createTakeRatePolicy(input: $input) { id } }';
const given = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });

/** One of every fact that money was decided on and that no posting has: a change of each is named with both amounts. */
describe('the proof of facts that money was decided on', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let [finance, other] = [] as unknown as [Caller, Caller];

  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const faults = () => faultsOf(finance);
  const count = async (rows: string) =>
    (await owner(`SELECT count(*)::int AS n FROM ${rows}`))[0].n as number;
  /** What is found while an intruder has changed something, who changes it back afterwards: then nothing is. */
  const whileChanged = async (change: string, back: string): Promise<string[]> => {
    await asIntruder(world.api.database, change);
    const found = await faults();
    await asIntruder(world.api.database, back);
    expect(await faults()).toEqual([]);
    return found;
  };

  beforeAll(async () => {
    world = await moneyWorld({ CREDIT_APPROVAL_ABOVE: '100' });
    lab = await vettedLab(world.api, 'Cumulus');
    const expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    await putIn(world, lab, '500000');
    const amount = { amountMinor: '40000', currency: 'USD' };
    await finance.ask(
      TERMS,
      given({ ...amount, labId: lab.labId, dueDays: 30, reason: 'Two years of invoices.' }),
    );
    await approve(other, 'credit.set-terms');
    const { addPurchaseOrder: purchaseOrderId } = await lab.ask(ORDER, given({ ...amount, number: 'PO-1' }));
    await lab.ask(ISSUE, given({ amountMinor: '12000', currency: 'USD', purchaseOrderId }));
    const capped = {
      ...{ scope: 'LAB', labId: lab.labId, labFeePpm: 150_000, expertFeePpm: 0 },
      feeParts: { currency: 'USD', lab: { monthlyCapMinor: '9000' } },
      ...{ effectiveFrom: NOON.toISOString(), reason: 'Agreed at the start.' },
    };
    await finance.ask(POLICY, given(capped));
    await approve(other, 'take-rate.set');
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(async () => (await count(`payout_account WHERE state = 'ACTIVE'`)) === 1);
    const engagement = await running(world, lab, expert, 'Work');
    await chargedWeek(lab, expert, engagement, [['08:00', '09:30']]);
    await chargedWeek(lab, expert, engagement, [['10:00', '10:30']]);
    await expert.ask('mutation { payOutNow }');
    await world.settle(async () => (await count(`payout WHERE state = 'PAID'`)) === 1);
    await finance.ask('mutation { reconcileRail }');
    await world.settle(
      async () => (await count('rail_movement WHERE ledger_transaction_id IS NOT NULL')) > 0,
    );
  }, 400_000);
  afterAll(() => world.stop());

  it('finds nothing wrong where nothing was changed', async () => {
    expect(await faults()).toEqual([]);
  });

  const US = String.raw`US\$`;
  it.each([
    ['purchase_order', 'amount_minor', `purchase order \\S+ says ${US}400.01, the journal has ${US}400.00`],
    [
      'purchase_order',
      'invoiced_minor',
      `what is invoiced of purchase order \\S+ says ${US}120.01, its invoices have ${US}120.00`,
    ],
    ['credit_terms', 'limit_minor', `the credit of lab \\S+ says ${US}400.01, the journal has ${US}400.00`],
    [
      'credit_terms',
      'limit_minor',
      `the credit of lab \\S+ says ${US}400.01, the ledger holds it to ${US}400.00`,
    ],
    ['credit_terms', 'due_days', 'the days of credit of lab \\S+ in USD are not those that were set'],
    ['invoice', 'due_on', 'invoice \\S+ is due on 2026-12-19, by the journal on 2026-12-18'],
    ['offer', 'rate_minor_per_hour', `the rate of offer \\S+ says ${US}\\S+, the journal has ${US}\\S+`],
    [
      'approval_request',
      'amount_minor',
      `request for approval \\S+ says ${US}400.01, the journal has ${US}400.00`,
    ],
    ['rail_movement', 'net_minor', `movement at the rail \\S+ says \\S+, what it follows from is \\S+`],
    ['rail_movement', 'amount_minor', `movement at the rail \\S+ says \\S+, what it follows from is \\S+`],
    [
      'rail_movement',
      'net_minor',
      `movement at the rail \\S+ says \\S+, what it follows from is \\S+`,
      'amount_minor',
    ],
    [
      'billed_total',
      'agreed_minor',
      `what was billed to lab \\S+ for expert \\S+ says ${US}\\S+, its charges have ${US}\\S+`,
    ],
    [
      'month_fee',
      'fee_minor',
      `the monthly fees of lab \\S+ under policy \\S+ says ${US}\\S+, its assessments have ${US}\\S+`,
    ],
    [
      'payout',
      'bank_amount_minor',
      `what the bank got of payout \\S+ says ${US}\\S+, the journal has ${US}\\S+`,
    ],
  ])('names one too much in %s.%s', async (table, column, said, also = column) => {
    const change = (sign: string) =>
      `UPDATE ${table} SET ${[...new Set([column, also])].map((each) => `${each} = ${each} ${sign} 1`).join(', ')}`;
    expect(await whileChanged(change('+'), change('-'))).toContainEqual(
      expect.stringMatching(new RegExp(`^${said}$`)),
    );
  });

  it('names the day of an invoice that was issued before the journal had it, by the terms of that time', async () => {
    const [{ facts }] = await owner(`SELECT facts FROM journal_entry WHERE subject_type = 'invoice'`);
    const noted = (text: string) => `UPDATE journal_entry SET facts = ${text} WHERE subject_type = 'invoice'`;
    await asIntruder(world.api.database, noted(`facts - 'dueOn'`));
    const faultsAfter = async (change: string) => {
      await asIntruder(world.api.database, change);
      return (await faults()).filter((fault) => fault.startsWith('invoice '));
    };
    const day = (change: string) => faultsAfter(`UPDATE invoice SET due_on = due_on ${change}`);
    expect(await day('- 3')).toEqual([
      expect.stringMatching(/is due on 2026-12-15, by the journal on 2026-12-18$/),
    ]);
    expect(await day('+ 3')).toEqual([]);
    await asIntruder(world.api.database, noted(`'${JSON.stringify(facts)}'`));
    expect(await faults()).toEqual([]);
  });

  it('names a version of a signed week that is not over its lines, though a later one is', async () => {
    const [{ versions }] = await owner('SELECT max(version) AS versions FROM signed_week');
    expect(versions).toBe(2);
    const change = (sign: string) =>
      `UPDATE signed_week SET price_minor = price_minor ${sign} 1, pay_minor = pay_minor ${sign} 1 WHERE version = 1`;
    expect(await whileChanged(change('+'), change('-'))).toEqual([
      expect.stringMatching(
        /^the price of version 1 of signed week \S+ says US\$\S+, its lines have US\$\S+$/,
      ),
      expect.stringMatching(/^the pay of version 1 of signed week \S+ says US\$\S+, its lines have US\$\S+$/),
    ]);
    const seconds = (sign: string) =>
      `UPDATE charge SET seconds = seconds ${sign} 60 WHERE time_entry_id = (SELECT id FROM time_entry ORDER BY starts_at LIMIT 1)`;
    expect(await whileChanged(seconds('+'), seconds('-'))).toContainEqual(
      expect.stringMatching(
        /^1 of the lines of version 1 of signed week \S+ are not charged as they were signed$/,
      ),
    );
  });

  describe('a request for approval that was changed with its hash', () => {
    const change = (from: string, to: string) => `
      UPDATE approval_request SET payload = replace(payload, '${from}', '${to}') WHERE action = 'credit.set-terms';
      UPDATE approval_request SET payload_sha256 = encode(sha256(convert_to(payload, 'UTF8')), 'hex')`;
    const days = ['"dueDays":30', '"dueDays":90'] as const;

    it('is named: the journal has what was asked for, and a decision what was read', async () => {
      const found = await whileChanged(change(...days), change(days[1], days[0]));
      expect(found).toEqual([
        expect.stringMatching(/^request for approval \S+ is not what was asked for, by the journal$/),
        expect.stringMatching(/^request for approval \S+ is not what was read and decided on$/),
      ]);
    });

    it('is never done', async () => {
      const wish = { amountMinor: '50000', currency: 'USD', labId: lab.labId, dueDays: 30 };
      expect(
        (await finance.ask(TERMS, given({ ...wish, reason: 'Three years of invoices.' }))).setCreditTerms,
      ).toBeNull();
      await asIntruder(
        world.api.database,
        change(...days).replaceAll(`action = 'credit.set-terms'`, `state = 'PENDING'`),
      );
      const { summary: _, ...request } = await approve(other, 'credit.set-terms');
      expect(await owner(`SELECT state, outcome FROM approval_request WHERE id = '${request.id}'`)).toEqual([
        { state: 'FAILED', outcome: expect.stringContaining('not what was asked for and approved') },
      ]);
      expect(await count('credit_terms WHERE limit_minor = 50000')).toBe(0);
    });
  });
});

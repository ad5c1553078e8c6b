import type { Caller } from '../../../test/api';
import { asIntruder } from '../../../test/intruder';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  putIn,
  running,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { faultsOf } from '../../../test/proof';

const TERMS = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const ISSUE = 'mutation($input: IssueInvoiceInput!) { issueInvoice(input: $input) }';
const PAY = 'mutation($input: InvoiceInput!) { payInvoice(input: $input) }';
const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const given = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });

/** One of everything whose amount is kept beside the ledger: a cent more of each is named by the proof of the books. */
describe('the proof of amounts that are kept beside the ledger', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let finance: Caller;

  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const faults = () => faultsOf(finance);
  /** What is found while something is changed by an intruder, who changes it back afterwards: then nothing is. */
  const whileChanged = async (change: (sign: '+' | '-') => string): Promise<string[]> => {
    await asIntruder(world.api.database, change('+'));
    const found = await faults();
    await asIntruder(world.api.database, change('-'));
    expect(await faults()).toEqual([]);
    return found;
  };
  const count = async (rows: string) =>
    (await owner(`SELECT count(*)::int AS n FROM ${rows}`))[0].n as number;

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    const expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await putIn(world, lab, '500000');
    const amount = { amountMinor: '40000', currency: 'USD' };
    const reason = 'Two years of paid invoices.';
    await finance.ask(TERMS, given({ ...amount, labId: lab.labId, dueDays: 30, reason }));
    const { issueInvoice: invoiceId } = await lab.ask(ISSUE, given(amount));
    await lab.ask(PAY, given({ invoiceId }));
    await world.settle(async () => (await count(`invoice WHERE state = 'PAID'`)) === 1);
    await lab.ask(REFUND, given({ amountMinor: '1000', currency: 'USD' }));
    await world.settle(async () => (await count(`lab_refund WHERE state = 'SUCCEEDED'`)) === 1);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(async () => (await count(`payout_account WHERE state = 'ACTIVE'`)) === 1);
    await chargedWeek(lab, expert, await running(world, lab, expert, 'Work'), [['08:00', '09:30']]);
    await world.control('failures', { kind: 'payout', failure: 'fails' });
    await expert.ask('mutation { payOutNow }');
    await world.settle(async () => (await count('payout_return')) === 1);
    for (let step = 0; step < 2; step++) await world.api.job('audit', 'roll-up-ledger');
  }, 400_000);
  afterAll(() => world.stop());

  it('finds nothing wrong where nothing was changed', async () => {
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['invoice', ['amount'], 'true', /^invoice \S+ says US\$400\.01, the ledger has US\$400\.00$/],
    [
      'funding',
      ['amount'],
      'invoice_id IS NULL',
      /^funding \S+ says US\$5,000\.01, the ledger has US\$5,000\.00$/,
    ],
    ['lab_refund', ['amount'], 'true', /^refund \S+ says US\$10\.01, the ledger has US\$10\.00$/],
    ['payout_return', ['amount'], 'true', /^return \S+ says US\$185\.\d\d, its payout has US\$185\.\d\d$/],
    [
      'signed_week',
      ['price', 'pay'],
      'true',
      /^the pay of signed week \S+ says US\$\S+, its lines have US\$\S+$/,
    ],
    [
      'signed_week',
      ['price', 'fee'],
      'true',
      /^the fee of signed week \S+ says US\$\S+, its lines have US\$\S+$/,
    ],
    ['engagement_week', ['held'], `state = 'HELD'`, /^week \S+ says US\$\S+, its hold has US\$\S+$/],
  ])('names a cent too much in %s, %j', async (table, parts, where, said) => {
    const rows = await count(`${table} WHERE ${where}`);
    expect(rows).toBeGreaterThan(0);
    const found = await whileChanged((sign) => {
      const set = parts.map((part) => `${part}_minor = ${part}_minor ${sign} 1`);
      return `UPDATE ${table} SET ${set.join(', ')} WHERE ${where}`;
    });
    expect(found).toHaveLength(rows * parts.length);
    expect(found[0]).toMatch(said);
  });

  it('names a cent too much in a sum over postings', async () => {
    const found = await whileChanged(
      (sign) => `UPDATE ledger.rollup SET credits_posted = credits_posted ${sign} 1 WHERE credits_posted > 0`,
    );
    expect(found).toEqual([
      expect.stringMatching(
        /^the rollup of credits of platform_fee:platform:USD says US\$\S+, its postings have US\$\S+$/,
      ),
    ]);
  });

  it.each(['invoice', 'funding', 'lab-refund'])(
    'names what the ledger has nothing of: %s',
    async (subject) => {
      const change = (from: string, to: string) =>
        asIntruder(
          world.api.database,
          `UPDATE ledger.ledger_transaction SET subject_type = '${to}' WHERE subject_type = '${from}'`,
        );
      await change(subject, 'elsewhere');
      const found = await faults();
      await change('elsewhere', subject);
      expect(found).toContainEqual(expect.stringMatching(/ says US\$\S+, the ledger has nothing$/));
      expect(await faults()).toEqual([]);
    },
  );
});

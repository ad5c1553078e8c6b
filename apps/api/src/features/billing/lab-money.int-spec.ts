import request from 'supertest';
import type { Caller } from '../../../test/api';
import { approve } from '../../../test/approvals';
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
import { pdfText } from '../../../test/pdf-text';

const MOVEMENTS = `query($after: String) { labMovements(first: 5, after: $after) { totalCount pageInfo { hasNextPage endCursor }
  edges { node { kind words about has { minor } owes { minor } } } } }`;
const STANDING = '{ labBalances { prepaid { minor } invoiced { minor } } labDisputes { left { minor } } }';
const HIRE = 'mutation($input: HireDirectlyInput!) { hireDirectly(input: $input) { recordedAt } }';
const QUOTE = 'query($id: ID!) { conversionQuote(engagementId: $id) { due { minor } } }';

interface Row {
  readonly kind: string;
  readonly words: string;
  readonly about: string | null;
  readonly has: { readonly minor: string };
  readonly owes: { readonly minor: string };
}

interface Found {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly edges: readonly { readonly node: Row }[];
}

/** A lab to which everything happens that can move its money. */
describe('every movement of a lab’s money', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let [finance, other] = [] as unknown as [Caller, Caller];
  const given = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const act = async (name: string, type: string, fields: object) => {
    const done = await lab.ask(`mutation($input: ${type}!) { ${name}(input: $input) }`, given(fields));
    return done[name] as string;
  };
  const usd = (amountMinor: string) => ({ amountMinor, currency: 'USD' });
  const disputes = async () => (await lab.ask('{ labDisputes { id state } }')).labDisputes;
  const rail = async (action: string, objectId: string) => world.control('actions', { action, objectId });

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
    await putIn(world, lab, '2000000');
    await workAndHire();
    await invoices();
    await loseDispute();
  });
  afterAll(() => world.stop());

  const workAndHire = async () => {
    const expert = await newExpert(world.api, 'Ana Adler');
    const engagementId = await running(world, lab, expert, 'Heart review');
    await chargedWeek(lab, expert, engagementId, [['09:00', '10:00']]);
    const file = `engagement,currency,amount,reason\n${engagementId},USD,"1,000.00",Found the flaw`;
    await act('payBonuses', 'PayBonusesInput', { file, name: 'bonus.csv' });
    const { labCharges } = await lab.ask('{ labCharges { edges { node { id kind } } } }');
    const line = labCharges.edges.find(({ node }: { node: Row }) => node.kind === 'TIME').node.id;
    const reason = 'The lab showed that this was approved by mistake.';
    await finance.ask(
      'mutation($input: TakeBackChargeInput!) { takeBackCharge(input: $input) }',
      given({ chargeId: line, agreedMinor: '1000', reason }),
    );
    const { conversionQuote } = await lab.ask(QUOTE, { id: engagementId });
    await lab.ask(HIRE, given({ engagementId, dueMinor: conversionQuote.due.minor }));
  };

  const invoices = async () => {
    await finance.ask(
      'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }',
      given({ labId: lab.labId, ...usd('100000'), dueDays: 30, reason: 'Two years of paid invoices.' }),
    );
    const [paid, back] = [
      await act('issueInvoice', 'IssueInvoiceInput', usd('30000')),
      await act('issueInvoice', 'IssueInvoiceInput', usd('20000')),
    ];
    await act('issueInvoice', 'IssueInvoiceInput', usd('10000'));
    await act('payInvoice', 'InvoiceInput', { invoiceId: paid });
    await act('voidInvoice', 'InvoiceInput', { invoiceId: back });
    await world.settle(async () => (await world.posted('invoice-paid')) === 1);
    await lab.ask(
      'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }',
      given(usd('5000')),
    );
    await world.settle(async () => {
      const { labRefunds } = await lab.ask('{ labRefunds { edges { node { state } } } }');
      return labRefunds.edges[0].node.state !== 'REQUESTED';
    });
  };

  /** Of a payment that was spent: what is not there is owed, paid in part by the next payment, and waived. */
  const loseDispute = async () => {
    const { rows } = await world.books.query(
      `SELECT id FROM sandbox.object WHERE kind = 'payment_intent' ORDER BY created_at, id LIMIT 1`,
    );
    await rail('dispute', rows[0].id);
    await world.settle(async () => (await disputes()).length === 1);
    await rail('lose_dispute', (await world.newestAtRail('dispute')).id);
    await world.settle(async () => (await disputes())[0].state === 'LOST');
    world.api.clock.hold(new Date(NOON.getTime() + 60_000));
    await putIn(world, lab, '1000');
    const [{ id: disputeId }] = (
      await finance.ask('{ disputes { edges { node { id } } } }')
    ).disputes.edges.map(({ node }: { node: object }) => node);
    await finance.ask(
      'mutation($input: WriteOffDisputeInput!) { writeOffDispute(input: $input) }',
      given({ disputeId, reason: 'The lab has closed its business.' }),
    );
    await approve(other, 'dispute.write-off');
  };

  const listed = async (): Promise<Row[]> => {
    const rows: Row[] = [];
    let after: string | null = null;
    do {
      const labMovements: Found = (await lab.ask(MOVEMENTS, { after })).labMovements;
      rows.push(...labMovements.edges.map(({ node }) => node));
      after = labMovements.pageInfo.hasNextPage ? labMovements.pageInfo.endCursor : null;
      if (after === null) expect(labMovements.totalCount).toBe(rows.length);
    } while (after !== null);
    return rows;
  };
  const sum = (rows: readonly Row[], side: 'has' | 'owes') =>
    rows.reduce((all, row) => all + BigInt(row[side].minor), 0n).toString();
  const file = async (name: string) =>
    (
      await request(world.api.app.getHttpServer())
        .get(`/statements/${name}`)
        .set('authorization', `Bearer ${lab.token}`)
        .buffer(true)
        .parse((response, done) => {
          const parts: Buffer[] = [];
          response
            .on('data', (part: Buffer) => parts.push(part))
            .on('end', () => done(null, Buffer.concat(parts)));
        })
        .expect(200)
    ).body as Buffer;

  it('is listed in words, and together they are what it has and what it owes', async () => {
    const rows = await listed();
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set([
        ...['funding-cleared', 'line-charged', 'bonus-charged', 'charge-reversed', 'conversion-charged'],
        ...['invoice-issued', 'invoice-paid', 'invoice-taken-back', 'refund-requested'],
        ...['dispute-lost', 'dispute-repaid', 'dispute-written-off'],
      ]),
    );
    for (const { kind, words } of rows) expect(words).not.toBe(kind.replaceAll('-', ' '));
    const { labBalances, labDisputes } = await lab.ask(STANDING);
    expect(sum(rows, 'has')).toBe(labBalances[0].prepaid.minor);
    expect(labDisputes).toEqual([{ left: { minor: '0' } }]);
    expect(sum(rows, 'owes')).toBe(labBalances[0].invoiced.minor);
    expect(labBalances[0].invoiced.minor).toBe('10000');
    const about = (kind: string) => rows.find((row) => row.kind === kind)?.about;
    expect([about('conversion-charged'), about('bonus-charged')]).toEqual(['Ana Adler', 'Ana Adler']);
    expect(about('invoice-taken-back')).toBe('INV-2026-000002');
  });

  it('is in the files too, to the cent', async () => {
    const rows = await listed();
    const lines = (await file('lab-money.csv')).toString('utf8').trim().split('\r\n').slice(1);
    expect(lines).toHaveLength(rows.length);
    const cents = (place: number) =>
      lines.reduce((all, line) => all + BigInt(line.split(',')[place]!.replace('.', '')), 0n).toString();
    expect([cents(4), cents(5)]).toEqual([sum(rows, 'has'), sum(rows, 'owes')]);
    const text = pdfText(await file('lab-money.pdf'));
    const [, name = ''] = /Money of (\S+)/.exec(text) ?? [];
    expect((await lab.ask('{ myLab { name } }')).myLab.name).toContain(name);
    for (const words of ['A direct hire', 'A disputed payment was lost', 'INV-2026-000002', 'owed US$100.00'])
      expect(text).toContain(words);
    const before = (await file('lab-money.csv?to=2026-11-17')).toString('utf8').trim().split('\r\n');
    expect(before).toHaveLength(1);
  });
});

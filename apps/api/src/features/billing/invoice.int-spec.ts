import request from 'supertest';
import { moneyWorld, NOON, type Lab, type MoneyWorld } from '../../../test/money-world';
import { key, vettedLab } from '../../../test/main-job';
import { pdfText } from '../../../test/pdf-text';
import type { Caller } from '../../../test/api';

const DAY_MS = 86_400_000;
const SET = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const ORDER = 'mutation($input: AddPurchaseOrderInput!) { addPurchaseOrder(input: $input) }';
const ISSUE = 'mutation($input: IssueInvoiceInput!) { issueInvoice(input: $input) }';
const PAY = 'mutation($input: InvoiceInput!) { payInvoice(input: $input) }';
const VOID = 'mutation($input: InvoiceInput!) { voidInvoice(input: $input) }';
const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const CREDIT = '{ labCredit { limit { minor } owed { minor } left { minor } dueDays } }';
const INVOICES =
  '{ invoices { edges { node { id number state dueOn daysOverdue purchaseOrderNumber amount { minor } } } } }';
const FUNDS = '{ labBalances { prepaid { minor } available { minor } } }';
const BELL = '{ notifications { edges { node { kind title } } } }';
const BOOKS = 'mutation { proveBooks { isProven checks { faults } } }';

describe('paying by invoice', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let other: Lab;
  let finance: Caller;
  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    other = await vettedLab(world.api, 'Stratus');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
  });
  afterAll(() => world.stop());

  const given = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const issue = (amountMinor: string, more: object = {}) => given({ amountMinor, currency: 'USD', ...more });
  const terms = (amountMinor: string) =>
    given({
      labId: lab.labId,
      amountMinor,
      currency: 'USD',
      dueDays: 30,
      reason: 'Two years of paid invoices elsewhere.',
    });
  const invoices = async () =>
    (await lab.ask(INVOICES)).invoices.edges.map(({ node }: { node: Record<string, unknown> }) => node);
  const owed = async () => (await lab.ask(CREDIT)).labCredit[0].owed.minor;
  const had = async () => (await lab.ask(FUNDS)).labBalances[0].available.minor;

  it('is for labs with whom it was agreed, up to a limit, however many ask at once', async () => {
    expect(await lab.refused(ISSUE, issue('10000'))).toMatchObject({ code: 'NO_CREDIT', field: 'currency' });
    expect(await lab.refused(SET, terms('100000'))).toMatchObject({ code: 'NOT_FOUND' });
    await finance.ask(SET, terms('100000'));
    const answers = await Promise.all([1, 2, 3].map(() => lab.raw(ISSUE, issue('40000'))));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'issued');
    expect(codes.filter((code) => code === 'issued')).toHaveLength(2);
    expect(codes).toContain('CREDIT_LIMIT');
    expect((await lab.ask(CREDIT)).labCredit).toEqual([
      { limit: { minor: '100000' }, owed: { minor: '80000' }, left: { minor: '20000' }, dueDays: 30 },
    ]);
    expect(await had()).toBe('80000');
    // Numbers have no gap, although one of three was refused.
    const numbers = (await invoices()).map(({ number }: Record<string, unknown>) => number).toSorted();
    expect(numbers).toEqual(['INV-2026-000001', 'INV-2026-000002']);
    expect(await finance.refused(SET, terms('79999'))).toMatchObject({
      code: 'CREDIT_LIMIT',
      field: 'amountMinor',
      message: 'The lab owes US$800.00. Set a limit of at least that, or a lower one after it has paid.',
    });
  });

  it('is in a currency that banks send, as everything that comes in: one list, said at once', async () => {
    const FUND = 'mutation($input: RequestFundingInput!) { requestFunding(input: $input) }';
    const words = { code: 'CURRENCY_UNKNOWN', message: expect.stringContaining('USD, EUR, GBP, JPY') };
    for (const currency of ['KWD', 'ISK', 'MXN']) {
      const asked = given({ amountMinor: '50000', currency });
      expect(await lab.refused(FUND, asked)).toMatchObject(words);
      expect(await lab.refused(ISSUE, asked)).toMatchObject(words);
      expect(await finance.refused(SET, given({ ...terms('50000').input, currency }))).toMatchObject(words);
    }
  });

  it('counts against a purchase order and never above it, and the order stands on the paper', async () => {
    const order = given({ number: 'PO-77', amountMinor: '15000', currency: 'USD' });
    const { addPurchaseOrder: purchaseOrderId } = await lab.ask(ORDER, order);
    expect(
      await lab.refused(ORDER, given({ number: 'PO-77', amountMinor: '1', currency: 'USD' })),
    ).toMatchObject({
      code: 'ORDER_KNOWN',
      field: 'number',
    });
    // The same number is the same order, however its letters and spaces are written: also for the database alone.
    for (const number of ['po-77', '  Po-77 ', 'PO-77\t'])
      expect(await lab.refused(ORDER, given({ number, amountMinor: '1', currency: 'USD' }))).toMatchObject({
        code: 'ORDER_KNOWN',
        field: 'number',
      });
    await expect(
      world.api.owner().query(
        `INSERT INTO purchase_order (id, lab_id, number, currency, amount_minor, created_by_id, created_at)
         SELECT gen_random_uuid(), lab_id, ' po-77 ', currency, 1, created_by_id, created_at FROM purchase_order`,
      ),
    ).rejects.toThrow('purchase_order_number');
    const { issueInvoice: id } = await lab.ask(ISSUE, issue('12000', { purchaseOrderId }));
    expect(await lab.refused(ISSUE, issue('3001', { purchaseOrderId }))).toMatchObject({
      code: 'OVER_ORDER',
      message: expect.stringContaining('US$30.00 left'),
    });
    await other.refused(ISSUE, issue('100', { purchaseOrderId }));
    const file = (caller: Caller) =>
      request(world.api.app.getHttpServer())
        .get(`/invoices/${id}.pdf`)
        .set('authorization', `Bearer ${caller.token}`)
        .buffer(true)
        .parse((response, done) => {
          const parts: Buffer[] = [];
          response
            .on('data', (part: Buffer) => parts.push(part))
            .on('end', () => done(null, Buffer.concat(parts)));
        });
    const text = pdfText((await file(lab)).body as Buffer);
    for (const words of ['INV-2026-000003', 'PO-77', 'US$120.00', 'Cumulus Inc.', '18 December 2026'])
      expect(text).toContain(words);
    expect((await file(other)).status).toBe(404);
    for (const endsOn of ['2026-02-31', '2027-02-29', '2020-01-01'])
      expect(
        await lab.refused(ORDER, given({ number: endsOn, amountMinor: '1', currency: 'USD', endsOn })),
      ).toMatchObject({ field: 'endsOn' });
    // Taken back while its money is there: the order has its room again, and a second time there is nothing to take.
    await lab.ask(VOID, given({ invoiceId: id }));
    expect(await lab.refused(VOID, given({ invoiceId: id }))).toMatchObject({ code: 'STATE_CHANGED' });
    const takenBack = pdfText((await file(lab)).body as Buffer);
    expect(takenBack).toContain('nothing is owed');
    expect(takenBack).not.toMatch(/To be paid|is in your balance/);
    const { purchaseOrders } = await lab.ask('{ purchaseOrders { number left { minor } } }');
    expect(purchaseOrders).toEqual([{ number: 'PO-77', left: { minor: '15000' } }]);
    expect([await owed(), await had()]).toEqual(['80000', '80000']);
  });

  it('reminds before the day, on it and after it, each once; and nothing more is invoiced while one is late', async () => {
    const titles = async () =>
      (await lab.ask(BELL)).notifications.edges
        .filter(({ node }: { node: { kind: string } }) => node.kind === 'INVOICE_DUE')
        .map(({ node }: { node: { title: string } }) => node.title.replace(/ \d+ days/, ' N days'));
    const dueIn = (days: number) =>
      world.api
        .owner()
        .query('UPDATE invoice SET due_on = $1', [
          new Date(NOON.getTime() + days * DAY_MS).toISOString().slice(0, 10),
        ]);
    for (const [days, count] of [
      [5, 0],
      [3, 2],
      [2, 2],
      [-1, 4],
      [-8, 6],
    ] as const) {
      await dueIn(days);
      await world.api.job('engagement', 'remind-invoices');
      await world.api.job('engagement', 'remind-invoices');
      expect(await titles()).toHaveLength(count);
    }
    for (const words of ['a day late', 'N days late'])
      expect((await titles()).filter((title: string) => title.endsWith(words))).toHaveLength(2);
    // Of two that are late the one that was due first is named, whichever was issued first.
    for (const order of ['ASC', 'DESC']) {
      await dueIn(-8);
      const { rows } = await world.api.owner().query(
        `UPDATE invoice SET due_on = due_on - 6 WHERE id =
          (SELECT id FROM invoice WHERE state = 'OPEN' ORDER BY number ${order} LIMIT 1) RETURNING number`,
      );
      expect(await lab.refused(ISSUE, issue('100'))).toMatchObject({
        code: 'INVOICE_OVERDUE',
        message: expect.stringContaining(`Invoice ${rows[0].number} was due`),
      });
    }
    await dueIn(-8);
    const { homeForLab } = await lab.ask('{ homeForLab { kind title link due } }');
    expect(homeForLab.find(({ kind }: { kind: string }) => kind === 'INVOICE_DUE')).toMatchObject({
      ...{ title: expect.stringMatching(/invoice/), link: '/lab/invoices' },
      due: expect.stringMatching(/^2026-11-\d\dT00:00:00.000Z$/),
    });
    await dueIn(30);
  });

  it('is paid when the money arrives, once; a payment that fails leaves it open', async () => {
    const [first, second] = (await invoices()).filter(
      ({ state }: Record<string, unknown>) => state === 'OPEN',
    );
    const pay = (invoice: Record<string, unknown>) => lab.ask(PAY, given({ invoiceId: invoice.id }));
    const stateOf = async (invoice: Record<string, unknown>) =>
      (await invoices()).find(({ id }: Record<string, unknown>) => id === invoice.id).state;
    await world.control('failures', { kind: 'payment', failure: 'fails' });
    await pay(first);
    expect(await lab.refused(PAY, given({ invoiceId: first.id }))).toMatchObject({
      code: 'PAYMENT_UNDER_WAY',
    });
    expect(await lab.refused(VOID, given({ invoiceId: first.id }))).toMatchObject({
      code: 'PAYMENT_UNDER_WAY',
    });
    const { invoices: shown } = await lab.ask('{ invoices { edges { node { id isBeingPaid } } } }');
    const paying = shown.edges.filter(({ node }: { node: { isBeingPaid: boolean } }) => node.isBeingPaid);
    expect(paying).toEqual([{ node: { id: first.id, isBeingPaid: true } }]);
    const states = async () =>
      (await lab.ask('{ fundings { edges { node { state } } } }')).fundings.edges.map(
        ({ node }: { node: { state: string } }) => node.state,
      );
    await world.settle(async () => (await states()).includes('FAILED'));
    expect([await stateOf(first), await owed()]).toEqual(['OPEN', '80000']);
    await pay(first);
    await world.settle(async () => (await stateOf(first)) === 'PAID');
    expect([await owed(), await had()]).toEqual(['40000', '80000']);
    expect(await lab.refused(PAY, given({ invoiceId: first.id }))).toMatchObject({
      code: 'INVOICE_NOT_OPEN',
    });
    // The second one's money goes back to the lab's bank as far as it came from there: it is spent, and stays owed.
    const back = (amountMinor: string) => given({ amountMinor, currency: 'USD' });
    expect(await lab.refused(REFUND, back('40001'))).toMatchObject({
      code: 'MORE_THAN_AVAILABLE',
      message: expect.stringContaining('US$400.00 is owed by open invoices'),
    });
    await lab.ask(REFUND, back('40000'));
    await world.settle(async () => (await had()) === '40000');
    // Money that a lab was given for work and has not paid is no cash.
    expect(await lab.refused(REFUND, back('1'))).toMatchObject({ code: 'MORE_THAN_AVAILABLE' });
    await lab.ask(VOID, given({ invoiceId: second.id }));
    expect([await owed(), await had()]).toEqual(['0', '0']);
    const { proveBooks } = await finance.ask(BOOKS);
    expect(proveBooks).toMatchObject({ isProven: true });
    expect(await world.drift()).toEqual([]);
  });

  it('is seen by those who audit, and by no other lab', async () => {
    const all = (await finance.ask('{ allInvoices { totalCount edges { node { state } } } }')).allInvoices;
    expect(all.totalCount).toBe(3);
    expect((await other.ask('{ invoices { totalCount } }')).invoices.totalCount).toBe(0);
    expect(await other.refused('{ allInvoices { totalCount } }')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is found by how late it is, summed by currency, and opens to its order, payment and ledger', async () => {
    await lab.ask(ISSUE, issue('30000'));
    const open = (await invoices()).find(({ state }: Record<string, unknown>) => state === 'OPEN');
    const LATE = new Date(NOON.getTime() - 45 * DAY_MS).toISOString().slice(0, 10);
    await world.api.owner().query('UPDATE invoice SET due_on = $1 WHERE id = $2', [LATE, open.id]);
    const FOUND =
      'query($age: String, $labId: ID) { allInvoices(age: $age, labId: $labId) { edges { node { id labName daysOverdue } } } }';
    const found = async (age: string, labId?: string) =>
      (await finance.ask(FOUND, { age, labId })).allInvoices.edges.map(({ node }: { node: object }) => node);
    expect(await found('DAYS_31_60')).toEqual([{ id: open.id, labName: 'Cumulus', daysOverdue: 45 }]);
    expect(await found('DAYS_31_60', other.labId)).toEqual([]);
    for (const age of ['NOT_DUE', 'DAYS_1_30', 'DAYS_61_90', 'DAYS_OVER_90'])
      expect(await found(age)).toEqual([]);
    expect(await finance.refused(FOUND, { age: 'SOON' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'age',
    });
    const { invoiceSums } = await finance.ask('{ invoiceSums { standing count amount { minor currency } } }');
    const usd = (minor: string) => ({ minor, currency: 'USD' });
    expect(invoiceSums).toHaveLength(3);
    for (const sum of [
      { standing: 'DAYS_31_60', count: 1, amount: usd('30000') },
      { standing: 'PAID', count: 1, amount: usd('40000') },
      { standing: 'VOID', count: 2, amount: usd('52000') },
    ])
      expect(invoiceSums).toContainEqual(sum);
    const paid = (await invoices()).find(({ state }: Record<string, unknown>) => state === 'PAID');
    const ONE =
      'query($id: ID!) { anyInvoice(id: $id) { labName order { number } payments { state } moves { kind } } }';
    const { anyInvoice } = await finance.ask(ONE, { id: paid.id });
    expect(anyInvoice).toMatchObject({ labName: 'Cumulus', order: null });
    expect(anyInvoice.payments.map(({ state }: { state: string }) => state).toSorted()).toEqual([
      'CLEARED',
      'FAILED',
    ]);
    expect(anyInvoice.moves.map(({ kind }: { kind: string }) => kind)).toContain('invoice-issued');
    expect(await other.refused(ONE, { id: paid.id })).toMatchObject({ code: 'NOT_FOUND' });
    const csv = await request(world.api.app.getHttpServer())
      .get('/exports/invoices.csv?age=DAYS_31_60')
      .set('authorization', `Bearer ${finance.token}`);
    expect(csv.status).toBe(200);
  });

  it('is of one whole unit of its currency or more, as what is put in', async () => {
    const FUND = 'mutation($input: RequestFundingInput!) { requestFunding(input: $input) }';
    const third = await vettedLab(world.api, 'Nimbus');
    await finance.ask(SET, given({ ...terms('50000').input, labId: third.labId, currency: 'JPY' }));
    const small = (message: string) => ({ code: 'AMOUNT_OUT_OF_BOUNDS', field: 'amount', message });
    expect(await third.refused(ISSUE, issue('99'))).toMatchObject(small('An invoice is at least US$1.00.'));
    expect(await third.refused(ISSUE, issue('0', { currency: 'JPY' }))).toMatchObject(
      small('An invoice is at least ¥1.'),
    );
    expect(await third.refused(FUND, issue('0', { currency: 'JPY' }))).toMatchObject(
      small('Add between ¥1 and ¥99,999,999 at a time.'),
    );
    for (const mutation of [ISSUE, FUND]) await third.ask(mutation, issue('1', { currency: 'JPY' }));
    expect(await third.refused(FUND, issue('99'))).toMatchObject({ code: 'AMOUNT_OUT_OF_BOUNDS' });
  });
});

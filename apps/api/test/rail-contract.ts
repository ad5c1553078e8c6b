import type { Outcome, PaymentRail } from '../src/features/rail/adapter/payment-rail';

/** A rail that the contract is tried on, and what the test does in the place of banks and people. */
export interface RailUnderTest {
  readonly rail: PaymentRail;
  /** A prefix for keys and ids, so that no earlier run answers. */
  readonly run: string;
  /** A bank transfer of a customer arrives. */
  fund(customerId: string, amountMinor: bigint, currency: string): Promise<void>;
  /** The recipient fills in what the rail asks for. Undefined where nobody can: then an active one is needed. */
  onboard?(recipientId: string): Promise<void>;
  /** An active recipient that is there already. */
  readonly activeRecipient?: string;
  /** An active recipient whose account settles in another currency than dollars; not there where there is none. */
  readonly recipientAbroad?: () => Promise<string>;
}

/** The value of a call that was done; fails with the rail's own words. */
export function value<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  throw new Error(`${outcome.kind}: ${outcome.message}`);
}

/** What every rail behind the port does, told by what a caller sees. Declares its tests in the surrounding `describe`. */
export function railContract(
  under: () => RailUnderTest,
  { canBePaid, exchanges }: { readonly canBePaid: boolean; readonly exchanges: boolean },
): void {
  let customerId: string;
  let paymentId: string;
  let recipientId: string;
  const { rail, run } = { rail: () => under().rail, run: () => under().run };
  const paid = canBePaid ? it : it.skip;
  const exchanged = exchanges ? it : it.skip;
  const payment = (fundingId: string, amountMinor = 50_000n, currency = 'USD') => ({
    ...{ fundingId, amountMinor, currency },
    labId: `lab-${run()}`,
    customerId,
  });

  it('knows a payer once for its key', async () => {
    const first = value(await rail().createCustomer({ labId: `lab-${run()}` }, `${run()}-customer`));
    const again = value(await rail().createCustomer({ labId: `lab-${run()}` }, `${run()}-customer`));
    expect(again).toEqual(first);
    customerId = first.id;
  });

  it('says where a bank transfer goes', async () => {
    const { currency, lines } = value(await rail().bankInstructions(customerId, 'USD'));
    expect(currency).toBe('USD');
    expect(lines.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['account number', 'routing number']),
    );
  });

  it('asks for a payment once for its key, refuses the key for another, and waits for the money', async () => {
    const asked = value(await rail().createPayment(payment('f1'), `${run()}-f1`));
    expect(asked).toMatchObject({ state: 'PROCESSING', amountMinor: 50_000n, currency: 'USD' });
    expect(value(await rail().createPayment(payment('f1'), `${run()}-f1`)).id).toBe(asked.id);
    expect(await rail().createPayment(payment('f1', 50_001n), `${run()}-f1`)).toMatchObject({
      kind: 'refused',
    });
    paymentId = asked.id;
  });

  it('has the money when it has arrived, with the movement that says so', async () => {
    await under().fund(customerId, 50_000n, 'USD');
    const arrived = value(await rail().retrievePayment(paymentId));
    expect(arrived).toMatchObject({ id: paymentId, state: 'SUCCEEDED', amountMinor: 50_000n });
    const { movement } = arrived;
    expect(movement).toMatchObject({ subjectId: paymentId, amountMinor: 50_000n, currency: 'USD' });
    expect(movement!.netMinor).toBe(movement!.amountMinor - movement!.feeMinor);
  });

  it('refuses, without asking, what it cannot say: a currency without bank transfers, a fraction of a step', async () => {
    const refused = (currency: string, amountMinor: bigint) =>
      rail().createPayment(payment('f2', amountMinor, currency), `${run()}-f2`);
    expect(await refused('CHF', 500n)).toMatchObject({ code: 'CURRENCY_WITHOUT_BANK_TRANSFER' });
    expect(await refused('KWD', 1505n)).toMatchObject({ code: 'AMOUNT_NOT_ON_RAIL' });
    expect(await refused('USD', 10n ** 12n)).toMatchObject({ code: 'AMOUNT_OUT_OF_BOUNDS' });
  });

  it('refuses a payment of more than eight digits', async () => {
    const asked = rail().createPayment(payment('f3', 100_000_000n), `${run()}-f3`);
    expect(await asked).toMatchObject({ kind: 'refused', code: 'amount_too_large' });
  });

  it('refuses what does not exist', async () => {
    expect(await rail().retrievePayment('pi_none')).toMatchObject({
      kind: 'refused',
      code: 'resource_missing',
    });
    expect(await rail().retrieveRefund('re_none')).toMatchObject({ kind: 'refused' });
    expect(await rail().retrieveDispute('dp_none')).toMatchObject({ kind: 'refused' });
  });

  it('opens a recipient that asks for what is missing, with a page to fill it in', async () => {
    const recipient = { expertId: `expert-${run()}`, email: 'expert@example.org', name: 'Ada' };
    const made = value(
      await rail().createRecipient({ ...recipient, country: 'US', currency: 'USD' }, `${run()}-recipient`),
    );
    recipientId = under().activeRecipient ?? made.id;
    const pages = { returnUrl: 'https://example.org/back', refreshUrl: 'https://example.org/again' };
    const link = value(
      await rail().onboardingLink({ recipientId: made.id, ...pages }, `${run()}-onboarding`),
    );
    expect(link.url).toMatch(/^https?:\/\//);
    expect(link.expiresAt.getTime()).toBeGreaterThan(Date.now());
    await under().onboard?.(made.id);
    expect(value(await rail().retrieveRecipient(made.id))).toMatchObject({
      id: made.id,
      isActive: under().onboard !== undefined,
    });
  });

  paid('says to which bank account a recipient’s money goes on, the same each time it is asked', async () => {
    const told = value(await rail().bankOf(recipientId, 'USD'));
    expect(told).toMatch(/^(ba|card)_/);
    expect(value(await rail().bankOf(recipientId, 'USD'))).toBe(told);
    expect(await rail().bankOf('acct_none', 'USD')).toMatchObject({
      kind: 'refused',
      code: 'account_invalid',
    });
  });

  const transfer = (payoutId: string, amountMinor: bigint) => ({
    ...{ payoutId, amountMinor, recipientId },
    currency: 'USD',
  });

  paid('sends money once for its key, and finds it again by the payout', async () => {
    expect(value(await rail().findTransfer(`${run()}-p1`))).toBeNull();
    const sent = value(await rail().transfer(transfer(`${run()}-p1`, 7_500n), `${run()}-p1`));
    expect(sent).toMatchObject({ amountMinor: 7_500n, currency: 'USD', reversedMinor: 0n });
    expect(value(await rail().transfer(transfer(`${run()}-p1`, 7_500n), `${run()}-p1`))).toEqual(sent);
    expect(value(await rail().findTransfer(`${run()}-p1`))).toEqual(sent);
  });

  paid('is told to send nothing by itself, as often as it is said', async () => {
    for (const which of ['1', '2'])
      expect((await rail().sendNothingByItself(recipientId, `${run()}-by-hand-${which}`)).kind).toBe('done');
    expect(await rail().sendNothingByItself('acct_none', `${run()}-by-hand`)).toMatchObject({
      kind: 'refused',
    });
  });

  paid(
    'sends what a transfer brought on to one bank account once for its key, and finds it again',
    async () => {
      const { id: transferId } = value(await rail().transfer(transfer(`${run()}-p3`, 4_200n), `${run()}-p3`));
      const bankId = value(await rail().bankOf(recipientId, 'USD')) ?? '';
      const sending = { payoutId: `${run()}-p3`, attempt: 1, transferId, recipientId, bankId };
      expect(value(await rail().findSentToBank(sending))).toBeNull();
      const sent = value(await rail().sendToBank(sending, `${run()}-b3`));
      expect(sent).toMatchObject({ payoutId: `${run()}-p3`, amountMinor: 4_200n, currency: 'USD', bankId });
      expect(sent.exchangeRate).toBeNull();
      expect(value(await rail().sendToBank(sending, `${run()}-b3`)).id).toBe(sent.id);
      expect(value(await rail().findSentToBank(sending))?.id).toBe(sent.id);
      expect(value(await rail().findSentToBank({ ...sending, attempt: 2 }))).toBeNull();
      expect(value(await rail().retrievePayout(sent.id, recipientId))).toMatchObject({ bankId });
    },
  );

  paid('sends nothing to a bank account that its recipient does not have', async () => {
    const { id: transferId } = value(await rail().transfer(transfer(`${run()}-p4`, 1_300n), `${run()}-p4`));
    const sending = { payoutId: `${run()}-p4`, attempt: 1, transferId, recipientId, bankId: 'ba_none' };
    expect(await rail().sendToBank(sending, `${run()}-b4`)).toMatchObject({
      kind: 'refused',
      code: 'resource_missing',
    });
    expect(value(await rail().findSentToBank(sending))).toBeNull();
  });

  exchanged(
    'exchanges what goes to an account in another currency, and says at which rate however it is asked',
    async () => {
      const abroad = (await under().recipientAbroad?.()) ?? '';
      value(await rail().sendNothingByItself(abroad, `${run()}-abroad`));
      const before = value(await rail().availableMinor('USD'));
      const payoutId = `${run()}-p5`;
      const asked = { payoutId, amountMinor: 6_400n, currency: 'USD', recipientId: abroad };
      const went = value(await rail().transfer(asked, payoutId));
      expect(went).toMatchObject({ amountMinor: 6_400n, currency: 'USD' });
      expect(value(await rail().availableMinor('USD'))).toBe(before - 6_400n);
      const bankId = value(await rail().bankOf(abroad, 'USD')) ?? '';
      const sending = { payoutId, attempt: 1, transferId: went.id, recipientId: abroad, bankId };
      const sent = value(await rail().sendToBank(sending, `${run()}-b5`));
      const { id, amountMinor, currency, exchangeRate } = sent;
      expect(currency).not.toBe('USD');
      // Dollars and the currencies in which a recipient abroad is tried have as many decimals.
      expect(Math.abs(Number(amountMinor) - 6_400 * (exchangeRate ?? 0))).toBeLessThanOrEqual(1);
      const told = { id, payoutId, amountMinor, currency, exchangeRate };
      expect(value(await rail().retrievePayout(id, abroad))).toMatchObject(told);
      expect(value(await rail().findSentToBank(sending))).toMatchObject(told);
    },
  );

  exchanged(
    'takes back what was exchanged: all of it comes back, in the currency that was sent',
    async () => {
      const recipientId = (await under().recipientAbroad?.()) ?? '';
      const before = value(await rail().availableMinor('USD'));
      const asked = { payoutId: `${run()}-p6`, amountMinor: 3_333n, currency: 'USD', recipientId };
      const { id: transferId } = value(await rail().transfer(asked, `${run()}-p6`));
      for (const amountMinor of [1_111n, 2_222n]) {
        const part = { transferId, amountMinor, currency: 'USD', reversalId: `${run()}-v${amountMinor}` };
        value(await rail().reverseTransfer(part, part.reversalId));
      }
      expect(value(await rail().availableMinor('USD'))).toBe(before);
      expect(value(await rail().findTransfer(`${run()}-p6`))).toMatchObject({ reversedMinor: 3_333n });
    },
  );

  paid('refuses to send more than is available', async () => {
    const available = value(await rail().availableMinor('USD'));
    expect(await rail().transfer(transfer(`${run()}-p2`, available + 100n), `${run()}-p2`)).toMatchObject({
      kind: 'refused',
      code: 'balance_insufficient',
    });
  });

  paid('gives back part of a payment, and says how far it is', async () => {
    const asked = { paymentId, amountMinor: 1_000n, currency: 'USD', refundId: `${run()}-r1` };
    const refund = value(await rail().refund(asked, `${run()}-r1`));
    expect(refund).toMatchObject({ amountMinor: 1_000n, currency: 'USD' });
    expect(value(await rail().retrieveRefund(refund.id)).id).toBe(refund.id);
    expect(await rail().refund({ ...asked, amountMinor: 90_000n }, `${run()}-r2`)).toMatchObject({
      kind: 'refused',
    });
  });

  it('lists the movements of its balance by pages, each with what it is of', async () => {
    const { items } = value(await rail().listMovements(new Date(Date.now() - 3_600_000)));
    expect(items.find(({ subjectId }) => subjectId === paymentId)).toMatchObject({
      category: 'charge',
      amountMinor: 50_000n,
    });
    const [balance] = value(await rail().balances()).filter(({ currency }) => currency === 'USD');
    expect(typeof balance!.availableMinor).toBe('bigint');
  });
}

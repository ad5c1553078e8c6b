import { DEFAULT_VERSION } from '../door';
import { RailError, type Body } from '../store';
import { completed, CONTRACT } from './contract';
import { readRequest } from './read-request';

const PINNED = CONTRACT.apiVersion;
const PAYMENTS = 'POST /v1/payment_intents';

describe('what the sandbox takes', () => {
  const readForm = (name: string, sent: Body, version = PINNED) =>
    readRequest(name, sent, { version, isForm: true });
  const refusal = (name: string, sent: Body, version?: string): Partial<RailError> => {
    try {
      readForm(name, sent, version);
    } catch (error) {
      const { status, code, param, message } = error as RailError;
      return { status, code, param, message };
    }
    throw new Error('it was taken');
  };

  it('is read with its types from a form, which has none', () => {
    expect(
      readForm(PAYMENTS, {
        amount: '2000',
        currency: 'usd',
        confirm: 'true',
        metadata: { funding_id: '7' },
        expand: { '0': 'latest_charge' },
        payment_method_options: { customer_balance: { bank_transfer: { type: 'us_bank_transfer' } } },
      }),
    ).toEqual({
      amount: 2000,
      currency: 'usd',
      confirm: true,
      metadata: { funding_id: '7' },
      expand: ['latest_charge'],
      payment_method_options: { customer_balance: { bank_transfer: { type: 'us_bank_transfer' } } },
    });
  });

  it('takes as much metadata as Stripe does, and says so in its words', () => {
    const many = (count: number, key = 'k', value = 'v') =>
      refusal(PAYMENTS, {
        ...{ amount: '5', currency: 'usd' },
        metadata: Object.fromEntries(
          Array.from({ length: count }, (_each, index) => [`${key}${index}`, value]),
        ),
      });
    expect(() => many(50, 'k', 'v'.repeat(500))).toThrow('it was taken');
    expect(() => many(1, 'k'.repeat(39))).toThrow('it was taken');
    expect([many(51), many(1, 'k'.repeat(40)), many(1, 'k', 'v'.repeat(501))]).toMatchObject([
      { status: 400, param: 'metadata', message: expect.stringContaining('up to 50 keys') },
      { status: 400, param: 'metadata', message: expect.stringContaining('under 40 characters') },
      { status: 400, param: 'metadata', message: expect.stringContaining('under 500 characters') },
    ]);
  });

  it('names the parameter that is missing, unknown or of another kind', () => {
    expect(refusal(PAYMENTS, { currency: 'usd' })).toMatchObject({
      status: 400,
      code: 'parameter_missing',
      param: 'amount',
    });
    expect(refusal(PAYMENTS, { amount: '5', currency: 'usd', amuont: '5' })).toMatchObject({
      code: 'parameter_unknown',
      param: 'amuont',
    });
    for (const amount of ['abc', '1.5', '', '1e3'])
      expect(refusal(PAYMENTS, { amount, currency: 'usd' })).toMatchObject({
        code: 'parameter_invalid_integer',
        param: 'amount',
      });
    expect(refusal(PAYMENTS, { amount: '5', currency: 'usd', confirm: 'maybe' }).param).toBe('confirm');
  });

  it('names what is wrong deep inside, as Stripe writes it', () => {
    const deep = (type: string) => ({
      amount: '5',
      currency: 'usd',
      payment_method_options: { customer_balance: { bank_transfer: { type } } },
    });
    expect(refusal(PAYMENTS, deep('us_bank_transfr')).param).toBe(
      'payment_method_options[customer_balance][bank_transfer][type]',
    );
    const unknown = { amount: '5', currency: 'usd', shipping: { name: 'A', address: { lane: '1' } } };
    expect(refusal(PAYMENTS, unknown)).toMatchObject({
      code: 'parameter_unknown',
      param: 'shipping[address][lane]',
    });
  });

  it('does not have what the pinned version dropped, and still takes it from a client of an older one', () => {
    const old = { amount: '5', currency: 'usd', payment_method_types: { '0': 'card' } };
    expect(refusal(PAYMENTS, old)).toMatchObject({
      code: 'payment_method_types_no_longer_supported',
      param: 'payment_method_types',
    });
    expect(readRequest(PAYMENTS, old, { version: DEFAULT_VERSION, isForm: true })).toEqual({
      amount: 5,
      currency: 'usd',
    });
    expect(readForm(PAYMENTS, old, '2026-06-24.dahlia')).not.toHaveProperty('payment_method_types');
  });

  it('keeps the types of a body that has them, as v2 does', () => {
    const asked = { contact_email: 'a@example.org', dashboard: 'express', include: ['identity'] };
    const read = (sent: Body) =>
      readRequest('POST /v2/core/accounts', sent, { version: PINNED, isForm: false });
    expect(read(asked)).toEqual(asked);
    const transfers = (requested: unknown) => ({
      configuration: { recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested } } } } },
    });
    expect(read(transfers(true))).toEqual(transfers(true));
    expect(() => read(transfers('true'))).toThrow('must be one of true, false');
    expect(() => read({ use_case: {} })).toThrow('Received unknown parameter: use_case');
  });
});

describe('what the sandbox answers', () => {
  it('has every field of its type, and none that its type does not have', () => {
    const transfer = completed({ object: 'transfer', id: 'tr_1', amount: 5, source_of_ours: 'x' });
    expect(transfer).toMatchObject({ id: 'tr_1', amount: 5, amount_reversed: 0, metadata: {} });
    expect(transfer).not.toHaveProperty('source_of_ours');
    expect(Object.keys(transfer).sort()).toEqual(Object.keys(CONTRACT.objects.transfer!.template).sort());
  });
});

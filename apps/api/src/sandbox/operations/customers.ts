import { missing, type Body, type Books } from '../store';
import { amountOf, currencyOf, type ReadCall } from './call';
import { succeed } from './payments';

/** Keeps a customer: who pays in. */
export async function createCustomer(books: Books, { body }: ReadCall): Promise<Body> {
  const { name, email, description, metadata } = body;
  const customer = await books.insert('customer', {
    id: books.id('cus'),
    object: 'customer',
    created: books.epochSeconds(),
    ...{ name, email, description },
    metadata: metadata ?? {},
    invoice_prefix: books.id('x').slice(-8).toUpperCase(),
    next_invoice_sequence: 1,
  });
  await books.emit('platform', 'customer.created', customer);
  return customer;
}

/** The bank account into which a customer pays, one for all its payments in a currency. */
export async function fundingInstructions(books: Books, { params, body }: ReadCall): Promise<Body> {
  const customer = await books.get('customer', params.id ?? '');
  const { type } = body.bank_transfer as { type: string };
  const currency = currencyOf(body);
  const number = BigInt(`0x${String(customer.id).slice(-12)}`)
    .toString()
    .slice(-10);
  const address = {
    country: 'US',
    line1: '354 Oyster Point Blvd',
    line2: null,
    city: 'South San Francisco',
    postal_code: '94080',
    state: 'CA',
  };
  const holder = {
    account_holder_address: address,
    bank_address: address,
    account_holder_name: 'Tallystick sandbox',
  };
  const aba = {
    ...holder,
    account_number: number,
    account_type: 'checking',
    bank_name: 'SANDBOX BANK',
    routing_number: '110000000',
  };
  const iban = { ...holder, bic: 'SNDXDEFF', country: 'DE', iban: `DE00${number.padStart(18, '0')}` };
  const byType: Record<string, Body> = {
    us_bank_transfer: { type: 'aba', supported_networks: ['ach', 'domestic_wire_us'], aba },
    eu_bank_transfer: { type: 'iban', supported_networks: ['sepa'], iban },
  };
  const financial_addresses = byType[type] ? [byType[type]] : [];
  return {
    object: 'funding_instructions',
    bank_transfer: { country: type === 'us_bank_transfer' ? 'US' : 'DE', financial_addresses, type },
    currency,
    funding_type: 'bank_transfer',
    livemode: false,
  };
}

/** Money arrives by bank transfer: the oldest payment of the customer that waits for no more than that is paid. */
export async function fundCashBalance(books: Books, { params, body }: ReadCall): Promise<Body> {
  const { amount, currency } = amountOf(body);
  const customer = await books.get('customer', params.id ?? '');
  const waiting = await books.list(
    'payment_intent',
    { customer: customer.id, currency, status: 'requires_action' },
    100,
  );
  const next = waiting.reverse().find((payment) => BigInt(String(payment.amount)) <= amount);
  if (next) {
    await books.client.query('DELETE FROM sandbox.due WHERE object_id = $1', [next.id]);
    await succeed(books, next, { isPending: false });
  }
  const left = next ? amount - BigInt(String(next.amount)) : amount;
  const transaction = {
    id: books.id('ccsbtxn'),
    object: 'customer_cash_balance_transaction',
    created: books.epochSeconds(),
    currency,
    customer: customer.id,
    ending_balance: Number(left),
    livemode: false,
    net_amount: Number(amount),
    type: 'funded',
    funded: {
      bank_transfer: {
        reference: String(body.reference ?? ''),
        type: 'us_bank_transfer',
        us_bank_transfer: { network: 'ach', sender_name: null },
      },
    },
  };
  await books.emit('platform', 'customer_cash_balance_transaction.created', transaction);
  return transaction;
}

/** Keeps a test card with a customer. */
export async function attachMethod(books: Books, { params, body }: ReadCall): Promise<Body> {
  const id = params.id ?? '';
  if (!id.startsWith('pm_card_')) throw missing('PaymentMethod', id);
  const customer = await books.get('customer', String(body.customer), undefined, 'customer');
  return {
    id,
    object: 'payment_method',
    created: books.epochSeconds(),
    customer: customer.id,
    type: 'card',
    metadata: {},
  };
}

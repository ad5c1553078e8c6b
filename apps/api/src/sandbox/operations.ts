import { RailError, type Body, type Books } from './store';

/** A call as it arrives: where, what, for which connected account. */
export interface Call {
  readonly params: Record<string, string>;
  readonly body: Body;
  readonly query: Record<string, string>;
  readonly account?: string;
}

type Operation = (books: Books, call: Call) => Promise<Body>;

/** Every operation that the sandbox has, in Stripe's addresses and shapes. */
export const OPERATIONS: Record<string, Operation> = {
  'POST /v1/payment_intents': createPayment,
  'GET /v1/payment_intents/:id': (books, { params }) => books.get('payment_intent', params.id ?? ''),
  'POST /v1/refunds': createRefund,
  'GET /v1/refunds/:id': (books, { params }) => books.get('refund', params.id ?? ''),
  'POST /v1/transfers': createTransfer,
  'GET /v1/transfers/:id': (books, { params }) => books.get('transfer', params.id ?? ''),
  'GET /v1/transfers': (books, call) =>
    listOf(
      books,
      'transfer',
      call,
      call.query.transfer_group ? { transfer_group: call.query.transfer_group } : {},
    ),
  'GET /v1/payouts/:id': (books, { params }) => books.get('payout', params.id ?? ''),
  'GET /v1/payouts': (books, call) =>
    listOf(
      books,
      'payout',
      call,
      call.query.source_transfer ? { source_transfer: call.query.source_transfer } : {},
    ),
  'GET /v1/balance': balance,
  'GET /v1/balance_transactions': (books, call) => listOf(books, 'balance_transaction', call, {}),
  'POST /v2/core/accounts': createRecipient,
  'GET /v2/core/accounts/:id': (books, { params }) => books.get('account', params.id ?? ''),
};

function amountOf(body: Body): { amount: bigint; currency: string } {
  if (!/^\d{1,14}$/.test(String(body.amount ?? '')))
    throw new RailError(
      400,
      'parameter_invalid_integer',
      `Invalid integer: ${String(body.amount)}`,
      'amount',
    );
  if (BigInt(String(body.amount)) < 1n)
    throw new RailError(400, 'amount_too_small', 'The amount must be at least 1.', 'amount');
  if (!/^[a-z]{3}$/.test(String(body.currency ?? '')))
    throw new RailError(400, 'parameter_missing', 'Missing required param: currency.', 'currency');
  return { amount: BigInt(String(body.amount)), currency: String(body.currency) };
}

async function createPayment(books: Books, { body }: Call): Promise<Body> {
  const { amount, currency } = amountOf(body);
  if (body.payment_method_types !== undefined)
    throw new RailError(
      400,
      'payment_method_types_no_longer_supported',
      'payment_method_types is no longer supported.',
      'payment_method_types',
    );
  const payment = {
    id: books.id('pi'),
    object: 'payment_intent',
    amount: Number(amount),
    amount_received: 0,
    currency,
    status: 'processing',
    created: books.epochSeconds(),
    livemode: false,
    metadata: body.metadata ?? {},
    transfer_group: body.transfer_group ?? null,
    description: body.description ?? null,
    last_payment_error: null,
    latest_charge: null,
  };
  await books.insert('payment_intent', payment);
  const failure = await books.takeFailure('payment');
  await books.schedule(failure === 'fails' ? 'payment.fails' : 'payment.succeeds', payment.id, 'payment');
  await books.emit('platform', 'payment_intent.processing', payment);
  return payment;
}

async function createRefund(books: Books, { body }: Call): Promise<Body> {
  const payment = await books.get('payment_intent', String(body.payment_intent ?? ''));
  const amount = BigInt(String(body.amount ?? payment.amount_received));
  const earlier = await books.list('refund', { payment_intent: payment.id }, 100);
  const refunded = earlier.reduce((sum, each) => sum + BigInt(String(each.amount)), 0n);
  if (amount < 1n || amount + refunded > BigInt(String(payment.amount_received)))
    throw new RailError(
      400,
      'charge_already_refunded',
      'The refund is larger than what is left of the payment.',
      'amount',
    );
  await mustCover(books, amount, String(payment.currency));
  const refund = {
    id: books.id('re'),
    object: 'refund',
    amount: Number(amount),
    currency: payment.currency,
    payment_intent: payment.id,
    status: 'succeeded',
    created: books.epochSeconds(),
    metadata: body.metadata ?? {},
  };
  await books.insert('refund', refund);
  await books.move(refund.id, 'refund', -amount, String(payment.currency));
  await books.emit('platform', 'refund.updated', refund);
  return refund;
}

async function createTransfer(books: Books, { body }: Call): Promise<Body> {
  const { amount, currency } = amountOf(body);
  const recipient = await books.get('account', String(body.destination ?? ''));
  if (transfersStatus(recipient) !== 'active')
    throw new RailError(
      400,
      'insufficient_capabilities_for_transfer',
      'Your destination account needs to have the transfers capability enabled.',
      'destination',
    );
  if ((await books.takeFailure('transfer')) === 'refused')
    throw new RailError(
      400,
      'account_invalid',
      'The destination account cannot take transfers at this time.',
      'destination',
      'transfer',
    );
  await mustCover(books, amount, currency);
  const transfer = {
    id: books.id('tr'),
    object: 'transfer',
    amount: Number(amount),
    amount_reversed: 0,
    currency,
    destination: recipient.id,
    transfer_group: body.transfer_group ?? null,
    created: books.epochSeconds(),
    livemode: false,
    reversed: false,
    metadata: body.metadata ?? {},
  };
  await books.insert('transfer', transfer);
  await books.move(transfer.id, 'transfer', -amount, currency);
  await books.emit('platform', 'transfer.created', transfer);
  const payout = {
    id: books.id('po'),
    object: 'payout',
    amount: Number(amount),
    currency,
    status: 'in_transit',
    created: books.epochSeconds(),
    arrival_date: books.epochSeconds(),
    automatic: true,
    livemode: false,
    metadata: {},
    source_transfer: transfer.id,
    failure_code: null,
    failure_message: null,
  };
  await books.insert('payout', payout, String(recipient.id));
  const failure = await books.takeFailure('payout');
  await books.schedule(failure === 'fails' ? 'payout.fails' : 'payout.pays', payout.id, 'payout');
  await books.emit('connect', 'payout.created', payout, String(recipient.id));
  return transfer;
}

async function mustCover(books: Books, amount: bigint, currency: string): Promise<void> {
  await books.client.query(`SELECT 1 FROM sandbox.setting WHERE name = 'delays' FOR UPDATE`);
  const available = (await books.balance()).get(currency)?.available ?? 0n;
  if (available < amount)
    throw new RailError(
      400,
      'balance_insufficient',
      'You have insufficient available funds in your account.',
    );
}

async function createRecipient(books: Books, { body }: Call): Promise<Body> {
  const account = {
    id: books.id('acct'),
    object: 'v2.core.account',
    display_name: body.display_name ?? null,
    contact_email: body.contact_email ?? null,
    created: books.now.toISOString(),
    livemode: false,
    dashboard: 'express',
    closed: false,
    metadata: body.metadata ?? {},
    identity: body.identity ?? null,
    applied_configurations: ['recipient'],
    configuration: recipientWith('pending'),
    requirements: null,
  };
  await books.insert('account', account);
  await books.schedule('account.activates', account.id, 'onboarding');
  return account;
}

/** The recipient configuration with its one capability in a state. */
export function recipientWith(status: string): Body {
  return {
    recipient: { capabilities: { stripe_balance: { stripe_transfers: { status, status_details: [] } } } },
  };
}

function transfersStatus(account: Body): unknown {
  const configuration = account.configuration as {
    recipient?: { capabilities?: { stripe_balance?: { stripe_transfers?: { status?: unknown } } } };
  };
  return configuration.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;
}

async function balance(books: Books): Promise<Body> {
  const sums = [...(await books.balance())];
  const side = (pick: 'available' | 'pending') =>
    sums.map(([currency, each]) => ({ amount: Number(each[pick]), currency, source_types: {} }));
  return { object: 'balance', livemode: false, available: side('available'), pending: side('pending') };
}

async function listOf(books: Books, kind: string, { query }: Call, filter: Body): Promise<Body> {
  const limit = Math.min(100, Math.max(1, Number(query.limit ?? 10) || 10));
  const rows = await books.list(kind, filter, limit + 1, query.starting_after);
  return { object: 'list', url: `/v1/${kind}s`, has_more: rows.length > limit, data: rows.slice(0, limit) };
}

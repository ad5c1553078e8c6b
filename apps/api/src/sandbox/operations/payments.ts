import { moveMoney } from '../balance';
import { completed } from '../contract/contract';
import { missing, RailError, type Body, type Books } from '../store';
import { amountOf, mustFitCharge, type ReadCall } from './call';
import { openDispute } from './disputes';

/** Stripe's test cards that pay, decline or are disputed, and whether their money can be spent at once. */
const CARDS: Readonly<
  Record<string, { readonly declines?: true; readonly isAtOnce?: true; readonly disputed?: string }>
> = {
  pm_card_visa: {},
  pm_card_bypassPending: { isAtOnce: true },
  pm_card_chargeDeclined: { declines: true },
  pm_card_visa_chargeDeclined: { declines: true },
  pm_card_createDispute: { disputed: 'needs_response' },
  pm_card_createDisputeInquiry: { disputed: 'warning_needs_response' },
};

/** Asks for money: from a card at once, by bank transfer when it arrives. */
export async function createPayment(books: Books, { body }: ReadCall): Promise<Body> {
  const { amount, currency } = amountOf(body);
  mustFitCharge(amount);
  const customer =
    body.customer === undefined
      ? undefined
      : await books.get('customer', String(body.customer), undefined, 'customer');
  const payment = await books.insert('payment_intent', {
    id: books.id('pi'),
    object: 'payment_intent',
    amount: Number(amount),
    amount_received: 0,
    amount_capturable: 0,
    capture_method: 'automatic_async',
    confirmation_method: 'automatic',
    client_secret: `${books.id('pi')}_secret`,
    currency,
    customer: customer?.id ?? null,
    status: 'requires_payment_method',
    created: books.epochSeconds(),
    livemode: false,
    metadata: body.metadata ?? {},
    payment_method_types: ['customer_balance'],
    transfer_group: body.transfer_group ?? null,
    description: body.description ?? null,
  });
  await books.emit('platform', 'payment_intent.created', payment);
  return body.confirm === true ? confirm(books, payment, body) : payment;
}

async function confirm(books: Books, payment: Body, body: Body): Promise<Body> {
  const byTransfer = (body.payment_method_data as Body | undefined)?.type === 'customer_balance';
  if (byTransfer) return awaitTransfer(books, payment, body);
  const card = CARDS[String(body.payment_method ?? '')];
  if (body.payment_method === undefined)
    throw new RailError(
      400,
      'payment_intent_unexpected_state',
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.",
    );
  if (!card) throw missing('PaymentMethod', String(body.payment_method), 'payment_method');
  if (card.declines) return declineCard(books, payment, String(body.payment_method));
  const paid = await succeed(books, payment, { isPending: !card.isAtOnce });
  if (card.disputed) await openDispute(books, paid, card.disputed);
  return paid;
}

/** A bank transfer: the customer reads where to send the money, and the payment waits for it. */
async function awaitTransfer(books: Books, payment: Body, body: Body): Promise<Body> {
  if (payment.customer === null)
    throw new RailError(
      400,
      'parameter_missing',
      'You must provide a customer to pay with a customer balance.',
      { param: 'customer' },
    );
  const options = body.payment_method_options as Record<string, Body> | undefined;
  const transfer = options?.customer_balance?.bank_transfer as Body | undefined;
  if (transfer?.type === undefined)
    throw new RailError(
      400,
      'parameter_missing',
      'Missing required param: payment_method_options[customer_balance][bank_transfer][type].',
      { param: 'payment_method_options[customer_balance][bank_transfer][type]' },
    );
  const failure = await books.takeFailure('payment');
  const what = failure === 'fails' ? 'payment.fails' : 'payment.succeeds';
  await books.schedule(what, String(payment.id), 'payment');
  const instructions = {
    amount_remaining: payment.amount,
    currency: payment.currency,
    hosted_instructions_url: null,
    reference: String(payment.id).slice(-10).toUpperCase(),
    type: transfer.type,
  };
  const waiting = await books.update(String(payment.id), {
    status: 'requires_action',
    next_action: {
      type: 'display_bank_transfer_instructions',
      display_bank_transfer_instructions: instructions,
    },
  });
  await books.emit('platform', 'payment_intent.requires_action', waiting);
  return waiting;
}

/** Stripe's words for a card whose bank says no more than no. */
const DECLINED = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
};

/** A card that does not pay leaves a failed charge and its payment, which waits for another card. */
async function declineCard(books: Books, payment: Body, method: string): Promise<never> {
  const { id, amount, currency, customer, metadata, transfer_group, description } = payment;
  const charge = await books.insert('charge', {
    ...{ id: books.id('ch'), object: 'charge', amount, currency },
    ...{ amount_captured: 0, captured: false, paid: false, status: 'failed' },
    ...{ failure_code: DECLINED.code, failure_message: DECLINED.message },
    outcome: {
      ...{ advice_code: null, network_advice_code: null, network_decline_code: null },
      ...{ network_status: 'declined_by_network', type: 'issuer_declined', risk_level: 'normal' },
      reason: DECLINED.decline_code,
      seller_message: 'The bank did not return any further details with this decline.',
    },
    created: books.epochSeconds(),
    payment_intent: id,
    payment_method: method,
    ...{ customer, metadata, transfer_group, description },
  });
  await books.update(String(id), { latest_charge: charge.id });
  await books.emit('platform', 'charge.failed', charge);
  const declined = await fail(books, payment, { type: 'card_error', ...DECLINED, charge: charge.id });
  const { code, message, decline_code } = DECLINED;
  throw new RailError(402, code, message, {
    type: 'card_error',
    about: { charge: charge.id, decline_code, payment_intent: completed(declined) },
  });
}

/** A payment that does not arrive, and why, as Stripe writes its last error. */
export async function fail(books: Books, payment: Body, error: Body): Promise<Body> {
  const failed = await books.update(String(payment.id), {
    status: 'requires_payment_method',
    next_action: null,
    last_payment_error: error,
  });
  await books.emit('platform', 'payment_intent.payment_failed', failed);
  return failed;
}

/** The states in which a payment can be called off. Source: Stripe, cancel a PaymentIntent. */
const CANCELABLE = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
];

/** Calls off a payment that has not arrived; one that arrived or was called off stays as it is. */
export async function cancelPayment(books: Books, { params, body }: ReadCall): Promise<Body> {
  const payment = await books.get('payment_intent', params.id ?? '');
  const status = String(payment.status);
  if (!CANCELABLE.includes(status))
    throw new RailError(
      400,
      'payment_intent_unexpected_state',
      `You cannot cancel this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(', ')}.`,
      { about: { payment_intent: completed(payment) } },
    );
  await books.client.query('DELETE FROM sandbox.due WHERE object_id = $1', [payment.id]);
  const canceled = await books.update(String(payment.id), {
    status: 'canceled',
    canceled_at: books.epochSeconds(),
    cancellation_reason: body.cancellation_reason ?? null,
    next_action: null,
  });
  await books.emit('platform', 'payment_intent.canceled', canceled);
  return canceled;
}

/** A payment that arrives: a charge, its movement with the rail's fee, and its events. */
export async function succeed(
  books: Books,
  payment: Body,
  { isPending }: { readonly isPending: boolean },
): Promise<Body> {
  const amount = BigInt(String(payment.amount));
  const currency = String(payment.currency);
  const charge = { id: books.id('ch'), object: 'charge', amount: payment.amount, currency };
  const fee = await feeOf(books, amount);
  const moved = await moveMoney(books, {
    source: charge.id,
    type: 'charge',
    amount,
    currency,
    fee,
    isPending,
  });
  const { customer, metadata, transfer_group, description } = payment;
  await books.insert('charge', {
    ...charge,
    amount_captured: payment.amount,
    balance_transaction: moved.id,
    captured: true,
    paid: true,
    status: 'succeeded',
    created: books.epochSeconds(),
    payment_intent: payment.id,
    ...{ customer, metadata, transfer_group, description },
  });
  const paid = await books.update(String(payment.id), {
    status: 'succeeded',
    amount_received: payment.amount,
    latest_charge: charge.id,
    next_action: null,
  });
  await books.emit('platform', 'charge.succeeded', await books.get('charge', charge.id));
  await books.emit('platform', 'payment_intent.succeeded', paid);
  return paid;
}

/** What the rail keeps of a payment, minor units: parts per million of it and a fixed part. */
async function feeOf(books: Books, amount: bigint): Promise<bigint> {
  const { payment_ppm: ppm = 0, payment_fixed: fixed = 0 } = await books.setting('fees');
  const fee = (amount * BigInt(ppm) + 500_000n) / 1_000_000n + BigInt(fixed);
  return fee < amount ? fee : amount;
}

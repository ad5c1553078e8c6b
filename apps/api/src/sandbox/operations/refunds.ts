import { moveMoney, mustCover } from '../balance';
import { RailError, type Body, type Books } from '../store';
import type { ReadCall } from './call';

/** Gives back part of a payment, from the platform's available money. */
export async function createRefund(books: Books, { body }: ReadCall): Promise<Body> {
  const payment = await paymentOf(books, body);
  const currency = String(payment.currency);
  const left = await leftOf(books, payment);
  const amount = body.amount === undefined ? left : BigInt(String(body.amount));
  if (amount < 1n || amount > left)
    throw new RailError(
      400,
      'charge_already_refunded',
      'The refund is larger than what is left of the payment.',
      { param: 'amount' },
    );
  await mustBeRefundable(books, payment);
  await mustCover(books, amount, currency);
  const failure = await books.takeFailure('refund');
  const id = books.id('re');
  const moved = await moveMoney(books, { source: id, type: 'refund', amount: -amount, currency });
  const refund = await books.insert('refund', {
    id,
    object: 'refund',
    amount: Number(amount),
    currency,
    balance_transaction: moved.id,
    charge: payment.latest_charge ?? null,
    payment_intent: payment.id,
    reason: body.reason ?? null,
    status: failure === 'needs_details' ? 'requires_action' : 'pending',
    created: books.epochSeconds(),
    metadata: body.metadata ?? {},
  });
  await books.emit('platform', 'refund.created', refund);
  if (failure === 'needs_details') return refund;
  if (failure === 'fails') {
    await books.schedule('refund.fails', id, 'refund');
    return refund;
  }
  if ((await books.delayOf('refund')) > 0) {
    await books.schedule('refund.succeeds', id, 'refund');
    return refund;
  }
  return settleRefund(books, id);
}

/** What a bank has taken back, or has not decided about, is not given back as well. */
async function mustBeRefundable(books: Books, payment: Body): Promise<void> {
  const disputes = await books.list('dispute', { payment_intent: payment.id }, 10);
  if (!disputes.some(({ status }) => ['needs_response', 'under_review', 'lost'].includes(String(status))))
    return;
  throw new RailError(
    400,
    'charge_disputed',
    `Charge ${String(payment.latest_charge)} has been charged back; cannot issue a refund.`,
    { param: 'charge' },
  );
}

/** A refund that arrives. */
export async function settleRefund(books: Books, id: string): Promise<Body> {
  const refund = await books.update(id, { status: 'succeeded' });
  if (refund.charge !== null) {
    const charge = await books.get('charge', String(refund.charge)).catch(() => undefined);
    if (charge) await markRefunded(books, charge, BigInt(String(refund.amount)));
  }
  await books.emit('platform', 'refund.updated', refund);
  return refund;
}

/** A refund that comes back: the money is on the platform's balance again. */
export async function failRefund(books: Books, id: string): Promise<Body> {
  const before = await books.get('refund', id);
  const moved = await moveMoney(books, {
    source: id,
    type: 'refund_failure',
    amount: BigInt(String(before.amount)),
    currency: String(before.currency),
  });
  const refund = await books.update(id, {
    status: 'failed',
    failure_reason: 'declined',
    failure_balance_transaction: moved.id,
  });
  await books.emit('platform', 'refund.failed', refund);
  return refund;
}

async function paymentOf(books: Books, body: Body): Promise<Body> {
  const { payment_intent: payment } = body;
  if (payment !== undefined) return books.get('payment_intent', String(payment), undefined, 'payment_intent');
  const charge = await books.get('charge', String(body.charge ?? ''), undefined, 'charge');
  return books.get('payment_intent', String(charge.payment_intent));
}

/** What was received and not given back, minor units. Refunds that failed do not count. */
async function leftOf(books: Books, payment: Body): Promise<bigint> {
  const earlier = await books.list('refund', { payment_intent: payment.id }, 100);
  return earlier
    .filter(({ status }) => status !== 'failed' && status !== 'canceled')
    .reduce((left, { amount }) => left - BigInt(String(amount)), BigInt(String(payment.amount_received)));
}

async function markRefunded(books: Books, charge: Body, amount: bigint): Promise<void> {
  const refunded = BigInt(String(charge.amount_refunded ?? 0)) + amount;
  const changed = await books.update(String(charge.id), {
    amount_refunded: Number(refunded),
    refunded: refunded === BigInt(String(charge.amount)),
  });
  await books.emit('platform', 'charge.refunded', changed);
}

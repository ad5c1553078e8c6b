import { moveMoney, mustCover, sumsOf } from '../balance';
import { atRate, exchange, type Exchanged } from '../exchange';
import { missing, RailError, type Body, type Books } from '../store';
import { amountOf, listOf, type ReadCall } from './call';
import { payOutBalance } from './payouts';
import { isPayable, settlesIn } from './recipient';

/**
 * Sends money from the platform's available balance to a connected account, which pays it out to its bank by itself. It
 * arrives in the currency in which the account settles, exchanged where that is another one. Source:
 * docs.stripe.com/connect/currencies.
 */
export async function createTransfer(books: Books, { body }: ReadCall): Promise<Body> {
  const { amount, currency } = amountOf(body);
  const { id: account, currency: settles } = await recipientOf(books, String(body.destination));
  await mustCover(books, amount, currency);
  const arriving = await exchange(books, { amount, currency }, settles);
  const id = books.id('tr');
  const payment = { id: books.id('py'), object: 'charge', amount: Number(amount), currency };
  const moved = await moveMoney(books, { source: id, type: 'transfer', amount: -amount, currency });
  const transfer = await books.insert('transfer', {
    id,
    object: 'transfer',
    amount: Number(amount),
    amount_reversed: 0,
    balance_transaction: moved.id,
    currency,
    destination: account,
    destination_payment: payment.id,
    description: body.description ?? null,
    transfer_group: body.transfer_group ?? null,
    created: books.epochSeconds(),
    livemode: false,
    reversed: false,
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    source_type: 'card',
    metadata: body.metadata ?? {},
  });
  const arrived = await moveMoney(books, { source: payment.id, type: 'payment', account, ...arriving });
  const paid = { paid: true, captured: true, status: 'succeeded', created: books.epochSeconds() };
  await books.insert(
    'charge',
    { ...payment, ...paid, balance_transaction: arrived.id, source_transfer: id },
    account,
  );
  await books.emit('platform', 'transfer.created', transfer);
  await payOutBalance(books, account);
  return transfer;
}

/** Takes back part of a transfer, as far as the connected account still has it; what was exchanged, at the rate at which it came. */
export async function reverseTransfer(books: Books, { params, body }: ReadCall): Promise<Body> {
  const transfer = await books.get('transfer', params.id ?? '');
  const currency = String(transfer.currency);
  const account = String(transfer.destination);
  const left = BigInt(String(transfer.amount)) - BigInt(String(transfer.amount_reversed));
  const amount = body.amount === undefined ? left : BigInt(String(body.amount));
  if (amount < 1n || amount > left)
    throw new RailError(400, 'parameter_invalid_integer', 'The reversal is larger than what is left of it.', {
      param: 'amount',
    });
  const back = await backOf(books, transfer, amount);
  if (((await sumsOf(books, account)).get(back.currency)?.available ?? 0n) < back.amount)
    throw new RailError(
      400,
      'balance_insufficient',
      'The connected account does not have enough available funds for this reversal.',
    );
  const id = books.id('trr');
  const moved = await moveMoney(books, {
    source: id,
    type: 'transfer_refund',
    reportingCategory: 'transfer_reversal',
    amount,
    currency,
  });
  await moveMoney(books, {
    source: transfer.destination_payment,
    type: 'payment_refund',
    ...{ ...back, amount: -back.amount },
    account,
  });
  const reversal = await books.insert('transfer_reversal', {
    id,
    object: 'transfer_reversal',
    amount: Number(amount),
    balance_transaction: moved.id,
    currency,
    created: books.epochSeconds(),
    metadata: body.metadata ?? {},
    transfer: transfer.id,
  });
  const reversed = BigInt(String(transfer.amount_reversed)) + amount;
  const list = transfer.reversals as { data: Body[] };
  const changed = await books.update(String(transfer.id), {
    amount_reversed: Number(reversed),
    reversed: reversed === BigInt(String(transfer.amount)),
    reversals: { ...list, data: [...list.data, reversal] },
  });
  await books.emit('platform', 'transfer.reversed', changed);
  return reversal;
}

/**
 * What leaves the connected account for the next part of a transfer to be taken back: what all that was taken back is worth
 * at the rate at which it came, less what has left for it before. So the whole is what came, to the smallest unit.
 */
async function backOf(books: Books, transfer: Body, amount: bigint): Promise<Exchanged> {
  const { balance_transaction: id } = await books.get('charge', String(transfer.destination_payment));
  const came = await books.get('balance_transaction', String(id));
  const currency = String(came.currency);
  const exchangeRate = (came.exchange_rate ?? null) as number | null;
  const worth = (part: bigint) => atRate(part, { currency, exchangeRate });
  const before = BigInt(String(transfer.amount_reversed));
  return { amount: worth(before + amount) - worth(before), currency, exchangeRate };
}

/** What was taken back of a transfer. */
export async function reversalsOf(books: Books, { params, body }: ReadCall): Promise<Body> {
  const { id: transfer } = await books.get('transfer', params.id ?? '');
  const url = `/v1/transfers/${String(transfer)}/reversals`;
  return listOf(books, { kind: 'transfer_reversal', url, filter: { transfer } }, body);
}

/** The account to which a transfer goes, and in which currency it settles. */
async function recipientOf(books: Books, id: string): Promise<{ id: string; currency: string }> {
  if (!(await books.has('account', id))) throw missing('destination', id, 'destination');
  const account = await books.get('account', id);
  if (!isPayable(account))
    throw new RailError(
      400,
      'insufficient_capabilities_for_transfer',
      'Your destination account needs to have the transfers capability enabled.',
      { param: 'destination' },
    );
  if ((await books.takeFailure('transfer')) === 'refused')
    throw new RailError(
      400,
      'account_invalid',
      'The destination account cannot take transfers at this time.',
      { param: 'destination', usesUp: 'transfer' },
    );
  return { id, currency: settlesIn(account) };
}

import { moveMoney, mustCover, sumsOf } from '../balance';
import { PLATFORM_CURRENCY } from '../exchange';
import { RailError, type Body, type Books } from '../store';
import { isManual } from './payout-schedule';
import { amountOf, type ReadCall } from './call';
import { asking, bankObject, bankOf, CAPABILITY_EVENT, isPayable, recipientWith } from './recipient';

/**
 * Sends an account's available money to its bank, when it is told to: the platform's own, or a connected account's, which
 * may name to which of its bank accounts.
 */
export async function createPayout(books: Books, { body, account }: ReadCall): Promise<Body> {
  const { amount, currency } = amountOf(body);
  if (account !== undefined) await mustTake(books, account, body.destination);
  await mustCover(books, amount, currency, account);
  const { description, metadata } = body;
  return insertPayout(books, { amount, currency, account, isAutomatic: false, description, metadata });
}

/** Refuses a bank account that is not the one that is set, or that returned a payout. */
async function mustTake(books: Books, account: string, destination: unknown): Promise<void> {
  const bank = bankOf(await books.get('account', account));
  if (destination !== undefined && destination !== bank.id)
    throw new RailError(404, 'resource_missing', `No such external account: '${String(destination)}'`, {
      param: 'destination',
    });
  if (bank.status !== 'ok')
    throw new RailError(
      400,
      'payouts_not_allowed',
      'Payouts have been disabled on the connected account. Check the account to see what is needed.',
    );
}

/** One payout by itself for everything that a connected account has available in a currency. None while its bank account is broken, or its schedule is manual. */
export async function payOutBalance(books: Books, account: string): Promise<void> {
  if (await isManual(books, account)) return;
  if (bankOf(await books.get('account', account)).status !== 'ok') return;
  for (const [currency, { available }] of await sumsOf(books, account)) {
    if (available > 0n)
      await insertPayout(books, { amount: available, currency, account, isAutomatic: true });
  }
}

interface NewPayout {
  readonly amount: bigint;
  readonly currency: string;
  readonly account?: string;
  readonly isAutomatic: boolean;
  readonly description?: unknown;
  readonly metadata?: unknown;
}

async function insertPayout(books: Books, given: NewPayout): Promise<Body> {
  const { amount, currency, account, isAutomatic } = given;
  const id = books.id('po');
  const moved = await moveMoney(books, {
    source: id,
    type: 'payout',
    amount: -amount,
    currency,
    account,
  });
  if (account !== undefined) await takeFee(books, id);
  if (account !== undefined && isAutomatic) await markPaidOut(books, account, currency, id, String(moved.id));
  const bank = account === undefined ? undefined : bankOf(await books.get('account', account));
  const payout = await books.insert(
    'payout',
    {
      id,
      object: 'payout',
      amount: Number(amount),
      currency,
      status: 'in_transit',
      created: books.epochSeconds(),
      arrival_date: books.epochSeconds(),
      automatic: isAutomatic,
      balance_transaction: moved.id,
      description: given.description ?? null,
      destination: bank?.id ?? null,
      method: 'standard',
      metadata: given.metadata ?? {},
      reconciliation_status: isAutomatic ? 'completed' : 'not_applicable',
      source_type: 'card',
      type: 'bank_account',
    },
    account,
  );
  const planned = account === undefined ? undefined : await books.takeFailure('payout');
  const failure = planned ?? (bank?.isClosed ? 'fails' : undefined);
  const next = { fails: 'payout.fails', fails_late: 'payout.pays_and_fails' }[failure ?? ''] ?? 'payout.pays';
  await books.schedule(next, id, 'payout');
  await books.emit(account === undefined ? 'platform' : 'connect', 'payout.created', payout, account);
  return payout;
}

/**
 * The fee of a connected account's payout: the platform collects fees, so that its own balance pays it, in its own
 * currency, and the payout arrives whole.
 */
async function takeFee(books: Books, payout: string): Promise<void> {
  const { payout_fixed: fixed = 0 } = await books.setting('fees');
  if (fixed === 0) return;
  await moveMoney(books, {
    ...{ source: payout, type: 'stripe_fee', reportingCategory: 'fee' },
    ...{ amount: -BigInt(fixed), currency: PLATFORM_CURRENCY, description: 'Connect: payout fee' },
  });
}

/** Notes in which payout each movement of an account went out: what `balance_transactions?payout=` lists. */
async function markPaidOut(
  books: Books,
  account: string,
  currency: string,
  payout: string,
  movement: string,
): Promise<void> {
  await books.client.query(
    `UPDATE sandbox.object SET body = body || jsonb_build_object('payout', $3::text)
     WHERE kind = 'balance_transaction' AND account = $1 AND body->>'currency' = $2 AND (NOT body ? 'payout' OR id = $4)`,
    [account, currency, payout, movement],
  );
}

/** A payout that arrives. */
export async function payPayout(books: Books, id: string): Promise<Body> {
  const payout = await books.update(id, { status: 'paid' });
  const account = (await books.accountOf(id)) || undefined;
  await books.emit(account === undefined ? 'platform' : 'connect', 'payout.paid', payout, account);
  return payout;
}

/** A payout that comes back, also after it was told to have arrived: the money is on the account's balance again. */
export async function failPayout(books: Books, id: string): Promise<Body> {
  const account = (await books.accountOf(id)) || undefined;
  const before = await books.get('payout', id);
  if (before.status === 'failed') return before;
  const moved = await moveMoney(books, {
    source: id,
    type: 'payout_failure',
    amount: BigInt(String(before.amount)),
    currency: String(before.currency),
    account,
  });
  const payout = await books.update(id, {
    status: 'failed',
    failure_code: 'account_closed',
    failure_message: 'The bank account has been closed.',
    failure_balance_transaction: moved.id,
  });
  const isBroken = account !== undefined && (await breakBank(books, account, before.destination));
  await books.emit(account === undefined ? 'platform' : 'connect', 'payout.failed', payout, account);
  if (account !== undefined && !isBroken) await payOutBalance(books, account);
  return payout;
}

/** The bank account that returned a payout takes no more. Returns false where it was replaced meanwhile: that changes nothing. */
async function breakBank(books: Books, id: string, destination: unknown): Promise<boolean> {
  const account = await books.get('account', id);
  const { bank } = account as { bank?: Body };
  if (bank && destination !== null && bank.id !== destination) return false;
  const asked = isPayable(account) && {
    configuration: recipientWith('active', 'restricted'),
    requirements: asking(books, 'bank_account', 'stripe_balance.payouts'),
  };
  const restricted = await books.update(id, { bank: { ...bank, status: 'errored' }, ...asked });
  await books.emit('connect', 'account.external_account.updated', bankObject(restricted), id);
  await books.emit('v2', CAPABILITY_EVENT, restricted);
  return true;
}

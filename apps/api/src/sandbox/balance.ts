import { RailError, type Body, type Books } from './store';

/** Money of an account in one currency, minor units. */
export interface Sums {
  readonly available: bigint;
  readonly pending: bigint;
}

/** One movement on a balance: from which object, of which kind, how much, and what the rail keeps of it. */
export interface Movement {
  readonly source: unknown;
  readonly type: string;
  readonly reportingCategory?: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly fee?: bigint;
  /** At which rate it was exchanged on its way to this balance. */
  readonly exchangeRate?: number | null;
  /** The connected account whose balance moves; the platform's where absent. */
  readonly account?: string;
  /** True where the money has to wait until it can be spent. */
  readonly isPending?: boolean;
  readonly description?: string;
}

const PLATFORM = 'platform';
const rowOf = (account: string | undefined, currency: string) => `bal_${account ?? PLATFORM}_${currency}`;

/** Moves money on a balance and keeps the balance transaction that says so. Returns that. */
export async function moveMoney(books: Books, movement: Movement): Promise<Body> {
  const { amount, currency, account, fee = 0n, type, source } = movement;
  const isPending = movement.isPending === true && (await books.delayOf('funds')) > 0;
  const created = books.epochSeconds();
  const transaction = {
    id: books.id('txn'),
    object: 'balance_transaction',
    amount: Number(amount),
    fee: Number(fee),
    net: Number(amount - fee),
    fee_details: fee === 0n ? [] : [feeDetail(fee, currency)],
    balance_type: 'payments',
    currency,
    exchange_rate: movement.exchangeRate ?? null,
    created,
    available_on: created,
    source,
    status: isPending ? 'pending' : 'available',
    type,
    reporting_category: movement.reportingCategory ?? type,
    description: movement.description ?? null,
  };
  await addTo(books, account, currency, isPending ? 'pending' : 'available', amount - fee);
  await books.insert('balance_transaction', transaction, account);
  if (isPending) await books.schedule('funds.become_available', transaction.id, 'funds');
  return transaction;
}

/** Lets pending money become available. Returns its balance transaction. */
export async function makeAvailable(books: Books, id: string): Promise<Body | undefined> {
  const before = await books.get('balance_transaction', id);
  if (before.status === 'available') return undefined;
  const account = (await books.accountOf(id)) || undefined;
  const net = BigInt(String(before.net));
  await addTo(books, account, String(before.currency), 'pending', -net);
  await addTo(books, account, String(before.currency), 'available', net);
  return books.update(id, { status: 'available', available_on: books.epochSeconds() });
}

/** What an account has, by currency. */
export async function sumsOf(books: Books, account?: string): Promise<Map<string, Sums>> {
  const { rows } = await books.client.query<{ currency: string }>(
    `SELECT DISTINCT body->>'currency' AS currency FROM sandbox.object
     WHERE kind = 'balance_transaction' AND account IS NOT DISTINCT FROM $1`,
    [account ?? null],
  );
  const sums = new Map<string, Sums>();
  for (const { currency } of rows) sums.set(currency, await lockSums(books, account, currency));
  return sums;
}

/** Refuses with balance_insufficient where an account's available money does not cover an amount. Locks the balance. */
export async function mustCover(
  books: Books,
  amount: bigint,
  currency: string,
  account?: string,
): Promise<void> {
  if ((await lockSums(books, account, currency)).available >= amount) return;
  throw new RailError(400, 'balance_insufficient', 'You have insufficient available funds in your account.');
}

/** The running sums of an account, locked until the transaction ends; made from its movements where they are not kept yet. */
async function lockSums(books: Books, account: string | undefined, currency: string): Promise<Sums> {
  const id = rowOf(account, currency);
  await books.client.query(
    `INSERT INTO sandbox.object (id, kind, account, body, created_at)
     SELECT $1, 'balance', $2, jsonb_build_object('owner', $3::text, 'currency', $4::text,
       'available', coalesce(sum((body->>'net')::bigint) FILTER (WHERE body->>'status' = 'available'), 0),
       'pending', coalesce(sum((body->>'net')::bigint) FILTER (WHERE body->>'status' <> 'available'), 0)), $5
     FROM sandbox.object WHERE kind = 'balance_transaction' AND account IS NOT DISTINCT FROM $2 AND body->>'currency' = $4
       AND NOT EXISTS (SELECT 1 FROM sandbox.object b WHERE b.id = $1)
     HAVING NOT EXISTS (SELECT 1 FROM sandbox.object b WHERE b.id = $1)
     ON CONFLICT (id) DO NOTHING`,
    [id, account ?? null, account ?? PLATFORM, currency, books.now],
  );
  const { rows } = await books.client.query<{ available: string; pending: string }>(
    `SELECT body->>'available' AS available, body->>'pending' AS pending FROM sandbox.object WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return { available: BigInt(rows[0]?.available ?? 0), pending: BigInt(rows[0]?.pending ?? 0) };
}

async function addTo(
  books: Books,
  account: string | undefined,
  currency: string,
  side: keyof Sums,
  amount: bigint,
): Promise<void> {
  await lockSums(books, account, currency);
  await books.client.query(
    `UPDATE sandbox.object SET body = jsonb_set(body, ARRAY[$2::text], to_jsonb((body->>$2)::bigint + $3::bigint)) WHERE id = $1`,
    [rowOf(account, currency), side, amount.toString()],
  );
}

function feeDetail(fee: bigint, currency: string): Body {
  return {
    amount: Number(fee),
    application: null,
    currency,
    description: 'Stripe processing fees',
    type: 'stripe_fee',
  };
}

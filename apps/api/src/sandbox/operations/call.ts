import { isRailCurrency, unknownCurrency } from '../contract/currencies';
import { RailError, type Body, type Books, type Page } from '../store';
import { pageOf, wantedOf } from './page';

/** What a call sends, as text where it was a form or a query. */
export interface Sent {
  readonly values: Body;
  readonly isForm: boolean;
}

/** A call as it arrives: where, what, in which version of the API, for which connected account. */
export interface Call {
  readonly params: Record<string, string>;
  readonly sent: Sent;
  readonly version: string;
  readonly account?: string;
}

/** A call whose parameters were read and are what Stripe takes. */
export interface ReadCall extends Call {
  readonly body: Body;
}

export type Operation = (books: Books, call: ReadCall) => Promise<Body>;

/** The amount and currency of a call. Refuses what is below one minor unit, and what is no currency. */
export function amountOf(body: Body): { amount: bigint; currency: string } {
  if (Number(body.amount) < 1)
    throw new RailError(400, 'parameter_invalid_integer', 'This value must be greater than or equal to 1.', {
      param: 'amount',
    });
  return { amount: BigInt(String(body.amount)), currency: currencyOf(body) };
}

/** Eight digits, in every currency. Source: Stripe, the amount of a PaymentIntent. */
const LARGEST_CHARGE = 99_999_999n;

/** Refuses to charge more than Stripe takes in one payment. */
export function mustFitCharge(amount: bigint): void {
  if (amount <= LARGEST_CHARGE) return;
  throw new RailError(400, 'amount_too_large', 'Amount must be no more than $999,999.99', {
    param: 'amount',
  });
}

/** The currency of a call, as Stripe writes it. Refuses one that Stripe does not take. */
export function currencyOf({ currency }: Body): string {
  const code = String(currency).toLowerCase();
  if (!isRailCurrency(code))
    throw new RailError(400, undefined, unknownCurrency(code), { param: 'currency' });
  return code;
}

/** Reads one object of a kind; of the connected account for which the call is. */
export function retrieve(kind: string): Operation {
  return (books, { params, account }) => books.get(kind, params.id ?? '', account);
}

/** Writes metadata and description on an object, and tells of it. */
export function annotate(kind: string, told: string): Operation {
  return async (books, { params, body, account }) => {
    const before = await books.get(kind, params.id ?? '', account);
    const metadata = { ...(before.metadata as Body), ...(body.metadata as Body) };
    const changed = await books.update(String(before.id), { ...body, metadata, expand: undefined });
    await books.emit(account === undefined ? 'platform' : 'connect', told, changed, account);
    return changed;
  };
}

/** Lists objects of a kind, newest first, filtered by those of its fields that a call may name. */
export function listed(kind: string, fields: readonly string[] = []): Operation {
  return async (books, { body, account }) => {
    const filter = Object.fromEntries(
      fields.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
    );
    if (body.currency !== undefined) filter.currency = currencyOf(body);
    return listOf(books, { kind, url: `/v1/${kind}s`, filter, account }, body);
  };
}

/** A list: of which kind, at which address, of objects with which fields, of which account. */
export interface List {
  readonly kind: string;
  readonly url: string;
  readonly filter: Body;
  readonly account?: string;
}

/** One page of a list in Stripe's shape. */
export async function listOf(books: Books, list: List, body: Body): Promise<Body> {
  const { kind, url, filter, account } = list;
  const wanted = await wantedOf(kind, body, (id) => books.has(kind, id, account));
  const page: Page = { ...wanted, account, ...between(body.created) };
  return pageOf(url, await books.list(kind, filter, wanted.limit + 1, page), wanted);
}

/** The instants of a `created` filter: from the first, before the second, seconds. */
function between(created: unknown): Pick<Page, 'since' | 'until'> {
  if (typeof created === 'number') return { since: created, until: created + 1 };
  const { gte, gt, lt, lte } = (created ?? {}) as Record<string, number | undefined>;
  const since = gte ?? (gt === undefined ? undefined : gt + 1);
  const until = lt ?? (lte === undefined ? undefined : lte + 1);
  return { since, until };
}

import { completed } from '../contract/contract';
import { RailError, type Body, type Books } from '../store';
import { amountOf, currencyOf, type ReadCall } from './call';
import { pageOf, wantedOf } from './page';
import { succeed } from './payments';

const DAY_SECONDS = 86_400;

/** Notes something that the next invoice of a customer is for. */
export async function createInvoiceItem(books: Books, { body }: ReadCall): Promise<Body> {
  const { amount, currency } = amountOf({ ...body, currency: body.currency ?? 'usd' });
  const customer = await books.get('customer', String(body.customer), undefined, 'customer');
  const item = await books.insert('invoiceitem', {
    id: books.id('ii'),
    object: 'invoiceitem',
    amount: Number(amount),
    currency,
    customer: customer.id,
    date: books.epochSeconds(),
    description: body.description ?? null,
    invoice: body.invoice ?? null,
    metadata: body.metadata ?? {},
    period: { start: books.epochSeconds(), end: books.epochSeconds() },
    quantity: 1,
    discountable: true,
  });
  await books.emit('platform', 'invoiceitem.created', item);
  return item;
}

/** Makes a draft of a customer's open items, in one currency. */
export async function createInvoice(books: Books, { body }: ReadCall): Promise<Body> {
  const customer = await books.get('customer', String(body.customer ?? ''), undefined, 'customer');
  const isWithItems = body.pending_invoice_items_behavior === 'include';
  const items = isWithItems
    ? await books.list('invoiceitem', { customer: customer.id, invoice: null }, 250)
    : [];
  const id = books.id('in');
  for (const item of items) await books.update(String(item.id), { invoice: id });
  const total = items.reduce((sum, { amount }) => sum + Number(amount), 0);
  const lines = items.map((item) => completed({ ...lineOf(item), invoice: id }));
  const invoice = await books.insert('invoice', {
    id,
    object: 'invoice',
    amount_due: total,
    amount_remaining: total,
    amount_paid: 0,
    total,
    subtotal: total,
    auto_advance: body.auto_advance ?? false,
    collection_method: body.collection_method ?? 'charge_automatically',
    created: books.epochSeconds(),
    currency: String(items[0]?.currency ?? currencyOf({ currency: body.currency ?? 'usd' })),
    customer: customer.id,
    description: body.description ?? null,
    due_date:
      body.days_until_due === undefined
        ? null
        : books.epochSeconds() + Number(body.days_until_due) * DAY_SECONDS,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    metadata: body.metadata ?? {},
    period_start: books.epochSeconds(),
    period_end: books.epochSeconds(),
    status: 'draft',
  });
  await books.emit('platform', 'invoice.created', invoice);
  return invoice;
}

/** Makes a draft final: it can be paid and not be changed. */
export async function finalizeInvoice(books: Books, { params }: ReadCall): Promise<Body> {
  const before = await books.get('invoice', params.id ?? '');
  if (before.status !== 'draft')
    throw new RailError(400, 'invoice_not_editable', 'This invoice is already finalized.');
  const number = `${String(before.customer).slice(-8).toUpperCase()}-0001`;
  const invoice = await books.update(String(before.id), { status: 'open', number });
  await books.emit('platform', 'invoice.finalized', invoice);
  return invoice;
}

/** Sends a final invoice to its customer. */
export async function sendInvoice(books: Books, call: ReadCall): Promise<Body> {
  const before = await books.get('invoice', call.params.id ?? '');
  const invoice = before.status === 'draft' ? await finalizeInvoice(books, call) : before;
  await books.emit('platform', 'invoice.sent', invoice);
  return invoice;
}

/** Pays an invoice: with a card, or with what arrived outside the rail. */
export async function payInvoice(books: Books, call: ReadCall): Promise<Body> {
  const before = await books.get('invoice', call.params.id ?? '');
  const open = before.status === 'draft' ? await finalizeInvoice(books, call) : before;
  if (open.status !== 'open') throw new RailError(400, 'invoice_already_paid', 'Invoice is already paid');
  if (call.body.paid_out_of_band !== true && Number(open.amount_due) > 0) await payByCard(books, open);
  const invoice = await books.update(String(open.id), {
    status: 'paid',
    amount_paid: open.amount_due,
    amount_remaining: 0,
  });
  await books.emit('platform', 'invoice.paid', invoice);
  return invoice;
}

/** The lines of an invoice. */
export async function linesOf(books: Books, { params, body }: ReadCall): Promise<Body> {
  const { lines } = await books.get('invoice', params.id ?? '');
  const { data, url } = lines as { data: Body[]; url: string };
  const wanted = await wantedOf('line_item', body, async (id) => data.some((each) => each.id === id));
  const { after, before } = wanted;
  const at = data.findIndex(({ id }) => id === (after ?? before));
  const rows = before === undefined ? data.slice(at + 1) : data.slice(0, at).reverse();
  return pageOf(url, rows.slice(0, wanted.limit + 1), wanted);
}

async function payByCard(books: Books, invoice: Body): Promise<void> {
  const payment = await books.insert('payment_intent', {
    id: books.id('pi'),
    object: 'payment_intent',
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    created: books.epochSeconds(),
    status: 'processing',
    metadata: { invoice_id: invoice.id },
  });
  await succeed(books, payment, { isPending: true });
}

function lineOf({ id, amount, currency, description, metadata, period, quantity }: Body): Body {
  return {
    id: `il_${String(id).slice(3)}`,
    object: 'line_item',
    ...{ amount, currency, description, metadata, period, quantity, subtotal: amount },
    discount_amounts: [],
    discountable: true,
    discounts: [],
    livemode: false,
    parent: null,
    pretax_credit_amounts: [],
    pricing: null,
    subscription: null,
    taxes: [],
  };
}

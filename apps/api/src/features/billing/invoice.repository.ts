import type { Db } from '../../platform/prisma/database';

export interface CreditTermsRecord {
  readonly labId: string;
  readonly currency: string;
  readonly limitMinor: bigint;
  readonly dueDays: number;
  readonly reason: string;
  readonly setById: string;
  readonly setAt: Date;
  /** What another person approved, where the limit is more than one person may give. */
  readonly approvalRequestId?: string | null;
}

export interface PurchaseOrderRecord {
  readonly id: string;
  readonly labId: string;
  readonly number: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly invoicedMinor: bigint;
  readonly endsOn: Date | null;
  readonly createdAt: Date;
}

export interface InvoiceRecord {
  readonly id: string;
  readonly labId: string;
  readonly number: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly purchaseOrderId: string | null;
  readonly state: string;
  readonly issuedAt: Date;
  readonly dueOn: Date;
  readonly paidAt: Date | null;
  readonly reminders: number;
  readonly ledgerTransactionId: string;
  readonly version: number;
}

export interface InvoiceFilter {
  readonly labId?: string;
  readonly state?: string;
  /** Due at or after a day, and before one (UTC). */
  readonly dueFrom?: Date;
  readonly dueBefore?: Date;
}

/** Sets the terms of a lab in a currency; earlier ones stay as they were. */
export async function insertCreditTerms(db: Db, terms: CreditTermsRecord): Promise<void> {
  await db.creditTerms.create({ data: terms });
}

/** The terms of a lab that are in force, one a currency. */
export async function creditTermsOf(db: Db, labId: string): Promise<CreditTermsRecord[]> {
  return db.creditTerms.findMany({
    where: { labId },
    distinct: ['currency'],
    orderBy: [{ currency: 'asc' }, { place: 'desc' }],
  });
}

/** Stores a purchase order. */
export async function insertPurchaseOrder(
  db: Db,
  row: Omit<PurchaseOrderRecord, 'invoicedMinor'> & { createdById: string },
): Promise<void> {
  await db.purchaseOrder.create({ data: row });
}

/** A lab's purchase orders, newest first; at most 100. */
export async function purchaseOrdersOf(db: Db, labId: string): Promise<PurchaseOrderRecord[]> {
  return db.purchaseOrder.findMany({
    where: { labId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 100,
  });
}

/** Purchase orders by their ids. */
export async function purchaseOrdersByIds(db: Db, ids: readonly string[]): Promise<PurchaseOrderRecord[]> {
  return db.purchaseOrder.findMany({ where: { id: { in: [...ids] } } });
}

/** A purchase order of a lab by its id, locked until the transaction ends. */
export async function lockPurchaseOrder(
  db: Db,
  labId: string,
  id: string,
): Promise<PurchaseOrderRecord | null> {
  await db.$queryRaw`SELECT 1 FROM purchase_order WHERE id = ${id}::uuid FOR UPDATE`;
  return db.purchaseOrder.findFirst({ where: { id, labId } });
}

/** Burns a purchase order down by minor units, or up again by an amount below nothing. */
export async function burnDown(db: Db, id: string, minor: bigint): Promise<void> {
  await db.purchaseOrder.update({ where: { id }, data: { invoicedMinor: { increment: minor } } });
}

/** The next number of a year; its row stays locked, so that there is no gap. */
export async function nextInvoiceCount(db: Db, year: number): Promise<number> {
  const [row] = await db.$queryRaw<{ last: number }[]>`
    INSERT INTO invoice_year AS y (year, last) VALUES (${year}, 1)
    ON CONFLICT (year) DO UPDATE SET last = y.last + 1 RETURNING y.last`;
  return row?.last ?? 1;
}

/** Stores an invoice. */
export async function insertInvoice(
  db: Db,
  row: Omit<InvoiceRecord, 'paidAt' | 'reminders' | 'version'> & { requestedById: string },
): Promise<void> {
  await db.invoice.create({ data: row });
}

/** An invoice by its id. */
export async function findInvoice(db: Db, id: string): Promise<InvoiceRecord | null> {
  return db.invoice.findUnique({ where: { id } });
}

/** An invoice by its id, locked until the transaction ends. */
export async function lockInvoice(db: Db, id: string): Promise<InvoiceRecord | null> {
  await db.$queryRaw`SELECT 1 FROM invoice WHERE id = ${id}::uuid FOR UPDATE`;
  return findInvoice(db, id);
}

/** Moves an invoice on from the state and version that were seen. Returns false where somebody was faster. */
export async function moveInvoice(
  db: Db,
  seen: InvoiceRecord,
  changes: { state?: string; paidAt?: Date; reminders?: number },
): Promise<boolean> {
  const { count } = await db.invoice.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Invoices, newest first, after a key of (issuedAt, id). */
export async function listInvoices(
  db: Db,
  filter: InvoiceFilter,
  limit: number,
  after?: readonly string[],
): Promise<InvoiceRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ issuedAt: { lt: new Date(at) } }, { issuedAt: new Date(at), id: { gt: id } }] };
  return db.invoice.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: [{ issuedAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });
}

/** How many invoices a filter finds. */
export async function countInvoices(db: Db, filter: InvoiceFilter): Promise<number> {
  return db.invoice.count({ where: whereOf(filter) });
}

function whereOf({ dueFrom, dueBefore, ...rest }: InvoiceFilter) {
  const dueOn = { ...(dueFrom && { gte: dueFrom }), ...(dueBefore && { lt: dueBefore }) };
  return { ...rest, ...((dueFrom ?? dueBefore) && { dueOn }) };
}

/** Sums of invoices of one state, due day and currency, minor units. */
export interface InvoiceSumRow {
  readonly state: string;
  readonly currency: string;
  readonly dueOn: Date;
  readonly count: number;
  readonly amountMinor: bigint;
}

/** Sums of all invoices, or of a lab's, by state, currency and due day; only open ones keep their day apart. */
export async function sumInvoices(db: Db, labId: string | undefined): Promise<InvoiceSumRow[]> {
  return db.$queryRaw<InvoiceSumRow[]>`
    SELECT state, currency, CASE WHEN state = 'OPEN' THEN due_on ELSE date '1970-01-01' END AS "dueOn", count(*)::int AS count,
      sum(amount_minor)::bigint AS "amountMinor"
    FROM invoice WHERE (${labId ?? null}::uuid IS NULL OR lab_id = ${labId ?? null}::uuid) GROUP BY 1, 2, 3 ORDER BY 2, 1, 3`;
}

/** Payments for an invoice, newest first. */
export async function paymentsOfInvoice(
  db: Db,
  invoiceId: string,
): Promise<{ id: string; state: string; requestedAt: Date; ledgerTransactionId: string | null }[]> {
  return db.funding.findMany({
    where: { invoiceId },
    orderBy: { requestedAt: 'desc' },
    select: { id: true, state: true, requestedAt: true, ledgerTransactionId: true },
  });
}

/** Ledger transactions about an invoice and its payments, in the order of their posting. */
export async function transactionsOfInvoice(
  db: Db,
  invoiceId: string,
  fundingIds: readonly string[],
): Promise<{ id: string; kind: string; at: Date }[]> {
  return db.$queryRaw<{ id: string; kind: string; at: Date }[]>`
    SELECT id, kind, effective_at AS at FROM ledger.ledger_transaction
    WHERE (subject_type = 'invoice' AND subject_id = ${invoiceId}::uuid)
      OR (subject_type = 'funding' AND subject_id = ANY(${[...fundingIds]}::uuid[]))
    ORDER BY effective_at, id`;
}

/** Open invoices that are due before a day, after a key of (dueOn, id), oldest first. */
export async function openInvoicesDue(
  db: Db,
  before: Date,
  limit: number,
  after?: Pick<InvoiceRecord, 'dueOn' | 'id'>,
): Promise<InvoiceRecord[]> {
  const later = after
    ? { OR: [{ dueOn: { gt: after.dueOn } }, { dueOn: after.dueOn, id: { gt: after.id } }] }
    : {};
  return db.invoice.findMany({
    where: { AND: [{ state: 'OPEN', dueOn: { lt: before } }, later] },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
    take: limit,
  });
}

/** Of some invoices those for which a payment is on its way. */
export async function invoicesBeingPaid(db: Db, invoiceIds: readonly string[]): Promise<Set<string>> {
  const found = await db.funding.findMany({
    where: { invoiceId: { in: [...invoiceIds] }, state: { in: ['REQUESTED', 'PROCESSING'] } },
    select: { invoiceId: true },
  });
  return new Set(found.flatMap(({ invoiceId }) => invoiceId ?? []));
}

/** True where a payment for an invoice is on its way. */
export async function isBeingPaid(db: Db, invoiceId: string): Promise<boolean> {
  return (await invoicesBeingPaid(db, [invoiceId])).has(invoiceId);
}

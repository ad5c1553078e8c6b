import { Injectable } from '@nestjs/common';
import { accountCode, dueDaysOf, invoiceAge, type InvoiceAge } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId, isNoId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { balancesOf } from '../ledger/ledger.public';
import { findLab, findLabs } from '../lab/lab.public';
import type { InvoiceShown } from './invoice-pdf';
import {
  countInvoices,
  creditTermsOf,
  findInvoice,
  invoicesBeingPaid,
  isBeingPaid,
  listInvoices,
  paymentsOfInvoice,
  purchaseOrdersByIds,
  purchaseOrdersOf,
  sumInvoices,
  transactionsOfInvoice,
  type CreditTermsRecord,
  type InvoiceFilter,
  type InvoiceRecord,
  type PurchaseOrderRecord,
} from './invoice.repository';

/** Terms of a lab with what it owes under them, minor units. */
export interface CreditStanding extends CreditTermsRecord {
  readonly owedMinor: bigint;
}

/** An invoice with the number of its purchase order, and whether a payment for it is on its way. */
export interface InvoiceWithOrder extends InvoiceRecord {
  readonly purchaseOrderNumber: string | null;
  readonly isBeingPaid: boolean;
}

/** An invoice with the name of its lab. */
export interface InvoiceListed extends InvoiceWithOrder {
  readonly labName: string;
}

/** How many invoices stand how in a currency, and what they come to, minor units. */
export interface InvoiceSum {
  readonly currency: string;
  /** A bucket of lateness, or PAID or VOID. */
  readonly standing: string;
  readonly count: number;
  readonly amountMinor: bigint;
}

/** An invoice with everything that it hangs together with. */
export interface InvoiceDrill {
  readonly invoice: InvoiceWithOrder;
  readonly labName: string;
  readonly order: PurchaseOrderRecord | null;
  readonly payments: Awaited<ReturnType<typeof paymentsOfInvoice>>;
  readonly transactions: Awaited<ReturnType<typeof transactionsOfInvoice>>;
}

/** What invoice pages show. */
@Injectable()
export class InvoiceQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What a lab may owe and owes, one a currency: the person's own lab, or for staff the one asked for. */
  async credit(person: Person, labId?: string): Promise<CreditStanding[]> {
    const id = labId ?? person.labId;
    if (id === undefined || !isId(id)) throw notFound('lab');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const terms = await creditTermsOf(db, id);
      const codes = terms.map(({ currency }) => accountCode.labInvoiced(id, currency));
      const balances = await balancesOf(db, codes);
      return terms.map((each) => ({
        ...each,
        owedMinor: balances.get(accountCode.labInvoiced(id, each.currency))?.postedMinor ?? 0n,
      }));
    });
  }

  /** The lab's purchase orders, newest first; at most 100. */
  async orders(person: Person): Promise<PurchaseOrderRecord[]> {
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    return this.unitOfWork.readAs(person, ({ db }) => purchaseOrdersOf(db, labId));
  }

  /** Invoices, newest first: of the person's lab, or for staff of all. */
  async invoices(
    person: Person,
    filter: InvoiceFilter,
    args: PageArgs,
    whose: 'lab' | 'all',
  ): Promise<Connection<InvoiceWithOrder>> {
    const page = pageOf(args);
    if (whose === 'lab' && person.labId === undefined) throw notFound('lab');
    const wanted = whose === 'lab' ? { ...filter, labId: person.labId } : filter;
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await listInvoices(db, wanted, page.limit + 1, page.after);
      const ids = rows.flatMap(({ purchaseOrderId }) => purchaseOrderId ?? []);
      const orders = new Map((await purchaseOrdersByIds(db, ids)).map(({ id, number }) => [id, number]));
      const total = await countInvoices(db, wanted);
      const paying = await invoicesBeingPaid(
        db,
        rows.map(({ id }) => id),
      );
      const withOrder = rows.map((row) => ({
        ...row,
        isBeingPaid: paying.has(row.id),
        purchaseOrderNumber: orders.get(row.purchaseOrderId ?? '') ?? null,
      }));
      return connect(
        page,
        withOrder,
        total,
        (row) => [row.issuedAt.toISOString(), row.id],
        (row) => row,
      );
    });
  }

  /** Invoices of all labs with the names of their labs, newest first; open ones of one age where it is given. */
  async all(
    person: Person,
    { age, ...filter }: InvoiceFilter & { readonly age?: InvoiceAge },
    args: PageArgs,
  ): Promise<Connection<InvoiceListed>> {
    if (isNoId(filter.labId)) throw notFound('lab');
    const now = this.clock.now();
    const due = age && dueDaysOf(age, now);
    const aged = age ? { state: 'OPEN', dueFrom: due?.from, dueBefore: due?.before } : {};
    const found = await this.invoices(person, { ...filter, ...aged }, args, 'all');
    const labIds = [...new Set(found.edges.map(({ node }) => node.labId))];
    const labs = await this.unitOfWork.readAs(person, ({ db }) => findLabs(db, labIds));
    const names = new Map(labs.map(({ id, name }) => [id, name]));
    const named = (row: InvoiceWithOrder) => ({ ...row, labName: names.get(row.labId) ?? '' });
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: named(node) })) };
  }

  /** Sums of all invoices, or of one lab's, by currency and standing: how late the open ones are, paid, taken back. */
  async sums(person: Person, labId?: string): Promise<InvoiceSum[]> {
    if (isNoId(labId)) throw notFound('lab');
    const rows = await this.unitOfWork.readAs(person, ({ db }) => sumInvoices(db, labId));
    const now = this.clock.now();
    const sums = new Map<string, InvoiceSum>();
    for (const { state, currency, dueOn, count, amountMinor } of rows) {
      const standing = state === 'OPEN' ? invoiceAge(dueOn, now) : state;
      const before = sums.get(`${currency} ${standing}`);
      sums.set(`${currency} ${standing}`, {
        ...{ currency, standing },
        count: (before?.count ?? 0) + count,
        amountMinor: (before?.amountMinor ?? 0n) + amountMinor,
      });
    }
    return [...sums.values()];
  }

  /** One invoice of any lab, with its order, its payments and what the ledger has about it. */
  async one(person: Person, id: string): Promise<InvoiceDrill> {
    if (!isId(id)) throw notFound('invoice');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const invoice = await findInvoice(db, id);
      if (!invoice) throw notFound('invoice');
      const { labId, purchaseOrderId } = invoice;
      const [order = null] = purchaseOrderId ? await purchaseOrdersByIds(db, [purchaseOrderId]) : [];
      const payments = await paymentsOfInvoice(db, id);
      const ids = payments.map((payment) => payment.id);
      return {
        invoice: {
          ...invoice,
          purchaseOrderNumber: order?.number ?? null,
          isBeingPaid: await isBeingPaid(db, id),
        },
        order,
        payments,
        transactions: await transactionsOfInvoice(db, id, ids),
        labName: (await findLab(db, labId))?.name ?? '',
      };
    });
  }

  /** One invoice of the person's lab with what stands on its paper. */
  async shown(person: Person, id: string): Promise<InvoiceShown> {
    if (!isId(id)) throw notFound('invoice');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const invoice = await findInvoice(db, id);
      if (!invoice || invoice.labId !== person.labId) throw notFound('invoice');
      const lab = await findLab(db, invoice.labId);
      const [order = null] = invoice.purchaseOrderId
        ? await purchaseOrdersByIds(db, [invoice.purchaseOrderId])
        : [];
      return { invoice, order, labLegalName: lab?.legalName ?? '', labCountry: lab?.country ?? '' };
    });
  }
}

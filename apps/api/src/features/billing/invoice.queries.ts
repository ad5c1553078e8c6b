import { Injectable } from '@nestjs/common';
import { accountCode } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { balancesOf } from '../ledger/ledger.public';
import { findLab } from '../lab/lab.public';
import type { InvoiceShown } from './invoice-pdf';
import {
  countInvoices,
  creditTermsOf,
  findInvoice,
  listInvoices,
  purchaseOrdersByIds,
  purchaseOrdersOf,
  type CreditTermsRecord,
  type InvoiceFilter,
  type InvoiceRecord,
  type PurchaseOrderRecord,
} from './invoice.repository';

/** Terms of a lab with what it owes under them, minor units. */
export interface CreditStanding extends CreditTermsRecord {
  readonly owedMinor: bigint;
}

/** An invoice with the number of its purchase order. */
export interface InvoiceWithOrder extends InvoiceRecord {
  readonly purchaseOrderNumber: string | null;
}

/** What invoice pages show. */
@Injectable()
export class InvoiceQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

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
      const withOrder = rows.map((row) => ({
        ...row,
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

import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { INVOICE_AGES, type InvoiceAge } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { oneOf } from '../../platform/graphql/one-of';
import { moneyOf } from '../../platform/graphql/money.model';
import {
  InvoiceDetail,
  InvoiceSum,
  ListedInvoice,
  ListedInvoiceConnection,
} from './graphql/invoice-audit.model';
import { invoiceOf, purchaseOrderOf } from './graphql/invoice.shapes';
import { InvoiceQueries } from './invoice.queries';

const LAB = { type: () => ID, nullable: true, description: 'Only of this lab.' } as const;

/** Invoices of all labs, as finance and the audit read them. */
@Resolver(() => ListedInvoice)
export class InvoiceAuditResolver {
  constructor(
    private readonly queries: InvoiceQueries,
    private readonly clock: Clock,
  ) {}

  @Requires('audit:read')
  @Query(() => ListedInvoiceConnection, { description: 'All invoices, newest first, for the audit.' })
  async allInvoices(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true, description: 'Only this state.' }) state?: string,
    @Args('labId', LAB) labId?: string,
    @Args('age', {
      type: () => String,
      nullable: true,
      description:
        'Only open ones that are so late: NOT_DUE, DAYS_1_30, DAYS_31_60, DAYS_61_90 or DAYS_OVER_90.',
    })
    age?: string,
  ): Promise<Connection<ListedInvoice>> {
    const filter = { ...(state && { state }), ...(labId && { labId }), ...(age && { age: ageOf(age) }) };
    const found = await this.queries.all(person, filter, page);
    const now = this.clock.now();
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({
        cursor,
        node: { ...invoiceOf(node, now), labName: node.labName },
      })),
    };
  }

  @Requires('audit:read')
  @Query(() => [InvoiceSum], { description: 'Sums of all invoices, at most a row a currency and standing.' })
  async invoiceSums(
    @CurrentPerson() person: Person,
    @Args('labId', LAB) labId?: string,
  ): Promise<InvoiceSum[]> {
    return (await this.queries.sums(person, labId ?? undefined)).map(
      ({ currency, standing, count, amountMinor }) => ({
        ...{ standing, count },
        amount: moneyOf(amountMinor, currency),
      }),
    );
  }

  @Requires('audit:read')
  @Query(() => InvoiceDetail, {
    description: 'One invoice of any lab with all that it hangs together with. Refuses with NOT_FOUND.',
  })
  async anyInvoice(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<InvoiceDetail> {
    const { invoice, labName, order, payments, transactions } = await this.queries.one(person, id);
    return {
      ...invoiceOf(invoice, this.clock.now()),
      labName,
      order: order && purchaseOrderOf(order),
      payments: payments.map((payment) => ({ ...payment })),
      moves: transactions.map((move) => ({ ...move })),
    };
  }
}

function ageOf(text: string): InvoiceAge {
  const codes = INVOICE_AGES.map(({ code }) => code);
  return oneOf(codes, text, 'age');
}

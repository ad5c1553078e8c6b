import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { Money, moneyOf } from '../../platform/graphql/money.model';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { ApprovalLimits } from '../audit/audit.public';
import { currencyOf } from './amounts';
import {
  AddPurchaseOrderInput,
  CreditTerms,
  Invoice,
  InvoiceConnection,
  InvoiceInput,
  IssueInvoiceInput,
  PurchaseOrder,
  SetCreditTermsInput,
} from './graphql/invoice.model';
import { creditTermsShown, invoiceOf, purchaseOrderOf } from './graphql/invoice.shapes';
import { InvoiceQueries, type InvoiceWithOrder } from './invoice.queries';
import { AddPurchaseOrder } from './use-cases/add-purchase-order';
import { IssueInvoice } from './use-cases/issue-invoice';
import { PayInvoice } from './use-cases/pay-invoice';
import { SetCreditTerms } from './use-cases/set-credit-terms';
import { VoidInvoice } from './use-cases/void-invoice';

const STATE = { type: () => String, nullable: true, description: 'Only this state.' } as const;

/** A lab pays later: limits, orders, invoices. */
@Resolver(() => Invoice)
export class InvoiceResolver {
  constructor(
    private readonly queries: InvoiceQueries,
    private readonly clock: Clock,
    private readonly limits: ApprovalLimits,
    private readonly terms: SetCreditTerms,
    private readonly order: AddPurchaseOrder,
    private readonly issue: IssueInvoice,
    private readonly pay: PayInvoice,
    private readonly takeBack: VoidInvoice,
  ) {}

  @Requires('billing:read')
  @Query(() => [CreditTerms], {
    description: 'What the lab may owe and owes, one a currency; none where it pays ahead.',
  })
  async labCredit(@CurrentPerson() person: Person): Promise<CreditTerms[]> {
    return (await this.queries.credit(person)).map(creditTermsShown);
  }

  @Requires('billing:read')
  @Query(() => [PurchaseOrder], { description: "The lab's purchase orders, newest first; at most 100." })
  async purchaseOrders(@CurrentPerson() person: Person): Promise<PurchaseOrder[]> {
    return (await this.queries.orders(person)).map(purchaseOrderOf);
  }

  @Requires('billing:read')
  @Query(() => InvoiceConnection, { description: "The lab's invoices, newest first." })
  async invoices(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', STATE) state?: string,
  ): Promise<Connection<Invoice>> {
    return this.shown(await this.queries.invoices(person, { ...(state && { state }) }, page, 'lab'));
  }

  @Requires('audit:read')
  @Query(() => [CreditTerms], { description: 'What a lab may owe and owes, one a currency.' })
  async creditOfLab(
    @CurrentPerson() person: Person,
    @Args('labId', { type: () => ID, description: 'The lab.' }) labId: string,
  ): Promise<CreditTerms[]> {
    return (await this.queries.credit(person, labId)).map(creditTermsShown);
  }

  @Requires('credit:edit')
  @Query(() => Money, { description: 'Above this, a higher limit or a later day needs another person.' })
  creditApprovalAbove(
    @Args('currency', { type: () => String, description: 'ISO 4217 code.' }) code: string,
  ): Money {
    const currency = currencyOf(code);
    return moneyOf(this.limits.creditMinor(currency), currency);
  }

  @Requires('credit:edit')
  @Mutation(() => ID, {
    nullable: true,
    description:
      'Lets a lab owe up to a limit. Returns its id; null where another person has to approve it first. Refuses with OWN_MATTER, CREDIT_LIMIT, LAB_UNKNOWN, CURRENCY_UNKNOWN.',
  })
  setCreditTerms(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => SetCreditTermsInput, description: 'The terms.' }) input: SetCreditTermsInput,
  ): Promise<string | null> {
    return this.terms.run(person, input);
  }

  @Requires('billing:fund')
  @Mutation(() => ID, {
    description:
      'Notes a purchase order. Returns its id. Refuses with AMOUNT_OUT_OF_BOUNDS, ORDER_KNOWN, CURRENCY_UNKNOWN.',
  })
  addPurchaseOrder(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => AddPurchaseOrderInput, description: 'The order.' })
    input: AddPurchaseOrderInput,
  ): Promise<string> {
    return this.order.run(person, input);
  }

  @Requires('billing:fund')
  @Mutation(() => ID, {
    description:
      'Gives the lab money at once, to be paid by its day. Returns the invoice. Refuses with NO_CREDIT, CREDIT_LIMIT, INVOICE_OVERDUE, OVER_ORDER, ORDER_ENDED, AMOUNT_OUT_OF_BOUNDS, CURRENCY_UNKNOWN, PAYMENT_DISPUTED.',
  })
  issueInvoice(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => IssueInvoiceInput, description: 'How much.' }) input: IssueInvoiceInput,
  ): Promise<string> {
    return this.issue.run(person, input);
  }

  @Requires('billing:fund')
  @Mutation(() => ID, {
    description:
      'Pays an invoice through the rail. Returns the funding. Refuses with INVOICE_NOT_OPEN, PAYMENT_UNDER_WAY.',
  })
  payInvoice(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => InvoiceInput, description: 'Which.' }) input: InvoiceInput,
  ): Promise<string> {
    return this.pay.run(person, input);
  }

  @Requires('billing:fund')
  @Mutation(() => ID, {
    description:
      'Takes an open invoice back while its money is still there. Returns it. Refuses with STATE_CHANGED, PAYMENT_UNDER_WAY, INVOICE_SPENT.',
  })
  voidInvoice(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => InvoiceInput, description: 'Which.' }) input: InvoiceInput,
  ): Promise<string> {
    return this.takeBack.run(person, input);
  }

  private shown(found: Connection<InvoiceWithOrder>): Connection<Invoice> {
    const now = this.clock.now();
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({ cursor, node: invoiceOf(node, now) })),
    };
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf } from '../../platform/graphql/money.model';
import { ApprovalLimits } from '../audit/audit.public';
import { BillingQueries } from './billing.queries';
import { RequestFundingInput, RequestRefundInput } from './graphql/billing.input';
import {
  Funding,
  FundingConnection,
  LabBalance,
  LabRefund,
  LabRefundConnection,
  WaitingRefund,
} from './graphql/billing.model';
import { fundingOf, refundOf, waitingRefundOf } from './graphql/billing.shapes';
import { RequestFunding } from './use-cases/request-funding';
import { RequestRefund } from './use-cases/request-refund';
import { WithdrawRefund } from './use-cases/withdraw-refund';

/** A lab's money: in, there, back. */
@Resolver(() => Funding)
export class FundingResolver {
  constructor(
    private readonly queries: BillingQueries,
    private readonly limits: ApprovalLimits,
    private readonly fund: RequestFunding,
    private readonly refund: RequestRefund,
    private readonly withdraw: WithdrawRefund,
  ) {}

  @Requires('billing:read')
  @Query(() => [LabBalance], { description: 'What the lab has, one a currency.' })
  async labBalances(@CurrentPerson() person: Person): Promise<LabBalance[]> {
    return (await this.queries.labBalances(person)).map(
      ({ currency, postedMinor, heldMinor, invoicedMinor, lostMinor, backAloneMinor, weeksStopped }) => {
        const limitMinor = this.limits.refundMinor(currency);
        const leftMinor = limitMinor > backAloneMinor ? limitMinor - backAloneMinor : 0n;
        return {
          currency,
          weeksStopped,
          prepaid: moneyOf(postedMinor, currency),
          held: moneyOf(heldMinor, currency),
          available: moneyOf(postedMinor - heldMinor, currency),
          invoiced: moneyOf(invoicedMinor, currency),
          lost: moneyOf(lostMinor, currency),
          backAlone: moneyOf(limitMinor, currency),
          backAloneLeft: moneyOf(leftMinor, currency),
        };
      },
    );
  }

  @Requires('billing:read')
  @Query(() => FundingConnection, { description: 'Money that the lab put in, newest first.' })
  async fundings(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true, description: 'Only this state.' }) state?: string,
  ): Promise<Connection<Funding>> {
    const found = await this.queries.fundings(person, { ...(state && { state }) }, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: fundingOf(node) })) };
  }

  @Requires('billing:read')
  @Query(() => LabRefundConnection, { description: 'Money that went back to the lab, newest first.' })
  async labRefunds(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<LabRefund>> {
    const found = await this.queries.refunds(person, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: refundOf(node) })) };
  }

  @Requires('billing:read')
  @Query(() => [WaitingRefund], {
    description: 'What the lab asked back and a person of the platform looks at first; one a currency.',
  })
  async waitingRefunds(@CurrentPerson() person: Person): Promise<WaitingRefund[]> {
    return (await this.queries.waitingRefunds(person)).map(waitingRefundOf);
  }

  @Requires('billing:fund')
  @Mutation(() => Boolean, {
    description: 'Puts money in through the rail. Refuses with AMOUNT_OUT_OF_BOUNDS, CURRENCY_UNKNOWN.',
  })
  async requestFunding(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => RequestFundingInput, description: 'How much.' }) input: RequestFundingInput,
  ): Promise<boolean> {
    await this.fund.run(person, input);
    return true;
  }

  @Requires('billing:fund')
  @Mutation(() => [LabRefund], {
    description:
      'Takes back what is not held, to where it came from: one refund for each funding that it comes out of; none where a person of the platform looks at it first. Refuses with MORE_THAN_AVAILABLE, AMOUNT_OUT_OF_BOUNDS, CURRENCY_UNKNOWN, PAYMENT_DISPUTED, and where they have not decided on another one yet with APPROVAL_WAITS.',
  })
  async requestRefund(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => RequestRefundInput, description: 'How much.' }) input: RequestRefundInput,
  ): Promise<LabRefund[]> {
    const ids = await this.refund.run(person, input);
    return (await this.queries.refundsByIds(person, ids)).map(refundOf);
  }

  @Requires('billing:fund')
  @Mutation(() => ID, {
    description:
      'Withdraws what the lab asked back, of labRefunds or of waitingRefunds, while nothing of it has left: it is free again at once. Refuses with NOT_FOUND, REFUND_GONE, STATE_CHANGED.',
  })
  withdrawRefund(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Which one.' }) id: string,
  ): Promise<string> {
    return this.withdraw.run(person, id);
  }
}

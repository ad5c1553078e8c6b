import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CURRENCIES, type Currency } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf } from '../../platform/graphql/money.model';
import { ApprovalLimits } from './approval-limits';
import { ApprovalQueries } from './approval.queries';
import { DecideApprovalInput } from './graphql/approval.input';
import { ApprovalLimit } from './graphql/approval-limit.model';
import { ApprovalConnection, ApprovalRequest, DecidedRequest } from './graphql/approval.model';
import { approvalOf } from './graphql/approval.shapes';
import { DecideApproval } from './use-cases/decide-approval';
import { WithdrawRequest } from './use-cases/withdraw-request';

@Resolver(() => ApprovalRequest)
export class ApprovalResolver {
  constructor(
    private readonly queries: ApprovalQueries,
    private readonly decide: DecideApproval,
    private readonly withdraw: WithdrawRequest,
    private readonly limits: ApprovalLimits,
  ) {}

  @Requires('audit:read')
  @Query(() => [ApprovalLimit], {
    description: 'Up to which amounts one person’s word is enough, one a currency.',
  })
  approvalLimits(): ApprovalLimit[] {
    return (Object.keys(CURRENCIES) as Currency[]).map((currency) => ({
      currency,
      payout: moneyOf(this.limits.payoutMinor(currency), currency),
      refund: moneyOf(this.limits.refundMinor(currency), currency),
      credit: moneyOf(this.limits.creditMinor(currency), currency),
    }));
  }

  @Requires('audit:read')
  @Query(() => ApprovalConnection, { description: 'What needs four eyes, newest first.' })
  async approvalRequests(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true, description: 'Only this state.' }) state?: string,
  ): Promise<Connection<ApprovalRequest>> {
    const found = await this.queries.list(person, state ? { state } : {}, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: approvalOf(node) })) };
  }

  @Requires('approval:decide')
  @Mutation(() => DecidedRequest, {
    description:
      'Approves or declines what another person asked for, bound to the hash of what was read; it is then done by itself. What was approved and cannot be done any more is answered as FAILED, with why. Refuses with OWN_REQUEST, OWN_MATTER, ROLE_TOO_NEW, APPROVAL_CHANGED, APPROVAL_CLOSED, APPROVAL_LATE, APPROVAL_NOT_NOW, DECIDED_ALREADY.',
  })
  decideApproval(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => DecideApprovalInput, description: 'Which request, and yes or no.' })
    input: DecideApprovalInput,
  ): Promise<DecidedRequest> {
    return this.decide.run(person, input);
  }

  @Requires('approval:withdraw')
  @Mutation(() => DecidedRequest, {
    description:
      'Withdraws what the reader asked for themselves, while it waits. Refuses with NOT_FOUND where it is not theirs to withdraw, STATE_CHANGED where it does not wait any more.',
  })
  withdrawApproval(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The request.' }) id: string,
  ): Promise<DecidedRequest> {
    return this.withdraw.run(person, id);
  }
}

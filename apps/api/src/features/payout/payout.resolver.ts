import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf } from '../../platform/graphql/money.model';
import { Payout, PayoutConnection, PayoutStanding } from './graphql/payout.model';
import { PayoutQueries } from './payout.queries';
import { RunPayouts } from './use-cases/run-payouts';
import { SetUpAccount } from './use-cases/set-up-account';

@Resolver(() => Payout)
export class PayoutResolver {
  constructor(
    private readonly queries: PayoutQueries,
    private readonly accounts: SetUpAccount,
    private readonly runs: RunPayouts,
  ) {}

  @Requires('payout:own')
  @Query(() => PayoutStanding, { description: 'Where the expert is paid and what is payable.' })
  async payoutStanding(@CurrentPerson() person: Person): Promise<PayoutStanding> {
    const { account, payable } = await this.queries.standing(person);
    return {
      accountState: account?.state ?? null,
      payable: payable.map(({ postedMinor, currency }) => moneyOf(postedMinor, currency)),
    };
  }

  @Requires('payout:own')
  @Query(() => PayoutConnection, { description: "The expert's payouts, newest first." })
  myPayouts(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Payout>> {
    return this.list(person, { expertId: person.expertId }, page);
  }

  @Requires('audit:read')
  @Query(() => PayoutConnection, { description: 'All payouts, newest first, for the audit.' })
  payouts(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { nullable: true, description: 'Only this state.' }) state?: string,
  ): Promise<Connection<Payout>> {
    return this.list(person, { state }, page);
  }

  @Requires('payout:own')
  @Mutation(() => PayoutStanding, {
    description: 'Sets up where the expert is paid. Refuses with RAIL_REFUSED, RAIL_AWAY.',
  })
  async setUpPayoutAccount(@CurrentPerson() person: Person): Promise<PayoutStanding> {
    await this.accounts.run(person);
    return this.payoutStanding(person);
  }

  @Requires('payout:own')
  @Mutation(() => Int, {
    description:
      'Pays out what is payable now. Returns how many payouts were requested. Refuses with NOTHING_TO_PAY.',
  })
  payOutNow(@CurrentPerson() person: Person): Promise<number> {
    return this.runs.own(person);
  }

  @Requires('payout:run')
  @Mutation(() => Int, { description: 'Runs payouts for everybody now. Returns how many were requested.' })
  runPayouts(@CurrentPerson() person: Person): Promise<number> {
    return this.runs.all(person);
  }

  private async list(
    person: Person,
    filter: { expertId?: string; state?: string },
    page: PageArgs,
  ): Promise<Connection<Payout>> {
    const found = await this.queries.list(person, filter, page);
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({
        cursor,
        node: { ...node, amount: moneyOf(node.amountMinor, node.currency) },
      })),
    };
  }
}

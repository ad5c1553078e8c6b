import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf, Tally, tallyOf } from '../../platform/graphql/money.model';
import { BillingQueries, type Side } from './billing.queries';
import {
  Charge,
  ChargeConnection,
  Funding,
  FundingConnection,
  LabBalance,
  RequestFundingInput,
  SetTakeRateInput,
  TakeRatePolicy,
} from './graphql/billing.model';
import { chargeOf, fundingOf } from './graphql/billing.shapes';
import { RequestFunding } from './use-cases/request-funding';
import { SetTakeRate } from './use-cases/set-take-rate';

@Resolver(() => Charge)
export class BillingResolver {
  constructor(
    private readonly queries: BillingQueries,
    private readonly fund: RequestFunding,
    private readonly setRate: SetTakeRate,
  ) {}

  @Requires('billing:read')
  @Query(() => [LabBalance], { description: 'What the lab has, one a currency.' })
  async labBalances(@CurrentPerson() person: Person): Promise<LabBalance[]> {
    return (await this.queries.labBalances(person)).map(({ currency, postedMinor, heldMinor }) => ({
      currency,
      prepaid: moneyOf(postedMinor, currency),
      held: moneyOf(heldMinor, currency),
      available: moneyOf(postedMinor - heldMinor, currency),
    }));
  }

  @Requires('billing:read')
  @Query(() => FundingConnection, { description: 'Money that the lab put in, newest first.' })
  async fundings(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Funding>> {
    const found = await this.queries.fundings(person, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: fundingOf(node) })) };
  }

  @Requires('billing:read')
  @Query(() => ChargeConnection, { description: 'What the lab was charged, newest first.' })
  labCharges(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Charge>> {
    return this.charges(person, 'lab', page);
  }

  @Requires('payout:own')
  @Query(() => ChargeConnection, { description: 'What the expert earned, newest first.' })
  myCharges(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Charge>> {
    return this.charges(person, 'expert', page);
  }

  @Requires('audit:read')
  @Query(() => ChargeConnection, { description: 'Every charged line, newest first, for the audit.' })
  allCharges(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Charge>> {
    return this.charges(person, 'staff', page);
  }

  @Requires('billing:read')
  @Query(() => [Tally], { description: 'Sums of what the lab was charged, one a currency.' })
  labChargeSums(@CurrentPerson() person: Person): Promise<Tally[]> {
    return this.sums(person, 'lab');
  }

  @Requires('payout:own')
  @Query(() => [Tally], { description: 'Sums of what the expert earned, one a currency.' })
  myChargeSums(@CurrentPerson() person: Person): Promise<Tally[]> {
    return this.sums(person, 'expert');
  }

  @Requires('audit:read')
  @Query(() => [TakeRatePolicy], { description: 'Take-rate policies, newest first; at most 200.' })
  async takeRatePolicies(@CurrentPerson() person: Person): Promise<TakeRatePolicy[]> {
    return (await this.queries.policies(person)).map((policy) => ({
      ...policy,
      labId: policy.labId ?? null,
      effectiveTo: policy.effectiveTo ?? null,
    }));
  }

  @Requires('billing:fund')
  @Mutation(() => Boolean, {
    description: 'Puts money in through the rail. Refuses with AMOUNT_OUT_OF_BOUNDS, CURRENCY_UNKNOWN.',
  })
  async requestFunding(
    @CurrentPerson() person: Person,
    @Args('input') input: RequestFundingInput,
  ): Promise<boolean> {
    await this.fund.run(person, input);
    return true;
  }

  @Requires('takerate:edit')
  @Mutation(() => Boolean, {
    description: 'Sets a take rate from a date on. Refuses with POLICY_IN_PAST, POLICY_OVERLAP.',
  })
  async setTakeRate(
    @CurrentPerson() person: Person,
    @Args('input') input: SetTakeRateInput,
  ): Promise<boolean> {
    await this.setRate.run(person, input);
    return true;
  }

  private async charges(person: Person, side: Side, page: PageArgs): Promise<Connection<Charge>> {
    const found = await this.queries.charges(person, side, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: chargeOf(node) })) };
  }

  private async sums(person: Person, side: Side): Promise<Tally[]> {
    return (await this.queries.sums(person, side)).map((sum) => tallyOf(sum, sum.currency, 0));
  }
}

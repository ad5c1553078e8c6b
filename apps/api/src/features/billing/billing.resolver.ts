import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { BillingQueries, type Side } from './billing.queries';
import { ChargeArgs } from './graphql/billing.input';
import { Charge, ChargeConnection, ChargeSum } from './graphql/billing.model';
import { chargeFilterOf, chargeOf, chargeSumOf } from './graphql/billing.shapes';

/** Charges: the same lines for both sides and for the audit. */
@Resolver(() => Charge)
export class BillingResolver {
  constructor(private readonly queries: BillingQueries) {}

  @Requires('billing:read')
  @Query(() => ChargeConnection, { description: 'What the lab was charged, newest first.' })
  labCharges(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: ChargeArgs,
  ): Promise<Connection<Charge>> {
    return this.charges(person, 'lab', filter, page);
  }

  @Requires('payout:own')
  @Query(() => ChargeConnection, { description: 'What the expert earned, newest first.' })
  myCharges(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: ChargeArgs,
  ): Promise<Connection<Charge>> {
    return this.charges(person, 'expert', filter, page);
  }

  @Requires('audit:read')
  @Query(() => ChargeConnection, { description: 'Every charged line, newest first, for the audit.' })
  allCharges(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: ChargeArgs,
  ): Promise<Connection<Charge>> {
    return this.charges(person, 'staff', filter, page);
  }

  @Requires('billing:read')
  @Query(() => [ChargeSum], { description: 'Sums of what the lab was charged, one a currency.' })
  labChargeSums(@CurrentPerson() person: Person, @Args() filter: ChargeArgs): Promise<ChargeSum[]> {
    return this.sums(person, 'lab', filter);
  }

  @Requires('payout:own')
  @Query(() => [ChargeSum], { description: 'Sums of what the expert earned, one a currency.' })
  myChargeSums(@CurrentPerson() person: Person, @Args() filter: ChargeArgs): Promise<ChargeSum[]> {
    return this.sums(person, 'expert', filter);
  }

  @Requires('audit:read')
  @Query(() => [ChargeSum], { description: 'Sums of all charged lines, one a currency, for the audit.' })
  allChargeSums(@CurrentPerson() person: Person, @Args() filter: ChargeArgs): Promise<ChargeSum[]> {
    return this.sums(person, 'staff', filter);
  }

  private async charges(
    person: Person,
    side: Side,
    filter: ChargeArgs,
    page: PageArgs,
  ): Promise<Connection<Charge>> {
    const found = await this.queries.charges(person, side, chargeFilterOf(filter), page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: chargeOf(node) })) };
  }

  private async sums(person: Person, side: Side, filter: ChargeArgs): Promise<ChargeSum[]> {
    return (await this.queries.sums(person, side, chargeFilterOf(filter))).map(chargeSumOf);
  }
}

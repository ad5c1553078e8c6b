import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Charge } from '../features/billing/graphql/billing.model';
import { chargeOf } from '../features/billing/billing.public';
import { Payout } from '../features/payout/graphql/payout.model';
import { PayoutQueries } from '../features/payout/payout.public';
import type { GraphqlContext } from '../platform/graphql/graphql-context';

@Resolver(() => Payout)
export class PayoutLinesGraph {
  constructor(private readonly payouts: PayoutQueries) {}

  @ResolveField(() => [Charge], {
    description:
      'The charged lines whose pay it carries, oldest first, at most 500; none while it waits. What was earned first is paid first.',
  })
  async lines(@Parent() { id }: Payout, @Context() { actor }: GraphqlContext): Promise<Charge[]> {
    if (actor.kind !== 'PERSON') return [];
    return (await this.payouts.lines(actor, id)).map(chargeOf);
  }
}

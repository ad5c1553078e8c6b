import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Payout } from '../features/payout/graphql/payout.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of a Payout. */
@Resolver(() => Payout)
export class PayoutNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert.' })
  expertName(@Parent() row: Payout, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }
}

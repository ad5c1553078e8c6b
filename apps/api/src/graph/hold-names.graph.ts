import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PayoutHold } from '../features/payout/graphql/gate.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of a PayoutHold. */
@Resolver(() => PayoutHold)
export class HoldNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert.' })
  expertName(@Parent() row: PayoutHold, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }
}

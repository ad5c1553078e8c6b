import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SeatCandidate } from '../features/matching/graphql/seats.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of a SeatCandidate. */
@Resolver(() => SeatCandidate)
export class SeatNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert, as labs see it.' })
  expertName(@Parent() row: SeatCandidate, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }
}

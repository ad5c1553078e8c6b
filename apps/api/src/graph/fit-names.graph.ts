import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Fit } from '../features/matching/graphql/matching.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of a Fit. */
@Resolver(() => Fit)
export class FitNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert, as labs see it.' })
  expertName(@Parent() row: Fit, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }

  @ResolveField(() => String, { description: 'Title of the opening.' })
  openingTitle(@Parent() row: Fit, @Context() context: GraphqlContext): Promise<string> {
    return this.names.openingTitles(context).load(row.openingId);
  }
}

import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SimilarExpert } from '../features/matching/graphql/similar.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of somebody similar. */
@Resolver(() => SimilarExpert)
export class SimilarNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert, as labs see it.' })
  expertName(@Parent() row: SimilarExpert, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }
}

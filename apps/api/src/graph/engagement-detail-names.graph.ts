import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { EngagementDetail } from '../features/engagement/graphql/engagement.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of an EngagementDetail: a type does not take over the fields of the one that it extends. */
@Resolver(() => EngagementDetail)
export class EngagementDetailNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert, as labs see it.' })
  expertName(@Parent() row: EngagementDetail, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }

  @ResolveField(() => String, { description: 'Title of the opening.' })
  openingTitle(@Parent() row: EngagementDetail, @Context() context: GraphqlContext): Promise<string> {
    return this.names.openingTitles(context).load(row.openingId);
  }

  @ResolveField(() => String, { description: 'Name of the lab.' })
  labName(@Parent() row: EngagementDetail, @Context() context: GraphqlContext): Promise<string> {
    return this.names.labNames(context).load(row.labId);
  }
}

import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Offer } from '../features/application/graphql/application.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of an Offer. */
@Resolver(() => Offer)
export class OfferNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert, as labs see it.' })
  expertName(@Parent() row: Offer, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }

  @ResolveField(() => String, { description: 'Title of the opening.' })
  openingTitle(@Parent() row: Offer, @Context() context: GraphqlContext): Promise<string> {
    return this.names.openingTitles(context).load(row.openingId);
  }

  @ResolveField(() => String, { description: 'Name of the lab.' })
  labName(@Parent() row: Offer, @Context() context: GraphqlContext): Promise<string> {
    return this.names.labNames(context).load(row.labId);
  }
}

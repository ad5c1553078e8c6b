import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Invitation } from '../features/application/graphql/application.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of an Invitation. */
@Resolver(() => Invitation)
export class InvitationNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert, as labs see it.' })
  expertName(@Parent() row: Invitation, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }

  @ResolveField(() => String, { description: 'Title of the opening.' })
  openingTitle(@Parent() row: Invitation, @Context() context: GraphqlContext): Promise<string> {
    return this.names.openingTitles(context).load(row.openingId);
  }
}

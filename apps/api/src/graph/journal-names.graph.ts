import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { JournalEntry } from '../features/audit/graphql/audit.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of a JournalEntry. */
@Resolver(() => JournalEntry)
export class JournalNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { nullable: true, description: 'Name of the lab that it is about.' })
  async labName(
    @Parent() { labId }: JournalEntry,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    return labId ? this.names.labNames(context).load(labId) : null;
  }

  @ResolveField(() => String, { nullable: true, description: 'Name of the expert that it is about.' })
  async expertName(
    @Parent() { expertId }: JournalEntry,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    return expertId ? this.names.expertNames(context).load(expertId) : null;
  }
}

import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SandboxObject } from '../features/rail/graphql/rail.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** The name of whose an object at the sandbox is. */
@Resolver(() => SandboxObject)
export class SandboxNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'Name of the lab or expert whose it is; null where nobody is named there.',
  })
  async ownerName(
    @Parent() { labId, expertId }: SandboxObject,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    if (labId) return this.names.labNames(context).load(labId);
    return expertId ? this.names.expertNames(context).load(expertId) : null;
  }
}

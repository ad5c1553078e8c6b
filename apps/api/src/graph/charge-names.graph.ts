import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Charge } from '../features/billing/graphql/billing.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of a Charge. */
@Resolver(() => Charge)
export class ChargeNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Name of the expert, as labs see it.' })
  expertName(@Parent() row: Charge, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }

  @ResolveField(() => String, { description: 'Name of the lab.' })
  labName(@Parent() row: Charge, @Context() context: GraphqlContext): Promise<string> {
    return this.names.labNames(context).load(row.labId);
  }
}

import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { WeekGridRow } from '../features/timesheet/graphql/timesheet.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Names beside the ids of a WeekGridRow. */
@Resolver(() => WeekGridRow)
export class WeekGridNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, { description: 'Title of the opening.' })
  openingTitle(@Parent() row: WeekGridRow, @Context() context: GraphqlContext): Promise<string> {
    return this.names.openingTitles(context).load(row.openingId);
  }

  @ResolveField(() => String, { description: 'Name of the lab.' })
  labName(@Parent() row: WeekGridRow, @Context() context: GraphqlContext): Promise<string> {
    return this.names.labNames(context).load(row.labId);
  }
}

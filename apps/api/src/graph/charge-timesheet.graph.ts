import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { Charge } from '../features/billing/graphql/billing.model';
import { TimeEntry } from '../features/timesheet/graphql/timesheet.model';
import { entryOf, TimesheetQueries } from '../features/timesheet/timesheet.public';
import { loaderOf, type GraphqlContext } from '../platform/graphql/graphql-context';

@Resolver(() => Charge)
export class ChargeTimesheetGraph {
  constructor(private readonly timesheets: TimesheetQueries) {}

  @ResolveField(() => TimeEntry, {
    nullable: true,
    description: 'The line of time that it charges; null of other kinds.',
  })
  line(
    @Parent() { timeEntryId }: Charge,
    @Context() context: GraphqlContext,
  ): Promise<TimeEntry | null> | null {
    if (timeEntryId === null) return null;
    const loader = loaderOf(
      context,
      'line-of-charge',
      (actor) =>
        new DataLoader<string, TimeEntry | null>(async (ids) => {
          const lines = new Map((await this.timesheets.lines(actor, ids)).map((line) => [line.id, line]));
          return ids.map((id) => {
            const line = lines.get(id);
            return line ? entryOf(line, line.engagement) : null;
          });
        }),
    );
    return loader.load(timeEntryId);
  }
}

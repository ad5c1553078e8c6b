import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { EditEntryInput, EntryInput, TimesheetArgs } from './graphql/timesheet.input';
import { Timesheet, TimesheetConnection, WeekGrid } from './graphql/timesheet.model';
import { sheetFilterOf, timesheetOf, weekGridOf } from './graphql/timesheet.shapes';
import { TimesheetQueries } from './timesheet.queries';
import { AddEntry } from './use-cases/add-entry';
import { EditEntry } from './use-cases/edit-entry';
import { RecallWeek } from './use-cases/recall-week';
import { RemoveEntry } from './use-cases/remove-entry';
import { SubmitWeek } from './use-cases/submit-week';

/** The expert's weeks. */
@Resolver(() => Timesheet)
export class TimesheetResolver {
  constructor(
    private readonly queries: TimesheetQueries,
    private readonly add: AddEntry,
    private readonly edit: EditEntry,
    private readonly remove: RemoveEntry,
    private readonly submit: SubmitWeek,
    private readonly recall: RecallWeek,
  ) {}

  @Requires('timesheet:read')
  @Query(() => Timesheet, {
    description: 'One week, for both of its sides; drafts are the expert’s alone. Refuses with NOT_FOUND.',
  })
  async timesheet(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<Timesheet> {
    return timesheetOf(await this.queries.sheet(person, id));
  }

  @Requires('timesheet:log')
  @Query(() => WeekGrid, { description: "The expert's week over all engagements, with the running timer." })
  async myWeek(
    @CurrentPerson() person: Person,
    @Args('at', {
      type: () => Date,
      nullable: true,
      description: 'Any instant of the week; now if left out.',
    })
    at?: Date,
  ): Promise<WeekGrid> {
    return weekGridOf(await this.queries.grid(person, at ?? undefined));
  }

  @Requires('timesheet:log')
  @Query(() => TimesheetConnection, { description: "The expert's weeks, newest first." })
  async myTimesheets(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: TimesheetArgs,
  ): Promise<Connection<Timesheet>> {
    const found = await this.queries.list(person, 'expert', sheetFilterOf(filter), page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: timesheetOf(node) })) };
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description:
      'Enters time by hand; a span over Monday 00:00 UTC goes to both weeks. Refuses with TIMESHEET_OVERLAP (rowId names the other entry), WEEKLY_CAP, WEEK_NOT_FUNDED, WEEK_SETTLED, WORK_WAITS, WORK_NOT_BEGUN, ENTRY_BACKWARDS, ENTRY_TOO_SHORT, ENTRY_TOO_LONG, ENTRY_IN_FUTURE, ENTRY_NEEDS_NOTE, ENTRY_AFTER_END, ENGAGEMENT_ENDED.',
  })
  async addEntry(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => EntryInput, description: 'The entry.' }) input: EntryInput,
  ): Promise<boolean> {
    await this.add.run(person, input as Parameters<AddEntry['run']>[1]);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Timesheet, {
    description:
      'Changes a draft. Refuses like addEntry, and with ENTRY_LEAVES_WEEK, STATE_CHANGED, CHANGED_MEANWHILE.',
  })
  async editEntry(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => EditEntryInput, description: 'The entry as it shall be.' })
    input: EditEntryInput,
  ): Promise<Timesheet> {
    return this.timesheet(person, await this.edit.run(person, input as Parameters<EditEntry['run']>[1]));
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description: 'Takes a draft back. Refuses with STATE_CHANGED, CHANGED_MEANWHILE.',
  })
  async removeEntry(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The entry.' }) id: string,
  ): Promise<boolean> {
    await this.remove.run(person, id);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Timesheet, {
    description: 'Submits a week; later hours make a second sheet. Refuses with WEEK_EMPTY, STATE_CHANGED.',
  })
  async submitWeek(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The week.' }) id: string,
    @Args('idempotencyKey', { type: () => String, description: 'The same key acts once.' })
    idempotencyKey: string,
  ): Promise<Timesheet> {
    await this.submit.run(person, id, idempotencyKey);
    return this.timesheet(person, id);
  }

  @Requires('timesheet:log')
  @Mutation(() => Timesheet, {
    description: 'Recalls a week until the lab has acted. Refuses with LAB_ACTED, STATE_CHANGED.',
  })
  async recallWeek(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The week.' }) id: string,
  ): Promise<Timesheet> {
    await this.recall.run(person, id);
    return this.timesheet(person, id);
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import {
  AnswerQuestionInput,
  ApproveLinesInput,
  EditEntryInput,
  EntryInput,
  QuestionLineInput,
  Timer,
  TimerInput,
  Timesheet,
  TimesheetConnection,
} from './graphql/timesheet.model';
import { timesheetOf } from './graphql/timesheet.shapes';
import { TimesheetQueries, type Sheet } from './timesheet.queries';
import { LogTime } from './use-cases/log-time';
import { ReviewWeek } from './use-cases/review-week';
import { SubmitWeek } from './use-cases/submit-week';

@Resolver(() => Timesheet)
export class TimesheetResolver {
  constructor(
    private readonly queries: TimesheetQueries,
    private readonly log: LogTime,
    private readonly weeks: SubmitWeek,
    private readonly review: ReviewWeek,
  ) {}

  @Requires('timesheet:read')
  @Query(() => Timesheet, { description: 'One week, for both of its sides. Refuses with NOT_FOUND.' })
  async timesheet(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Timesheet> {
    return timesheetOf(await this.queries.sheet(person, id));
  }

  @Requires('timesheet:log')
  @Query(() => TimesheetConnection, { description: "The expert's weeks, newest first." })
  async myTimesheets(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('engagementId', { type: () => ID, nullable: true }) engagementId?: string,
  ): Promise<Connection<Timesheet>> {
    return shown(await this.queries.list(person, 'expert', { ...(engagementId && { engagementId }) }, page));
  }

  @Requires('timesheet:review')
  @Query(() => TimesheetConnection, {
    description: "The lab's weeks, newest first: those to review, or all.",
  })
  async labTimesheets(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('toReview', {
      type: () => Boolean,
      nullable: true,
      description: 'Only those that wait for review.',
    })
    toReview?: boolean,
  ): Promise<Connection<Timesheet>> {
    const states = toReview ? ['SUBMITTED', 'IN_REVIEW'] : ['SUBMITTED', 'IN_REVIEW', 'CHARGED'];
    return shown(await this.queries.list(person, 'lab', { states }, page));
  }

  @Requires('timesheet:log')
  @Query(() => Timer, { nullable: true, description: "The expert's running timer." })
  myTimer(@CurrentPerson() person: Person): Promise<Timer | null> {
    return this.queries.timer(person);
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description:
      'Enters time by hand. Refuses with TIMESHEET_OVERLAP (rowId names the other entry), WEEKLY_CAP, WEEK_NOT_FUNDED, ENTRY_NEEDS_NOTE, ENTRY_IN_FUTURE.',
  })
  async addEntry(@CurrentPerson() person: Person, @Args('input') input: EntryInput): Promise<boolean> {
    await this.log.add(person, input as Parameters<LogTime['add']>[1]);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description: 'Changes a draft. Refuses like addEntry, and with ENTRY_LEAVES_WEEK, STATE_CHANGED.',
  })
  async editEntry(@CurrentPerson() person: Person, @Args('input') input: EditEntryInput): Promise<boolean> {
    await this.log.edit(person, input as Parameters<LogTime['edit']>[1]);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, { description: 'Takes a draft back. Refuses with STATE_CHANGED.' })
  async removeEntry(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.log.remove(person, id);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Timer, { nullable: true, description: 'Starts the timer. Refuses with TIMER_RUNS.' })
  async startTimer(@CurrentPerson() person: Person, @Args('input') input: TimerInput): Promise<Timer | null> {
    await this.log.start(person, input as Parameters<LogTime['start']>[1]);
    return this.myTimer(person);
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description:
      'Stops the timer and keeps what it counted. Refuses with TIMESHEET_OVERLAP; with trimOverlap the part before the other entry is kept.',
  })
  async stopTimer(
    @CurrentPerson() person: Person,
    @Args('trimOverlap', { type: () => Boolean }) trimOverlap: boolean,
  ): Promise<boolean> {
    await this.log.stop(person, trimOverlap);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, { description: 'Throws the running timer away.' })
  async discardTimer(@CurrentPerson() person: Person): Promise<boolean> {
    await this.log.discard(person);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Timesheet, {
    description: 'Hands a week in; later hours make a second sheet. Refuses with WEEK_EMPTY, STATE_CHANGED.',
  })
  async submitWeek(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID }) id: string,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<Timesheet> {
    await this.weeks.submit(person, id, idempotencyKey);
    return this.timesheet(person, id);
  }

  @Requires('timesheet:log')
  @Mutation(() => Timesheet, {
    description: 'Recalls a week until the lab has acted. Refuses with LAB_ACTED.',
  })
  async recallWeek(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Timesheet> {
    await this.weeks.recall(person, id);
    return this.timesheet(person, id);
  }

  @Requires('timesheet:review')
  @Mutation(() => Timesheet, {
    description: 'Approves lines; each is charged at once. Refuses with STATE_CHANGED.',
  })
  async approveLines(
    @CurrentPerson() person: Person,
    @Args('input') input: ApproveLinesInput,
  ): Promise<Timesheet> {
    await this.review.approve(person, input);
    return this.timesheet(person, input.timesheetId);
  }

  @Requires('timesheet:review')
  @Mutation(() => Boolean, {
    description: 'Questions one line; the rest goes on. Refuses with PROPOSAL_NOT_LESS, STATE_CHANGED.',
  })
  async questionLine(
    @CurrentPerson() person: Person,
    @Args('input') input: QuestionLineInput,
  ): Promise<boolean> {
    await this.review.question(person, input);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description:
      'Accepts the proposal, which is then charged, or explains. Refuses with NO_PROPOSAL, ANSWER_MISSING.',
  })
  async answerQuestion(
    @CurrentPerson() person: Person,
    @Args('input') input: AnswerQuestionInput,
  ): Promise<boolean> {
    await this.review.answer(person, input);
    return true;
  }
}

function shown(found: Connection<Sheet>): Connection<Timesheet> {
  return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: timesheetOf(node) })) };
}

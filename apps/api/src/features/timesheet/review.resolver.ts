import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import {
  AnswerQuestionInput,
  ApproveLinesInput,
  ApproveWeekInput,
  QuestionLineInput,
  TimesheetArgs,
} from './graphql/timesheet.input';
import { LineQuestion, Timesheet, TimesheetConnection } from './graphql/timesheet.model';
import { sheetFilterOf, timesheetOf } from './graphql/timesheet.shapes';
import { TimesheetQueries } from './timesheet.queries';
import { AnswerQuestion } from './use-cases/answer-question';
import { ApproveLines } from './use-cases/approve-lines';
import { QuestionLine } from './use-cases/question-line';

/** States that a lab sees; drafts are the expert's alone. */
const HANDED_IN = ['SUBMITTED', 'IN_REVIEW', 'CHARGED'];

/** A lab's review of weeks, and the expert's answers. */
@Resolver(() => LineQuestion)
export class ReviewResolver {
  constructor(
    private readonly queries: TimesheetQueries,
    private readonly approve: ApproveLines,
    private readonly ask: QuestionLine,
    private readonly answer: AnswerQuestion,
  ) {}

  @Requires('timesheet:review')
  @Query(() => TimesheetConnection, {
    description:
      'Weeks that wait for the lab, the shortest window first: reviewDueAt is when silence approves.',
  })
  async reviewQueue(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Timesheet>> {
    const found = await this.queries.toReview(person, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: timesheetOf(node) })) };
  }

  @Requires('timesheet:review')
  @Query(() => TimesheetConnection, { description: 'Weeks that were submitted to the lab, newest first.' })
  async labTimesheets(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() args: TimesheetArgs,
    @Args('toReview', {
      type: () => Boolean,
      nullable: true,
      description:
        'Those that wait for review, the shortest window first, whatever else is asked; see reviewQueue.',
    })
    toReview?: boolean,
  ): Promise<Connection<Timesheet>> {
    if (toReview) return this.reviewQueue(person, page);
    const { states = HANDED_IN, ...filter } = sheetFilterOf(args);
    const shown = states.filter((state) => HANDED_IN.includes(state));
    const found = await this.queries.list(person, 'lab', { ...filter, states: shown }, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: timesheetOf(node) })) };
  }

  @Requires('timesheet:review')
  @Mutation(() => Timesheet, {
    description:
      'Approves lines; each is charged at once. Refuses with STATE_CHANGED, CHANGED_MEANWHILE, INSUFFICIENT_BALANCE.',
  })
  async approveLines(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => ApproveLinesInput, description: 'Which.' }) input: ApproveLinesInput,
  ): Promise<Timesheet> {
    await this.approve.run(person, input);
    return timesheetOf(await this.queries.sheet(person, input.timesheetId));
  }

  @Requires('timesheet:review')
  @Mutation(() => Timesheet, {
    description:
      'Approves every line of a week that waits for the lab; each is charged at once. Questioned lines wait for their answer. Refuses with NOTHING_TO_APPROVE, CHANGED_MEANWHILE, INSUFFICIENT_BALANCE.',
  })
  async approveWeek(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => ApproveWeekInput, description: 'Which.' }) input: ApproveWeekInput,
  ): Promise<Timesheet> {
    await this.approve.run(person, input);
    return timesheetOf(await this.queries.sheet(person, input.timesheetId));
  }

  @Requires('timesheet:review')
  @Mutation(() => Boolean, {
    description: 'Questions one line; the rest goes on. Refuses with PROPOSAL_NOT_LESS, STATE_CHANGED.',
  })
  async questionLine(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => QuestionLineInput, description: 'The question.' }) input: QuestionLineInput,
  ): Promise<boolean> {
    await this.ask.run(person, input);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description:
      'Accepts the proposal, which is then charged, or explains. Refuses with NO_PROPOSAL, ANSWER_MISSING, STATE_CHANGED.',
  })
  async answerQuestion(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => AnswerQuestionInput, description: 'The answer.' })
    input: AnswerQuestionInput,
  ): Promise<boolean> {
    await this.answer.run(person, input);
    return true;
  }
}

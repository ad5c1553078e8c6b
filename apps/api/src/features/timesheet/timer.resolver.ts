import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { StopTimerArgs, TimerInput } from './graphql/timesheet.input';
import { Timer } from './graphql/timesheet.model';
import { TimesheetQueries } from './timesheet.queries';
import { BeatTimer } from './use-cases/beat-timer';
import { DiscardTimer } from './use-cases/discard-timer';
import { StartTimer } from './use-cases/start-timer';
import { StopTimer } from './use-cases/stop-timer';

/** The one running timer of an expert. */
@Resolver(() => Timer)
export class TimerResolver {
  constructor(
    private readonly queries: TimesheetQueries,
    private readonly start: StartTimer,
    private readonly stop: StopTimer,
    private readonly discard: DiscardTimer,
    private readonly beat: BeatTimer,
  ) {}

  @Requires('timesheet:log')
  @Query(() => Timer, { nullable: true, description: "The expert's running timer." })
  myTimer(@CurrentPerson() person: Person): Promise<Timer | null> {
    return this.queries.timer(person);
  }

  @Requires('timesheet:log')
  @Mutation(() => Timer, {
    nullable: true,
    description:
      'Starts the timer. Refuses with TIMER_RUNS (rowId names the engagement of the other) unless stopRunning is set, WEEK_NOT_FUNDED, WEEK_SETTLED, WORK_WAITS, WORK_NOT_BEGUN, WEEKLY_CAP, ENGAGEMENT_ENDED.',
  })
  async startTimer(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => TimerInput, description: 'For what.' }) input: TimerInput,
  ): Promise<Timer | null> {
    await this.start.run(person, input as Parameters<StartTimer['run']>[1]);
    return this.myTimer(person);
  }

  @Requires('timesheet:log')
  @Mutation(() => Timer, {
    nullable: true,
    description: 'Says that the expert is still at work; sent each minute. Refuses with NO_TIMER.',
  })
  async beatTimer(@CurrentPerson() person: Person): Promise<Timer | null> {
    await this.beat.run(person);
    return this.myTimer(person);
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, {
    description:
      'Stops the timer and keeps what it counted, from one minute on. A refusal leaves the timer running: TIMESHEET_OVERLAP (then trimOverlap), WEEKLY_CAP, WEEK_NOT_FUNDED or WORK_WAITS (then keepWhatFits), ENTRY_TOO_LONG (then endsAt), TIMER_END_OUTSIDE, NO_TIMER.',
  })
  async stopTimer(@CurrentPerson() person: Person, @Args() end: StopTimerArgs): Promise<boolean> {
    await this.stop.run(person, end);
    return true;
  }

  @Requires('timesheet:log')
  @Mutation(() => Boolean, { description: 'Throws the running timer away. Refuses with NO_TIMER.' })
  async discardTimer(@CurrentPerson() person: Person): Promise<boolean> {
    await this.discard.run(person);
    return true;
  }
}

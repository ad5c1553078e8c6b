import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { scheduleWords } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { ConversionSchedule, PublishScheduleInput } from './graphql/conversion-schedule.model';
import { PublishSchedule } from './use-cases/publish-schedule';

/** What hiring directly costs, as it is published. */
@Resolver(() => ConversionSchedule)
export class ConversionScheduleResolver {
  constructor(
    private readonly publish: PublishSchedule,
    private readonly clock: Clock,
  ) {}

  @Requires('audit:read')
  @Query(() => [ConversionSchedule], {
    description: 'Every schedule of direct hiring, the latest to begin first; at most 100.',
  })
  async conversionSchedules(@CurrentPerson() person: Person): Promise<ConversionSchedule[]> {
    const now = this.clock.now();
    return (await this.publish.all(person)).map((schedule) => {
      const { id, effectiveFrom, effectiveTo, reason } = schedule;
      const isInForce = effectiveFrom <= now && (effectiveTo === null || effectiveTo > now);
      return { id, words: scheduleWords(schedule), effectiveFrom, effectiveTo, isInForce, reason };
    });
  }

  @Requires('takerate:edit')
  @Mutation(() => ID, {
    description:
      'Publishes what hiring directly costs from a day on; agreements signed before keep theirs. Returns its id. Refuses with SCHEDULE_WRONG, SCHEDULE_IN_PAST, SCHEDULE_OVERLAP.',
  })
  publishConversionSchedule(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => PublishScheduleInput, description: 'The schedule.' })
    input: PublishScheduleInput,
  ): Promise<string> {
    return this.publish.run(person, input);
  }
}

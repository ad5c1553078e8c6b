import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { VolunteeredGroup, VolunteerGroupInput } from './graphql/volunteered-group.model';
import { VolunteerGroup } from './use-cases/volunteer-group';
import { VolunteeredGroupQueries } from './volunteered-group.queries';

@Resolver(() => VolunteeredGroup)
export class VolunteeredGroupResolver {
  constructor(
    private readonly queries: VolunteeredGroupQueries,
    private readonly volunteering: VolunteerGroup,
  ) {}

  @Requires('expert:edit')
  @Query(() => VolunteeredGroup, {
    nullable: true,
    description:
      'Everything that is kept of what the expert volunteered of themselves; null where nothing is.',
  })
  myVolunteeredGroup(@CurrentPerson() person: Person): Promise<VolunteeredGroup | null> {
    return this.queries.mine(person);
  }

  @Requires('expert:edit')
  @Mutation(() => Boolean, {
    description:
      'Keeps what the expert volunteers of themselves, instead of what was kept before. Matching never reads it. Refuses with CONSENT_MISSING.',
  })
  async volunteerGroup(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => VolunteerGroupInput, description: 'What is volunteered.' })
    input: VolunteerGroupInput,
  ): Promise<boolean> {
    await this.volunteering.run(person, input as Parameters<VolunteerGroup['run']>[1]);
    return true;
  }

  @Requires('expert:edit')
  @Mutation(() => Boolean, {
    description: 'Withdraws the consent and erases what was volunteered, at once. Safe to repeat.',
  })
  async withdrawVolunteeredGroup(@CurrentPerson() person: Person): Promise<boolean> {
    await this.volunteering.withdraw(person);
    return true;
  }
}

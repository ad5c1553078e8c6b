import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { moneyOf } from '../../platform/graphql/money.model';
import { ExpertQueries } from './expert.queries';
import { CreateExpertInput, EditProfileInput } from './graphql/expert.input';
import { Profile } from './graphql/expert.model';
import { CreateExpert } from './use-cases/create-expert';
import { EditProfile } from './use-cases/edit-profile';

@Resolver(() => Profile)
export class ExpertResolver {
  constructor(
    private readonly queries: ExpertQueries,
    private readonly createCase: CreateExpert,
    private readonly editCase: EditProfile,
  ) {}

  @Requires('expert:edit')
  @Query(() => Profile, { description: "The person's own profile." })
  myProfile(@CurrentPerson() person: Person): Promise<Profile> {
    return this.shown(person, person.expertId ?? '');
  }

  @Requires('expert:read')
  @Query(() => Profile, {
    description: 'A profile: one that consents to be shown, one of your own. Refuses with NOT_FOUND.',
  })
  expertProfile(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Profile> {
    return this.shown(person, id);
  }

  @Requires('expert:create')
  @Mutation(() => Profile, {
    description: 'Makes the profile of the signed-in person. Refuses with EXPERT_EXISTS.',
  })
  async createExpert(
    @CurrentPerson() person: Person,
    @Args('input') input: CreateExpertInput,
  ): Promise<Profile> {
    const expertId = await this.createCase.run(person, input);
    return this.shown({ ...person, expertId }, expertId);
  }

  @Requires('expert:edit')
  @Mutation(() => Profile, { description: 'Writes the profile. Refuses with INVALID_INPUT and the field.' })
  async editProfile(
    @CurrentPerson() person: Person,
    @Args('input') input: EditProfileInput,
  ): Promise<Profile> {
    await this.editCase.run(person, input);
    return this.myProfile(person);
  }

  @Requires('expert:edit')
  @Mutation(() => [String], {
    description:
      'Fills the profile from a JSON Resume. Returns the parts that have no place here. Refuses with RESUME_NOT_JSON, RESUME_SHAPE.',
  })
  importResume(
    @CurrentPerson() person: Person,
    @Args('resume', { description: 'The text of the file, at most 90 kB.' }) resume: string,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<string[]> {
    return this.editCase.importResume(person, resume, idempotencyKey);
  }

  private async shown(person: Person, id: string): Promise<Profile> {
    const { minimumRateMinor, rateCurrency, ...profile } = await this.queries.profile(person, id);
    return { ...profile, minimumRate: moneyOf(minimumRateMinor, rateCurrency) };
  }
}

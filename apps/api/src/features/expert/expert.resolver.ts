import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { moneyOf } from '../../platform/graphql/money.model';
import { ExpertQueries } from './expert.queries';
import { CreateExpertInput, EditProfileInput } from './graphql/expert.input';
import { NamedExpert, Profile } from './graphql/expert.model';
import { CreateExpert } from './use-cases/create-expert';
import { EditProfile } from './use-cases/edit-profile';
import { ImportResume } from './use-cases/import-resume';

@Resolver(() => Profile)
export class ExpertResolver {
  constructor(
    private readonly queries: ExpertQueries,
    private readonly createCase: CreateExpert,
    private readonly editCase: EditProfile,
    private readonly importCase: ImportResume,
  ) {}

  @Requires('expert:edit')
  @Query(() => Profile, { description: "The person's own profile." })
  myProfile(@CurrentPerson() person: Person): Promise<Profile> {
    return this.shown(person, person.expertId ?? '');
  }

  @Requires('expert:edit')
  @Query(() => Profile, {
    nullable: true,
    description: "The person's own profile as a lab sees it; null where labs do not see it.",
  })
  async myProfileAsLabsSeeIt(@CurrentPerson() person: Person): Promise<Profile | null> {
    const profile = await this.queries.asLabsSeeIt(person);
    return profile && shownProfile(profile);
  }

  @Requires('expert:read')
  @Query(() => Profile, {
    description: 'A profile: one that consents to be shown, one of your own. Refuses with NOT_FOUND.',
  })
  expertProfile(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<Profile> {
    return this.shown(person, id);
  }

  @Requires('audit:read')
  @Query(() => [NamedExpert], { description: 'Experts with a part of a name, by name; at most 20.' })
  expertsNamed(
    @CurrentPerson() person: Person,
    @Args('part', { type: () => String, description: 'Two letters or more.' }) part: string,
  ): Promise<NamedExpert[]> {
    return this.queries.named(person, part);
  }

  @Requires('expert:create')
  @Mutation(() => Profile, {
    description: 'Makes the profile of the signed-in person. Refuses with EXPERT_EXISTS.',
  })
  async createExpert(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: CreateExpertInput,
  ): Promise<Profile> {
    const expertId = await this.createCase.run(person, input);
    return this.shown({ ...person, expertId }, expertId);
  }

  @Requires('expert:edit')
  @Mutation(() => Profile, {
    description: 'Writes the profile. Refuses with INVALID_INPUT or CONCEPT_UNKNOWN and the field.',
  })
  async editProfile(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: EditProfileInput,
  ): Promise<Profile> {
    await this.editCase.run(person, input);
    return this.myProfile(person);
  }

  @Requires('expert:edit')
  @Mutation(() => [String], {
    description:
      'Fills the profile in from a JSON Resume; what was typed before stays. Returns the parts that were not taken. Refuses with RESUME_NOT_JSON, RESUME_SHAPE, RESUME_FIELD, RESUME_TOO_LARGE.',
  })
  importResume(
    @CurrentPerson() person: Person,
    @Args('resume', { description: 'The text of the file, at most 90 kB.' }) resume: string,
    @Args('idempotencyKey', { description: 'The same key acts once.' }) idempotencyKey: string,
  ): Promise<string[]> {
    return this.importCase.run(person, resume, idempotencyKey);
  }

  private async shown(person: Person, id: string): Promise<Profile> {
    return shownProfile(await this.queries.profile(person, id));
  }
}

function shownProfile(found: Awaited<ReturnType<ExpertQueries['profile']>>): Profile {
  const { minimumRateMinor, rateCurrency, workDays, workFromMinute, workToMinute, ...profile } = found;
  const hours = { days: workDays, fromMinute: workFromMinute, toMinute: workToMinute };
  return {
    ...profile,
    minimumRate: moneyOf(minimumRateMinor, rateCurrency),
    workHours: workDays.length === 0 ? null : hours,
  };
}

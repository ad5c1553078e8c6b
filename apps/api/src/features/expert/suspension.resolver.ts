import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { appealDecidedBy, appealUntil } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import {
  AppealSuspensionInput,
  ExpertStanding,
  ReviewSuspensionInput,
  SuspendExpertInput,
  Suspension,
  SuspensionConnection,
} from './graphql/suspension.model';
import { SuspensionQueries, type NamedSuspension } from './suspension.queries';
import { AppealSuspension } from './use-cases/appeal-suspension';
import { ReviewSuspension } from './use-cases/review-suspension';
import { SuspendExpert } from './use-cases/suspend-expert';

@Resolver(() => Suspension)
export class SuspensionResolver {
  constructor(
    private readonly queries: SuspensionQueries,
    private readonly suspending: SuspendExpert,
    private readonly appealing: AppealSuspension,
    private readonly reviewing: ReviewSuspension,
  ) {}

  @Requires('expert:edit')
  @Query(() => Suspension, {
    nullable: true,
    description: "The person's own newest suspension, also one that was lifted; null where there is none.",
  })
  async mySuspension(@CurrentPerson() person: Person): Promise<Suspension | null> {
    const found = await this.queries.mine(person);
    return found && shown(found);
  }

  @Requires('audit:read')
  @Query(() => SuspensionConnection, { description: 'Suspensions of experts, the newest decision first.' })
  async suspensions(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { nullable: true, description: 'ANNOUNCED, IN_FORCE or LIFTED; all without it.' })
    state?: string,
    @Args('isAppealed', { nullable: true, description: 'Only those whose appeal waits for a decision.' })
    isAppealed?: boolean,
  ): Promise<Connection<Suspension>> {
    const found = await this.queries.list(person, { state, isAppealed }, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: shown(node) })) };
  }

  @Requires('audit:read')
  @Query(() => ExpertStanding, { description: 'An expert and their suspensions. Refuses with NOT_FOUND.' })
  async expertStanding(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The expert.' }) id: string,
  ): Promise<ExpertStanding> {
    const { expert, suspensions } = await this.queries.standing(person, id);
    return { ...expert, suspensions: suspensions.map(shown) };
  }

  @Requires('expert:suspend')
  @Mutation(() => ExpertStanding, {
    description:
      'Suspends an expert: at once where people, identity or the law are in danger, else after 14 days. The index follows within a second, running work waits, and the expert is told who decided, why and how to appeal. Refuses with NOT_FOUND, OWN_MATTER, RULE_UNKNOWN, SUSPENDED_ALREADY.',
  })
  async suspendExpert(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: SuspendExpertInput,
  ): Promise<ExpertStanding> {
    await this.suspending.run(person, input);
    return this.expertStanding(person, input.expertId);
  }

  @Requires('expert:suspend')
  @Mutation(() => ExpertStanding, {
    description:
      'Lifts a suspension; what waited goes on. Refuses with NOT_FOUND, OWN_MATTER, STATE_CHANGED, CHANGED_MEANWHILE.',
  })
  async liftSuspension(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: ReviewSuspensionInput,
  ): Promise<ExpertStanding> {
    return this.expertStanding(person, await this.reviewing.lift(person, input));
  }

  @Requires('expert:suspend')
  @Mutation(() => ExpertStanding, {
    description:
      'Decides on an appeal that the suspension stays; never who decided on it. Refuses with NOT_FOUND, OWN_MATTER, APPEAL_TO_OTHER, STATE_CHANGED, CHANGED_MEANWHILE.',
  })
  async upholdSuspension(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: ReviewSuspensionInput,
  ): Promise<ExpertStanding> {
    return this.expertStanding(person, await this.reviewing.uphold(person, input));
  }

  @Requires('expert:edit')
  @Mutation(() => Suspension, {
    nullable: true,
    description:
      "Appeals against one's own suspension; somebody else decides within 14 days, or it ends. Refuses with NOT_FOUND, APPEALED, APPEAL_OVER, STATE_CHANGED, CHANGED_MEANWHILE.",
  })
  async appealSuspension(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: AppealSuspensionInput,
  ): Promise<Suspension | null> {
    await this.appealing.run(person, input);
    return this.mySuspension(person);
  }
}

function shown(suspension: NamedSuspension): Suspension {
  const { decidedAt, appealedAt } = suspension;
  return {
    ...suspension,
    appealUntil: appealUntil(decidedAt),
    appealDecidedBy: appealedAt && appealDecidedBy(appealedAt),
  };
}

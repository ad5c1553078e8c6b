import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { BillingQueries } from './billing.queries';
import { CreateTakeRatePolicyInput } from './graphql/billing.input';
import { policyOf } from './graphql/billing.shapes';
import {
  TakeRateInForce,
  TakeRatePolicy,
  TakeRatePolicyConnection,
  TakeRateSubjects,
} from './graphql/take-rate.model';
import { CreateTakeRatePolicy } from './use-cases/create-take-rate-policy';

/** What the platform keeps. */
@Resolver(() => TakeRatePolicy)
export class TakeRateResolver {
  constructor(
    private readonly queries: BillingQueries,
    private readonly create: CreateTakeRatePolicy,
  ) {}

  @Requires('audit:read')
  @Query(() => [TakeRatePolicy], {
    description:
      'The newest 100 take-rate policies, the latest to begin first; takeRateHistory has all of them.',
  })
  async takeRatePolicies(@CurrentPerson() person: Person): Promise<TakeRatePolicy[]> {
    const { edges } = await this.queries.policies(person, {}, { first: 100 });
    return edges.map(({ node }) => policyOf(node));
  }

  @Requires('audit:read')
  @Query(() => TakeRatePolicyConnection, {
    description: 'Take-rate policies, the latest to begin first: all that ever were, or those in force.',
  })
  async takeRateHistory(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('isInForce', { type: () => Boolean, nullable: true, description: 'Only those in force now.' })
    isInForce?: boolean,
    @Args('labId', { type: () => ID, nullable: true, description: 'Only for this lab.' }) labId?: string,
    @Args('scope', {
      type: () => String,
      nullable: true,
      description: 'Only DEFAULT, PROMO, LAB, PROJECT or LAB_EXPERT.',
    })
    scope?: string,
  ): Promise<Connection<TakeRatePolicy>> {
    const filter = { isInForce, ...(labId && { labId }), ...(scope && { scope }) };
    const found = await this.queries.policies(person, filter, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: policyOf(node) })) };
  }

  @Requires('billing:read')
  @Query(() => TakeRateInForce, {
    description: 'The take rate that an offer of the lab would get now, and why.',
  })
  async takeRate(
    @CurrentPerson() person: Person,
    @Args('projectId', { type: () => ID, nullable: true, description: 'For this project.' })
    projectId?: string,
    @Args('expertId', { type: () => ID, nullable: true, description: 'For this expert.' }) expertId?: string,
    @Args('currency', { type: () => String, nullable: true, description: 'For work in this currency.' })
    currency?: string,
  ): Promise<TakeRateInForce> {
    const about = {
      ...(projectId && { projectId }),
      ...(expertId && { expertId }),
      ...(currency && { currency }),
    };
    const { terms, policyId, explanation } = await this.queries.takeRate(person, about);
    return { policyId, explanation, labFeePpm: terms.labFeePpm, expertFeePpm: terms.expertFeePpm };
  }

  @Requires('takerate:edit')
  @Query(() => TakeRateSubjects, {
    description: "A lab's newest projects and applicants, for whom a policy may be; at most 200 of each.",
  })
  takeRateSubjects(
    @CurrentPerson() person: Person,
    @Args('labId', { type: () => ID, description: 'The lab.' }) labId: string,
  ): Promise<TakeRateSubjects> {
    return this.queries.policySubjects(person, labId);
  }

  @Requires('takerate:edit')
  @Query(() => [String], {
    description:
      'Why another person would be asked before this take rate is set, in sentences, at most two; none where one person may set it. Refuses as createTakeRatePolicy.',
  })
  takeRateConcerns(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => CreateTakeRatePolicyInput, description: 'The policy.' })
    input: CreateTakeRatePolicyInput,
  ): Promise<string[]> {
    return this.create.concerns(person, input);
  }

  @Requires('takerate:edit')
  @Mutation(() => TakeRatePolicy, {
    nullable: true,
    description:
      'Sets a take rate from a date on; the policy that ran until then is closed there. Null where another person has to approve it first: one that begins in the past, or may keep less than what was published. Refuses with ASKED_ALREADY (the same waits for another person), OWN_MATTER, POLICY_OVERLAP (rowId names the other), POLICY_WHOM, POLICY_PARTS, POLICY_WITHOUT_END, POLICY_WITH_END, DATES_BACKWARDS, CURRENCY_UNKNOWN, CURRENCY_WITHOUT_FUNDING (no work can be paid in it), LAB_UNKNOWN, PROJECT_UNKNOWN, EXPERT_UNKNOWN.',
  })
  async createTakeRatePolicy(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => CreateTakeRatePolicyInput, description: 'The policy.' })
    input: CreateTakeRatePolicyInput,
  ): Promise<TakeRatePolicy | null> {
    const id = await this.create.run(person, input);
    return id === null ? null : policyOf(await this.queries.policy(person, id));
  }
}

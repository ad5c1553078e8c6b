import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { EngagementQueries } from './engagement.queries';
import {
  Engagement,
  EngagementConnection,
  EngagementDetail,
  GiveNoticeInput,
} from './graphql/engagement.model';
import { engagementDetailOf, engagementOf } from './graphql/engagement.shapes';
import { GiveNotice } from './use-cases/give-notice';
import { SignEngagement } from './use-cases/sign-engagement';

@Resolver(() => EngagementDetail)
export class EngagementResolver {
  constructor(
    private readonly queries: EngagementQueries,
    private readonly sign: SignEngagement,
    private readonly notice: GiveNotice,
    private readonly clock: Clock,
  ) {}

  @Requires('engagement:read')
  @Query(() => EngagementDetail, {
    description: 'One engagement with its weeks, for both of its sides. Refuses with NOT_FOUND.',
  })
  async engagement(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<EngagementDetail> {
    const found = await this.queries.detail(person, id);
    const side = found.engagement.expertId === person.expertId ? 'expert' : 'lab';
    return engagementDetailOf(found, side, this.clock.now());
  }

  @Requires('lab:read')
  @Query(() => EngagementConnection, { description: "The lab's engagements, newest first." })
  async labEngagements(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { nullable: true, description: 'Only this state.' }) state?: string,
  ): Promise<Connection<Engagement>> {
    return shown(await this.queries.list(person, 'lab', state, page));
  }

  @Requires('timesheet:log')
  @Query(() => EngagementConnection, { description: "The expert's engagements, newest first." })
  async myEngagements(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { nullable: true, description: 'Only this state.' }) state?: string,
  ): Promise<Connection<Engagement>> {
    return shown(await this.queries.list(person, 'expert', state, page));
  }

  @Requires('offer:answer')
  @Mutation(() => EngagementDetail, {
    description:
      'Accepts an offer: freezes the terms, takes the seat, holds the first week, and takes back the applications that it rules out. Refuses with OFFER_EXPIRED, STATE_CHANGED, NO_SEAT_LEFT, CREDENTIAL_MISSING, LANGUAGE_MISSING, COUNTRY_NOT_ALLOWED, AUTHORISATION_MISSING, HOURS_APART, CONFLICT_OF_INTEREST, BOUND_ELSEWHERE, OWN_WORK.',
  })
  async acceptOffer(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Args('idempotencyKey', { description: 'The same key acts once.' }) idempotencyKey: string,
  ): Promise<EngagementDetail> {
    return this.engagement(person, await this.sign.run(person, id, idempotencyKey));
  }

  @Requires('engagement:end')
  @Mutation(() => EngagementDetail, {
    description: 'Ends an engagement with the agreed notice. Refuses with STATE_CHANGED.',
  })
  async giveNotice(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: GiveNoticeInput,
  ): Promise<EngagementDetail> {
    await this.notice.run(person, input);
    return this.engagement(person, input.engagementId);
  }
}

function shown(found: Connection<Parameters<typeof engagementOf>[0]>): Connection<Engagement> {
  return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: engagementOf(node) })) };
}

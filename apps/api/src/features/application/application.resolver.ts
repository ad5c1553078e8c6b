import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { ApplicationQueries } from './application.queries';
import {
  Application,
  ApplyInput,
  DeclineApplicationInput,
  Invitation,
  InviteExpertInput,
  Offer,
  OfferPrice,
  SendOfferInput,
} from './graphql/application.model';
import { applicationOf, offerOf, offerPriceOf } from './graphql/application.shapes';
import { AnswerInvitation } from './use-cases/answer-invitation';
import { Apply } from './use-cases/apply';
import { ReviewApplication } from './use-cases/review-application';

@Resolver(() => Application)
export class ApplicationResolver {
  constructor(
    private readonly queries: ApplicationQueries,
    private readonly applyCase: Apply,
    private readonly review: ReviewApplication,
    private readonly invitation: AnswerInvitation,
  ) {}

  @Requires('application:review')
  @Query(() => [Application], {
    description: "Everybody who applied to one of the lab's openings, newest first; at most 200.",
  })
  async pipeline(
    @CurrentPerson() person: Person,
    @Args('openingId', { type: () => ID, description: 'The opening.' }) openingId: string,
  ): Promise<Application[]> {
    return (await this.queries.pipeline(person, openingId)).map(applicationOf);
  }

  @Requires('application:review')
  @Query(() => [Invitation], {
    description: 'Everybody whom the lab asked to apply to one of its openings, newest first; at most 200.',
  })
  openingInvitations(
    @CurrentPerson() person: Person,
    @Args('openingId', { type: () => ID, description: 'The opening.' }) openingId: string,
  ): Promise<Invitation[]> {
    return this.queries.invited(person, openingId);
  }

  @Requires('offer:send')
  @Query(() => OfferPrice, {
    description:
      'What an offer would cost at these terms; nothing is sent. Refuses with NOT_FOUND, INVALID_INPUT.',
  })
  async offerPrice(
    @CurrentPerson() person: Person,
    @Args('applicationId', { type: () => ID, description: 'The application.' }) applicationId: string,
    @Args('rateMinorPerHour', { description: 'Pay an hour, minor units.' }) rateMinorPerHour: string,
    @Args('weeklyCapHours', { type: () => Int, description: '1 to 60.' }) weeklyCapHours: number,
  ): Promise<OfferPrice> {
    return offerPriceOf(
      await this.queries.priced(person, { applicationId, rateMinorPerHour, weeklyCapHours }),
    );
  }

  @Requires('application:apply')
  @Query(() => [Application], { description: "The expert's own applications, newest first; at most 200." })
  async myApplications(@CurrentPerson() person: Person): Promise<Application[]> {
    return (await this.queries.mine(person)).map(applicationOf);
  }

  @Requires('application:apply')
  @Query(() => [Invitation], { description: "The expert's invitations, newest first; at most 200." })
  myInvitations(@CurrentPerson() person: Person): Promise<Invitation[]> {
    return this.queries.invitations(person);
  }

  @Requires('application:read')
  @Query(() => Offer, { description: 'One offer, for both of its sides. Refuses with NOT_FOUND.' })
  async offer(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<Offer> {
    return offerOf(await this.queries.offer(person, id));
  }

  @Requires('offer:answer')
  @Query(() => [Application], {
    description:
      "The expert's open applications to other labs that accepting an offer takes back, since one of the two is exclusive; at most 200. Refuses with NOT_FOUND.",
  })
  async applicationsRuledOut(
    @CurrentPerson() person: Person,
    @Args('offerId', { type: () => ID, description: 'The offer.' }) offerId: string,
  ): Promise<Application[]> {
    return (await this.queries.ruledOut(person, offerId)).map(applicationOf);
  }

  @Requires('application:apply')
  @Mutation(() => ID, {
    description:
      'Applies for a seat. Returns the id of the application. Refuses with OPENING_CLOSED, ALREADY_APPLIED, CREDENTIAL_MISSING, LANGUAGE_MISSING, COUNTRY_NOT_ALLOWED, AUTHORISATION_MISSING, HOURS_APART, CONFLICT_OF_INTEREST, BOUND_ELSEWHERE, OWN_WORK.',
  })
  apply(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: ApplyInput,
  ): Promise<string> {
    return this.applyCase.run(person, input);
  }

  @Requires('application:apply')
  @Mutation(() => Boolean, { description: 'Takes an application back. Refuses with STATE_CHANGED.' })
  async withdrawApplication(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<boolean> {
    await this.applyCase.withdraw(person, id);
    return true;
  }

  @Requires('application:review')
  @Mutation(() => Boolean, {
    description: 'Asks an expert to apply. Refuses with ALREADY_INVITED, OPENING_CLOSED.',
  })
  async inviteExpert(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: InviteExpertInput,
  ): Promise<boolean> {
    await this.review.invite(person, input);
    return true;
  }

  @Requires('application:apply')
  @Mutation(() => Boolean, {
    description:
      'Declines an invitation; the lab is told, and it lowers no score. Refuses with NOT_FOUND, STATE_CHANGED.',
  })
  async declineInvitation(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Args('reason', { nullable: true, description: 'The lab reads it; at most 2000 characters.' })
    reason?: string,
  ): Promise<boolean> {
    await this.invitation.decline(person, id, reason);
    return true;
  }

  @Requires('application:review')
  @Mutation(() => Boolean, {
    description: 'Takes an invitation back; the expert is told. Refuses with NOT_FOUND, STATE_CHANGED.',
  })
  async withdrawInvitation(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<boolean> {
    await this.invitation.withdraw(person, id);
    return true;
  }

  @Requires('application:review')
  @Mutation(() => Boolean, {
    description: 'Declines an application with a reason. Refuses with STATE_CHANGED.',
  })
  async declineApplication(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: DeclineApplicationInput,
  ): Promise<boolean> {
    await this.review.decline(person, input);
    return true;
  }

  @Requires('offer:send')
  @Mutation(() => Offer, {
    description:
      'Proposes terms. Refuses with RATE_OUTSIDE_BAND, NO_SEAT_LEFT, OFFER_OPEN, or with the gate that is not passed: CREDENTIAL_MISSING, LANGUAGE_MISSING, COUNTRY_NOT_ALLOWED, AUTHORISATION_MISSING, HOURS_APART, CONFLICT_OF_INTEREST, BOUND_ELSEWHERE, OWN_WORK.',
  })
  async sendOffer(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: SendOfferInput,
  ): Promise<Offer> {
    return this.offer(person, await this.review.offer(person, input));
  }

  @Requires('offer:send')
  @Mutation(() => Offer, { description: 'Takes an offer back. Refuses with STATE_CHANGED.' })
  async withdrawOffer(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<Offer> {
    await this.review.withdrawOffer(person, id);
    return this.offer(person, id);
  }

  @Requires('offer:answer')
  @Mutation(() => Offer, {
    description: 'Declines an offer; the application stays open. Refuses with STATE_CHANGED.',
  })
  async declineOffer(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Args('reason', { nullable: true, description: 'The lab reads it; at most 2000 characters.' })
    reason?: string,
  ): Promise<Offer> {
    await this.review.declineOffer(person, id, reason);
    return this.offer(person, id);
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import {
  ConfirmSeatsInput,
  ProposeSeatsInput,
  SeatPrice,
  SeatProposal,
  SeatTermsInput,
} from './graphql/seats.model';
import { seatPriceOf, seatProposalOf } from './graphql/seats.shapes';
import { SeatsQueries } from './seats.queries';
import { ConfirmSeats } from './use-cases/confirm-seats';
import { ProposeSeats } from './use-cases/propose-seats';

@Resolver(() => SeatProposal)
export class SeatsResolver {
  constructor(
    private readonly queries: SeatsQueries,
    private readonly propose: ProposeSeats,
    private readonly confirm: ConfirmSeats,
  ) {}

  @Requires('application:review')
  @Query(() => SeatProposal, {
    nullable: true,
    description:
      'The newest proposal of seats for a project, or for one opening of it; null where none was asked for. Refuses with NOT_FOUND.',
  })
  async seatProposal(
    @CurrentPerson() person: Person,
    @Args('projectId', { type: () => ID, description: 'The project.' }) projectId: string,
    @Args('openingId', { type: () => ID, nullable: true, description: 'One opening of it.' })
    openingId?: string,
  ): Promise<SeatProposal | null> {
    const found = await this.queries.newest(person, projectId, openingId ?? null);
    return found && seatProposalOf(found);
  }

  @Requires('offer:send')
  @Query(() => [SeatPrice], {
    description:
      'What a full week of the seats that a proposal gives would cost at these terms, by opening, at most 200; nothing is sent. Refuses with NOT_FOUND, INVALID_INPUT.',
  })
  async seatPrices(
    @CurrentPerson() person: Person,
    @Args('proposalId', { type: () => ID, description: 'The proposal.' }) proposalId: string,
    @Args('terms', { type: () => [SeatTermsInput], description: 'Terms by opening.' })
    terms: SeatTermsInput[],
  ): Promise<SeatPrice[]> {
    return (await this.queries.prices(person, proposalId, terms)).map(seatPriceOf);
  }

  @Requires('offer:send')
  @Mutation(() => SeatProposal, {
    description:
      'Asks who could take which seat; the worker computes it. Takes the place of the proposal before. Refuses with NOT_FOUND, INVALID_INPUT, OPENING_CLOSED, SAID_TWICE.',
  })
  async proposeSeats(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: ProposeSeatsInput,
  ): Promise<SeatProposal> {
    return seatProposalOf(await this.queries.one(person, await this.propose.ask(person, input)));
  }

  @Requires('offer:send')
  @Mutation(() => SeatProposal, {
    description:
      'Takes back a proposal that is still waited for. Refuses with NOT_FOUND, STATE_CHANGED, CHANGED_MEANWHILE.',
  })
  async cancelSeats(
    @CurrentPerson() person: Person,
    @Args('proposalId', { type: () => ID, description: 'The proposal.' }) proposalId: string,
  ): Promise<SeatProposal> {
    await this.propose.cancel(person, proposalId);
    return seatProposalOf(await this.queries.one(person, proposalId));
  }

  @Requires('offer:send')
  @Mutation(() => SeatProposal, {
    description:
      'Sends an offer for each seat of a proposal, 20 a call: ask again while offersLeft is above 0. A seat whose offer is refused says why and stops no other. Refuses with NOT_FOUND, INVALID_INPUT, STATE_CHANGED, CHANGED_MEANWHILE, TERMS_MISSING.',
  })
  async confirmSeats(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: ConfirmSeatsInput,
  ): Promise<SeatProposal> {
    await this.confirm.run(person, input);
    return seatProposalOf(await this.queries.one(person, input.proposalId));
  }
}

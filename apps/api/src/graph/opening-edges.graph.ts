import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Application, Invitation } from '../features/application/graphql/application.model';
import { Fit } from '../features/matching/graphql/matching.model';
import { PublicOpening } from '../features/project/graphql/project.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Openings } from './openings';

const EDGE = {
  nullable: true,
  description: 'The opening with its band, hours and rules; null where it is not to be seen any more.',
};

/** From a Fit to its opening. */
@Resolver(() => Fit)
export class FitOpeningGraph {
  constructor(private readonly openings: Openings) {}

  @ResolveField(() => PublicOpening, EDGE)
  opening(@Parent() row: Fit, @Context() context: GraphqlContext): Promise<PublicOpening | null> {
    return this.openings.load(context, row.openingId);
  }
}

/** From an Application to its opening. */
@Resolver(() => Application)
export class ApplicationOpeningGraph {
  constructor(private readonly openings: Openings) {}

  @ResolveField(() => PublicOpening, EDGE)
  opening(@Parent() row: Application, @Context() context: GraphqlContext): Promise<PublicOpening | null> {
    return this.openings.load(context, row.openingId);
  }
}

/** From an Invitation to its opening. */
@Resolver(() => Invitation)
export class InvitationOpeningGraph {
  constructor(private readonly openings: Openings) {}

  @ResolveField(() => PublicOpening, EDGE)
  opening(@Parent() row: Invitation, @Context() context: GraphqlContext): Promise<PublicOpening | null> {
    return this.openings.load(context, row.openingId);
  }
}

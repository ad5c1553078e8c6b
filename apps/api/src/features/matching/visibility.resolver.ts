import { Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { Visibility } from './graphql/visibility.model';
import { mendPathOf } from '../eligibility/eligibility.public';
import { SEEN_DAYS, VisibilityQueries } from './visibility.queries';

@Resolver(() => Visibility)
export class VisibilityResolver {
  constructor(private readonly queries: VisibilityQueries) {}

  @Requires('matching:recommend')
  @Query(() => Visibility, {
    description:
      'Where labs see the expert, and what keeps them off the other shortlists. Refuses with NOT_FOUND.',
  })
  async visibility(@CurrentPerson() person: Person): Promise<Visibility> {
    const found = await this.queries.mine(person);
    return {
      ...found,
      days: SEEN_DAYS,
      gates: found.gates.map((gate) => ({ ...gate, mendPath: mendPathOf(gate.code) })),
      places: found.places.map(({ rank, gates, ...place }) => ({
        ...place,
        place: rank,
        missing: gates
          .filter(({ outcome }) => outcome !== 'PASS')
          .map(({ forExpert }) => forExpert)
          .slice(0, 12),
      })),
    };
  }
}

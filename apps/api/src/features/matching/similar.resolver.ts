import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { SimilarExpert } from './graphql/similar.model';
import { SimilarQueries } from './similar.queries';

@Resolver(() => SimilarExpert)
export class SimilarResolver {
  constructor(private readonly queries: SimilarQueries) {}

  @Requires('matching:shortlist')
  @Query(() => [SimilarExpert], {
    description:
      "Who of the shortlist of one of the lab's openings is most like an expert on it, the most alike first; at most 5. Refuses with NOT_FOUND.",
  })
  async similarExperts(
    @CurrentPerson() person: Person,
    @Args('openingId', { type: () => ID, description: 'The opening.' }) openingId: string,
    @Args('expertId', { type: () => ID, description: 'The expert, on its shortlist.' }) expertId: string,
  ): Promise<SimilarExpert[]> {
    const found = await this.queries.run(person, openingId, expertId);
    return found.map((each) => ({ ...each, shared: [...each.shared] }));
  }
}

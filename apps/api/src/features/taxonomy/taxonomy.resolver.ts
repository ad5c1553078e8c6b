import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { TaxonomyConcept } from './graphql/taxonomy.model';
import { TaxonomyQueries } from './taxonomy.queries';

@Resolver(() => TaxonomyConcept)
export class TaxonomyResolver {
  constructor(private readonly queries: TaxonomyQueries) {}

  @Requires('taxonomy:read')
  @Query(() => [TaxonomyConcept], {
    description:
      'Skills and occupations that are like a text, best first, at most 20. One or two letters find what begins with them.',
  })
  searchTaxonomy(
    @CurrentPerson() person: Person,
    @Args('text', { type: () => String, description: 'What was typed; the first 80 characters count.' })
    text: string,
    @Args('kind', { type: () => String, nullable: true, description: 'Only OCCUPATION, SKILL or GROUP.' })
    kind?: string,
  ): Promise<TaxonomyConcept[]> {
    return this.queries.search(person, text, kind);
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { ChangeSearchInput, SavedSearch, SaveSearchInput } from './graphql/saved-search.model';
import { SavedSearchQueries } from './saved-search.queries';
import { searchPath } from './search-path';
import { SaveSearch } from './use-cases/save-search';

const WHICH = { type: () => ID, description: 'Which search.' };

@Resolver(() => SavedSearch)
export class SavedSearchResolver {
  constructor(
    private readonly queries: SavedSearchQueries,
    private readonly searches: SaveSearch,
  ) {}

  @Requires('matching:save')
  @Query(() => [SavedSearch], {
    description: 'The searches that the signed-in person keeps, by name; at most 20.',
  })
  async savedSearches(@CurrentPerson() person: Person): Promise<SavedSearch[]> {
    const found = await this.queries.mine(person);
    return found.map((search) => ({ ...search, link: searchPath(search) }));
  }

  @Requires('matching:save')
  @Mutation(() => ID, {
    description:
      "Keeps a search of the expert's openings, or of the shortlist of one of the lab's. Refuses with NOT_FOUND, NAME_TAKEN, TOO_MANY_SEARCHES.",
  })
  saveSearch(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => SaveSearchInput, description: 'What is searched, and how often it tells.' })
    input: SaveSearchInput,
  ): Promise<string> {
    return this.searches.run(person, input as Parameters<SaveSearch['run']>[1]);
  }

  @Requires('matching:save')
  @Mutation(() => ID, {
    description: "Renames one's own search, or says how often it tells. Refuses with NOT_FOUND, NAME_TAKEN.",
  })
  changeSearch(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => ChangeSearchInput, description: 'Which, and how.' })
    input: ChangeSearchInput,
  ): Promise<string> {
    return this.searches.change(person, input as Parameters<SaveSearch['change']>[1]);
  }

  @Requires('matching:save')
  @Mutation(() => ID, {
    description:
      'Notes that the owner looked at what a search found: nothing of it is new any more. Refuses with NOT_FOUND.',
  })
  lookAtSearch(@CurrentPerson() person: Person, @Args('id', WHICH) id: string): Promise<string> {
    return this.searches.look(person, id);
  }

  @Requires('matching:save')
  @Mutation(() => ID, { description: "Forgets one's own search and what it found. Refuses with NOT_FOUND." })
  forgetSearch(@CurrentPerson() person: Person, @Args('id', WHICH) id: string): Promise<string> {
    return this.searches.forget(person, id);
  }
}

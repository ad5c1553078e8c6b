import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { SavedView } from './graphql/money-audit.model';
import { ChangeViewInput, SaveViewInput } from './graphql/saved-view.input';
import { SavedViewQueries } from './saved-view.queries';
import { SaveView } from './use-cases/save-view';

@Resolver(() => SavedView)
export class SavedViewResolver {
  constructor(
    private readonly queries: SavedViewQueries,
    private readonly views: SaveView,
  ) {}

  @Requires('audit:read')
  @Query(() => [SavedView], {
    description: "Views of a list: the reader's own and what others share, by name; at most 100.",
  })
  savedViews(
    @CurrentPerson() person: Person,
    @Args('list', { description: 'Address of the list.' }) list: string,
  ): Promise<SavedView[]> {
    return this.queries.list(person, list);
  }

  @Requires('audit:read')
  @Mutation(() => ID, {
    description:
      "Keeps a list as it is filtered; one's own of the same name is replaced. Refuses with TOO_MANY_VIEWS.",
  })
  saveView(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => SaveViewInput, description: 'Which list, and its name.' })
    input: SaveViewInput,
  ): Promise<string> {
    return this.views.run(person, input);
  }

  @Requires('audit:read')
  @Mutation(() => ID, {
    description: "Renames or shares one's own view. Refuses with NOT_FOUND, NAME_TAKEN.",
  })
  changeView(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => ChangeViewInput, description: 'Which view, and how.' })
    input: ChangeViewInput,
  ): Promise<string> {
    return this.views.change(person, input);
  }

  @Requires('audit:read')
  @Mutation(() => ID, { description: "Forgets one's own view. Refuses with NOT_FOUND." })
  forgetView(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Which view.' }) id: string,
  ): Promise<string> {
    return this.views.forget(person, id);
  }
}

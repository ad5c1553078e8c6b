import { Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { WaitingItem } from './graphql/home.model';
import { HomeQueries } from './home.queries';

@Resolver(() => WaitingItem)
export class HomeResolver {
  constructor(private readonly queries: HomeQueries) {}

  @Requires('lab:read')
  @Query(() => [WaitingItem], {
    description:
      "What waits for the lab's member now, of the kinds that their role decides; what is due first comes first. At most 10 of a kind, 50 in all.",
  })
  homeForLab(@CurrentPerson() person: Person): Promise<WaitingItem[]> {
    return this.queries.forLab(person);
  }

  @Requires('expert:edit')
  @Query(() => [WaitingItem], {
    description:
      'What waits for the expert now; what is due first comes first. At most 10 of a kind, 50 in all.',
  })
  homeForExpert(@CurrentPerson() person: Person): Promise<WaitingItem[]> {
    return this.queries.forExpert(person);
  }

  @Requires('lab:list')
  @Query(() => [WaitingItem], {
    description:
      'What waits for staff now, of the kinds that their roles decide on; what is due first comes first. At most 50.',
  })
  homeForStaff(@CurrentPerson() person: Person): Promise<WaitingItem[]> {
    return this.queries.forStaff(person);
  }
}

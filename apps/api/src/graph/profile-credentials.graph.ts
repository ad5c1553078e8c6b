import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { CredentialQueries } from '../features/credential/credential.queries';
import { Credential } from '../features/credential/graphql/credential.model';
import { Profile } from '../features/expert/graphql/expert.model';
import { loaderOf, type GraphqlContext } from '../platform/graphql/graphql-context';

/** What is proven of an expert, beside their profile. */
@Resolver(() => Profile)
export class ProfileCredentialsGraph {
  constructor(private readonly credentials: CredentialQueries) {}

  @ResolveField(() => [Credential], {
    description: 'Verified credentials, without what the claims say; those proven last first.',
  })
  provenCredentials(@Parent() profile: Profile, @Context() context: GraphqlContext): Promise<Credential[]> {
    return loaderOf(context, 'provenCredentials', (actor) => this.loader(actor)).load(profile.id);
  }

  private loader(actor: GraphqlContext['actor']): DataLoader<string, Credential[]> {
    return new DataLoader(async (expertIds) => {
      const found = await this.credentials.proven(actor, expertIds);
      return expertIds.map((id) => found.filter(({ expertId }) => expertId === id));
    });
  }
}

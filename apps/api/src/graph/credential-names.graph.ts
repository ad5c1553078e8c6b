import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Credential,
  CredentialCase,
  CredentialToVerify,
} from '../features/credential/graphql/credential.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

const EXPERT_NAME = { description: 'Name of the expert, as labs see it.' };

/** Names beside the ids of a Credential. */
@Resolver(() => Credential)
export class CredentialNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, EXPERT_NAME)
  expertName(@Parent() row: Credential, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }
}

/** Names beside the ids of a CredentialCase. */
@Resolver(() => CredentialCase)
export class CredentialCaseNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, EXPERT_NAME)
  expertName(@Parent() row: CredentialCase, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }
}

/** Names beside the ids of a CredentialToVerify. */
@Resolver(() => CredentialToVerify)
export class CredentialToVerifyNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, EXPERT_NAME)
  expertName(@Parent() row: CredentialToVerify, @Context() context: GraphqlContext): Promise<string> {
    return this.names.expertNames(context).load(row.expertId);
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { CredentialQueries } from './credential.queries';
import {
  AddCredentialInput,
  Credential,
  CredentialCase,
  CredentialConnection,
  CredentialToVerify,
  DecideCredentialInput,
  StopCredentialInput,
} from './graphql/credential.model';
import { ClaimCredential } from './use-cases/claim-credential';
import { DecideCredential } from './use-cases/decide-credential';
import { StopCredential } from './use-cases/stop-credential';

@Resolver(() => CredentialCase)
export class CredentialResolver {
  constructor(
    private readonly queries: CredentialQueries,
    private readonly claims: ClaimCredential,
    private readonly decideCase: DecideCredential,
    private readonly stopCase: StopCredential,
  ) {}

  @Requires('credential:claim')
  @Query(() => [CredentialCase], {
    description: "The person's own credentials, newest first, with every step.",
  })
  async myCredentials(@CurrentPerson() person: Person): Promise<CredentialCase[]> {
    return (await this.queries.mine(person)).map(shown);
  }

  @Requires('credential:verify')
  @Query(() => CredentialConnection, {
    description: 'Credentials that wait for a verifier, oldest first; own claims are left out.',
  })
  verificationQueue(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('type', { type: () => String, nullable: true, description: 'Only this kind.' }) type?: string,
    @Args('state', {
      type: () => String,
      nullable: true,
      description: 'Only this state; without it SUBMITTED and IN_REVIEW.',
    })
    state?: string,
    @Args('search', {
      type: () => String,
      nullable: true,
      description: "A part of the expert's name or of a value of the claim, e.g. a licence number.",
    })
    search?: string,
  ): Promise<Connection<Credential>> {
    return this.queries.waiting(person, { type, state, search }, page);
  }

  @Requires('credential:verify')
  @Query(() => CredentialToVerify, {
    description:
      "A claim beside its evidence, the person's other claims and whoever claims the same. Refuses with NOT_FOUND.",
  })
  async credentialCase(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<CredentialToVerify> {
    return { ...shown(await this.queries.one(person, id)), ...(await this.queries.beside(person, id)) };
  }

  @Requires('credential:claim')
  @Mutation(() => CredentialCase, {
    description:
      'Claims a credential. Refuses with NPI_CHECK_DIGIT, CLAIM_INCOMPLETE, CREDENTIAL_LAPSED and the like, naming the field.',
  })
  async addCredential(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: AddCredentialInput,
  ): Promise<CredentialCase> {
    return shown(await this.queries.one(person, await this.claims.add(person, input)));
  }

  @Requires('credential:claim')
  @Mutation(() => CredentialCase, {
    description:
      'Hands a claim to the verifiers; one that was suspended or revoked goes to another verifier than the one who stopped it. Refuses with STATE_CHANGED, CREDENTIAL_LAPSED.',
  })
  submitCredential(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<CredentialCase> {
    return this.changed(person, id, 'SUBMIT');
  }

  @Requires('credential:claim')
  @Mutation(() => CredentialCase, {
    description: 'Appeals a rejection; somebody else decides. Refuses with STATE_CHANGED.',
  })
  appealCredential(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<CredentialCase> {
    return this.changed(person, id, 'APPEAL');
  }

  @Requires('credential:claim')
  @Mutation(() => CredentialCase, { description: 'Takes a claim back. Refuses with STATE_CHANGED.' })
  withdrawCredential(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<CredentialCase> {
    return this.changed(person, id, 'WITHDRAW');
  }

  @Requires('credential:verify')
  @Mutation(() => CredentialCase, {
    description:
      'Decides on a claim. Refuses with OWN_CREDENTIAL, SECOND_VERIFIER, APPEAL_TO_OTHER, REASON_MISSING, REASON_UNKNOWN, CREDENTIAL_LAPSED, CHANGED_MEANWHILE.',
  })
  async decideCredential(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: DecideCredentialInput,
  ): Promise<CredentialCase> {
    await this.decideCase.run(person, input);
    return shown(await this.queries.one(person, input.credentialId));
  }

  @Requires('credential:verify')
  @Mutation(() => CredentialCase, {
    description:
      'Suspends or revokes a proven credential; work that needs it waits within a second, and the expert can have it looked at by another verifier. Refuses with NOT_FOUND, OWN_CREDENTIAL, REASON_UNKNOWN, STATE_CHANGED, CHANGED_MEANWHILE.',
  })
  async stopCredential(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: StopCredentialInput,
  ): Promise<CredentialCase> {
    await this.stopCase.run(person, input);
    return shown(await this.queries.one(person, input.credentialId));
  }

  private async changed(
    person: Person,
    id: string,
    event: 'SUBMIT' | 'APPEAL' | 'WITHDRAW',
  ): Promise<CredentialCase> {
    await this.claims.change(person, id, event);
    return shown(await this.queries.one(person, id));
  }
}

function shown(found: Awaited<ReturnType<CredentialQueries['one']>>): CredentialCase {
  return { ...found, claim: Object.entries(found.claim).map(([name, value]) => ({ name, value })) };
}

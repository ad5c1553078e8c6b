import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { ConflictsQueries } from './conflicts.queries';
import {
  ConflictDeclaration,
  ConflictDeclarationConnection,
  DecideConflictInput,
  DeclareOwnershipInput,
  ExpertConflicts,
} from './graphql/conflicts.model';
import { DecideConflict } from './use-cases/decide-conflict';
import { DeclareOwnership } from './use-cases/declare-ownership';

@Resolver(() => ConflictDeclaration)
export class ConflictsResolver {
  constructor(
    private readonly queries: ConflictsQueries,
    private readonly declaring: DeclareOwnership,
    private readonly deciding: DecideConflict,
  ) {}

  @Requires('matching:recommend')
  @Query(() => ExpertConflicts, {
    description:
      'What labs ask the expert about organisations at which they work, and what they declared. Refuses with NOT_FOUND.',
  })
  myConflicts(@CurrentPerson() person: Person): Promise<ExpertConflicts> {
    return this.queries.mine(person) as unknown as Promise<ExpertConflicts>;
  }

  @Requires('matching:shortlist')
  @Query(() => ConflictDeclarationConnection, {
    description:
      'What experts declared of organisations whose names are like those of competitors of the lab; the newest first.',
  })
  conflictDeclarations(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
  ): Promise<Connection<ConflictDeclaration>> {
    return this.queries.ofLab(person, page) as unknown as Promise<Connection<ConflictDeclaration>>;
  }

  @Requires('matching:recommend')
  @Mutation(() => Boolean, {
    description:
      'Declares who owns an organisation at which the expert works, where a lab asks. Written once. Refuses with NOT_FOUND, NOTHING_ASKED.',
  })
  async declareOwnership(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => DeclareOwnershipInput, description: 'What is declared.' })
    input: DeclareOwnershipInput,
  ): Promise<boolean> {
    await this.declaring.run(person, input);
    return true;
  }

  @Requires('application:review')
  @Mutation(() => Boolean, {
    description:
      'Decides, as a person at the lab, whether what an expert declared is a conflict; the expert reads the reason. Refuses with NOT_FOUND.',
  })
  async decideConflict(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => DecideConflictInput, description: 'What is decided.' })
    input: DecideConflictInput,
  ): Promise<boolean> {
    await this.deciding.run(person, input);
    return true;
  }
}

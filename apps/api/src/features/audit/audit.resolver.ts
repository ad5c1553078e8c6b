import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { AuditQueries } from './audit.queries';
import { JournalArgs, journalFilterOf } from './graphql/audit.input';
import { BookProof, JournalConnection, JournalEntry } from './graphql/audit.model';
import { ProveBooks } from './use-cases/prove-books';

@Resolver(() => JournalEntry)
export class AuditResolver {
  constructor(
    private readonly queries: AuditQueries,
    private readonly prove: ProveBooks,
  ) {}

  @Requires('audit:read')
  @Query(() => JournalConnection, {
    description: 'The journal, newest first. Refuses with INVALID_INPUT, DATES_BACKWARDS.',
  })
  journal(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: JournalArgs,
  ): Promise<Connection<JournalEntry>> {
    return this.queries.journal(person, journalFilterOf(filter), page);
  }

  @Requires('audit:prove')
  @Mutation(() => BookProof, {
    description: 'Proves the books: balances, charges, cover, seals. Names every fault.',
  })
  async proveBooks(@CurrentPerson() person: Person): Promise<BookProof> {
    const checks = await this.prove.run(person);
    return { checks, isProven: checks.every(({ isRight }) => isRight) };
  }
}

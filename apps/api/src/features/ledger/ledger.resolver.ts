import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import {
  LedgerAccount,
  LedgerAccountConnection,
  LedgerPosting,
  LedgerPostingConnection,
  LedgerTransaction,
} from './graphql/ledger.model';
import { ledgerAccountOf, ledgerPostingOf } from './graphql/ledger.shapes';
import { LedgerQueries } from './ledger.queries';

@Resolver(() => LedgerAccount)
export class LedgerResolver {
  constructor(private readonly queries: LedgerQueries) {}

  @Requires('audit:read')
  @Query(() => LedgerAccountConnection, {
    description: 'The accounts of the book, in the order of their codes.',
  })
  async ledgerAccounts(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('kind', { type: () => String, nullable: true, description: 'Only this kind.' }) kind?: string,
    @Args('ownerId', { type: () => ID, nullable: true, description: 'Only of this lab or expert.' })
    ownerId?: string,
    @Args('currency', { type: () => String, nullable: true, description: 'Only this currency.' })
    currency?: string,
  ): Promise<Connection<LedgerAccount>> {
    const found = await this.queries.accounts(person, { kind, ownerId, currency }, page);
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({ cursor, node: ledgerAccountOf(node) })),
    };
  }

  @Requires('audit:read')
  @Query(() => LedgerAccount, {
    description: 'One account, as it is or as it was at an instant. Refuses with NOT_FOUND.',
  })
  async ledgerAccount(
    @CurrentPerson() person: Person,
    @Args('code', { type: () => ID, description: 'Its code.' }) code: string,
    @Args('at', {
      type: () => Date,
      nullable: true,
      description: 'The instant (UTC), summed from the postings until then; now where it is left out.',
    })
    at?: Date,
  ): Promise<LedgerAccount> {
    return ledgerAccountOf(await this.queries.account(person, code, at ?? undefined));
  }

  @Requires('audit:read')
  @Query(() => LedgerPostingConnection, {
    description: 'The postings of an account, newest first. Refuses with NOT_FOUND.',
  })
  async ledgerStatement(
    @CurrentPerson() person: Person,
    @Args('code', { type: () => ID, description: 'Code of the account.' }) code: string,
    @Args() page: PageArgs,
  ): Promise<Connection<LedgerPosting>> {
    const found = await this.queries.statement(person, code, page);
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({ cursor, node: ledgerPostingOf(node) })),
    };
  }

  @Requires('audit:read')
  @Query(() => LedgerTransaction, {
    description: 'One ledger transaction with its postings. Refuses with NOT_FOUND.',
  })
  async ledgerTransaction(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<LedgerTransaction> {
    const found = await this.queries.transaction(person, id);
    return { ...found, postings: found.postings.map(ledgerPostingOf) };
  }
}

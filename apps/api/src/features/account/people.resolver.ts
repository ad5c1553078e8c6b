import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { AccountQueries } from './account.queries';
import { Account, AccountConnection } from './graphql/account.model';
import { RevokeStaffRole } from './use-cases/revoke-staff-role';

@Resolver(() => Account)
export class PeopleResolver {
  constructor(
    private readonly queries: AccountQueries,
    private readonly revokeRole: RevokeStaffRole,
  ) {}

  @Requires('staff:manage')
  @Query(() => AccountConnection, {
    description: 'Everybody with an account, newest first. That it was looked at is journalled.',
  })
  accounts(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('search', { nullable: true, description: 'A part of name or address.' }) search?: string,
    @Args('role', { nullable: true, description: 'Only STAFF, LAB or EXPERT.' }) role?: string,
  ): Promise<Connection<Account>> {
    return this.queries.list(person, { search, role }, page);
  }

  @Requires('staff:manage')
  @Mutation(() => Boolean, {
    description: 'Takes a staff role from an account. Refuses with NOT_FOUND, LAST_ADMIN.',
  })
  async revokeStaffRole(
    @CurrentPerson() person: Person,
    @Args('accountId', { type: () => ID, description: 'The account.' }) accountId: string,
    @Args('role', { description: 'The role that ends.' }) role: string,
  ): Promise<boolean> {
    await this.revokeRole.run(person, { accountId, role });
    return true;
  }
}

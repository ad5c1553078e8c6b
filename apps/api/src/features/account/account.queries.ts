import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { countAccounts, listAccounts, type AccountFilter, type AccountRow } from './account.repository';

/** What the page of people shows to admins. */
@Injectable()
export class AccountQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Everybody with an account, newest first. That it was looked at is journalled: addresses are personal. */
  async list(person: Person, filter: AccountFilter, args: PageArgs): Promise<Connection<AccountRow>> {
    const page = pageOf(args);
    let found: { rows: AccountRow[]; total: number } = { rows: [], total: 0 };
    await this.unitOfWork.run(person, { name: 'view-accounts' }, async (tx) => {
      found = {
        rows: await listAccounts(tx.db, filter, page.limit + 1, page.after),
        total: await countAccounts(tx.db, filter),
      };
      tx.record({
        subjectType: 'account',
        subjectId: person.accountId,
        facts: {
          event: 'accounts-viewed',
          rows: Math.min(found.rows.length, page.limit),
          role: filter.role ?? null,
        },
        words: filter.search ? { search: filter.search } : undefined,
        isLook: true,
      });
    });
    return connect(
      page,
      found.rows,
      found.total,
      (row) => [row.createdAt.toISOString(), row.id],
      (row) => row,
    );
  }
}

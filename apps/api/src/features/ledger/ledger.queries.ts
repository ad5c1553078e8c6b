import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId, isNoId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  countAccounts,
  countPostings,
  findAccount,
  findTransactions,
  listAccounts,
  postingsOfTransaction,
  postingsOnAccount,
  type AccountFilter,
  type AccountRow,
  type PostingRow,
  type TransactionRow,
} from './book.repository';

/** What the book shows to those who audit it. */
@Injectable()
export class LedgerQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Accounts in the order of their codes. */
  async accounts(person: Person, filter: AccountFilter, args: PageArgs): Promise<Connection<AccountRow>> {
    const page = pageOf(args);
    if (isNoId(filter.ownerId)) throw notFound('account');
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listAccounts(db, filter, page.limit + 1, page.after?.[0]),
        await countAccounts(db, filter),
        (row) => [row.code],
        (row) => row,
      ),
    );
  }

  /** One account, as it is or as it was at an instant. */
  async account(person: Person, code: string, at?: Date): Promise<AccountRow> {
    const account = await this.unitOfWork.readAs(person, ({ db }) => findAccount(db, code, at));
    if (!account) throw notFound('account');
    return account;
  }

  /** The postings of an account, newest first. */
  async statement(person: Person, code: string, args: PageArgs): Promise<Connection<PostingRow>> {
    const page = pageOf(args);
    const before = page.after && bigintOf(page.after[0]);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const account = await findAccount(db, code);
      if (!account) throw notFound('account');
      const rows = await postingsOnAccount(db, account.id, page.limit + 1, before);
      const total = await countPostings(db, account.id);
      return connect(
        page,
        rows,
        total,
        (row) => [row.id.toString()],
        (row) => row,
      );
    });
  }

  /** One ledger transaction with its postings. */
  async transaction(person: Person, id: string): Promise<TransactionRow & { postings: PostingRow[] }> {
    if (!isId(id)) throw notFound('ledger transaction');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const [found] = await findTransactions(db, [id]);
      if (!found) throw notFound('ledger transaction');
      return { ...found, postings: await postingsOfTransaction(db, id) };
    });
  }
}

function bigintOf(text: string | undefined): bigint {
  if (text === undefined || !/^\d{1,18}$/.test(text)) throw notFound('page');
  return BigInt(text);
}

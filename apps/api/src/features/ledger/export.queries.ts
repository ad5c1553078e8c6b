import { Injectable } from '@nestjs/common';
import { plainHead, plainTail, plainTransaction, type PlainTextFormat } from '@tallystick/domain';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { bookAccounts, bookDays, bookPage, type PlaceInBook } from './export.repository';

const EXPORT = system('export-ledger');
/** Ledger transactions that are read at once. */
const PAGE = 1000;

/** What was written. */
export interface BookWritten {
  readonly postings: number;
  readonly accounts: number;
}

/** The whole book as plain-text accounting. */
@Injectable()
export class LedgerExport {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Gives the book to `write`, in pieces that are small whatever the book is. All of it is of one instant: what is posted
   * meanwhile is not in it, and its balances are those of its postings, or whoever checks the file finds out.
   */
  async run(format: PlainTextFormat, write: (text: string) => Promise<void>): Promise<BookWritten> {
    return this.unitOfWork.readAtOneInstant(EXPORT, async ({ db }) => {
      const days = await bookDays(db);
      const accounts = await bookAccounts(db);
      let postings = 0;
      if (!days) return { postings, accounts: 0 };
      await write([...plainHead(format, accounts, days)].join(''));
      let after: PlaceInBook | undefined;
      do {
        const page = await bookPage(db, PAGE, after);
        postings += page.postings.length;
        await write(page.postings.map((each) => plainTransaction(format, each)).join(''));
        after = page.last;
      } while (after);
      await write([...plainTail(format, accounts, days)].join(''));
      return { postings, accounts: accounts.length };
    });
  }
}

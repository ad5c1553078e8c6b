import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import {
  csvLine,
  dayWords,
  formatAmount,
  labMovementWords,
  periodWords,
  plainAmount,
  type Currency,
} from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { PdfPages } from '../../platform/pdf/document';
import type { LabMovementFilter, LabStanding } from '../ledger/ledger.public';
import { LabMoneyQueries, type NamedMovement } from './lab-money.queries';

const COLUMNS = [
  'at (UTC)',
  'what',
  'about',
  'currency',
  'you have, change',
  'you owe, change',
  'kind',
  'ledger transaction',
];
const PAGE = 100;

/** A lab's money as a file: every movement, and what it has and owes before and after. */
@Injectable()
export class LabMoneyFiles {
  constructor(private readonly money: LabMoneyQueries) {}

  /** CSV (RFC 4180), newest first, read page by page. */
  async *csv(person: Person, filter: LabMovementFilter): AsyncGenerator<string> {
    let head = csvLine(COLUMNS);
    for await (const rows of this.pages(person, filter)) {
      const lines = rows
        .map((row) =>
          csvLine([
            row.at.toISOString(),
            labMovementWords(row.kind),
            row.about,
            row.currency,
            plain(row.hasMinor, row.currency),
            plain(row.owesMinor, row.currency),
            row.kind,
            row.transactionId,
          ]),
        )
        .join('');
      yield head + lines;
      head = '';
    }
  }

  /** The same as PDF, with what stood before and after; written page by page. */
  async pdf(person: Person, filter: LabMovementFilter): Promise<Readable> {
    const before = filter.from ? await this.money.standings(person, filter.from) : [];
    const after = await this.money.standings(person, filter.to);
    const name = await this.money.labName(person);
    const days = periodWords(filter);
    const pages = new PdfPages(`Money of ${name}`, `Every movement, ${days}`);
    const write = async () => {
      pages.title(`Money of ${name}`, `Every movement, ${days}. Days are UTC.`);
      pages.facts([
        ['Lab', name],
        ['Days', days],
        ['Currency', currenciesOf([...before, ...after])],
        ...standingFacts(filter, before, after),
      ]);
      await this.rows(person, filter, pages);
      pages.end();
    };
    // A fault on the way breaks the file off, so that no half of it looks whole.
    write().catch((error: unknown) => pages.stream.destroy(error as Error));
    return pages.stream;
  }

  private async rows(person: Person, filter: LabMovementFilter, pages: PdfPages): Promise<void> {
    const row = pages.table([
      { header: 'At (UTC)', share: 17 },
      { header: 'What', share: 31 },
      { header: 'About', share: 20 },
      { header: 'You have', share: 16, isFigure: true },
      { header: 'You owe', share: 16, isFigure: true },
    ]);
    for await (const rows of this.pages(person, filter))
      for (const { at, kind, about, hasMinor, owesMinor, currency } of rows)
        row([
          at.toISOString().slice(0, 16).replace('T', ' '),
          labMovementWords(kind),
          about ?? '',
          hasMinor === 0n ? '' : worded(hasMinor, currency),
          owesMinor === 0n ? '' : worded(owesMinor, currency),
        ]);
  }

  private async *pages(person: Person, filter: LabMovementFilter): AsyncGenerator<NamedMovement[]> {
    let after: string | undefined;
    do {
      const { edges, pageInfo } = await this.money.movements(person, filter, { first: PAGE, after });
      yield edges.map(({ node }) => node);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after !== undefined);
  }
}

/** The codes of the currencies that a lab has or owes something in. */
function currenciesOf(standings: readonly LabStanding[]): string {
  return [...new Set(standings.map(({ currency }) => currency))].sort().join(', ') || 'none yet';
}

/** What the lab had and owed at the start and the end of the days, in each currency. */
function standingFacts(
  { from, to }: LabMovementFilter,
  before: readonly LabStanding[],
  after: readonly LabStanding[],
): (readonly [string, string])[] {
  const start = from ? `Before ${dayWords(from)}` : '';
  const end = to ? `Before ${dayWords(to)}` : 'Now';
  return [
    ...before.map((each) => [start, standingWords(each)] as const),
    ...after.map((each) => [end, standingWords(each)] as const),
  ];
}

function standingWords({ hasMinor, owesMinor, currency }: LabStanding): string {
  return `${worded(hasMinor, currency)} in your balance; owed ${worded(owesMinor, currency)}`;
}

function plain(minor: bigint, currency: string): string {
  return plainAmount(minor, currency as Currency);
}

function worded(minor: bigint, currency: string): string {
  return formatAmount({ minor, currency: currency as Currency });
}

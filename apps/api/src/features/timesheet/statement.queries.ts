import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import {
  dayOf,
  csvLine,
  formatAmount,
  isCurrency,
  periodWords,
  plainAmount,
  plainHours,
  weekOf,
} from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { EXPERT, LAB, PdfPages } from '../../platform/pdf/document';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { BillingQueries, type ChargeFilter, type ChargeRecord } from '../billing/billing.public';
import { findEngagements } from '../engagement/engagement.public';
import { ExpertQueries } from '../expert/expert.public';
import { LabQueries } from '../lab/lab.public';
import { openingsWith } from '../project/project.public';
import { findEntries, type EntryRecord } from './entry.repository';

const COLUMNS = [
  'charged at (UTC)',
  'week of (UTC)',
  'lab',
  'expert',
  'opening',
  'activity',
  'note',
  'from (UTC)',
  'to (UTC)',
  'hours',
  'currency',
  'agreed rate an hour',
  'lab pays',
  'expert gets',
  'platform keeps',
  "lab's fee, % of agreed pay",
  "expert's fee, % of agreed pay",
  'take-rate policy',
  'ledger transaction',
  'charge',
];
const PAGE = 100;

/** What a charge is about, by id. */
interface Names {
  readonly labs: ReadonlyMap<string, string>;
  readonly experts: ReadonlyMap<string, string>;
  readonly openings: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, EntryRecord>;
  /** Why charges that are not time were made. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** A statement as a file. Both sides get the same lines with the same three numbers. */
@Injectable()
export class StatementQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly billing: BillingQueries,
    private readonly labs: LabQueries,
    private readonly experts: ExpertQueries,
  ) {}

  /** The lines of a side as CSV (RFC 4180), newest first, read page by page so that the length does not matter. */
  async *csv(person: Person, side: 'lab' | 'expert', filter: ChargeFilter): AsyncGenerator<string> {
    let after: string | undefined;
    let isFirst = true;
    do {
      const { edges, pageInfo } = await this.billing.charges(person, side, filter, { first: PAGE, after });
      const charges = edges.map(({ node }) => node);
      const names = await this.namesOf(person, charges);
      yield (isFirst ? csvLine(COLUMNS) : '') + charges.map((charge) => rowOf(charge, names)).join('');
      isFirst = false;
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after !== undefined);
  }

  /** The same lines as PDF, with the sums of each currency above them; written page by page. */
  async pdf(person: Person, side: 'lab' | 'expert', filter: ChargeFilter): Promise<Readable> {
    const sums = await this.billing.sums(person, side, filter);
    const pages = new PdfPages('Statement', `Statement of ${periodWords(filter)}`);
    const write = async () => {
      pages.title(
        'Statement',
        `${side === 'lab' ? 'What was charged' : 'What was earned'}, ${periodWords(filter)}. Days are UTC.`,
      );
      if (sums.length === 0) pages.paragraph('No line was charged in these days.');
      for (const sum of sums)
        pages.tally(
          `${sum.lines} lines, ${plainHours(sum.seconds)} hours`,
          sum.priceMinor === 0n ? 1 : Number((sum.payMinor * 10_000n) / sum.priceMinor) / 10_000,
          {
            price: worded(sum.priceMinor, sum.currency),
            pay: worded(sum.payMinor, sum.currency),
            fee: worded(sum.feeMinor, sum.currency),
          },
        );
      if (sums.length > 0) await this.pdfLines(person, side, filter, pages);
      pages.end();
    };
    // A fault on the way breaks the file off, so that no half of it looks whole.
    write().catch((error: unknown) => pages.stream.destroy(error as Error));
    return pages.stream;
  }

  private async pdfLines(
    person: Person,
    side: 'lab' | 'expert',
    filter: ChargeFilter,
    pages: PdfPages,
  ): Promise<void> {
    pages.space(14);
    const row = pages.table([
      { header: 'Charged (UTC)', share: 17 },
      { header: side === 'lab' ? 'Expert' : 'Lab', share: 18 },
      { header: 'Opening', share: 21 },
      { header: 'Hours', share: 8, isFigure: true },
      { header: 'Lab pays', share: 12, isFigure: true, colour: LAB },
      { header: 'Expert gets', share: 12, isFigure: true, colour: EXPERT },
      { header: 'Platform keeps', share: 12, isFigure: true },
    ]);
    let after: string | undefined;
    do {
      const { edges, pageInfo } = await this.billing.charges(person, side, filter, { first: PAGE, after });
      const charges = edges.map(({ node }) => node);
      const names = await this.namesOf(person, charges);
      for (const charge of charges)
        row([
          charge.chargedAt.toISOString().slice(0, 16).replace('T', ' '),
          (side === 'lab' ? names.experts.get(charge.expertId) : names.labs.get(charge.labId)) ?? '',
          names.openings.get(charge.engagementId) ?? '',
          plainHours(charge.seconds),
          worded(charge.priceMinor, charge.currency),
          worded(charge.payMinor, charge.currency),
          worded(charge.feeMinor, charge.currency),
        ]);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after !== undefined);
  }

  private async namesOf(person: Person, charges: readonly ChargeRecord[]): Promise<Names> {
    const idsOf = (pick: (charge: ChargeRecord) => string) => [...new Set(charges.map(pick))];
    const labs = await this.labs.byIds(
      person,
      idsOf(({ labId }) => labId),
    );
    const experts = await this.experts.byIds(
      person,
      idsOf(({ expertId }) => expertId),
    );
    const { entries, openings } = await this.unitOfWork.readAs(person, async ({ db }) => {
      const engagements = await findEngagements(
        db,
        idsOf(({ engagementId }) => engagementId),
      );
      const ids = [...new Set(engagements.map(({ openingId }) => openingId))];
      const titles = new Map((await openingsWith(db, { ids })).map(({ id, title }) => [id, title]));
      return {
        entries: await findEntries(
          db,
          charges.flatMap(({ timeEntryId }) => timeEntryId ?? []),
        ),
        openings: new Map(engagements.map(({ id, openingId }) => [id, titles.get(openingId) ?? ''])),
      };
    });
    return {
      reasons: await this.billing.reasons(
        person,
        idsOf(({ id }) => id),
      ),
      labs: new Map(labs.map(({ id, name }) => [id, name])),
      experts: new Map(experts.map(({ id, displayName }) => [id, displayName])),
      openings,
      entries: new Map(entries.map((entry) => [entry.id, entry])),
    };
  }
}

function rowOf(charge: ChargeRecord, names: Names): string {
  const { currency } = charge;
  const entry = charge.timeEntryId === null ? undefined : names.entries.get(charge.timeEntryId);
  const week = charge.weekStart ?? (entry && weekOf(entry.startsAt).startsAt);
  const amount = (minor: bigint) => (isCurrency(currency) ? plainAmount(minor, currency) : minor.toString());
  const at = (instant: Date | undefined) => instant?.toISOString() ?? null;
  return csvLine([
    at(charge.chargedAt),
    week ? dayOf(week) : null,
    names.labs.get(charge.labId) ?? null,
    names.experts.get(charge.expertId) ?? null,
    names.openings.get(charge.engagementId) ?? null,
    entry?.kind ?? charge.kind,
    entry?.note ?? names.reasons.get(charge.id) ?? null,
    at(entry?.startsAt),
    at(entry?.endsAt),
    plainHours(charge.seconds),
    currency,
    amount(charge.rateMinorPerHour),
    amount(charge.priceMinor),
    amount(charge.payMinor),
    amount(charge.feeMinor),
    (charge.labFeePpm / 10_000).toFixed(4),
    (charge.expertFeePpm / 10_000).toFixed(4),
    charge.takeRatePolicyId,
    charge.ledgerTransactionId,
    charge.id,
  ]);
}

function worded(minor: bigint, currency: string): string {
  return isCurrency(currency) ? formatAmount({ minor, currency }) : `${minor} ${currency}`;
}

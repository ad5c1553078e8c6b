import { Injectable } from '@nestjs/common';
import { csvLine, isCurrency, plainAmount, plainHours, weekOf } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
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
          idsOf(({ timeEntryId }) => timeEntryId),
        ),
        openings: new Map(engagements.map(({ id, openingId }) => [id, titles.get(openingId) ?? ''])),
      };
    });
    return {
      labs: new Map(labs.map(({ id, name }) => [id, name])),
      experts: new Map(experts.map(({ id, displayName }) => [id, displayName])),
      openings,
      entries: new Map(entries.map((entry) => [entry.id, entry])),
    };
  }
}

function rowOf(charge: ChargeRecord, names: Names): string {
  const { currency } = charge;
  const entry = names.entries.get(charge.timeEntryId);
  const amount = (minor: bigint) => (isCurrency(currency) ? plainAmount(minor, currency) : minor.toString());
  const at = (instant: Date | undefined) => instant?.toISOString() ?? null;
  return csvLine([
    at(charge.chargedAt),
    entry ? weekOf(entry.startsAt).startsAt.toISOString().slice(0, 10) : null,
    names.labs.get(charge.labId) ?? null,
    names.experts.get(charge.expertId) ?? null,
    names.openings.get(charge.engagementId) ?? null,
    entry?.kind ?? null,
    entry?.note ?? null,
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

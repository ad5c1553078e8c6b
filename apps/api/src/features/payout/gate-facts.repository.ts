// What the gates look at, of many experts in one statement each.
import type { Db } from '../../platform/prisma/database';

/** Where an expert is and is paid. */
export interface GatedExpert {
  readonly expertId: string;
  readonly country: string;
  readonly accountState: string | null;
  readonly accountCountry: string | null;
  readonly railAccountId: string | null;
  readonly bankChangedAt: Date | null;
  readonly movedAt: Date | null;
  readonly restrictedAt: Date | null;
}

/** Where experts are and are paid, by expert. */
export async function gatedExperts(db: Db, ids: readonly string[]): Promise<Map<string, GatedExpert>> {
  const rows = await db.$queryRaw<GatedExpert[]>`
    SELECT e.id AS "expertId", e.country, a.state AS "accountState", a.country AS "accountCountry",
      a.rail_account_id AS "railAccountId", a.bank_changed_at AS "bankChangedAt", a.moved_at AS "movedAt", a.restricted_at AS "restrictedAt"
    FROM expert e LEFT JOIN payout_account a ON a.expert_id = e.id WHERE e.id = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.expertId, row]));
}

/** What was asked for at the rail. */
export interface SentSums {
  readonly expertId: string;
  /** Sent since the beginning of the calendar year (UTC), minor units. */
  readonly yearMinor: bigint;
  readonly todayMinor: bigint;
  readonly todayCount: number;
  /** Within 24 hours, of payouts that nobody had to approve. */
  readonly unseenMinor: bigint;
}

/** What experts were sent in a currency this year and today (UTC), by expert; those with nothing are left out. */
export async function sentSums(
  db: Db,
  ids: readonly string[],
  currency: string,
  now: Date,
): Promise<Map<string, SentSums>> {
  const year = new Date(Date.UTC(now.getUTCFullYear(), 0, 1));
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const rows = await db.$queryRaw<SentSums[]>`
    SELECT expert_id AS "expertId",
      coalesce(sum(amount_minor) FILTER (WHERE requested_at > ${dayAgo} AND NOT EXISTS (
        SELECT 1 FROM approval_request a WHERE a.subject_id = payout.id AND a.action = 'payout.send' AND a.state IN ('APPROVED', 'EXECUTED'))), 0)::bigint AS "unseenMinor", coalesce(sum(amount_minor) FILTER (WHERE requested_at >= ${year}), 0)::bigint AS "yearMinor",
      coalesce(sum(amount_minor) FILTER (WHERE requested_at >= ${today}), 0)::bigint AS "todayMinor",
      count(*) FILTER (WHERE requested_at >= ${today})::int AS "todayCount"
    FROM payout
    WHERE expert_id = ANY(${[...ids]}::uuid[]) AND currency = ${currency} AND requested_at >= least(${year}::timestamptz, ${dayAgo}::timestamptz)
      AND state IN ('REQUESTED', 'UNKNOWN', 'IN_TRANSIT', 'PAID', 'RETURNED')
    GROUP BY expert_id`;
  return new Map(rows.map((row) => [row.expertId, row]));
}

/** A place on the list of sanctions. */
export interface SanctionedPlaceRecord {
  readonly place: string;
  readonly name: string;
  readonly source: string;
}

/** The places that are on the list on a day, by place. */
export async function sanctionedPlaces(db: Db, now: Date): Promise<Map<string, SanctionedPlaceRecord>> {
  const rows = await db.$queryRaw<SanctionedPlaceRecord[]>`
    SELECT place, name, source FROM sanctioned_place
    WHERE effective_from <= ${now}::date AND (effective_to IS NULL OR effective_to > ${now}::date)`;
  return new Map(rows.map((row) => [row.place, row]));
}

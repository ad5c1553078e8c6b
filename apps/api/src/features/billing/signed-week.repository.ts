import { dayOf } from '@tallystick/domain';
import type { HalfLine } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

export interface SignedWeekRecord {
  readonly id: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly weekStart: Date;
  readonly version: number;
  readonly number: number;
  readonly lines: number;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
  readonly root: string;
  readonly keyId: string;
  readonly signature: string;
  readonly signedAt: Date;
}

interface LineRow {
  readonly weekStart: Date;
  readonly charge: string;
  readonly entry: string;
  readonly activity: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly seconds: number;
  readonly currency: string;
  readonly rateMinorPerHour: bigint;
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
  readonly labFeePpm: number;
  readonly expertFeePpm: number;
  readonly rounding: string;
  readonly takeRatePolicy: string;
  readonly ledgerTransaction: string;
  readonly bookedPayMinor: bigint;
  readonly bookedFeeMinor: bigint;
  readonly chargedAt: Date;
  readonly reason: string | null;
}

/** The charged lines of an engagement, of one week or of all, as halves carry them: with what the ledger moved for each. */
export async function halfLines(db: Db, engagementId: string, weekStart?: Date): Promise<HalfLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    SELECT coalesce(c.week_start, s.week_start) AS "weekStart", c.id AS charge, coalesce(t.id, c.bonus_id, c.reverses_charge_id) AS entry,
      coalesce(t.kind, c.kind) AS activity, coalesce(t.starts_at, c.charged_at) AS "startsAt", coalesce(t.ends_at, c.charged_at) AS "endsAt", c.seconds, c.currency, c.rate_minor_per_hour AS "rateMinorPerHour",
      c.agreed_minor AS "agreedMinor", c.price_minor AS "priceMinor", c.pay_minor AS "payMinor", c.fee_minor AS "feeMinor",
      c.lab_fee_ppm AS "labFeePpm", c.expert_fee_ppm AS "expertFeePpm", c.rounding, c.take_rate_policy_id AS "takeRatePolicy",
      c.ledger_transaction_id AS "ledgerTransaction", b.pay AS "bookedPayMinor", b.fee AS "bookedFeeMinor", c.charged_at AS "chargedAt", o.reason
    FROM charge c LEFT JOIN timesheet s ON s.id = c.timesheet_id LEFT JOIN time_entry t ON t.id = c.time_entry_id
    LEFT JOIN bonus o ON o.id = c.bonus_id AND o.is_reason_signed
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(p.amount * ((a.kind = 'expert_payable')::integer - (d.kind = 'expert_payable')::integer)), 0)::bigint AS pay,
        coalesce(sum(p.amount * ((a.kind = 'platform_fee')::integer - (d.kind = 'platform_fee')::integer)), 0)::bigint AS fee
      FROM ledger.posting p JOIN ledger.account a ON a.id = p.credit_account JOIN ledger.account d ON d.id = p.debit_account
      WHERE p.transaction_id = c.ledger_transaction_id AND p.phase IN ('S', 'C')) b
    WHERE c.engagement_id = ${engagementId}::uuid
      AND (${weekStart ?? null}::timestamptz IS NULL OR coalesce(c.week_start, s.week_start) = ${weekStart ?? null}::timestamptz)`;
  return rows.map(lineOf);
}

function lineOf({ weekStart, startsAt, endsAt, chargedAt, reason, ...row }: LineRow): HalfLine {
  return {
    ...row,
    week: dayOf(weekStart),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    chargedAt: chargedAt.toISOString(),
    rateMinorPerHour: row.rateMinorPerHour.toString(),
    agreedMinor: row.agreedMinor.toString(),
    priceMinor: row.priceMinor.toString(),
    payMinor: row.payMinor.toString(),
    feeMinor: row.feeMinor.toString(),
    bookedPayMinor: row.bookedPayMinor.toString(),
    bookedFeeMinor: row.bookedFeeMinor.toString(),
    // Absent, and not empty, where there is none: lines without it are hashed as they were before there was one.
    ...(reason !== null && { reason }),
  };
}

/** The two sides of an engagement and its currency. */
export async function partiesOf(
  db: Db,
  engagementId: string,
): Promise<{ labId: string; expertId: string; currency: string } | null> {
  const select = { labId: true, expertId: true, currency: true } as const;
  return db.engagement.findUnique({ where: { id: engagementId }, select });
}

/** Only one signs for an engagement at a time; held until the transaction ends. */
export async function lockSigning(db: Db, engagementId: string): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${engagementId}, 4200))::text`;
}

/** The signatures of an engagement in their order. */
export async function signedWeeks(db: Db, engagementId: string): Promise<SignedWeekRecord[]> {
  return db.signedWeek.findMany({ where: { engagementId }, orderBy: { number: 'asc' } });
}

/** Stores a signature; it is never changed. */
export async function insertSignedWeek(db: Db, row: SignedWeekRecord): Promise<void> {
  await db.signedWeek.create({ data: row });
}

/** True where the journal knows that a week was signed by one of some keys, whatever stands among the signatures now. */
export async function wasSigned(
  db: Db,
  { engagementId, expertId, week }: { engagementId: string; expertId: string; week: string },
  keyIds: readonly string[],
): Promise<boolean> {
  const rows = await db.$queryRaw<object[]>`
    SELECT 1 FROM journal_entry WHERE expert_id = ${expertId}::uuid AND subject_type = 'signed-week' AND to_state = 'SIGNED'
      AND facts->>'engagementId' = ${engagementId} AND facts->>'week' = ${week}
      AND facts->>'keyId' = ANY(${[...keyIds]}) LIMIT 1`;
  return rows.length > 0;
}

/** Engagements with weeks that were charged and, by the journal, too, never signed by one of some keys; at most as many as asked for. */
export async function listUnsigned(db: Db, keyIds: readonly string[], limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT s.engagement_id AS id FROM timesheet s
    WHERE EXISTS (SELECT 1 FROM charge c WHERE c.timesheet_id = s.id)
      AND NOT EXISTS (SELECT 1 FROM signed_week w WHERE w.engagement_id = s.engagement_id AND w.week_start = s.week_start)
      AND NOT EXISTS (SELECT 1 FROM journal_entry j WHERE j.expert_id = s.expert_id AND j.subject_type = 'signed-week'
        AND j.to_state = 'SIGNED' AND j.facts->>'engagementId' = s.engagement_id::text
        AND j.facts->>'week' = to_char(s.week_start AT TIME ZONE 'UTC', 'YYYY-MM-DD') AND j.facts->>'keyId' = ANY(${[...keyIds]}))
    LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

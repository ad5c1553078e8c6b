import { Prisma, type Db } from '../../platform/prisma/database';

/** What people did by hand where the product would have gone its own way. */
export const OVERRIDE_KINDS = [
  'TAKE_RATE',
  'HOLD_RELEASED',
  'PAYOUTS_STOPPED',
  'PAYOUTS_OPENED',
  'DIFFERENCE_ENDED',
  'APPROVED',
  'DECLINED',
  'OWN_REQUEST',
] as const;
export type OverrideKind = (typeof OVERRIDE_KINDS)[number];

export interface OverrideFilter {
  readonly kind?: OverrideKind;
  /** Who did it. */
  readonly actorId?: string;
  readonly labId?: string;
  readonly expertId?: string;
  /** Only approvals within a minute of the request, or what was done at night or at a weekend. */
  readonly isHasty?: boolean;
  readonly from?: Date;
  readonly to?: Date;
}

/** One row of the journal that is an override, with what it was about. */
export interface OverrideRecord {
  readonly id: bigint;
  readonly at: Date;
  readonly kind: OverrideKind;
  readonly actorName: string | null;
  readonly askedByName: string | null;
  readonly subjectId: string;
  readonly labName: string | null;
  readonly expertName: string | null;
  readonly summary: string | null;
  readonly reason: string | null;
  readonly labFeePpm: number | null;
  readonly expertFeePpm: number | null;
  readonly labFeeBeforePpm: number | null;
  readonly expertFeeBeforePpm: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  /** Seconds from the request to the decision. */
  readonly secondsAfter: number | null;
  /** At a weekend, or before 7 or after 19 o'clock UTC. */
  readonly isOffHours: boolean;
}

/** The rows that are looked at: those of the index journal_entry_override, whose condition this repeats. */
const LOOKED_AT = Prisma.sql`j.subject_type IN ('take-rate-policy', 'payout-hold', 'payout-switch', 'approval-request', 'reconciliation-break')`;

const KIND = Prisma.sql`CASE
  WHEN j.subject_type = 'take-rate-policy' AND j.to_state = 'SET' THEN 'TAKE_RATE'
  WHEN j.subject_type = 'payout-hold' AND j.to_state = 'RELEASED' THEN 'HOLD_RELEASED'
  WHEN j.subject_type = 'payout-switch' AND j.to_state = 'STOPPED' THEN 'PAYOUTS_STOPPED'
  WHEN j.subject_type = 'payout-switch' AND j.to_state = 'OPEN' THEN 'PAYOUTS_OPENED'
  WHEN j.subject_type = 'reconciliation-break' AND j.to_state = 'RESOLVED' THEN 'DIFFERENCE_ENDED'
  WHEN j.command = 'decide-approval' AND j.facts->>'decision' = 'APPROVE' THEN 'APPROVED'
  WHEN j.command = 'decide-approval' AND j.facts->>'decision' = 'DECLINE' THEN 'DECLINED'
  WHEN j.command = 'refuse-own-approval' THEN 'OWN_REQUEST' END`;

function found({ kind, actorId, labId, expertId, isHasty, from, to }: OverrideFilter): Prisma.Sql {
  const which = [
    LOOKED_AT,
    Prisma.sql`k.kind IS NOT NULL`,
    ...(kind ? [Prisma.sql`k.kind = ${kind}`] : []),
    ...(actorId ? [Prisma.sql`j.actor_id = ${actorId}::uuid`] : []),
    ...(labId ? [Prisma.sql`j.lab_id = ${labId}::uuid`] : []),
    ...(expertId ? [Prisma.sql`coalesce(j.expert_id, r.expert_id) = ${expertId}::uuid`] : []),
    ...(from ? [Prisma.sql`j.at >= ${from}`] : []),
    ...(to ? [Prisma.sql`j.at < ${to}`] : []),
    ...(isHasty
      ? [Prisma.sql`(h.is_off OR (k.kind = 'APPROVED' AND j.at - r.created_at <= interval '60 seconds'))`]
      : []),
  ];
  return Prisma.sql`
    FROM journal_entry j
    CROSS JOIN LATERAL (SELECT ${KIND} AS kind) k
    CROSS JOIN LATERAL (
      SELECT extract(isodow FROM j.at AT TIME ZONE 'UTC') > 5 OR extract(hour FROM j.at AT TIME ZONE 'UTC') NOT BETWEEN 7 AND 18 AS is_off) h
    LEFT JOIN approval_request r ON j.subject_type = 'approval-request' AND r.id = j.subject_id
    WHERE ${Prisma.join(which, ' AND ')}`;
}

/** Overrides, newest first, before a row of the journal. */
export async function listOverrides(
  db: Db,
  filter: OverrideFilter,
  limit: number,
  after?: readonly string[],
): Promise<OverrideRecord[]> {
  const older = after === undefined ? Prisma.empty : Prisma.sql`AND j.id < ${BigInt(after[0] ?? 0)}`;
  return db.$queryRaw<OverrideRecord[]>`
    SELECT o.id, o.at, o.kind, a.name AS "actorName", q.name AS "askedByName", o.subject_id AS "subjectId",
      (SELECT l.name FROM lab l WHERE l.id = o.lab_id) AS "labName", (SELECT e.display_name FROM expert e WHERE e.id = o.expert_id) AS "expertName",
      o.summary, coalesce(o.reason, p.reason, w.release_reason, s.reason, b.reason) AS reason,
      p.lab_fee_ppm AS "labFeePpm", p.expert_fee_ppm AS "expertFeePpm", z.lab_fee_ppm AS "labFeeBeforePpm", z.expert_fee_ppm AS "expertFeeBeforePpm",
      o.amount_minor AS "amountMinor", o.currency, o.seconds_after AS "secondsAfter", o.is_off AS "isOffHours"
    FROM (
      SELECT j.id, j.at, k.kind, j.actor_id, j.subject_type, j.subject_id, j.lab_id, coalesce(j.expert_id, r.expert_id) AS expert_id, r.summary, r.reason,
        r.requested_by_id, r.amount_minor, r.currency, extract(epoch FROM j.at - r.created_at)::int AS seconds_after, h.is_off
      ${found(filter)} ${older} ORDER BY j.id DESC LIMIT ${limit}) o
    LEFT JOIN take_rate_policy p ON o.kind = 'TAKE_RATE' AND p.id = o.subject_id
    LEFT JOIN LATERAL (
      SELECT y.lab_fee_ppm, y.expert_fee_ppm FROM take_rate_policy y
      WHERE y.scope = p.scope AND (y.lab_id, y.project_id, y.expert_id) IS NOT DISTINCT FROM (p.lab_id, p.project_id, p.expert_id) AND y.effective_from < p.effective_from
      ORDER BY y.effective_from DESC LIMIT 1) z ON true
    LEFT JOIN payout_hold w ON o.kind = 'HOLD_RELEASED' AND w.id = o.subject_id
    LEFT JOIN payout_switch s ON o.subject_type = 'payout-switch' AND s.id = o.subject_id
    LEFT JOIN reconciliation_break b ON o.kind = 'DIFFERENCE_ENDED' AND b.id = o.subject_id
    LEFT JOIN account a ON a.id = coalesce(o.actor_id, w.released_by_id)
    LEFT JOIN account q ON q.id = o.requested_by_id
    ORDER BY o.id DESC`;
}

/** How many overrides a filter finds, counted up to 10000. */
export async function countOverrides(db: Db, filter: OverrideFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT 1 ${found(filter)} LIMIT 10000) counted`;
  return row?.n ?? 0;
}

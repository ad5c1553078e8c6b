import { Prisma, type Db } from '../../platform/prisma/database';
import { conditionOf, type MoneyFilter } from './money-filter.repository';

/** A charged line beside its contract: what was agreed, what was charged, what the ledger has. Minor units. */
export interface ContractCheckRecord {
  readonly id: string;
  readonly chargedAt: Date;
  /** TIME, BONUS or REVERSAL. */
  readonly kind: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly labName: string;
  readonly expertId: string;
  readonly expertName: string;
  readonly projectTitle: string;
  readonly currency: string;
  /** Of the signed contract. */
  readonly rateMinorPerHour: bigint;
  /** Of the approved line. */
  readonly seconds: number;
  readonly agreedMinor: bigint;
  readonly chargedMinor: bigint;
  /** Of both sides, as assessed; null where nothing was assessed. */
  readonly feeAgreedMinor: bigint | null;
  /** As the ledger has it. */
  readonly feeTakenMinor: bigint;
  readonly payMinor: bigint;
  readonly payBookedMinor: bigint;
  /** Whether the line was charged by other terms than those that were signed. */
  readonly isOtherTerms: boolean;
  readonly isDifferent: boolean;
  readonly ledgerTransactionId: string;
}

const COLUMNS = {
  lab: Prisma.sql`c.lab_id`,
  expert: Prisma.sql`c.expert_id`,
  currency: Prisma.sql`c.currency`,
  at: Prisma.sql`c.charged_at`,
};

/**
 * Every charge with its signed terms, its approved time, its assessments and its postings. Agreed pay is rounded as the
 * contract says: halves to the even unit, or up. A bonus is held
 * against what the lab gave; what is taken back has no contract of its own and is held against the ledger's fee only.
 */
const CHECKED = Prisma.sql`
  FROM charge c
  JOIN engagement e ON e.id = c.engagement_id
  LEFT JOIN time_entry t ON t.id = c.time_entry_id
  LEFT JOIN bonus u ON u.id = c.bonus_id
  CROSS JOIN LATERAL (SELECT e.rate_minor_per_hour::numeric * coalesce(t.counted_seconds, c.seconds) / 3600 AS exact) r
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN c.kind = 'BONUS' THEN u.amount_minor
      WHEN c.kind = 'REVERSAL' THEN c.agreed_minor
      WHEN e.rounding = 'HALF_EVEN' AND r.exact - floor(r.exact) = 0.5 AND mod(floor(r.exact), 2) = 0 THEN floor(r.exact)
      ELSE round(r.exact) END::bigint AS agreed) x
  CROSS JOIN LATERAL (SELECT sum(a.charged_minor)::bigint AS fee FROM fee_assessment a WHERE a.charge_id = c.id) f
  CROSS JOIN LATERAL (
    SELECT
      coalesce(sum(CASE WHEN k.kind = 'platform_fee' THEN p.amount WHEN d.kind = 'platform_fee' THEN -p.amount END), 0)::bigint AS fee,
      coalesce(sum(CASE WHEN k.kind = 'expert_payable' THEN p.amount WHEN d.kind = 'expert_payable' THEN -p.amount END), 0)::bigint AS pay
    FROM ledger.posting p JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account k ON k.id = p.credit_account
    WHERE p.transaction_id = c.ledger_transaction_id AND p.phase = 'S') b
  CROSS JOIN LATERAL (
    SELECT (c.lab_fee_ppm, c.expert_fee_ppm, c.take_rate_policy_id, c.rounding, c.fee_parts)
      IS DISTINCT FROM (e.lab_fee_ppm, e.expert_fee_ppm, e.take_rate_policy_id, e.rounding, e.fee_parts) AS is_other) o
  CROSS JOIN LATERAL (
    SELECT o.is_other OR x.agreed <> c.agreed_minor OR b.fee <> c.fee_minor
      OR (c.kind <> 'REVERSAL' AND (f.fee IS DISTINCT FROM c.fee_minor OR b.pay <> c.pay_minor)) OR c.price_minor <> c.pay_minor + c.fee_minor AS is_different) v`;

/** Charged lines beside their contracts, newest first, after a key of (chargedAt, id); all, or only what differs. */
export async function listContractChecks(
  db: Db,
  filter: MoneyFilter & { readonly isDifferent?: boolean },
  limit: number,
  after?: readonly string[],
): Promise<ContractCheckRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined ? Prisma.empty : Prisma.sql`AND (c.charged_at, c.id) < (${new Date(at)}, ${id}::uuid)`;
  return db.$queryRaw<ContractCheckRecord[]>`
    SELECT c.id, c.charged_at AS "chargedAt", c.kind, c.engagement_id AS "engagementId", c.lab_id AS "labId", l.name AS "labName",
      c.expert_id AS "expertId", s.display_name AS "expertName", j.title AS "projectTitle", c.currency,
      e.rate_minor_per_hour AS "rateMinorPerHour", coalesce(t.counted_seconds, c.seconds) AS seconds,
      x.agreed AS "agreedMinor", c.agreed_minor AS "chargedMinor", f.fee AS "feeAgreedMinor", b.fee AS "feeTakenMinor",
      c.pay_minor AS "payMinor", b.pay AS "payBookedMinor", o.is_other AS "isOtherTerms", v.is_different AS "isDifferent",
      c.ledger_transaction_id AS "ledgerTransactionId"
    ${CHECKED} JOIN lab l ON l.id = c.lab_id JOIN expert s ON s.id = c.expert_id JOIN project j ON j.id = c.project_id
    WHERE ${wanted(filter)} ${older} ORDER BY c.charged_at DESC, c.id DESC LIMIT ${limit}`;
}

/** How many charged lines a filter finds, counted up to 10000. */
export async function countContractChecks(
  db: Db,
  filter: MoneyFilter & { readonly isDifferent?: boolean },
): Promise<number> {
  const from = filter.isDifferent ? CHECKED : Prisma.sql`FROM charge c`;
  const [row] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT 1 ${from} WHERE ${wanted(filter)} LIMIT 10000) found`;
  return row?.n ?? 0;
}

function wanted({ isDifferent, ...filter }: MoneyFilter & { readonly isDifferent?: boolean }): Prisma.Sql {
  const condition = conditionOf(filter, COLUMNS);
  return isDifferent ? Prisma.sql`${condition} AND v.is_different` : condition;
}

// Accounts at the rail, those that were left too, with what decides whether money in them waits.
import { Prisma, type Db } from '../../platform/prisma/database';

/** An account at the rail. */
export interface RailAccountRecord {
  readonly railAccountId: string;
  readonly expertId: string;
  /** True where the expert has left it for one in another country. */
  readonly isPast: boolean;
  /** ONBOARDING, ACTIVE or RESTRICTED; ACTIVE for one that was left. */
  readonly state: string;
  readonly bankChangedAt: Date | null;
  readonly railHeldAt: Date | null;
  /** Whether something that a bank returned lies in it. */
  readonly hasReturned: boolean;
  /** When the newest of it came back from the bank account that is still set; null where nothing did. */
  readonly returnedAt: Date | null;
}

const ACCOUNTS = Prisma.sql`
  SELECT a.rail_account_id AS "railAccountId", a.expert_id AS "expertId", a.is_past AS "isPast", a.state,
    a.bank_changed_at AS "bankChangedAt", a.rail_held_at AS "railHeldAt", coalesce(r.lies, false) AS "hasReturned", r.at AS "returnedAt"
  FROM (
    SELECT expert_id, rail_account_id, false AS is_past, state, bank_changed_at, rail_bank_id, rail_held_at FROM payout_account
    UNION ALL
    SELECT expert_id, rail_account_id, true, 'ACTIVE', bank_changed_at, rail_bank_id, rail_held_at FROM past_payout_account
  ) a
  LEFT JOIN LATERAL (
    SELECT true AS lies, max(r.returned_at) FILTER (WHERE CASE WHEN r.rail_bank_id IS NULL OR a.rail_bank_id IS NULL
      THEN a.bank_changed_at IS NULL OR a.bank_changed_at < r.returned_at ELSE r.rail_bank_id = a.rail_bank_id END) AS at
    FROM payout_return r JOIN payout p ON p.id = r.payout_id
    WHERE r.expert_id = a.expert_id AND r.sent_again_at IS NULL
      AND (p.rail_account_id = a.rail_account_id OR (p.rail_account_id IS NULL AND NOT a.is_past))
    HAVING count(*) > 0
  ) r ON true`;

/** An expert's accounts at the rail: the one that is paid and, at most ten, those that were left. */
export async function railAccountsOf(db: Db, expertId: string): Promise<RailAccountRecord[]> {
  return db.$queryRaw<RailAccountRecord[]>`
    ${ACCOUNTS} WHERE a.expert_id = ${expertId}::uuid ORDER BY a.is_past, a.rail_account_id LIMIT 11`;
}

/**
 * Accounts of which the rail was told to wait, or may have to be: something came back, another bank account was set since
 * an instant, a person holds. In the order of their numbers, after one of them, at most so many.
 */
export async function railAccountsToLookAt(
  db: Db,
  {
    changedSince,
    after,
    limit,
  }: { readonly changedSince: Date; readonly after: string; readonly limit: number },
): Promise<RailAccountRecord[]> {
  return db.$queryRaw<RailAccountRecord[]>`
    ${ACCOUNTS} WHERE a.rail_account_id > ${after} AND (a.rail_held_at IS NOT NULL OR r.lies OR a.bank_changed_at > ${changedSince}
      OR EXISTS (SELECT 1 FROM payout_hold h WHERE h.expert_id = a.expert_id AND h.released_at IS NULL))
    ORDER BY a.rail_account_id LIMIT ${limit}`;
}

/** Keeps what the rail was told: since when it waits, or that it sends. */
export async function keepRailHold(
  db: Db,
  { railAccountId, isPast }: Pick<RailAccountRecord, 'railAccountId' | 'isPast'>,
  railHeldAt: Date | null,
): Promise<void> {
  const change = { where: { railAccountId }, data: { railHeldAt } };
  if (isPast) await db.pastPayoutAccount.updateMany(change);
  else await db.payoutAccount.updateMany(change);
}

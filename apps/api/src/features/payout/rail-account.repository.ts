// Accounts at the rail, those that were left too, with what decides whether money in them waits.
import type { Db } from '../../platform/prisma/database';

/** An account at the rail. */
export interface RailAccountRecord {
  readonly railAccountId: string;
  readonly expertId: string;
  /** True where the expert has left it for one in another country. */
  readonly isPast: boolean;
  /** ONBOARDING, ACTIVE or RESTRICTED; one that was left is RESTRICTED while the bank account that returned something is still set. */
  readonly state: string;
  readonly bankChangedAt: Date | null;
  /** The rail's number of the bank account that was set last; null where the rail has not told. */
  readonly railBankId: string | null;
  /** When the newest of what lies in it came back from the bank account that is still set; null where nothing did. */
  readonly returnedAt: Date | null;
}

/** Experts' accounts at the rail: those that are paid, and those that were left. */
export async function railAccountsOf(db: Db, expertIds: readonly string[]): Promise<RailAccountRecord[]> {
  return db.$queryRaw<RailAccountRecord[]>`
    SELECT a.rail_account_id AS "railAccountId", a.expert_id AS "expertId", a.is_past AS "isPast",
      CASE WHEN a.is_past AND r.at IS NOT NULL THEN 'RESTRICTED' ELSE a.state END AS state,
      a.bank_changed_at AS "bankChangedAt", a.rail_bank_id AS "railBankId", r.at AS "returnedAt"
    FROM (
      SELECT expert_id, rail_account_id, false AS is_past, state, bank_changed_at, rail_bank_id FROM payout_account
      UNION ALL
      SELECT expert_id, rail_account_id, true, 'ACTIVE', bank_changed_at, rail_bank_id FROM past_payout_account
    ) a
    CROSS JOIN LATERAL (
      SELECT max(r.returned_at) FILTER (WHERE CASE WHEN r.rail_bank_id IS NULL OR a.rail_bank_id IS NULL
        THEN a.bank_changed_at IS NULL OR a.bank_changed_at < r.returned_at ELSE r.rail_bank_id = a.rail_bank_id END) AS at
      FROM payout_return r JOIN payout p ON p.id = r.payout_id
      WHERE r.expert_id = a.expert_id AND r.sent_again_at IS NULL
        AND (p.rail_account_id = a.rail_account_id OR (p.rail_account_id IS NULL AND NOT a.is_past))
    ) r
    WHERE a.expert_id = ANY(${[...expertIds]}::uuid[]) ORDER BY a.is_past, a.rail_account_id`;
}

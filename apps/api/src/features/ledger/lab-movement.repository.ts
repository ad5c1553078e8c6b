import type { Db } from '../../platform/prisma/database';

/** What one ledger transaction did to what a lab has and owes, minor units. */
export interface LabMovement {
  /** Its last posting on an account of the lab: the order of the book. */
  readonly id: bigint;
  readonly transactionId: string;
  readonly at: Date;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly currency: string;
  /** More or less of what the lab has. */
  readonly hasMinor: bigint;
  /** More or less of what it owes: by invoice, and from lost disputes. */
  readonly owesMinor: bigint;
}

/** Of which days: from an instant until before another. */
export interface LabMovementFilter {
  readonly from?: Date;
  readonly to?: Date;
}

/** Every movement on a lab's accounts, newest first, before a posting. Holds move nothing and are not here. */
export async function labMovements(
  db: Db,
  labId: string,
  { from, to }: LabMovementFilter,
  limit: number,
  before?: bigint,
): Promise<LabMovement[]> {
  const last = before ?? null;
  return db.$queryRaw<LabMovement[]>`
    WITH own AS (SELECT id, kind, currency FROM ledger.account
                 WHERE owner_id = ${labId}::uuid AND kind IN ('lab_prepaid', 'lab_invoiced', 'lab_receivable')),
    touched AS (
      SELECT p.id, p.transaction_id, p.currency FROM own JOIN ledger.posting p ON p.debit_account = own.id
      WHERE p.phase IN ('S', 'C') AND (${last}::bigint IS NULL OR p.id < ${last})
      UNION
      SELECT p.id, p.transaction_id, p.currency FROM own JOIN ledger.posting p ON p.credit_account = own.id
      WHERE p.phase IN ('S', 'C') AND (${last}::bigint IS NULL OR p.id < ${last}))
    SELECT m.id, t.id AS "transactionId", t.effective_at AS at, t.kind, t.subject_type AS "subjectType",
      t.subject_id AS "subjectId", m.currency, s."hasMinor", s."owesMinor"
    FROM touched m JOIN ledger.ledger_transaction t ON t.id = m.transaction_id
    CROSS JOIN LATERAL (
      SELECT max(p.id) AS last,
        sum(CASE WHEN c.kind = 'lab_prepaid' THEN p.amount ELSE 0 END - CASE WHEN d.kind = 'lab_prepaid' THEN p.amount ELSE 0 END)::bigint AS "hasMinor",
        sum(CASE WHEN d.kind <> 'lab_prepaid' THEN p.amount ELSE 0 END - CASE WHEN c.kind <> 'lab_prepaid' THEN p.amount ELSE 0 END)::bigint AS "owesMinor"
      FROM ledger.posting p LEFT JOIN own d ON d.id = p.debit_account LEFT JOIN own c ON c.id = p.credit_account
      WHERE p.transaction_id = m.transaction_id AND p.currency = m.currency AND p.phase IN ('S', 'C')
        AND (d.id IS NOT NULL OR c.id IS NOT NULL)) s
    WHERE m.id = s.last AND (${from ?? null}::timestamptz IS NULL OR t.effective_at >= ${from ?? null})
      AND (${to ?? null}::timestamptz IS NULL OR t.effective_at < ${to ?? null})
    ORDER BY m.id DESC LIMIT ${limit}`;
}

/** How many movements a lab's accounts have in some days, counted up to 10000. */
export async function countLabMovements(
  db: Db,
  labId: string,
  { from, to }: LabMovementFilter,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT DISTINCT p.transaction_id, p.currency
      FROM ledger.account a JOIN ledger.posting p ON (p.debit_account = a.id OR p.credit_account = a.id) AND p.phase IN ('S', 'C')
      JOIN ledger.ledger_transaction t ON t.id = p.transaction_id
      WHERE a.owner_id = ${labId}::uuid AND a.kind IN ('lab_prepaid', 'lab_invoiced', 'lab_receivable')
        AND (${from ?? null}::timestamptz IS NULL OR t.effective_at >= ${from ?? null})
        AND (${to ?? null}::timestamptz IS NULL OR t.effective_at < ${to ?? null}) LIMIT 10000) found`;
  return Number(row?.count ?? 0n);
}

/** What a lab has and owes in a currency, minor units. */
export interface LabStanding {
  readonly currency: string;
  readonly hasMinor: bigint;
  readonly owesMinor: bigint;
}

/** What a lab has and owes just before an instant, or now; one a currency. */
export async function labStandings(db: Db, labId: string, before?: Date): Promise<LabStanding[]> {
  const at = before ? new Date(before.getTime() - 1) : 'infinity';
  return db.$queryRaw<LabStanding[]>`
    SELECT a.currency,
      coalesce(sum(s.credits_posted - s.debits_posted) FILTER (WHERE a.kind = 'lab_prepaid'), 0)::bigint AS "hasMinor",
      coalesce(sum(s.debits_posted - s.credits_posted) FILTER (WHERE a.kind <> 'lab_prepaid'), 0)::bigint AS "owesMinor"
    FROM ledger.account a CROSS JOIN LATERAL ledger.balance_at(a.id, ${at}::timestamptz) s
    WHERE a.owner_id = ${labId}::uuid AND a.kind IN ('lab_prepaid', 'lab_invoiced', 'lab_receivable')
    GROUP BY a.currency ORDER BY a.currency`;
}

import type { Db } from '../../platform/prisma/database';
import type { LabMovement } from '../ledger/ledger.public';

/** Whom or what movements are about, by ledger transaction: the expert's name, the invoice's number. */
export async function aboutMovements(
  db: Db,
  movements: readonly LabMovement[],
): Promise<Map<string, string>> {
  const ids = movements.map(({ transactionId }) => transactionId);
  const rows = await db.$queryRaw<{ id: string; words: string }[]>`
    SELECT c.ledger_transaction_id AS id, e.display_name AS words
    FROM charge c JOIN expert e ON e.id = c.expert_id WHERE c.ledger_transaction_id = ANY(${ids}::uuid[])
    UNION ALL
    SELECT c.ledger_transaction_id, e.display_name
    FROM conversion c JOIN expert e ON e.id = c.expert_id WHERE c.ledger_transaction_id = ANY(${ids}::uuid[])
    UNION ALL
    SELECT c.ledger_transaction_id, e.display_name
    FROM conversion_credit c JOIN expert e ON e.id = c.expert_id WHERE c.ledger_transaction_id = ANY(${ids}::uuid[])
    UNION ALL
    SELECT t.id, i.number FROM ledger.ledger_transaction t JOIN invoice i ON i.id = t.subject_id
    WHERE t.id = ANY(${ids}::uuid[]) AND t.subject_type = 'invoice'`;
  return new Map(rows.map(({ id, words }) => [id, words]));
}

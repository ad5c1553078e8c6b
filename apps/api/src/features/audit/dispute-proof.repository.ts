// Disputed payments, held against what the rail said when each was first seen, and against what the ledger has of it.
import type { Db } from '../../platform/prisma/database';
import { faultOf, MOST, type OffRow, type Proof } from './off-row';

interface OffDispute extends OffRow {
  readonly part: string;
  readonly other: string;
}

/**
 * Disputes of another amount, currency or dispute of the rail than the journal has of their first sight, than the rail took, or,
 * of lost ones, than the lab came to owe; and those that say that another part was repaid, or written off, than was booked.
 * What the rail took in another currency than the disputed one is worked out by the rail: only the journal knows both.
 */
export async function disputesOffTheirSources(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffDispute[]>`
    SELECT d.id AS what, d.currency, side.part, side.other, side.said AS "saidMinor", side.found AS "foundMinor"
    FROM lab_dispute d
    LEFT JOIN LATERAL (
      SELECT (j.facts->>'amountMinor')::bigint AS minor FROM journal_entry j
      WHERE j.subject_id = d.id AND j.subject_type = 'lab-dispute' AND j.facts->>'railDisputeId' = d.rail_dispute_id
        AND j.facts->>'currency' = d.currency ORDER BY j.id LIMIT 1) sealed ON true
    CROSS JOIN LATERAL (
      SELECT sum(p.amount) FILTER (WHERE t.kind = 'dispute-moved' AND debit.kind = 'dispute_clearing')::bigint AS taken,
        sum(p.amount) FILTER (WHERE t.kind = 'dispute-lost')::bigint AS lost,
        coalesce(sum(p.amount) FILTER (WHERE t.kind = 'dispute-repaid'), 0)::bigint AS repaid,
        coalesce(sum(p.amount) FILTER (WHERE t.kind = 'dispute-written-off'), 0)::bigint AS written_off
      FROM ledger.ledger_transaction t JOIN ledger.posting p ON p.transaction_id = t.id AND p.phase = 'S'
      JOIN ledger.account debit ON debit.id = p.debit_account
      WHERE t.subject_type = 'lab-dispute' AND t.subject_id = d.id AND p.currency = d.currency) booked
    CROSS JOIN LATERAL (VALUES
      (true, 'dispute', 'the rail said, by the journal,', d.amount_minor, sealed.minor),
      (booked.taken IS NOT NULL, 'dispute', 'the rail took', d.amount_minor, booked.taken),
      (d.state = 'LOST', 'lost dispute', 'the ledger has', d.amount_minor, booked.lost),
      (true, 'what was repaid of dispute', 'the ledger has', d.repaid_minor, booked.repaid),
      (true, 'what was written off of dispute', 'the ledger has', d.written_off_minor, booked.written_off)
    ) side (is_due, part, other, said, found)
    WHERE side.is_due AND side.said IS DISTINCT FROM side.found ORDER BY d.id, side.part, side.other LIMIT ${MOST}`;
  const faults = rows.map((row) => faultOf(row.part, row.other)(row));
  return { looked: await db.labDispute.count(), faults };
}

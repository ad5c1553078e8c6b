// The assessments of fees held against the ledger legs of their charges, and against their own inputs.
import { feeAgain, formatAmount, type Currency, type FeeAssessment } from '@tallystick/domain';
import { Prisma, type Db } from '../../platform/prisma/database';

interface OffRow {
  readonly chargeId: string;
  readonly side: string;
  readonly currency: string;
  /** Null where the assessment is gone. */
  readonly assessedMinor: bigint | null;
  readonly bookedMinor: bigint;
}

/**
 * A part of the charges after an id, in the order of ids: those of their sides' fees that the ledger has otherwise than
 * they were assessed, then those whose own inputs give something else. What the lab paid above agreed pay is its fee,
 * what the expert got less than agreed pay is theirs.
 */
export async function assessmentsOffTheLedger(
  db: Db,
  after: string | undefined,
  limit: number,
): Promise<{ looked: number; last: string | undefined; faults: string[] }> {
  const next = await db.charge.findMany({
    where: after === undefined ? {} : { id: { gt: after } },
    orderBy: { id: 'asc' },
    select: { id: true },
    take: limit,
  });
  const ids = next.map(({ id }) => id);
  const rows = await db.$queryRaw<OffRow[]>`
    WITH part AS MATERIALIZED (
      SELECT c.id, c.lab_id, c.expert_id, c.currency, c.agreed_minor, c.take_rate_policy_id, ${bookedTo('expert_payable')} AS pay, ${bookedTo('platform_fee')} AS fee
      FROM charge c LEFT JOIN ledger.posting p ON p.transaction_id = c.ledger_transaction_id AND p.phase = 'S'
      LEFT JOIN ledger.account a ON a.id = p.credit_account LEFT JOIN ledger.account d ON d.id = p.debit_account
      WHERE c.id = ANY(${ids}::uuid[]) GROUP BY c.id)
    SELECT part.id AS "chargeId", s.side, part.currency, f.charged_minor AS "assessedMinor", s.booked AS "bookedMinor"
    FROM part CROSS JOIN LATERAL (VALUES ('LAB', part.pay + part.fee - part.agreed_minor), ('EXPERT', part.agreed_minor - part.pay)) AS s (side, booked)
    LEFT JOIN fee_assessment f ON f.charge_id = part.id AND f.side = s.side
    WHERE f.charged_minor IS DISTINCT FROM s.booked
      OR (f.basis_minor, f.lab_id, f.expert_id, f.currency, f.take_rate_policy_id) IS DISTINCT FROM (part.agreed_minor, part.lab_id, part.expert_id, part.currency, part.take_rate_policy_id)
    ORDER BY part.id, s.side DESC`;
  return {
    looked: ids.length,
    last: ids.at(-1),
    faults: [...rows.map(faultOf), ...(await offTheirInputs(db, ids))],
  };
}

/** Assessments of charges that are not what their own inputs give. */
async function offTheirInputs(db: Db, chargeIds: readonly string[]): Promise<string[]> {
  const rows = await db.feeAssessment.findMany({
    where: { chargeId: { in: [...chargeIds] } },
    orderBy: [{ chargeId: 'asc' }, { side: 'desc' }],
  });
  return rows.flatMap((row) => {
    const again = feeAgain(row as unknown as FeeAssessment);
    return again.computedMinor === row.computedMinor && again.chargedMinor === row.chargedMinor
      ? []
      : [`${feeOf(row)} is not what its inputs give`];
  });
}

/** What a ledger transaction brought an account of a kind, less what it took, minor units. */
function bookedTo(kind: string): Prisma.Sql {
  return Prisma.sql`coalesce(sum(p.amount * ((a.kind = ${kind})::integer - (d.kind = ${kind})::integer)), 0)::bigint`;
}

function feeOf({ side, chargeId }: { readonly side: string; readonly chargeId: string }): string {
  return `the ${side === 'LAB' ? 'lab' : 'expert'}’s fee of charge ${chargeId}`;
}

function faultOf(row: OffRow): string {
  const { currency, assessedMinor, bookedMinor } = row;
  const what = feeOf(row);
  const words = (minor: bigint) => formatAmount({ minor, currency: currency as Currency });
  if (assessedMinor === null) return `${what} is without its assessment`;
  if (assessedMinor === bookedMinor) return `${what} is assessed for another line than it was charged for`;
  return `${what} is assessed with ${words(assessedMinor)}, the ledger has ${words(bookedMinor)}`;
}

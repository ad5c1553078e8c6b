import type { Db } from '../../platform/prisma/database';
import type { ChargeRecord } from './charge.repository';

/** One at a time takes something back of a charge; held until the transaction ends. */
export async function lockReversals(db: Db, chargeId: string): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${chargeId}, 4600))::text`;
}

/** A charge by its id. */
export async function findCharge(db: Db, id: string): Promise<ChargeRecord | null> {
  return (await db.charge.findUnique({ where: { id } })) as unknown as ChargeRecord | null;
}

/** Agreed pay that was taken back of charges, by charge, minor units; those with nothing are left out. */
export async function takenBackSums(db: Db, chargeIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await db.$queryRaw<{ id: string; minor: bigint }[]>`
    SELECT reverses_charge_id AS id, -sum(agreed_minor)::bigint AS minor FROM charge
    WHERE reverses_charge_id = ANY(${[...chargeIds]}::uuid[]) AND reverses_charge_id IS NOT NULL GROUP BY 1`;
  return new Map(rows.map(({ id, minor }) => [id, minor]));
}

/** What was taken back of an expert's charges since an instant without another person's approval: its price, minor units. */
export async function takenBackAlone(
  db: Db,
  expertId: string,
  currency: string,
  since: Date,
): Promise<bigint> {
  const [row] = await db.$queryRaw<{ minor: bigint }[]>`
    SELECT coalesce(-sum(c.price_minor), 0)::bigint AS minor
    FROM reversal r JOIN charge c ON c.id = r.charge_id
    WHERE r.expert_id = ${expertId}::uuid AND r.approval_request_id IS NULL AND r.taken_back_at > ${since}
      AND c.currency = ${currency}`;
  return row?.minor ?? 0n;
}

/** Stores why something was taken back; it is never changed. */
export async function insertReversal(
  db: Db,
  row: {
    chargeId: string;
    labId: string;
    expertId: string;
    reason: string;
    paidOutMinor: bigint;
    askedById: string;
    approvalRequestId: string | null;
    takenBackAt: Date;
  },
): Promise<void> {
  await db.reversal.create({ data: row });
}

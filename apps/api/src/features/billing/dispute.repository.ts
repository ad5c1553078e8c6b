import type { Db } from '../../platform/prisma/database';

export interface DisputeRecord {
  readonly id: string;
  readonly labId: string;
  readonly fundingId: string;
  readonly railDisputeId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** When all that was lost was paid or written off. */
  readonly settledAt: Date | null;
  /** The state in the rail's own word; empty where it was not kept yet. */
  readonly railStatus: string;
  readonly evidenceDueAt: Date | null;
  /** What the lab has paid, and what the platform bears, of what was lost; minor units. */
  readonly repaidMinor: bigint;
  readonly writtenOffMinor: bigint;
}

export interface DisputeFilter {
  readonly state?: string;
  readonly labId?: string;
}

/** What a lab still owes of a dispute, minor units: nothing before it is lost. */
export function leftOf({ state, amountMinor, repaidMinor, writtenOffMinor }: DisputeRecord): bigint {
  return state === 'LOST' ? amountMinor - repaidMinor - writtenOffMinor : 0n;
}

/** Stores a dispute; the first of its rail id stays. Returns false where it was here already. */
export async function insertDispute(db: Db, row: DisputeRecord): Promise<boolean> {
  const { count } = await db.labDispute.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** A dispute by the rail's id of it, locked until the transaction ends. */
export async function lockDispute(db: Db, railDisputeId: string): Promise<DisputeRecord | null> {
  await db.$queryRaw`SELECT 1 FROM lab_dispute WHERE rail_dispute_id = ${railDisputeId} FOR UPDATE`;
  return db.labDispute.findUnique({ where: { railDisputeId } });
}

/** Moves a dispute on from the state that was seen. Returns false where somebody was faster. */
export async function moveDispute(
  db: Db,
  seen: DisputeRecord,
  changes: {
    state?: string;
    closedAt?: Date;
    settledAt?: Date;
    railStatus?: string;
    evidenceDueAt?: Date | null;
    repaidMinor?: bigint;
    writtenOffMinor?: bigint;
    approvalRequestId?: string;
  },
): Promise<boolean> {
  const { id, state, settledAt, repaidMinor, writtenOffMinor } = seen;
  const where = { id, state, settledAt, repaidMinor, writtenOffMinor };
  const { count } = await db.labDispute.updateMany({ where, data: changes });
  return count === 1;
}

/** What stops a lab from new commitments: open disputes, and lost ones that it has not paid. */
export async function listStopping(db: Db, labId: string): Promise<DisputeRecord[]> {
  return db.labDispute.findMany({
    where: { labId, settledAt: null, state: { in: ['OPEN', 'LOST'] } },
    orderBy: { openedAt: 'asc' },
  });
}

/** What the bank took back of a payment, minor units, and when. */
export interface TakenByBank {
  readonly takenMinor: bigint;
  readonly takenAt: Date;
}

/** What the bank took back of each of some fundings; those of which it took nothing are left out. */
export async function takenByBank(db: Db, fundingIds: readonly string[]): Promise<Map<string, TakenByBank>> {
  if (fundingIds.length === 0) return new Map();
  const where = { fundingId: { in: [...fundingIds] }, state: 'LOST' };
  const lost = await db.labDispute.findMany({ where, orderBy: { closedAt: 'asc' } });
  const taken = new Map<string, TakenByBank>();
  for (const { fundingId, amountMinor, closedAt, openedAt } of lost)
    taken.set(fundingId, {
      takenMinor: (taken.get(fundingId)?.takenMinor ?? 0n) + amountMinor,
      takenAt: closedAt ?? openedAt,
    });
  return taken;
}

/** A dispute by its id. */
export async function findDispute(db: Db, id: string): Promise<DisputeRecord | null> {
  return db.labDispute.findUnique({ where: { id } });
}

/** Disputes, newest first, after a key of (openedAt, id). */
export async function listDisputes(
  db: Db,
  filter: DisputeFilter,
  limit: number,
  after?: readonly string[],
): Promise<DisputeRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ openedAt: { lt: new Date(at) } }, { openedAt: new Date(at), id: { lt: id } }] };
  return db.labDispute.findMany({
    where: { ...filter, ...older },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many disputes a filter finds. */
export async function countDisputes(db: Db, filter: DisputeFilter): Promise<number> {
  return db.labDispute.count({ where: { ...filter } });
}

/** What the rail told us of a dispute, oldest first. */
export interface RailNote {
  readonly type: string;
  readonly receivedAt: Date;
}

/** A ledger transaction of a dispute: what moved between which accounts. */
export interface DisputeMove {
  readonly transactionId: string;
  readonly kind: string;
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly debit: string;
  readonly credit: string;
}

/** Weeks of a lab in a currency that wait for their money, and their price, minor units. */
export interface Waiting {
  readonly weeks: number;
  readonly priceMinor: bigint;
}

/** What the rail told us of a dispute, oldest first; at most 100. */
export async function railNotesOf(db: Db, railDisputeId: string): Promise<RailNote[]> {
  return db.railEvent.findMany({
    where: { objectId: railDisputeId },
    orderBy: { receivedAt: 'asc' },
    select: { type: true, receivedAt: true },
    take: 100,
  });
}

/** Everything that the ledger has about a dispute, in the order of its posting. */
export async function movesOf(db: Db, disputeId: string): Promise<DisputeMove[]> {
  return db.$queryRaw<DisputeMove[]>`
    SELECT t.id AS "transactionId", t.kind, t.effective_at AS at, p.amount AS "amountMinor", d.code AS debit, c.code AS credit
    FROM ledger.ledger_transaction t JOIN ledger.posting p ON p.transaction_id = t.id
    JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account
    WHERE t.subject_type = 'lab-dispute' AND t.subject_id = ${disputeId}::uuid ORDER BY p.id`;
}

/** What of a lab's work waits for money in a currency: weeks that could not be held and are not over. */
export async function waitingWeeks(db: Db, labId: string, currency: string, now: Date): Promise<Waiting> {
  const [row] = await db.$queryRaw<{ weeks: bigint; priceMinor: bigint }[]>`
    SELECT count(*) AS weeks, coalesce(sum(held_minor), 0)::bigint AS "priceMinor" FROM engagement_week
    WHERE state = 'FAILED' AND week_start > ${new Date(now.getTime() - 7 * 86_400_000)} AND lab_id = ${labId}::uuid AND currency = ${currency}`;
  return { weeks: Number(row?.weeks ?? 0n), priceMinor: row?.priceMinor ?? 0n };
}

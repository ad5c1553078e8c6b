import type { Break, BreakClass, LedgerLeg, RailLeg } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import type { RailMovement } from '../rail/rail.public';

/** What the ledger and the rail say of the balance in one currency, minor units. */
export interface Proof {
  readonly currency: string;
  readonly ledgerPendingMinor: string;
  readonly ledgerAvailableMinor: string;
  readonly railPendingMinor: string;
  readonly railAvailableMinor: string;
}

export interface RunRecord {
  readonly id: string;
  readonly askedById: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly watermark: Date;
  readonly looked: number;
  readonly matched: number;
  readonly openBreaks: number;
  readonly proofs: readonly Proof[];
}

export interface BreakRecord {
  readonly id: string;
  readonly about: string;
  readonly class: BreakClass;
  readonly state: 'OPEN' | 'CLEARED' | 'RESOLVED';
  readonly movementId: string | null;
  readonly ledgerTransactionId: string | null;
  readonly currency: string;
  readonly railMinor: bigint | null;
  readonly ledgerMinor: bigint | null;
  readonly foundAt: Date;
  readonly ownerId: string | null;
  readonly endedAt: Date | null;
  readonly reason: string | null;
}

export interface BreakFilter {
  readonly state?: string;
  readonly class?: string;
  readonly ownerId?: string;
  /** Found after one instant, at or before another. */
  readonly foundAfter?: Date;
  readonly foundUpTo?: Date;
}

/** What a person wrote about a break. */
export interface NoteRecord {
  readonly id: string;
  readonly breakId: string;
  readonly authorName: string;
  readonly words: string;
  readonly at: Date;
}

/** A person of staff who looks after money. */
export interface MoneyAdmin {
  readonly id: string;
  readonly name: string;
}

/** Keeps movements once, by their ids. */
export async function keepMovements(db: Db, movements: readonly RailMovement[]): Promise<void> {
  const data = movements.map(
    ({ id, subjectId, transferGroup, category, currency, amountMinor, feeMinor, netMinor, createdAt }) => ({
      ...{ id, subjectId, transferGroup, category, currency, amountMinor, feeMinor, netMinor, createdAt },
    }),
  );
  await db.railMovement.createMany({ data, skipDuplicates: true });
}

/** When the newest movement that is kept was made; undefined where there is none. */
export async function newestMovementAt(db: Db): Promise<Date | undefined> {
  const row = await db.railMovement.findFirst({
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true },
  });
  return row?.createdAt;
}

/** Movements without a ledger transaction, the oldest first. */
export async function listUnmatched(db: Db): Promise<RailLeg[]> {
  const rows = await db.railMovement.findMany({
    where: { ledgerTransactionId: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ createdAt: at, ...row }) => ({ ...row, at }));
}

/** Notes with which ledger transaction a movement was matched. */
export async function match(db: Db, movementId: string, ledgerTransactionId: string): Promise<void> {
  await db.railMovement.updateMany({
    where: { id: movementId, ledgerTransactionId: null },
    data: { ledgerTransactionId },
  });
}

const LEGS = `
  SELECT t.id AS "transactionId", t.idempotency_key AS key, p.currency, t.effective_at AS at,
    sum(p.amount * (CASE WHEN d.kind LIKE 'rail\\_%' AND d.kind <> 'rail_fee_expense' THEN 1 ELSE 0 END
      - CASE WHEN c.kind LIKE 'rail\\_%' AND c.kind <> 'rail_fee_expense' THEN 1 ELSE 0 END))::bigint AS "netMinor"
  FROM ledger.ledger_transaction t JOIN ledger.posting p ON p.transaction_id = t.id AND p.phase = 'S'
  JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account`;

/** What the ledger has under keys, of the accounts that stand for the rail. */
export async function legsByKey(db: Db, keys: readonly string[]): Promise<LedgerLeg[]> {
  return db.$queryRawUnsafe<LedgerLeg[]>(
    `${LEGS} WHERE t.idempotency_key = ANY($1::text[]) GROUP BY t.id, p.currency`,
    [...keys],
  );
}

/** What the ledger moved at the rail since an instant, and what was found missing there before and did not clear, without a movement. */
export async function legsWithoutMovement(db: Db, since: Date): Promise<LedgerLeg[]> {
  return db.$queryRawUnsafe<LedgerLeg[]>(
    `${LEGS} WHERE (t.effective_at >= $1 OR t.id IN (SELECT b.ledger_transaction_id FROM reconciliation_break b WHERE b.state IN ('OPEN', 'RESOLVED') AND b.movement_id IS NULL))
       AND NOT EXISTS (SELECT 1 FROM rail_movement m WHERE m.ledger_transaction_id = t.id)
     GROUP BY t.id, p.currency
     HAVING bool_or(d.kind IN ('rail_available', 'rail_pending') OR c.kind IN ('rail_available', 'rail_pending'))`,
    since,
  );
}

/** Which of these ledger transactions movements were matched with before. */
export async function takenOf(db: Db, transactionIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.railMovement.findMany({
    where: { ledgerTransactionId: { in: [...transactionIds] } },
    select: { ledgerTransactionId: true },
  });
  return new Set(rows.flatMap(({ ledgerTransactionId }) => ledgerTransactionId ?? []));
}

/** Which groups of these transfers have one that was matched. */
export async function paidGroupsOf(db: Db, movements: readonly RailLeg[]): Promise<Set<string>> {
  const groups = movements.flatMap(({ transferGroup }) => transferGroup ?? []);
  const rows = await db.railMovement.findMany({
    where: { transferGroup: { in: groups }, ledgerTransactionId: { not: null } },
    select: { transferGroup: true },
  });
  return new Set(rows.flatMap(({ transferGroup }) => transferGroup ?? []));
}

/** Opens a break, or says anew what an open one is. What a person resolved stays resolved. Returns true where it is new. */
export async function putBreak(
  db: Db,
  id: string,
  { about, class: kind, movementId, transactionId, currency, railMinor, ledgerMinor }: Break,
  foundAt: Date,
): Promise<boolean> {
  const said = {
    ...{ class: kind, movementId, currency, railMinor, ledgerMinor },
    ledgerTransactionId: transactionId,
  };
  const { count } = await db.reconciliationBreak.createMany({
    data: [{ id, about, state: 'OPEN', foundAt, ...said }],
    skipDuplicates: true,
  });
  if (count === 1) return true;
  await db.reconciliationBreak.updateMany({ where: { about, state: 'OPEN' }, data: said });
  const { count: again } = await db.reconciliationBreak.updateMany({
    where: { about, state: 'CLEARED' },
    data: { ...said, state: 'OPEN', foundAt, endedAt: null },
  });
  return again === 1;
}

/** Ends open breaks about anything but these: both sides say the same now. Returns how many. */
export async function clearOthers(db: Db, about: readonly string[], endedAt: Date): Promise<number> {
  const { count } = await db.reconciliationBreak.updateMany({
    where: { state: 'OPEN', about: { notIn: [...about] } },
    data: { state: 'CLEARED', endedAt },
  });
  return count;
}

/** The newest break of the balance in a currency; null where there was none. */
export async function newestBalanceBreak(db: Db, currency: string): Promise<BreakRecord | null> {
  const row = await db.reconciliationBreak.findFirst({
    where: { class: 'BALANCE', currency },
    orderBy: [{ foundAt: 'desc' }, { id: 'desc' }],
  });
  return row as BreakRecord | null;
}

/** When the last run whose balances were equal in every currency began, and when it was done; undefined where there was none. */
export async function lastEqualRun(db: Db): Promise<{ startedAt: Date; finishedAt: Date } | undefined> {
  const [row] = await db.$queryRaw<{ startedAt: Date; finishedAt: Date }[]>`
    SELECT r.started_at AS "startedAt", r.finished_at AS "finishedAt" FROM reconciliation_run r
    WHERE NOT EXISTS (
      SELECT 1 FROM jsonb_to_recordset(r.proofs) p("ledgerPendingMinor" numeric, "ledgerAvailableMinor" numeric, "railPendingMinor" numeric, "railAvailableMinor" numeric)
      WHERE p."ledgerPendingMinor" + p."ledgerAvailableMinor" <> p."railPendingMinor" + p."railAvailableMinor")
    ORDER BY r.finished_at DESC, r.id DESC LIMIT 1`;
  return row;
}

/** Open breaks that nobody who may looks after, the oldest first. */
export async function ownerlessBreaks(
  db: Db,
  adminIds: readonly string[],
): Promise<Pick<BreakRecord, 'id' | 'class' | 'foundAt' | 'ownerId'>[]> {
  const rows = await db.reconciliationBreak.findMany({
    where: { state: 'OPEN', OR: [{ ownerId: null }, { ownerId: { notIn: [...adminIds] } }] },
    orderBy: [{ foundAt: 'asc' }, { id: 'asc' }],
    select: { id: true, class: true, foundAt: true, ownerId: true },
  });
  return rows as Pick<BreakRecord, 'id' | 'class' | 'foundAt' | 'ownerId'>[];
}

/** How many open breaks each person looks after. */
export async function openByOwner(db: Db): Promise<Map<string, number>> {
  const rows = await db.reconciliationBreak.groupBy({
    by: ['ownerId'],
    where: { state: 'OPEN' },
    _count: { _all: true },
  });
  return new Map(rows.flatMap(({ ownerId, _count }) => (ownerId === null ? [] : [[ownerId, _count._all]])));
}

/** How many breaks are open. */
export async function countOpenBreaks(db: Db): Promise<number> {
  return db.reconciliationBreak.count({ where: { state: 'OPEN' } });
}

/** Stores a run. */
export async function insertRun(db: Db, run: RunRecord): Promise<void> {
  await db.reconciliationRun.create({ data: { ...run, proofs: run.proofs.map((proof) => ({ ...proof })) } });
}

/** The newest runs, the last first. */
export async function newestRuns(db: Db, limit: number): Promise<RunRecord[]> {
  const rows = await db.reconciliationRun.findMany({
    orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows.map((row) => ({ ...row, proofs: row.proofs as unknown as Proof[] }));
}

/** Breaks, newest first, after a key of (foundAt, id). */
export async function listBreaks(
  db: Db,
  filter: BreakFilter,
  limit: number,
  after?: readonly string[],
): Promise<BreakRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ foundAt: { lt: new Date(at) } }, { foundAt: new Date(at), id: { lt: id } }] };
  const rows = await db.reconciliationBreak.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: [{ foundAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows as BreakRecord[];
}

/** How many breaks a filter finds. */
export async function countBreaks(db: Db, filter: BreakFilter): Promise<number> {
  return db.reconciliationBreak.count({ where: whereOf(filter) });
}

/** A break by its id, locked until the transaction ends. */
export async function lockBreak(db: Db, id: string): Promise<BreakRecord | null> {
  await db.$queryRaw`SELECT 1 FROM reconciliation_break WHERE id = ${id}::uuid FOR UPDATE`;
  return (await db.reconciliationBreak.findUnique({ where: { id } })) as BreakRecord | null;
}

/** Changes an open break. Returns false where it is not open. */
export async function changeBreak(
  db: Db,
  id: string,
  changes: { ownerId?: string; state?: 'RESOLVED'; endedAt?: Date; resolvedById?: string; reason?: string },
): Promise<boolean> {
  const { count } = await db.reconciliationBreak.updateMany({ where: { id, state: 'OPEN' }, data: changes });
  return count === 1;
}

function whereOf({ foundAfter, foundUpTo, ...rest }: BreakFilter) {
  const foundAt = { ...(foundAfter && { gt: foundAfter }), ...(foundUpTo && { lte: foundUpTo }) };
  return { ...rest, ...((foundAfter ?? foundUpTo) && { foundAt }) };
}

/** Keeps what a person wrote about a break. */
export async function insertNote(
  db: Db,
  row: { id: string; breakId: string; authorId: string; words: string; at: Date },
): Promise<void> {
  await db.reconciliationNote.create({ data: row });
}

/** What was written about breaks, oldest first. */
export async function notesOf(db: Db, breakIds: readonly string[]): Promise<NoteRecord[]> {
  if (breakIds.length === 0) return [];
  return db.$queryRaw<NoteRecord[]>`
    SELECT n.id, n.break_id AS "breakId", a.name AS "authorName", n.words, n.at
    FROM reconciliation_note n JOIN account a ON a.id = n.author_id
    WHERE n.break_id = ANY(${[...breakIds]}::uuid[]) ORDER BY n.at, n.id`;
}

/** Names of accounts by their ids. */
export async function namesOfOwners(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.account.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Everybody of staff who is active and may look after a break, by name. */
export async function moneyAdmins(db: Db): Promise<MoneyAdmin[]> {
  return db.$queryRaw<MoneyAdmin[]>`
    SELECT a.id, a.name FROM account a
    WHERE a.state = 'ACTIVE' AND a.id IN (SELECT account_id FROM staff_role WHERE role IN ('FINANCE', 'ADMIN')) ORDER BY a.name, a.id LIMIT 500`;
}

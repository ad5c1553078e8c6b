import type { Db } from '../../platform/prisma/database';

export interface BonusFileRecord {
  readonly id: string;
  readonly labId: string;
  readonly name: string;
  readonly rowsHash: string;
  readonly bonuses: number;
  readonly paidById: string;
  readonly paidAt: Date;
}

export interface BonusRecord {
  readonly id: string;
  readonly fileId: string;
  readonly rowNumber: number;
  readonly labId: string;
  readonly expertId: string;
  readonly engagementId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly reason: string;
}

/** What a file of bonuses came to in one currency, minor units. */
export interface BonusFileSum {
  readonly fileId: string;
  readonly currency: string;
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

/** Only one file of a lab is paid at a time; held until the transaction ends. */
export async function lockBonuses(db: Db, labId: string): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${labId}, 4500))::text`;
}

/** The file by which a lab paid the same rows before. */
export async function samePaid(db: Db, labId: string, rowsHash: string): Promise<BonusFileRecord | null> {
  return db.bonusFile.findUnique({ where: { labId_rowsHash: { labId, rowsHash } } });
}

/** Bonuses that a lab paid for some engagements before, with the day and the name of their file. */
export async function paidBonuses(
  db: Db,
  labId: string,
  engagementIds: readonly string[],
): Promise<(Pick<BonusRecord, 'engagementId' | 'currency' | 'amountMinor' | 'reason'> & PaidBy)[]> {
  return db.$queryRaw`
    SELECT b.engagement_id AS "engagementId", b.currency, b.amount_minor AS "amountMinor", b.reason, f.name, f.paid_at AS "paidAt"
    FROM bonus b JOIN bonus_file f ON f.id = b.file_id
    WHERE b.lab_id = ${labId}::uuid AND b.engagement_id = ANY(${[...engagementIds]}::uuid[])`;
}

/** By which file something was paid, and when. */
export interface PaidBy {
  readonly name: string;
  readonly paidAt: Date;
}

/** Stores a file with its bonuses, whose lines are signed with their reasons; they are never changed. */
export async function insertBonuses(
  db: Db,
  file: BonusFileRecord,
  bonuses: readonly BonusRecord[],
): Promise<void> {
  await db.bonusFile.create({ data: file });
  await db.bonus.createMany({ data: bonuses.map((bonus) => ({ ...bonus, isReasonSigned: true })) });
}

/** A lab's files, newest first, after a key of (paidAt, id). */
export async function listBonusFiles(
  db: Db,
  labId: string,
  limit: number,
  after?: readonly string[],
): Promise<BonusFileRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ paidAt: { lt: new Date(at) } }, { paidAt: new Date(at), id: { lt: id } }] };
  return db.bonusFile.findMany({
    where: { AND: [{ labId }, older] },
    orderBy: [{ paidAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many files a lab has paid. */
export async function countBonusFiles(db: Db, labId: string): Promise<number> {
  return db.bonusFile.count({ where: { labId } });
}

/** What files came to as they were charged, by currency. */
export async function bonusFileSums(db: Db, fileIds: readonly string[]): Promise<BonusFileSum[]> {
  return db.$queryRaw<BonusFileSum[]>`
    SELECT b.file_id AS "fileId", b.currency, sum(c.agreed_minor)::bigint AS "agreedMinor", sum(c.price_minor)::bigint AS "priceMinor", sum(c.pay_minor)::bigint AS "payMinor", sum(c.fee_minor)::bigint AS "feeMinor"
    FROM bonus b JOIN charge c ON c.bonus_id = b.id WHERE b.file_id = ANY(${[...fileIds]}::uuid[])
    GROUP BY 1, 2 ORDER BY 1, 2`;
}

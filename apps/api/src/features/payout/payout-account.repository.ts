import type { Db } from '../../platform/prisma/database';

export interface PayoutAccountRecord {
  readonly expertId: string;
  readonly railAccountId: string;
  readonly state: string;
  readonly country: string;
  readonly currency: string;
  readonly createdAt: Date;
}

/** Where an expert is paid. */
export async function findAccount(db: Db, expertId: string): Promise<PayoutAccountRecord | null> {
  return db.payoutAccount.findUnique({ where: { expertId } });
}

/** Where experts are paid, by expert. */
export async function findAccounts(
  db: Db,
  expertIds: readonly string[],
): Promise<Map<string, PayoutAccountRecord>> {
  const rows = await db.payoutAccount.findMany({ where: { expertId: { in: [...expertIds] } } });
  return new Map(rows.map((row) => [row.expertId, row]));
}

/** The account of a rail's recipient. */
export async function findAccountByRail(db: Db, railAccountId: string): Promise<PayoutAccountRecord | null> {
  return db.payoutAccount.findUnique({ where: { railAccountId } });
}

/** Keeps what the rail says of a recipient. */
export async function putAccount(
  db: Db,
  row: Omit<PayoutAccountRecord, 'createdAt'>,
  now: Date,
): Promise<void> {
  await db.payoutAccount.upsert({
    where: { expertId: row.expertId },
    create: { ...row, createdAt: now, updatedAt: now },
    update: { state: row.state, updatedAt: now },
  });
}

/** Accounts that are not active yet, those that were looked at longest ago first. */
export async function listOnboarding(db: Db, before: Date, limit: number): Promise<PayoutAccountRecord[]> {
  return db.payoutAccount.findMany({
    where: { state: 'ONBOARDING', updatedAt: { lt: before } },
    orderBy: { updatedAt: 'asc' },
    take: limit,
  });
}

/** Keeps that another bank account was set. */
export async function noteBankChange(db: Db, expertId: string, now: Date): Promise<void> {
  await db.payoutAccount.update({ where: { expertId }, data: { bankChangedAt: now, updatedAt: now } });
}

/** Keeps that the accounts of experts cannot be paid before they are mended. */
export async function restrictAccountsOf(db: Db, expertIds: readonly string[], now: Date): Promise<void> {
  await db.payoutAccount.updateMany({
    where: { expertId: { in: [...expertIds] } },
    data: { state: 'RESTRICTED', updatedAt: now },
  });
}

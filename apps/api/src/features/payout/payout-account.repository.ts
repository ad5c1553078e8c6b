import type { Db } from '../../platform/prisma/database';

export interface PayoutAccountRecord {
  readonly expertId: string;
  readonly railAccountId: string;
  readonly state: string;
  readonly country: string;
  readonly currency: string;
  readonly createdAt: Date;
  readonly bankChangedAt: Date | null;
  /** The rail's number of the bank account that was set last; null where the rail has not told. */
  readonly railBankId: string | null;
  /** When the expert moved to it from another country; null for the first. */
  readonly movedAt: Date | null;
  /** When the bank began to refuse the account; null where it does not. */
  readonly restrictedAt: Date | null;
  /** Since when the rail sends nothing from it by itself; null before it was told. */
  readonly railHeldAt: Date | null;
  /** When it could first be paid; null until then. */
  readonly activeAt: Date | null;
}

/** Where an expert is paid. */
export async function findAccount(db: Db, expertId: string): Promise<PayoutAccountRecord | null> {
  return db.payoutAccount.findUnique({ where: { expertId } });
}

/** True where an account of the rail is one in which an expert was paid before. */
export async function isPastAccount(db: Db, expertId: string, railAccountId: string): Promise<boolean> {
  return (await db.pastPayoutAccount.count({ where: { expertId, railAccountId } })) > 0;
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

/** The account of a rail's recipient, which nobody else changes until the transaction ends. */
export async function lockAccountByRail(db: Db, railAccountId: string): Promise<PayoutAccountRecord | null> {
  await db.$queryRaw`SELECT 1 FROM payout_account WHERE rail_account_id = ${railAccountId} FOR UPDATE`;
  return findAccountByRail(db, railAccountId);
}

/** Keeps what the rail says of a recipient. */
export async function putAccount(
  db: Db,
  row: Pick<PayoutAccountRecord, 'expertId' | 'railAccountId' | 'state' | 'country' | 'currency'>,
  now: Date,
): Promise<void> {
  await db.payoutAccount.upsert({
    where: { expertId: row.expertId },
    create: { ...row, createdAt: now, updatedAt: now, ...(row.state === 'ACTIVE' && { activeAt: now }) },
    update: {
      ...{ state: row.state, currency: row.currency, updatedAt: now },
      ...(row.state !== 'RESTRICTED' && { restrictedAt: null }),
    },
  });
  if (row.state === 'ACTIVE')
    await db.payoutAccount.updateMany({
      where: { expertId: row.expertId, activeAt: null },
      data: { activeAt: now },
    });
}

/** An account of the rail, be it where an expert is paid or where they were. */
export async function findOwnerByRail(
  db: Db,
  railAccountId: string,
): Promise<Pick<PayoutAccountRecord, 'expertId' | 'railAccountId' | 'currency'> | null> {
  const select = { expertId: true, railAccountId: true, currency: true };
  return (
    (await db.payoutAccount.findUnique({ where: { railAccountId }, select })) ??
    (await db.pastPayoutAccount.findUnique({ where: { railAccountId }, select }))
  );
}

/** Where an expert was paid before, newest first; the last ten. */
export async function listPastAccounts(
  db: Db,
  expertId: string,
): Promise<{ railAccountId: string; country: string; currency: string; closedAt: Date }[]> {
  return db.pastPayoutAccount.findMany({
    where: { expertId },
    orderBy: { closedAt: 'desc' },
    take: 10,
    select: { railAccountId: true, country: true, currency: true, closedAt: true },
  });
}

/** Nobody moves, and nothing is sent to an account that was left, until the transaction ends. Locks in the order of the experts. */
export async function lockAccounts(
  db: Db,
  expertIds: readonly string[],
  how: 'SEND' | 'MOVE',
): Promise<void> {
  const ids = [...expertIds];
  if (how === 'SEND')
    await db.$queryRaw`SELECT 1 FROM payout_account WHERE expert_id = ANY(${ids}::uuid[]) ORDER BY expert_id FOR SHARE`;
  else
    await db.$queryRaw`SELECT 1 FROM payout_account WHERE expert_id = ANY(${ids}::uuid[]) ORDER BY expert_id FOR UPDATE`;
}

/** Keeps that an expert is paid elsewhere from now on; the old account stays as history, and so do the payouts that the rail was asked for there. */
export async function replaceAccount(
  db: Db,
  old: PayoutAccountRecord,
  fresh: Pick<PayoutAccountRecord, 'railAccountId' | 'country' | 'currency'>,
  now: Date,
): Promise<void> {
  const { expertId, railAccountId, country, currency, createdAt: openedAt } = old;
  const { bankChangedAt, railBankId, railHeldAt } = old;
  const past = {
    ...{ expertId, railAccountId, country, currency, openedAt, closedAt: now },
    ...{ bankChangedAt, railBankId, railHeldAt },
  };
  await db.pastPayoutAccount.create({ data: past });
  await db.payout.updateMany({
    where: {
      expertId,
      railAccountId: null,
      OR: [{ askedAt: { not: null } }, { transferredAt: { not: null } }],
    },
    data: { railAccountId },
  });
  const changes = { ...fresh, state: 'ONBOARDING', createdAt: now, updatedAt: now, restrictedAt: null };
  await db.payoutAccount.update({
    where: { expertId },
    data: {
      ...{ ...changes, bankChangedAt: now, railBankId: null, movedAt: now },
      ...{ railHeldAt: null, activeAt: null },
    },
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

/** Keeps since when the rail sends nothing from an expert's account by itself; null where it has to be told. */
export async function keepRailHold(db: Db, expertId: string, railHeldAt: Date | null): Promise<void> {
  await db.payoutAccount.update({ where: { expertId }, data: { railHeldAt } });
}

/** Keeps which bank account was set last. */
export async function keepBank(db: Db, expertId: string, railBankId: string): Promise<void> {
  await db.payoutAccount.update({ where: { expertId }, data: { railBankId } });
}

/** Keeps that another bank account was set. */
export async function noteBankChange(db: Db, expertId: string, now: Date): Promise<void> {
  await db.payoutAccount.update({ where: { expertId }, data: { bankChangedAt: now, updatedAt: now } });
}

/**
 * Keeps that accounts of the rail cannot be paid before they are mended. Returns whose they are; an account that was
 * left meanwhile concerns nobody.
 */
export async function restrictAccounts(
  db: Db,
  railAccountIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const restricted = await db.payoutAccount.updateManyAndReturn({
    where: { railAccountId: { in: [...railAccountIds] } },
    data: { state: 'RESTRICTED', restrictedAt: now, updatedAt: now },
    select: { expertId: true },
  });
  return restricted.map(({ expertId }) => expertId);
}

/** Keeps that another bank account was set in an account that was left; nothing where it is none, or is set already. */
export async function notePastBank(
  db: Db,
  railAccountId: string,
  { railBankId, isSet }: { readonly railBankId: string; readonly isSet: boolean },
  now: Date,
): Promise<void> {
  const past = await db.pastPayoutAccount.findUnique({ where: { railAccountId } });
  if (!past || past.railBankId === railBankId) return;
  const isChange = isSet || past.railBankId !== null;
  const data = { railBankId, ...(isChange && { bankChangedAt: now }) };
  await db.pastPayoutAccount.update({ where: { railAccountId }, data });
}

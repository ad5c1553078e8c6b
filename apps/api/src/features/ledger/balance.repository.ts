import type { Db } from '../../platform/prisma/database';

export interface Balance {
  readonly code: string;
  readonly kind: string;
  readonly ownerId: string | null;
  readonly currency: string;
  /** What the books say, in the account's own direction. */
  readonly postedMinor: bigint;
  /** Reserved by holds. */
  readonly heldMinor: bigint;
}

/** Balances of accounts by code; an account that was never used has none. */
export async function balancesOf(db: Db, codes: readonly string[]): Promise<Map<string, Balance>> {
  const rows = await db.$queryRaw<Balance[]>`
    SELECT a.code, a.kind, a.owner_id AS "ownerId", a.currency,
      CASE b.sign WHEN -1 THEN b.credits_posted - b.debits_posted ELSE b.debits_posted - b.credits_posted END AS "postedMinor",
      CASE b.sign WHEN -1 THEN b.debits_pending ELSE b.credits_pending END AS "heldMinor"
    FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id WHERE a.code = ANY(${[...codes]}::text[])`;
  return new Map(rows.map((row) => [row.code, row]));
}

/** What an account may spend now: posted less held; 0 where it was never used. */
export async function availableMinor(db: Db, code: string): Promise<bigint> {
  const balance = (await balancesOf(db, [code])).get(code);
  return balance ? balance.postedMinor - balance.heldMinor : 0n;
}

/** An account with something on it, as a run pages through them. */
export interface OwedAccount {
  readonly accountId: bigint;
  readonly ownerId: string;
}

/** Accounts of a kind in a currency that are owed something, in the order of their ids, after an id. */
export async function owedAccounts(
  db: Db,
  page: { kind: string; currency: string; afterId: bigint; limit: number },
): Promise<OwedAccount[]> {
  return db.$queryRaw<OwedAccount[]>`
    SELECT a.id AS "accountId", a.owner_id AS "ownerId"
    FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id
    WHERE a.kind = ${page.kind} AND a.currency = ${page.currency} AND a.id > ${page.afterId}
      AND a.owner_id IS NOT NULL AND b.credits_posted > b.debits_posted
    ORDER BY a.id LIMIT ${page.limit}`;
}

/** The currencies in which accounts of a kind were opened, in their order. */
export async function currenciesOfKind(db: Db, kind: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ code: string }[]>`
    SELECT c.code FROM ledger.currency c
    WHERE EXISTS (SELECT 1 FROM ledger.account a WHERE a.kind = ${kind} AND a.currency = c.code) ORDER BY c.code`;
  return rows.map(({ code }) => code);
}

/** All accounts of an owner. */
export async function balancesOfOwner(db: Db, ownerId: string): Promise<Balance[]> {
  const codes = await db.$queryRaw<
    { code: string }[]
  >`SELECT code FROM ledger.account WHERE owner_id = ${ownerId}::uuid ORDER BY code`;
  return [
    ...(
      await balancesOf(
        db,
        codes.map(({ code }) => code),
      )
    ).values(),
  ];
}

import { canonicalJson } from '@tallystick/domain';
import { hashOf } from '../../platform/crypto/digest';
import { databaseErrorOf } from '../../platform/errors/database-refusals';
import { Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import type { Tx } from '../../platform/prisma/transaction';

/** The accounts of the book; the middle part of a code is the owner. */
export const accountCode = {
  labPrepaid: (labId: string, currency: string) => `lab_prepaid:${labId}:${currency}`,
  workReserve: (labId: string, currency: string) => `work_reserve:${labId}:${currency}`,
  expertPayable: (expertId: string, currency: string) => `expert_payable:${expertId}:${currency}`,
  platformFee: (currency: string) => `platform_fee:platform:${currency}`,
  railAvailable: (currency: string) => `rail_available:platform:${currency}`,
};

/** One line: from which account to which, minor units; or the end of a hold. */
export type LedgerLine =
  | {
      readonly phase: 'S' | 'P';
      readonly debit: string;
      readonly credit: string;
      readonly currency: string;
      readonly amountMinor: bigint;
    }
  | { readonly phase: 'C' | 'V'; readonly pendingId: bigint };

/** One business fact to be posted once. */
export interface LedgerFact {
  readonly key: string;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reversesId?: string;
  readonly lines: readonly LedgerLine[];
}

export interface Posted {
  readonly id: string;
  readonly isNew: boolean;
  readonly postings: bigint[];
}

/**
 * Posts one fact through the one posting function. Lines of nothing are left out.
 * Refuses with INSUFFICIENT_BALANCE where an account would fall below its floor.
 */
export async function post(tx: Tx, fact: LedgerFact): Promise<Posted> {
  const [posted] = await postAll(tx, [fact]);
  if (!posted) throw new Error('the ledger gave no answer');
  return posted;
}

/** Posts facts in one call, all or none; the answers come in their order. Refuses as `post` does. */
export async function postAll(tx: Tx, facts: readonly LedgerFact[]): Promise<Posted[]> {
  if (facts.length === 0) return [];
  const requests = facts.map((fact) => requestOf(tx, fact));
  try {
    const [row] = await tx.db.$queryRaw<{ result: { id: string; isNew: boolean; postings: number[] }[] }[]>`
      SELECT ledger.post(${canonicalJson(requests)}::jsonb) AS result`;
    if (row?.result.length !== facts.length) throw new Error('the ledger gave no answer');
    return row.result.map(({ id, isNew, postings }) => ({ id, isNew, postings: postings.map(BigInt) }));
  } catch (error) {
    if (databaseErrorOf(error)?.constraint === 'available_above_floor') throw new InsufficientBalance();
    throw error;
  }
}

function requestOf(tx: Tx, fact: LedgerFact) {
  const lines = fact.lines.filter((line) => !('amountMinor' in line) || line.amountMinor > 0n);
  return {
    id: tx.newId(),
    key: fact.key,
    hash: hashOf({ kind: fact.kind, subjectId: fact.subjectId, reversesId: fact.reversesId ?? null, lines }),
    kind: fact.kind,
    subjectType: fact.subjectType,
    subjectId: fact.subjectId,
    reversesId: fact.reversesId ?? null,
    effectiveAt: tx.now,
    actor: tx.actor.kind === 'PERSON' ? tx.actor.accountId : tx.actor.kind.toLowerCase(),
    lines: lines.map((line) =>
      line.phase === 'S' || line.phase === 'P' ? { ...line, amount: line.amountMinor } : line,
    ),
  };
}

/** Posts one fact, or gives undefined where a balance does not cover it; the transaction goes on either way. */
export async function tryPost(tx: Tx, fact: LedgerFact): Promise<Posted | undefined> {
  await tx.db.$executeRaw`SAVEPOINT try_post`;
  try {
    const posted = await post(tx, fact);
    await tx.db.$executeRaw`RELEASE SAVEPOINT try_post`;
    return posted;
  } catch (error) {
    if (!(error instanceof InsufficientBalance)) throw error;
    await tx.db.$executeRaw`ROLLBACK TO SAVEPOINT try_post`;
    return undefined;
  }
}

/** An account would fall below its floor. The transaction is lost: it must end. */
export class InsufficientBalance extends Refused {
  constructor() {
    super('INSUFFICIENT_BALANCE', 'The balance does not cover this. Add funds, then try again.');
  }
}

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

import { canonicalJson, type JournalLine } from '@tallystick/domain';
import { hashOf } from '../../platform/crypto/digest';
import { databaseErrorOf } from '../../platform/errors/database-refusals';
import { Refused } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';

/** One business fact to be posted once. */
export interface LedgerFact {
  readonly key: string;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reversesId?: string;
  readonly lines: readonly JournalLine[];
}

export interface Posted {
  readonly id: string;
  readonly isNew: boolean;
  /** Ids of the postings, in the order of the lines. */
  readonly postings: bigint[];
}

/** Posts one fact. Lines of nothing are left out. Refuses as postAll. */
export async function post(tx: Tx, fact: LedgerFact): Promise<Posted> {
  const [posted] = await postAll(tx, [fact]);
  if (!posted) throw new Error('the ledger gave no answer');
  return posted;
}

/**
 * Posts facts through the one posting function, all of them or none; the answers are in their order. A key that was
 * posted before with the same content gives the first result. Refuses with INSUFFICIENT_BALANCE where an account would
 * fall below its floor, CREDIT_LIMIT where one would rise above its ceiling, ALREADY_RESOLVED where a hold was resolved
 * before, ALREADY_REVERSED where a ledger transaction was; then the transaction is lost. Throws where a key was used
 * for something else.
 */
export async function postAll(tx: Tx, facts: readonly LedgerFact[]): Promise<Posted[]> {
  if (facts.length === 0) return [];
  try {
    const [row] = await tx.db.$queryRaw<{ result: { id: string; isNew: boolean; postings: number[] }[] }[]>`
      SELECT ledger.post(${canonicalJson(facts.map((fact) => requestOf(tx, fact)))}::jsonb) AS result`;
    if (!row) throw new Error('the ledger gave no answer');
    return row.result.map((posted) => ({ ...posted, postings: posted.postings.map(BigInt) }));
  } catch (error) {
    const refusal = REFUSALS[databaseErrorOf(error)?.constraint ?? ''];
    throw refusal ? refusal() : error;
  }
}

function requestOf(tx: Tx, fact: LedgerFact) {
  const { key, kind, subjectType, subjectId } = fact;
  const reversesId = fact.reversesId ?? null;
  const lines = fact.lines.filter((line) => !('amountMinor' in line) || line.amountMinor > 0n);
  return {
    id: tx.newId(),
    key,
    hash: hashOf({ kind, subjectId, reversesId, lines }),
    kind,
    subjectType,
    subjectId,
    reversesId,
    effectiveAt: tx.now,
    actor: tx.actor.kind === 'PERSON' ? tx.actor.accountId : tx.actor.kind.toLowerCase(),
    lines: lines.map((line) => ('amountMinor' in line ? { ...line, amount: line.amountMinor } : line)),
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

/**
 * Takes a ledger transaction back: its moves the other way round, line by line. Holds are not moves and stay as they
 * are. Refuses as postAll.
 */
export async function reverse(
  tx: Tx,
  reversal: Omit<LedgerFact, 'lines' | 'reversesId'> & { readonly reversesId: string },
): Promise<Posted> {
  const lines = await tx.db.$queryRaw<
    { debit: string; credit: string; currency: string; amountMinor: bigint }[]
  >`
    SELECT c.code AS debit, d.code AS credit, p.currency, p.amount AS "amountMinor"
    FROM ledger.posting p JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account
    WHERE p.transaction_id = ${reversal.reversesId}::uuid AND p.phase IN ('S', 'C') ORDER BY p.line`;
  return post(tx, { ...reversal, lines: lines.map((line) => ({ phase: 'S', ...line })) });
}

/** Sets how much a lab that pays later may owe, minor units, 0 or more; without it a lab may owe nothing by invoice. */
export async function setCeiling(tx: Tx, code: string, limitMinor: bigint): Promise<void> {
  try {
    await tx.db.$queryRaw`SELECT ledger.set_ceiling(${code}, ${limitMinor}::bigint)::text`;
  } catch (error) {
    if (databaseErrorOf(error)?.constraint === 'available_below_ceiling') throw new CreditLimit();
    throw error;
  }
}

/** Takes accounts without a running balance a step further. Returns how many. */
export async function rollUp(tx: Tx): Promise<number> {
  const [row] = await tx.db.$queryRaw<{ stepped: number }[]>`SELECT ledger.roll_up() AS stepped`;
  return row?.stepped ?? 0;
}

/** An account would fall below its floor. The transaction is lost: it must end. */
export class InsufficientBalance extends Refused {
  constructor() {
    super('INSUFFICIENT_BALANCE', 'The balance does not cover this. Add funds, then try again.');
  }
}

/** A lab would owe more than it may. The transaction is lost: it must end. */
export class CreditLimit extends Refused {
  constructor() {
    super('CREDIT_LIMIT', 'This would go above the credit limit. Pay an open invoice or add funds first.');
  }
}

const REFUSALS: Record<string, () => Refused> = {
  available_above_floor: () => new InsufficientBalance(),
  available_below_ceiling: () => new CreditLimit(),
  posting_resolves_once: () => new Refused('ALREADY_RESOLVED', 'This hold was resolved before.'),
  ledger_transaction_reversed_once: () => new Refused('ALREADY_REVERSED', 'This was taken back before.'),
};

import type { DatedBlock } from '@tallystick/domain';
import { isId } from '../../platform/ids/ids';
import type { Db, Prisma } from '../../platform/prisma/database';

export interface PayoutRecord {
  readonly id: string;
  readonly runId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly attempt: number;
  readonly blocks: DatedBlock[];
  /** The account that the rail was asked to pay; null before it is asked, and where the expert has had only one. */
  readonly railAccountId: string | null;
  readonly railTransferId: string | null;
  readonly railPayoutId: string | null;
  /** How often the rail was asked to send it on to a bank. */
  readonly bankAttempt: number;
  /** When the rail was asked to send it on and has not answered; null otherwise. */
  readonly bankAskedAt: Date | null;
  /** When the rail refused to send it on; null where it did not, or was asked again. */
  readonly bankRefusedAt: Date | null;
  /** The rail's number of the bank account to which it was sent last; null before that. */
  readonly railBankId: string | null;
  readonly failureReason: string | null;
  readonly createdAt: Date;
  readonly requestedAt: Date | null;
  readonly askedAt: Date | null;
  readonly promisedOn: Date | null;
  /** What the rail took for it, for every time it was sent, minor units of `railFeeCurrency`. */
  readonly railFeeMinor: bigint | null;
  /** The part of it that earlier sendings cost. */
  readonly pastRailFeeMinor: bigint;
  /** The bank's where it is not known. */
  readonly railFeeCurrency: string | null;
  readonly feeBorneBy: string;
  readonly exchangeRate: Prisma.Decimal | null;
  readonly bankAmountMinor: bigint | null;
  readonly bankCurrency: string | null;
  readonly transferredAt: Date | null;
  readonly paidAt: Date | null;
  readonly ledgerTransactionId: string | null;
  readonly version: number;
}

export interface PayoutFilter {
  readonly expertId?: string;
  readonly runId?: string;
  readonly state?: string;
  /** Only those that the rail refused to send on to a bank. */
  readonly isNotSentOn?: boolean;
}

/** States in which a payout carries money that was earned. */
export const SENT: readonly string[] = ['REQUESTED', 'UNKNOWN', 'IN_TRANSIT', 'PAID', 'RETURNED'];

const asRecord = (row: unknown) => row as PayoutRecord;

/** A payout by its id. */
export async function findPayout(db: Db, id: string): Promise<PayoutRecord | null> {
  const row = await db.payout.findUnique({ where: { id } });
  return row && asRecord(row);
}

/** Moves a payout on from the state and version that were seen. Returns false where somebody was faster. */
export async function movePayout(
  db: Db,
  seen: PayoutRecord,
  changes: {
    state: string;
    amountMinor?: bigint;
    blocks?: DatedBlock[];
    attempt?: number;
    runId?: string;
    requestedAt?: Date;
    transferredAt?: Date;
    paidAt?: Date | null;
    railTransferId?: string;
    railPayoutId?: string;
    bankAttempt?: number;
    bankAskedAt?: Date | null;
    bankRefusedAt?: Date | null;
    railBankId?: string;
    railFeeMinor?: bigint;
    pastRailFeeMinor?: bigint;
    railFeeCurrency?: string;
    exchangeRate?: number;
    bankAmountMinor?: bigint;
    bankCurrency?: string;
    failureReason?: string | null;
    ledgerTransactionId?: string;
  },
): Promise<boolean> {
  const { blocks, ...rest } = changes;
  const { count } = await db.payout.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: {
      ...rest,
      ...(blocks && { blocks: blocks as unknown as Prisma.InputJsonValue }),
      version: { increment: 1 },
    },
  });
  return count === 1;
}

/** Payouts that the rail was asked for and whose answer is not kept, oldest first. */
export async function listUnanswered(db: Db, limit: number): Promise<PayoutRecord[]> {
  const rows = await db.payout.findMany({
    where: { state: { in: ['REQUESTED', 'UNKNOWN'] } },
    orderBy: { requestedAt: 'asc' },
    take: limit,
  });
  return rows.map(asRecord);
}

/** Payouts on their way to a bank that the rail has a number for: their events may have been lost. */
export async function listInTransit(db: Db, before: Date, limit: number): Promise<PayoutRecord[]> {
  const rows = await db.payout.findMany({
    where: { state: 'IN_TRANSIT', railPayoutId: { not: null }, transferredAt: { lt: before } },
    orderBy: { transferredAt: 'asc' },
    take: limit,
  });
  return rows.map(asRecord);
}

/** The rail's accounts to which payouts arrived since an instant. */
export async function accountsPaidSince(db: Db, since: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT coalesce(p.rail_account_id, a.rail_account_id) AS id
    FROM payout p JOIN payout_account a ON a.expert_id = p.expert_id WHERE p.state = 'PAID' AND p.paid_at >= ${since}`;
  return rows.map(({ id }) => id);
}

/** Those of the rail's payouts whose money we hold for paid. */
export async function heldForPaid(db: Db, railPayoutIds: readonly string[]): Promise<string[]> {
  const rows = await db.payout.findMany({
    where: { railPayoutId: { in: [...railPayoutIds] }, state: 'PAID' },
    distinct: ['railPayoutId'],
    select: { railPayoutId: true },
  });
  return rows.flatMap(({ railPayoutId }) => railPayoutId ?? []);
}

/** An expert's payout that a payout of the rail sends on: the one that it names, or that has its number. */
export async function findByRailPayout(
  db: Db,
  expertId: string,
  { id: railPayoutId, payoutId: id }: { readonly id: string; readonly payoutId: string | null },
): Promise<PayoutRecord | null> {
  const which = id !== null && isId(id) ? { id } : { railPayoutId };
  const row = await db.payout.findFirst({ where: { expertId, ...which } });
  return row && asRecord(row);
}

/** Payouts of an expert or of all, newest first, after a key of (createdAt, id). */
export async function listPayouts(
  db: Db,
  filter: PayoutFilter,
  limit: number,
  after?: readonly string[],
): Promise<PayoutRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ createdAt: { lt: new Date(at) } }, { createdAt: new Date(at), id: { lt: id } }] };
  const rows = await db.payout.findMany({
    where: { ...conditions(filter), ...older },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows.map(asRecord);
}

function conditions({ isNotSentOn, ...filter }: PayoutFilter): Prisma.PayoutWhereInput {
  return { ...filter, ...(isNotSentOn && { bankRefusedAt: { not: null } }) };
}

/** How many payouts a filter finds. */
export async function countPayouts(db: Db, filter: PayoutFilter): Promise<number> {
  return db.payout.count({ where: conditions(filter) });
}

/** Sums of an expert's payouts by currency and state, minor units. */
export async function sumPayouts(
  db: Db,
  expertId: string,
): Promise<{ currency: string; state: string; amountMinor: bigint }[]> {
  const rows = await db.payout.groupBy({
    by: ['currency', 'state'],
    where: { expertId },
    _sum: { amountMinor: true },
  });
  return rows.map(({ currency, state, _sum }) => ({ currency, state, amountMinor: _sum.amountMinor ?? 0n }));
}

/** Pay that left an expert's books in a currency before this payout, minor units: payouts take what was earned first. */
export async function sentBefore(db: Db, payout: PayoutRecord): Promise<bigint> {
  const { id, expertId, currency, requestedAt } = payout;
  const { _sum } = await db.payout.aggregate({
    _sum: { amountMinor: true },
    where: {
      expertId,
      currency,
      state: { in: [...SENT] },
      OR: [
        { requestedAt: { lt: requestedAt ?? undefined } },
        { requestedAt: requestedAt ?? undefined, id: { lt: id } },
      ],
    },
  });
  return _sum.amountMinor ?? 0n;
}

/** Those of the experts to whom money was sent before. */
export async function everPaid(db: Db, expertIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ expertId: string }[]>`
    SELECT e.id AS "expertId" FROM unnest(${[...expertIds]}::uuid[]) e (id)
    WHERE EXISTS (SELECT 1 FROM payout p WHERE p.expert_id = e.id AND p.transferred_at IS NOT NULL)`;
  return new Set(rows.map(({ expertId }) => expertId));
}

/** What the rail was asked for in a currency and has not answered, minor units: its balance still has it. */
export async function openMinorAtRail(db: Db, currency: string): Promise<bigint> {
  const [row] = await db.$queryRaw<{ minor: bigint | null }[]>`
    SELECT sum(amount_minor)::bigint AS minor FROM payout WHERE state IN ('REQUESTED', 'UNKNOWN') AND currency = ${currency}`;
  return row?.minor ?? 0n;
}

import type { Db, Prisma } from '../../platform/prisma/database';

/** What became of a payout on its way to a bank: the provider's fee, its rate of exchange, what it sent on. */
export interface BankSideRecord {
  readonly transferredAt: Date;
  readonly ledgerTransactionId: string;
  readonly state: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** What the provider took, minor units of `railFeeCurrency`; null where it told of no fee. */
  readonly railFeeMinor: bigint | null;
  readonly railFeeCurrency: string | null;
  /** PLATFORM or EXPERT. */
  readonly feeBorneBy: string;
  /** Units of the bank's currency for one of the payout's; null where nothing was exchanged. */
  readonly exchangeRate: Prisma.Decimal | null;
  readonly bankAmountMinor: bigint;
  readonly bankCurrency: string;
}

/** Of an expert's payouts that left in a period those of which the rail has told what it sent on, in that order. */
export async function bankSides(
  db: Db,
  expertId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<BankSideRecord[]> {
  const rows = await db.payout.findMany({
    where: {
      expertId,
      transferredAt: { gte: from, lt: to },
      bankAmountMinor: { not: null },
      bankCurrency: { not: null },
      ledgerTransactionId: { not: null },
    },
    orderBy: [{ transferredAt: 'asc' }, { id: 'asc' }],
    select: {
      ...{ transferredAt: true, ledgerTransactionId: true, state: true, currency: true, amountMinor: true },
      ...{ railFeeMinor: true, railFeeCurrency: true, feeBorneBy: true },
      ...{ exchangeRate: true, bankAmountMinor: true, bankCurrency: true },
    },
  });
  return rows as BankSideRecord[];
}

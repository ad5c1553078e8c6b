import { Injectable } from '@nestjs/common';
import { booksCharge, netOf, type YearSums } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound, Refused } from '../../platform/errors/refused';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { sumCharges } from '../billing/billing.public';
import { ExpertQueries } from '../expert/expert.public';
import { movementsOwed, owedBefore, sentByYear, type Movement } from '../ledger/ledger.public';
import { returnsByYear, returnsUntil, type PayoutReturnRecord } from './payout-return.repository';
import { withReturnsOfYears } from './years-with-returns';

/** Two instants: from the first until before the second. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** What a period came to in one currency, minor units. before + earned + other + cameBack - paidOut = after. */
export interface PeriodSums {
  readonly currency: string;
  readonly beforeMinor: bigint;
  /** What labs paid for the lines of the period, and what of it the platform kept: price = earned + fee. */
  readonly priceMinor: bigint;
  readonly feeMinor: bigint;
  readonly earnedMinor: bigint;
  readonly paidOutMinor: bigint;
  readonly cameBackMinor: bigint;
  readonly otherMinor: bigint;
  /** Earned and not sent when the period ended. */
  readonly afterMinor: bigint;
}

export interface EarningsStatement {
  readonly expertName: string;
  readonly period: Period;
  readonly sums: readonly PeriodSums[];
  readonly movements: readonly Movement[];
  /** Every year, cash basis. */
  readonly years: readonly (YearSums & { readonly netMinor: bigint })[];
}

/** What moves at the bank while the books stay as they are. */
const CAME_BACK = 'payout-came-back';
export const SENT_AGAIN = 'payout-sent-again';
/** As many entries as one statement holds; a longer period is asked for in parts. */
const MOST_ENTRIES = 20_000;

/** An expert's earnings over a period, as the ledger has them. */
@Injectable()
export class EarningsStatementQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly experts: ExpertQueries,
  ) {}

  /** The statement of a period. Refuses with NOT_FOUND, DATES_BACKWARDS, PERIOD_TOO_LONG. */
  async statement(person: Person, period: Period): Promise<EarningsStatement> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('earnings');
    if (period.to <= period.from)
      throw new Refused('DATES_BACKWARDS', 'The last day must come after the first.', { field: 'to' });
    const [expert] = await this.experts.byIds(person, [expertId]);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const movements = await movementsOwed(db, expertId, period, MOST_ENTRIES + 1);
      if (movements.length > MOST_ENTRIES)
        throw new Refused(
          'PERIOD_TOO_LONG',
          'This period has too many lines for one statement. Choose a shorter one.',
          {
            field: 'to',
          },
        );
      const returns = await returnsUntil(db, expertId, period);
      const all = withReturns(movements, returns, period);
      const charged = new Map(
        (await sumCharges(db, { expertId, ...period })).map((each) => [each.currency, each]),
      );
      const sums = [...(await owedBefore(db, expertId, period.from))].map(([currency, owedMinor]) =>
        sumsOf(currency, owedMinor + backBefore(returns, currency, period), all, charged.get(currency)),
      );
      const years = withReturnsOfYears(
        await sentByYear(db, { expertId }, 1),
        await returnsByYear(db, { expertId }),
      );
      return {
        expertName: expert?.displayName ?? '',
        period,
        sums,
        movements: all,
        years: years.map((each) => ({ ...each, netMinor: netOf(each) })),
      };
    });
  }
}

type Returned = PayoutReturnRecord & { readonly ledgerTransactionId: string | null };

/** The ledger's movements with those at the bank: what came back is held again, until it is sent again. In the order of time. */
function withReturns(
  movements: readonly Movement[],
  returns: readonly Returned[],
  { from, to }: Period,
): Movement[] {
  const isIn = (at: Date | null): at is Date => at !== null && at >= from && at < to;
  const atBank = returns.flatMap(
    ({ currency, amountMinor, returnedAt, sentAgainAt, ledgerTransactionId }) => {
      const of = { id: 0n, currency, isRail: true, transactionId: ledgerTransactionId ?? '' };
      return [
        ...(isIn(returnedAt)
          ? [{ ...of, kind: CAME_BACK, at: returnedAt, inMinor: amountMinor, outMinor: 0n }]
          : []),
        ...(isIn(sentAgainAt)
          ? [{ ...of, kind: SENT_AGAIN, at: sentAgainAt, inMinor: 0n, outMinor: amountMinor }]
          : []),
      ];
    },
  );
  return [...movements, ...atBank].sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** What had come back before a period and was not sent again by then, minor units: it was held. */
function backBefore(returns: readonly Returned[], currency: string, { from }: Period): bigint {
  return returns
    .filter((each) => each.currency === currency && each.returnedAt < from)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function sumsOf(
  currency: string,
  beforeMinor: bigint,
  all: readonly Movement[],
  charged: { readonly priceMinor: bigint; readonly payMinor: bigint; readonly feeMinor: bigint } | undefined,
): PeriodSums {
  const own = all.filter((each) => each.currency === currency);
  const total = (pick: (each: Movement) => bigint) => own.reduce((sum, each) => sum + pick(each), 0n);
  const earnedMinor = total(({ kind, inMinor, outMinor }) => (booksCharge(kind) ? inMinor - outMinor : 0n));
  const paidOutMinor = total(({ isRail, outMinor }) => (isRail ? outMinor : 0n));
  const cameBackMinor = total(({ isRail, inMinor }) => (isRail ? inMinor : 0n));
  const afterMinor = beforeMinor + total(({ inMinor, outMinor }) => inMinor - outMinor);
  return {
    currency,
    beforeMinor,
    priceMinor: charged?.priceMinor ?? 0n,
    feeMinor: charged?.feeMinor ?? 0n,
    earnedMinor,
    paidOutMinor,
    cameBackMinor,
    otherMinor: afterMinor - beforeMinor - earnedMinor + paidOutMinor - cameBackMinor,
    afterMinor,
  };
}

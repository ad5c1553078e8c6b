import { Injectable } from '@nestjs/common';
import { booksCharge, netOf, type YearSums } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { mustRunForwards } from '../../platform/errors/filter';
import { notFound, Refused } from '../../platform/errors/refused';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { sumCharges } from '../billing/billing.public';
import { ExpertQueries } from '../expert/expert.public';
import { movementsOwed, owedBefore, sentByYear, type Movement } from '../ledger/ledger.public';
import {
  onItsWayNow,
  returnsByYear,
  returnsUntil,
  type OnItsWay,
  type PayoutReturnRecord,
} from './payout-return.repository';
import { bankSides, type BankSideRecord } from './bank-side.repository';
import { withReturnsOfYears } from './years-with-returns';

/** Two instants: from the first until before the second. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** What a period came to in one currency, minor units. before + earned + other + cameBack - paid - onItsWay = after. */
export interface PeriodSums {
  readonly currency: string;
  readonly beforeMinor: bigint;
  /** What labs paid for the lines of the period, and what of it the platform kept: price = earned + fee. */
  readonly priceMinor: bigint;
  readonly feeMinor: bigint;
  readonly earnedMinor: bigint;
  /** Sent in the period, and at the bank by now, or back from it. */
  readonly paidMinor: bigint;
  /** Sent in the period, and not at the bank by now, as far as the rail told. */
  readonly onItsWayMinor: bigint;
  readonly cameBackMinor: bigint;
  readonly otherMinor: bigint;
  /** Earned and not sent when the period ended. */
  readonly afterMinor: bigint;
}

/** A movement; of what was sent, whether it is on its way to the bank. */
export type ShownMovement = Movement & { readonly isOnItsWay: boolean };

/** A year: what was sent is paid or on its way. paid + onItsWay - reversed = net. */
export type ShownYear = YearSums & { readonly onItsWayMinor: bigint; readonly netMinor: bigint };

export interface EarningsStatement {
  readonly expertName: string;
  readonly period: Period;
  readonly sums: readonly PeriodSums[];
  readonly movements: readonly ShownMovement[];
  /** What became of the payouts of the period on their way to the bank. */
  readonly atBank: readonly BankSideRecord[];
  /** Every year, cash basis: what was sent counts on the day on which it was sent. */
  readonly years: readonly ShownYear[];
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
    mustRunForwards(period);
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
      const moving = await onItsWayNow(db, expertId);
      const all = withReturns(movements, returns, period).map((each) => ({
        ...each,
        isOnItsWay: isOnItsWay(each, moving),
      }));
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
        atBank: await bankSides(db, expertId, period),
        years: years.map((year) => shownYear(year, moving)),
      };
    });
  }
}

/** True of the sending of money that is on its way: that of a payout, or the last after it came back. */
function isOnItsWay(
  { kind, transactionId, at, isRail, outMinor }: Movement,
  moving: readonly OnItsWay[],
): boolean {
  const of = moving.find(({ ledgerTransactionId }) => ledgerTransactionId === transactionId);
  if (!of || !isRail || outMinor === 0n || of.isAgain !== (kind === SENT_AGAIN)) return false;
  return at.getTime() === of.sentAt.getTime();
}

function shownYear(year: YearSums, moving: readonly OnItsWay[]): ShownYear {
  const onItsWayMinor = moving
    .filter(({ currency, sentAt }) => currency === year.currency && sentAt.getUTCFullYear() === year.year)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return { ...year, paidMinor: year.paidMinor - onItsWayMinor, onItsWayMinor, netMinor: netOf(year) };
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
  all: readonly ShownMovement[],
  charged: { readonly priceMinor: bigint; readonly payMinor: bigint; readonly feeMinor: bigint } | undefined,
): PeriodSums {
  const own = all.filter((each) => each.currency === currency);
  const total = (pick: (each: ShownMovement) => bigint) => own.reduce((sum, each) => sum + pick(each), 0n);
  const earnedMinor = total(({ kind, inMinor, outMinor }) => (booksCharge(kind) ? inMinor - outMinor : 0n));
  const sent = (isMoving: boolean) =>
    total(({ isRail, isOnItsWay, outMinor }) => (isRail && isOnItsWay === isMoving ? outMinor : 0n));
  const [paidMinor, onItsWayMinor] = [sent(false), sent(true)];
  const cameBackMinor = total(({ isRail, inMinor }) => (isRail ? inMinor : 0n));
  const afterMinor = beforeMinor + total(({ inMinor, outMinor }) => inMinor - outMinor);
  return {
    currency,
    beforeMinor,
    priceMinor: charged?.priceMinor ?? 0n,
    feeMinor: charged?.feeMinor ?? 0n,
    earnedMinor,
    paidMinor,
    onItsWayMinor,
    cameBackMinor,
    otherMinor: afterMinor - beforeMinor - earnedMinor + paidMinor + onItsWayMinor - cameBackMinor,
    afterMinor,
  };
}

import { takeRateOf } from '@tallystick/domain';
import type { Connection } from '../../../platform/graphql/connection';
import { moneyOf } from '../../../platform/graphql/money.model';
import type { ContractCheckRecord } from '../contract-check.repository';
import type { HeadlineRecord } from '../headline.repository';
import type { MarginRecord } from '../margin.repository';
import type { OverrideRecord } from '../override.repository';
import type { PaidLineRecord, TimeToPaidRecord } from '../paid-line.repository';
import type { TakenBackRecord } from '../taken-back.repository';
import type { TakeRatePeriodRecord } from '../take-rate-period.repository';
import type { WaitingItemRecord, WaitingMoneyRecord } from '../waiting-money.repository';
import type {
  MoneyHeadline,
  Override,
  PaidLine,
  TakenBack,
  TimeToPaid,
  WaitingMoneyItem,
  WaitingMoney,
} from './money-audit.model';
import type { ContractCheck, Margin, TakeRatePeriod } from './money-view.model';

/** A page of records as GraphQL shows it. */
export function shown<Row, Node>(found: Connection<Row>, shape: (row: Row) => Node): Connection<Node> {
  return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: shape(node) })) };
}

/** A charged line beside its contract. */
export function contractCheckOf(row: ContractCheckRecord): ContractCheck {
  const money = (minor: bigint) => moneyOf(minor, row.currency);
  return {
    ...row,
    rate: money(row.rateMinorPerHour),
    agreed: money(row.agreedMinor),
    charged: money(row.chargedMinor),
    agreedDifference: money(row.chargedMinor - row.agreedMinor),
    feeAgreed: row.feeAgreedMinor === null ? null : money(row.feeAgreedMinor),
    feeTaken: money(row.feeTakenMinor),
    feeDifference: money(
      row.feeTakenMinor - (row.kind === 'REVERSAL' ? row.feeTakenMinor : (row.feeAgreedMinor ?? 0n)),
    ),
    pay: money(row.payMinor),
    payBooked: money(row.payBookedMinor),
  };
}

/** What was kept in a period. */
export function takeRatePeriodOf(row: TakeRatePeriodRecord): TakeRatePeriod {
  const money = (minor: bigint) => moneyOf(minor, row.currency);
  return {
    ...row,
    id: `${row.at.toISOString()}:${row.key}:${row.currency}`,
    price: money(row.priceMinor),
    agreed: money(row.agreedMinor),
    fee: money(row.feeMinor),
    takeRatePpm: takeRateOf(row.feeMinor, row.agreedMinor),
  };
}

/** What is left of a lab's month. */
export function marginOf(row: MarginRecord): Margin {
  const money = (minor: bigint) => moneyOf(minor, row.currency);
  const leftMinor = row.feeMinor - row.railInMinor - row.railOutMinor;
  return {
    ...row,
    id: `${row.month.toISOString()}:${row.labId ?? ''}:${row.currency}`,
    price: money(row.priceMinor),
    fee: money(row.feeMinor),
    railIn: money(row.railInMinor),
    railOut: money(row.railOutMinor),
    margin: money(leftMinor),
    marginPpm: row.priceMinor > 0n ? takeRateOf(leftMinor, row.priceMinor) : null,
  };
}

/** Waiting money of one kind and age. */
export function waitingMoneyOf(row: WaitingMoneyRecord): WaitingMoney {
  return {
    ...row,
    id: `${row.kind}:${row.currency}:${row.fromDays}`,
    amount: moneyOf(row.amountMinor, row.currency),
  };
}

/** One item that waits. */
export function waitingItemOf(row: WaitingItemRecord): WaitingMoneyItem {
  return { ...row, amount: moneyOf(row.amountMinor, row.currency) };
}

/** How long payment took in a period. */
export function timeToPaidOf(row: TimeToPaidRecord): TimeToPaid {
  return { ...row, id: `${row.at.toISOString()}:${row.currency}` };
}

/** A paid line. */
export function paidLineOf(row: PaidLineRecord): PaidLine {
  return { ...row, id: row.chargeId, pay: moneyOf(row.payMinor, row.currency) };
}

/** What was taken back of a charged line. */
export function takenBackOf({
  paidOutMinor,
  recoveredMinor,
  writtenOffMinor,
  ...row
}: TakenBackRecord): TakenBack {
  const money = (minor: bigint) => moneyOf(minor, row.currency);
  return {
    ...row,
    id: row.chargeId,
    price: money(row.priceMinor),
    pay: money(row.payMinor),
    fee: money(row.feeMinor),
    paidOut: money(paidOutMinor),
    recovered: money(recoveredMinor),
    writtenOff: money(writtenOffMinor),
    open: money(paidOutMinor - recoveredMinor - writtenOffMinor),
    owed: money(row.owedMinor),
    recoveredPpm: paidOutMinor === 0n ? null : Number((recoveredMinor * 1_000_000n) / paidOutMinor),
  };
}

/** An approval within so many seconds of its request was hardly read. */
const QUICK_SECONDS = 60;

/** What a person did by hand. */
export function overrideOf(row: OverrideRecord): Override {
  const { amountMinor, currency, secondsAfter } = row;
  return {
    ...row,
    id: row.id.toString(),
    amount: amountMinor === null || currency === null ? null : moneyOf(amountMinor, currency),
    isQuick: row.kind === 'APPROVED' && secondsAfter !== null && secondsAfter <= QUICK_SECONDS,
  };
}

/** A headline. */
export function headlineOf({ of, ppm, at, ...row }: HeadlineRecord): MoneyHeadline {
  return {
    ...row,
    of: of ?? null,
    ppm: ppm ?? null,
    at: at ?? null,
    amounts: row.amounts.map(({ minor, currency }) => moneyOf(minor, currency)),
  };
}

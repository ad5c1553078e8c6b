import type { DatedBlock } from '@tallystick/domain';
import { moneyOf } from '../../../platform/graphql/money.model';
import type { EarningsRecord } from '../payout.queries';
import type { PayoutRecord } from '../payout.repository';
import type { Earnings, Payout, PayoutBlock } from './payout.model';

/** A payout as its expert and staff see it. */
export function payoutOf({ amountMinor, currency, blocks, ...row }: PayoutRecord): Payout {
  const { railFeeMinor, railFeeCurrency, bankAmountMinor, bankCurrency, exchangeRate } = row;
  const atBank = (minor: bigint | null, code = bankCurrency ?? currency) =>
    minor === null ? null : moneyOf(minor, code);
  return {
    ...row,
    amount: moneyOf(amountMinor, currency),
    blocks: blocks.map(blockOf),
    railFee: atBank(railFeeMinor, railFeeCurrency ?? undefined),
    bankAmount: atBank(bankAmountMinor),
    exchangeRate: exchangeRate === null ? null : exchangeRate.toString(),
  };
}

/** Where money is, as its expert sees it. */
export function earningsOf({ currency, blocks, ...at }: EarningsRecord): Earnings {
  return {
    currency,
    earned: moneyOf(at.earnedMinor, currency),
    payable: moneyOf(at.openMinor, currency),
    heldBack: moneyOf(at.heldBackMinor, currency),
    blocks: blocks.map(blockOf),
    onItsWay: moneyOf(at.onItsWayMinor, currency),
    paid: moneyOf(at.paidMinor, currency),
    returned: moneyOf(at.returnedMinor, currency),
    owed: moneyOf(at.owedMinor, currency),
  };
}

function blockOf({ until, ...block }: DatedBlock): PayoutBlock {
  return { ...block, until: until === undefined ? null : new Date(until) };
}

import type { DatedBlock } from '@tallystick/domain';
import { moneyOf } from '../../../platform/graphql/money.model';
import type { EarningsRecord, PayoutShown } from '../payout.queries';
import type { Earnings, Payout, PayoutBlock } from './payout.model';

/** A payout as its expert and staff see it, and when the next run is. */
export function payoutOf({ amountMinor, currency, blocks, ...row }: PayoutShown, nextRunAt: Date): Payout {
  const { railFeeMinor, railFeeCurrency, bankAmountMinor, bankCurrency, exchangeRate } = row;
  const atBank = (minor: bigint | null, code = bankCurrency ?? currency) =>
    minor === null ? null : moneyOf(minor, code);
  return {
    ...row,
    amount: moneyOf(amountMinor, currency),
    blocks: blocks.map((block) => blockOf(block, row.createdAt, nextRunAt)),
    railFee: atBank(railFeeMinor, railFeeCurrency ?? undefined),
    bankAmount: atBank(bankAmountMinor),
    exchangeRate: exchangeRate?.toFixed() ?? null,
  };
}

/** Where money is, as its expert sees it, and when the next run is. */
export function earningsOf(
  { currency, blocks, heldSince, ...at }: EarningsRecord,
  nextRunAt: Date,
): Earnings {
  return {
    currency,
    earned: moneyOf(at.earnedMinor, currency),
    payable: moneyOf(at.payableMinor, currency),
    askable: moneyOf(at.askableMinor, currency),
    smallestPart: moneyOf(at.smallestPartMinor, currency),
    smallestOfRun: moneyOf(at.smallestOfRunMinor, currency),
    heldBack: moneyOf(at.heldBackMinor, currency),
    blocks: blocks.map((block) => blockOf(block, heldSince ?? nextRunAt, nextRunAt)),
    onItsWay: moneyOf(at.onItsWayMinor, currency),
    paid: moneyOf(at.paidMinor, currency),
    returned: moneyOf(at.returnedMinor, currency),
    owed: moneyOf(at.owedMinor, currency),
    writtenOff: moneyOf(at.writtenOffMinor, currency),
  };
}

function blockOf({ until, since, ...block }: DatedBlock, heldSince: Date, nextRunAt: Date): PayoutBlock {
  // After other bank details come the hours of their cool-down: no run can be promised before.
  const isWaitNext = block.gate === 'RETURNED' || (block.gate === 'PAYOUT_ACCOUNT' && since !== undefined);
  const isRunNext = block.decidedBy === 'EXPERT' && !isWaitNext;
  return {
    ...block,
    isAsked: block.isAsked ?? null,
    wasAsked: block.wasAsked ?? null,
    since: since === undefined ? heldSince : new Date(since),
    runAt: isRunNext ? nextRunAt : null,
    until: until === undefined ? null : new Date(until),
  };
}

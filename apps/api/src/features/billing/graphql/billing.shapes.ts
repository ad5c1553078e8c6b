import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { ChargeRecord, FundingRecord } from '../billing.repository';
import type { Charge, Funding } from './billing.model';

/** A funding as its lab sees it. */
export function fundingOf(funding: FundingRecord): Funding {
  return { ...funding, amount: moneyOf(funding.amountMinor, funding.currency) };
}

/** A charge as both sides see it. */
export function chargeOf(charge: ChargeRecord): Charge {
  return {
    ...charge,
    rate: moneyOf(charge.rateMinorPerHour, charge.currency),
    tally: tallyOf(charge, charge.currency, charge.labFeePpm),
  };
}

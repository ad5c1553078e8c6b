import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { ChargeRecord, ChargeSum as Sum } from '../charge.repository';
import type { FundingRecord } from '../funding.repository';
import type { PolicyRecord } from '../policy.repository';
import type { RefundRecord } from '../refund.repository';
import type { ChargeArgs } from './billing.input';
import type { Charge, ChargeSum, Funding, LabRefund } from './billing.model';
import type { TakeRatePolicy } from './take-rate.model';

/** A funding as its lab sees it. */
export function fundingOf(funding: FundingRecord): Funding {
  return { ...funding, amount: moneyOf(funding.amountMinor, funding.currency) };
}

/** A refund as its lab sees it. */
export function refundOf(refund: RefundRecord): LabRefund {
  return { ...refund, amount: moneyOf(refund.amountMinor, refund.currency) };
}

/** A charge as both sides see it. */
export function chargeOf(charge: ChargeRecord): Charge {
  const { currency } = charge;
  return {
    ...charge,
    rate: moneyOf(charge.rateMinorPerHour, currency),
    agreed: moneyOf(charge.agreedMinor, currency),
    tally: tallyOf(charge, currency, charge.labFeePpm),
  };
}

/** A sum of charges as both sides see it. */
export function chargeSumOf({ priceMinor, payMinor, feeMinor, ...sum }: Sum): ChargeSum {
  const { currency } = sum;
  const [price, pay, fee] = [priceMinor, payMinor, feeMinor].map((minor) => moneyOf(minor, currency));
  return { ...sum, price, pay, fee } as ChargeSum;
}

/** A policy as auditors see it. */
export function policyOf(policy: PolicyRecord): TakeRatePolicy {
  return { ...policy, labId: policy.labId ?? null, effectiveTo: policy.effectiveTo ?? null };
}

/** The filter that arguments ask for; what is null is not asked for. */
export function chargeFilterOf(args: ChargeArgs): Partial<ChargeArgs> {
  const { engagementId, projectId, labId, expertId, from, to } = args;
  const given = { engagementId, projectId, labId, expertId, from, to };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}

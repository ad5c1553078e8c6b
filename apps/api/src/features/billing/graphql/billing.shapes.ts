import { hourOfLine, shownTakeRate, termsOf, termsWords, type TakeRateTerms } from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { ApprovalStanding } from '../../audit/audit.public';
import type { AssessmentRecord } from '../assessment.repository';
import type { ChargeRecord, ChargeSum as Sum } from '../charge.repository';
import type { FeeDriftRecord } from '../fee-drift.repository';
import { FIRST_FINDINGS, type TakeRateRunRecord } from '../drift.repository';
import type { FundingShown } from '../billing.queries';
import type { PolicyRecord } from '../policy.repository';
import type { RefundRecord } from '../refund.repository';
import type { ChargeArgs } from './billing.input';
import type { Charge, ChargeSum, Funding, LabRefund, WaitingRefund } from './billing.model';
import type { ListedFeeDrift, TakeRateRun } from './take-rate-run.model';
import type { FeeAssessment, TakeRatePolicy } from './take-rate.model';

/** A funding as its lab sees it. */
export function fundingOf(funding: FundingShown): Funding {
  const { amountMinor, currency, takenMinor, takenAt } = funding;
  return {
    ...funding,
    amount: moneyOf(amountMinor, currency),
    takenBackAt: takenAt ?? null,
    takenBack: takenMinor === undefined ? null : moneyOf(takenMinor, currency),
  };
}

/** A refund as its lab sees it. */
export function refundOf(refund: RefundRecord): LabRefund {
  return { ...refund, amount: moneyOf(refund.amountMinor, refund.currency) };
}

/** A refund that somebody looks at first, as its lab sees it. */
export function waitingRefundOf({
  id,
  amountMinor,
  currency,
  createdAt,
  expiresAt,
}: ApprovalStanding): WaitingRefund {
  const amount = moneyOf(amountMinor ?? 0n, currency ?? '');
  return { id, amount, askedAt: createdAt, lapsesAt: expiresAt };
}

/** A charge as both sides see it. */
export function chargeOf(charge: ChargeRecord): Charge {
  const { currency } = charge;
  const hour = hourOfLine(charge);
  return {
    ...charge,
    rate: moneyOf(charge.rateMinorPerHour, currency),
    agreed: moneyOf(charge.agreedMinor, currency),
    tally: tallyOf(charge, currency, shownTakeRate(charge, charge)),
    hour: hour ? tallyOf(hour, currency, shownTakeRate(charge, charge)) : null,
    takeRateWords: termsWords(termsOf(charge as TakeRateTerms)),
  };
}

/** One side's fee of a charge as both sides see it. */
export function assessmentOf(row: AssessmentRecord): FeeAssessment {
  const money = (minor: bigint) => moneyOf(minor, row.currency);
  const counter = (minor: bigint | null) => (minor === null ? null : money(minor));
  return {
    id: row.id,
    side: row.side,
    basis: money(row.basisMinor),
    computed: money(row.computedMinor),
    charged: money(row.chargedMinor),
    billedBefore: counter(row.billedBeforeMinor),
    billedAfter: counter(row.billedAfterMinor),
    monthBefore: counter(row.monthBeforeMinor),
    monthAfter: counter(row.monthAfterMinor),
    formulaVersion: row.formulaVersion,
  };
}

/** A recompute of all fees as auditors see it. */
export function runOf({ byClass, findings, ...run }: TakeRateRunRecord): TakeRateRun {
  const counts = Object.entries(byClass).map(([kind, count]) => ({ kind, count }));
  return { ...run, byClass: counts, findings: findings.slice(0, FIRST_FINDINGS) };
}

/** A finding of a recompute as auditors see it. */
export function driftShown({ runId, place, feeMinor, currency, ...row }: FeeDriftRecord): ListedFeeDrift {
  return { ...row, id: `${runId}:${place}`, fee: moneyOf(feeMinor, currency) };
}

/** A sum of charges as both sides see it. */
export function chargeSumOf({ priceMinor, payMinor, feeMinor, ...sum }: Sum): ChargeSum {
  const { currency } = sum;
  const [price, pay, fee] = [priceMinor, payMinor, feeMinor].map((minor) => moneyOf(minor, currency));
  return { ...sum, price, pay, fee } as ChargeSum;
}

/** A policy as auditors see it. */
export function policyOf(policy: PolicyRecord): TakeRatePolicy {
  return {
    ...policy,
    labId: policy.labId ?? null,
    projectId: policy.projectId ?? null,
    expertId: policy.expertId ?? null,
    effectiveTo: policy.effectiveTo ?? null,
    createdByName: policy.createdByName ?? null,
    words: termsWords(termsOf(policy)),
  };
}

/** The filter that arguments ask for; what is null is not asked for. */
export function chargeFilterOf(args: ChargeArgs): Partial<ChargeArgs> {
  const { engagementId, projectId, labId, expertId, from, to } = args;
  const given = { engagementId, projectId, labId, expertId, from, to };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}

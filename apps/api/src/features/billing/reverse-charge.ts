import {
  accountCode,
  CHARGE_BOOKED,
  chargeReversed,
  counterAssessment,
  FORMULA_VERSION,
  formatAmount,
  paidOutOwed,
  takenBackOf,
  weekOf,
  type Currency,
  type TakenBack,
} from '@tallystick/domain';
import { notFound, Refused } from '../../platform/errors/refused';
import type { Read, Tx } from '../../platform/prisma/transaction';
import { balancesOf, post } from '../ledger/ledger.public';
import { assessmentsOf, countBack, countMonthFee, insertAssessments } from './assessment.repository';
import { insertCharges, type ChargeRecord } from './charge.repository';
import { settleLostSoon } from './settle-lost';
import { findCharge, insertReversal, lockReversals, takenBackSums } from './reversal.repository';

/** What is to be taken back of which charge, and why. */
export interface ReversalWish {
  readonly chargeId: string;
  /** Agreed pay that goes back, minor units; all that is left of it where it is absent. */
  readonly agreedMinor?: bigint;
}

/** Who stands for it, and what of the expert's money is on its way to the bank already, minor units. */
export interface ReversalBy {
  readonly reason: string;
  readonly askedById: string;
  readonly approvalRequestId: string | null;
  readonly onItsWayMinor: bigint;
}

/** What a wish comes to. */
export interface WorkedReversal {
  readonly charge: ChargeRecord;
  readonly beforeMinor: bigint;
  readonly part: TakenBack;
}

/**
 * Works out what a wish comes to, at the rates frozen on the charge; nobody else takes anything back of it until the
 * transaction ends. Refuses with NOT_FOUND, ALREADY_REVERSED, AMOUNT_OUT_OF_BOUNDS, MORE_THAN_CHARGED.
 */
export async function workOutReversal(tx: Tx, wish: ReversalWish): Promise<WorkedReversal> {
  await lockReversals(tx.db, wish.chargeId);
  return reversalOf(tx, wish);
}

/** What would be taken back of a line, as it stands now; nothing is locked. Refuses as `workOutReversal`. */
export async function reversalOf(
  { db }: Pick<Read, 'db'>,
  { chargeId, agreedMinor }: ReversalWish,
): Promise<WorkedReversal> {
  const charge = await findCharge(db, chargeId);
  if (!charge || charge.kind === 'REVERSAL') throw notFound('charge');
  const beforeMinor = (await takenBackSums(db, [chargeId])).get(chargeId) ?? 0n;
  const leftMinor = charge.agreedMinor - beforeMinor;
  if (leftMinor <= 0n)
    throw new Refused('ALREADY_REVERSED', 'All of this line was taken back before. Nothing was changed.');
  const takenMinor = agreedMinor ?? leftMinor;
  if (takenMinor <= 0n)
    throw new Refused('AMOUNT_OUT_OF_BOUNDS', 'Write an amount above nothing.', { field: 'agreedMinor' });
  if (takenMinor > leftMinor) {
    const left = formatAmount({ minor: leftMinor, currency: charge.currency as Currency });
    throw new Refused(
      'MORE_THAN_CHARGED',
      `${left} of this line's agreed pay is left. Take back that or less.`,
      {
        field: 'agreedMinor',
      },
    );
  }
  return {
    charge,
    beforeMinor,
    part: takenBackOf({ ...charge, rounding: roundingOf(charge) }, beforeMinor, takenMinor),
  };
}

/**
 * Takes a charged line back, whole or in part, in one balanced ledger transaction: the lab has the price again, the
 * platform gives the fee back. What was paid out of it already is what the expert owes from then on; their balance is
 * never below nothing. Returns the new charge and what of its pay had been paid out.
 */
export async function reverseCharge(
  tx: Tx,
  worked: WorkedReversal,
  by: ReversalBy,
): Promise<{ charge: ChargeRecord; paidOutMinor: bigint }> {
  const { charge: line, part } = worked;
  const { labId, expertId, currency } = line;
  const id = tx.newId();
  const paidOutMinor = await carryOver(tx, id, line, part, by.onItsWayMinor);
  const posted = await post(tx, {
    key: `reversal:${id}`,
    kind: CHARGE_BOOKED.REVERSAL,
    subjectType: 'charge',
    subjectId: id,
    lines: chargeReversed({ labId, expertId, currency, ...part }),
  });
  const charge: ChargeRecord = {
    ...line,
    id,
    kind: 'REVERSAL',
    timeEntryId: null,
    timesheetId: null,
    bonusId: null,
    weekStart: weekOf(tx.now).startsAt,
    reversesChargeId: line.id,
    seconds: -part.seconds,
    agreedMinor: -part.agreedMinor,
    priceMinor: -part.priceMinor,
    payMinor: -part.payMinor,
    feeMinor: -part.feeMinor,
    ledgerTransactionId: posted.id,
    chargedAt: tx.now,
  };
  await insertCharges(tx.db, [charge]);
  await insertReversal(tx.db, {
    chargeId: id,
    labId,
    expertId,
    reason: by.reason,
    paidOutMinor,
    askedById: by.askedById,
    approvalRequestId: by.approvalRequestId,
    takenBackAt: tx.now,
  });
  await assessBack(tx, charge, worked);
  await settleLostSoon(tx, labId);
  const { agreedMinor, priceMinor, payMinor, feeMinor } = charge;
  const facts = {
    ...{ kind: 'REVERSAL', reversesChargeId: line.id, agreedMinor, priceMinor, payMinor, feeMinor, currency },
    ...{ paidOutMinor, ledgerTransactionId: posted.id, askedById: by.askedById },
    approvalRequestId: by.approvalRequestId,
  };
  const words = { reason: by.reason };
  tx.record({ subjectType: 'charge', subjectId: id, to: 'CHARGED', facts, words, labId, expertId });
  return { charge, paidOutMinor };
}

/** What the expert's balance does not cover, because it was paid out or is on its way, becomes what they owe. */
async function carryOver(
  tx: Tx,
  id: string,
  { expertId, currency }: ChargeRecord,
  { payMinor }: TakenBack,
  onItsWayMinor: bigint,
): Promise<bigint> {
  const code = accountCode.expertPayable(expertId, currency);
  const postedMinor = (await balancesOf(tx.db, [code])).get(code)?.postedMinor ?? 0n;
  const freeMinor = postedMinor > onItsWayMinor ? postedMinor - onItsWayMinor : 0n;
  if (freeMinor >= payMinor) return 0n;
  const amountMinor = payMinor - freeMinor;
  await post(tx, {
    key: `reversal:${id}:paid-out`,
    kind: 'reversal-carried',
    subjectType: 'charge',
    subjectId: id,
    lines: paidOutOwed({ expertId, currency, amountMinor }),
  });
  return amountMinor;
}

/** The counter-rows of both sides' assessments, and the counters that they step back. */
async function assessBack(
  tx: Tx,
  charge: ChargeRecord,
  { charge: line, beforeMinor, part }: WorkedReversal,
): Promise<void> {
  const { labId, expertId, currency, takeRatePolicyId } = line;
  const who = { labId, expertId, currency, takeRatePolicyId };
  const isSameMonth = monthOf(line.chargedAt) === monthOf(tx.now);
  const billedMinor = await countBack(tx.db, who, part.agreedMinor);
  const isCapped = line.feeParts?.lab?.monthlyCapMinor !== undefined && isSameMonth;
  const monthFeeMinor = isCapped
    ? (await countMonthFee(tx.db, who, tx.now, -part.labFeeMinor)) + part.labFeeMinor
    : null;
  const kept = await assessmentsOf(tx.db, [line.id]);
  const taken = { beforeMinor, takenMinor: part.agreedMinor };
  await insertAssessments(
    tx.db,
    kept.map((each) => ({
      ...counterAssessment(each, taken, { billedMinor, monthFeeMinor }, FORMULA_VERSION),
      id: tx.newId(),
      chargeId: charge.id,
      ...who,
      assessedAt: tx.now,
    })),
  );
}

function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

function roundingOf({ rounding }: ChargeRecord): 'HALF_EVEN' | 'HALF_UP' {
  return rounding === 'HALF_UP' ? 'HALF_UP' : 'HALF_EVEN';
}

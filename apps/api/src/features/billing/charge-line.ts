import {
  agreedPay,
  assessFees,
  feeAssessments,
  lineCharged,
  termsOf,
  type TakeRateTerms,
} from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { post } from '../ledger/ledger.public';
import { countLine, countMonthFee, insertAssessments } from './assessment.repository';
import { insertCharge } from './charge.repository';
import type { WeekHold } from './holds';

/** An approved line with everything that its charge is worked out from. */
export interface ApprovedLine {
  readonly timeEntryId: string;
  readonly timesheetId: string;
  readonly engagementId: string;
  readonly projectId: string;
  readonly expertId: string;
  readonly rateMinorPerHour: bigint;
  readonly seconds: number;
  readonly terms: TakeRateTerms;
  readonly takeRatePolicyId: string;
}

/** The week's hold as it stands before the line: which posting reserves how much; none where lines used it up. */
export interface StandingHold extends WeekHold {
  readonly postingId?: bigint;
  readonly heldMinor: bigint;
}

/**
 * Charges one approved line in one balanced ledger transaction: the week's hold is resolved, what is left of it is held
 * again, the expert earns the pay, the platform keeps the fee. price = pay + fee to the cent. Cents that rounding puts
 * above the hold come from what the lab has available; refuses with INSUFFICIENT_BALANCE where there is none.
 * Returns the price and the posting that now holds the rest (undefined where nothing is left).
 */
export async function chargeLine(
  tx: Tx,
  line: ApprovedLine,
  hold: StandingHold,
): Promise<{ priceMinor: bigint; restPostingId?: bigint }> {
  const id = tx.newId();
  const { labId, currency, postingId: holdPostingId, heldMinor } = hold;
  const { expertId, takeRatePolicyId, timeEntryId, terms, ...own } = line;
  const who = { labId, expertId, currency, takeRatePolicyId };
  const counted = await countLine(tx.db, who, terms, agreedPay(line), tx.now);
  const { labFee, expertFee, ...amounts } = assessFees(line, counted);
  const { payMinor, feeMinor, priceMinor } = amounts;
  const lines = lineCharged({ labId, expertId, currency, payMinor, feeMinor, holdPostingId, heldMinor });
  const key = `charge:${timeEntryId}`;
  // A line of nothing, with no hold to end, moves nothing: the book has no empty transactions.
  const moves = lines.some((each) => !('amountMinor' in each) || each.amountMinor > 0n);
  if (!moves) throw new Error('a line without a price needs the hold of its week');
  const posted = await post(tx, { key, kind: 'line-charged', subjectType: 'charge', subjectId: id, lines });
  const ledgerTransactionId = posted.id;
  await insertCharge(tx.db, {
    id,
    ...own,
    ...amounts,
    ...who,
    ...termsOf(terms),
    timeEntryId,
    ledgerTransactionId,
    chargedAt: tx.now,
  });
  const assessed = feeAssessments(line, counted, { ...amounts, labFee, expertFee });
  const kept = { chargeId: id, ...who, assessedAt: tx.now };
  await insertAssessments(
    tx.db,
    assessed.map((each) => ({ id: tx.newId(), ...kept, ...each })),
  );
  if (terms.feeParts?.lab?.monthlyCapMinor !== undefined)
    await countMonthFee(tx.db, who, tx.now, labFee.chargedMinor);
  tx.record({
    subjectType: 'charge',
    subjectId: id,
    to: 'CHARGED',
    facts: { timeEntryId, ...amounts, currency, takeRatePolicyId, ledgerTransactionId },
    labId,
    expertId,
  });
  return { priceMinor, restPostingId: heldMinor > priceMinor ? posted.postings.at(-1) : undefined };
}

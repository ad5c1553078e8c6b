import { assessLine, type TakeRateTerms } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { accountCode, post } from '../ledger/ledger.public';
import { insertCharge } from './billing.repository';
import { pendingLine, type WeekHold } from './holds';

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

/**
 * Charges one approved line in one balanced ledger transaction: the week's hold is resolved, what is left of it is held
 * again, the expert earns the pay, the platform keeps the fee. price = pay + fee to the cent.
 * Returns the price and the posting that now holds the rest (undefined where nothing is left).
 */
export async function chargeLine(
  tx: Tx,
  line: ApprovedLine,
  hold: WeekHold & { postingId: bigint; heldMinor: bigint },
): Promise<{ priceMinor: bigint; restPostingId?: bigint }> {
  const amounts = assessLine(line);
  const id = tx.newId();
  const { labId, currency } = hold;
  const from = accountCode.labPrepaid(labId, currency);
  const restMinor = hold.heldMinor - amounts.priceMinor;
  const posted = await post(tx, {
    key: `charge:${line.timeEntryId}`,
    kind: 'line-charged',
    subjectType: 'charge',
    subjectId: id,
    lines: [
      { phase: 'V', pendingId: hold.postingId },
      {
        phase: 'S',
        debit: from,
        credit: accountCode.expertPayable(line.expertId, currency),
        currency,
        amountMinor: amounts.payMinor,
      },
      {
        phase: 'S',
        debit: from,
        credit: accountCode.platformFee(currency),
        currency,
        amountMinor: amounts.feeMinor,
      },
      ...(restMinor > 0n ? [pendingLine(hold, restMinor)] : []),
    ],
  });
  const { labFeePpm, expertFeePpm, rounding } = line.terms;
  const { terms: _terms, ...own } = line;
  await insertCharge(tx.db, {
    id,
    ...own,
    ...amounts,
    labId,
    currency,
    labFeePpm,
    expertFeePpm,
    rounding,
    ledgerTransactionId: posted.id,
    chargedAt: tx.now,
  });
  tx.record({
    subjectType: 'charge',
    subjectId: id,
    to: 'CHARGED',
    facts: {
      timeEntryId: line.timeEntryId,
      ...amounts,
      currency,
      takeRatePolicyId: line.takeRatePolicyId,
      ledgerTransactionId: posted.id,
    },
    labId,
    expertId: line.expertId,
  });
  return {
    priceMinor: amounts.priceMinor,
    restPostingId: restMinor > 0n ? posted.postings.at(-1) : undefined,
  };
}

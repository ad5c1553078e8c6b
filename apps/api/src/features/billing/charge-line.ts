import {
  agreedPay,
  assessFees,
  bonusCharged,
  CHARGE_BOOKED,
  feeAssessments,
  lineCharged,
  termsOf,
  weekLeft,
  weekOf,
  type AssessedLine,
  type LineFacts,
  type SideAmounts,
} from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { post, postAll } from '../ledger/ledger.public';
import {
  countLine,
  countMonthFee,
  insertAssessments,
  type AssessmentRecord,
  type CountedFor,
} from './assessment.repository';
import { insertCharges, sumOfSheet, type ChargeRecord } from './charge.repository';
import type { WeekHold } from './holds';
import { settleOwed } from './settle-owed';

/** What a charge is for, and what its agreement says: everything that its amounts are worked out from. */
interface AgreedLine extends LineFacts {
  readonly engagementId: string;
  readonly projectId: string;
  readonly expertId: string;
  readonly takeRatePolicyId: string;
}

/** An approved line of time. */
export interface ApprovedLine extends AgreedLine {
  readonly timeEntryId: string;
  readonly timesheetId: string;
  /** Of the engagement's full week. */
  readonly weeklyCapSeconds: number;
}

/** A bonus of an engagement: agreed as a sum. */
export interface BonusLine extends AgreedLine {
  readonly bonusId: string;
  readonly labId: string;
  readonly currency: string;
  readonly seconds: 0;
  readonly sumMinor: bigint;
}

/** The week's hold as it stands before the line: which posting reserves how much; none where lines used it up. */
export interface StandingHold extends WeekHold {
  readonly postingId?: bigint;
  readonly heldMinor: bigint;
}

/** A line that is worked out and counted, with both sides' assessments. */
interface WorkedOut {
  readonly amounts: Pick<AssessedLine, 'agreedMinor' | 'payMinor' | 'feeMinor' | 'priceMinor'>;
  readonly assessments: readonly AssessmentRecord[];
}

/**
 * Charges one approved line in one balanced ledger transaction: the week's hold is resolved, what is left of it is held
 * again, the expert earns the pay, the platform keeps the fee, which over the lines of a week is never more than that of a full week.
 * price = pay + fee to the cent. Cents that rounding puts above the hold come from what the lab has available; refuses with INSUFFICIENT_BALANCE where there is none.
 * At most nettingPercent of the pay goes off what the expert owes.
 * Returns the price and the posting that now holds the rest (undefined where nothing is left).
 */
export async function chargeLine(
  tx: Tx,
  line: ApprovedLine,
  hold: StandingHold,
  nettingPercent: number,
): Promise<{ priceMinor: bigint; restPostingId?: bigint }> {
  const id = tx.newId();
  const { labId, currency, postingId: holdPostingId, heldMinor } = hold;
  const { expertId, timeEntryId, timesheetId } = line;
  const charged = await sumOfSheet(tx.db, timesheetId);
  const left = weekLeft({ ...line, seconds: line.weeklyCapSeconds }, charged);
  const worked = await workedOut(tx, id, line, { labId, currency }, left);
  const { payMinor, feeMinor, priceMinor } = worked.amounts;
  const lines = lineCharged({ labId, expertId, currency, payMinor, feeMinor, holdPostingId, heldMinor });
  // A line of nothing, with no hold to end, moves nothing: the book has no empty transactions.
  const moves = lines.some((each) => !('amountMinor' in each) || each.amountMinor > 0n);
  if (!moves) throw new Error('a line without a price needs the hold of its week');
  const key = `charge:${timeEntryId}`;
  const posted = await post(tx, {
    key,
    kind: CHARGE_BOOKED.TIME,
    subjectType: 'charge',
    subjectId: id,
    lines,
  });
  const own = { id, kind: 'TIME', timeEntryId, timesheetId, weekStart: null, bonusId: null } as const;
  await store(tx, [
    [
      recordOf(line, { ...own, ...worked.amounts, labId, currency, ledgerTransactionId: posted.id }, tx),
      worked,
    ],
  ]);
  await settleOwed(tx, { id, expertId, currency, payMinor }, nettingPercent);
  return { priceMinor, restPostingId: heldMinor > priceMinor ? posted.postings.at(-1) : undefined };
}

/**
 * Charges bonuses of one lab, all or none, each in a ledger transaction of its own: from what the lab has available, at
 * the take rate of its engagement. Refuses with INSUFFICIENT_BALANCE.
 */
export async function chargeBonuses(
  tx: Tx,
  bonuses: readonly BonusLine[],
  nettingPercent: number,
): Promise<void> {
  const worked: [string, BonusLine, WorkedOut][] = [];
  // One after the other: a later bonus of the same pair counts from where the earlier one left off.
  for (const bonus of bonuses) {
    const id = tx.newId();
    worked.push([id, bonus, await workedOut(tx, id, bonus, bonus)]);
  }
  const posted = await postAll(
    tx,
    worked.map(([id, { bonusId, labId, expertId, currency }, { amounts }]) => ({
      key: `bonus:${bonusId}`,
      kind: CHARGE_BOOKED.BONUS,
      subjectType: 'charge',
      subjectId: id,
      lines: bonusCharged({ labId, expertId, currency, ...amounts }),
    })),
  );
  const week = {
    kind: 'BONUS',
    timeEntryId: null,
    timesheetId: null,
    weekStart: weekOf(tx.now).startsAt,
  } as const;
  await store(
    tx,
    worked.map(([id, bonus, each], index) => {
      const { bonusId, labId, currency } = bonus;
      const ledgerTransactionId = posted[index]?.id ?? '';
      const own = { id, ...week, bonusId, labId, currency, ...each.amounts, ledgerTransactionId };
      return [recordOf(bonus, own, tx), each];
    }),
  );
  for (const [id, { expertId, currency }, { amounts }] of worked)
    await settleOwed(tx, { id, expertId, currency, payMinor: amounts.payMinor }, nettingPercent);
}

/** Works a line out with what was counted before it, and counts it. */
async function workedOut(
  tx: Tx,
  chargeId: string,
  line: AgreedLine,
  { labId, currency }: { readonly labId: string; readonly currency: string },
  left?: SideAmounts,
): Promise<WorkedOut> {
  const { expertId, takeRatePolicyId, terms } = line;
  const who: CountedFor = { labId, expertId, currency, takeRatePolicyId };
  const before = await countLine(tx.db, who, terms, agreedPay(line), tx.now);
  const counted = { ...before, weekLeft: left };
  const assessed = assessFees(line, counted);
  if (terms.feeParts?.lab?.monthlyCapMinor !== undefined)
    await countMonthFee(tx.db, who, tx.now, assessed.labFee.chargedMinor);
  const { agreedMinor, payMinor, feeMinor, priceMinor } = assessed;
  return {
    amounts: { agreedMinor, payMinor, feeMinor, priceMinor },
    assessments: feeAssessments(line, counted, assessed).map((each) => ({
      id: tx.newId(),
      chargeId,
      ...who,
      assessedAt: tx.now,
      ...each,
    })),
  };
}

type Own = Omit<
  ChargeRecord,
  | keyof LineFacts
  | keyof AgreedLine
  | 'chargedAt'
  | 'reversesChargeId'
  | 'labFeePpm'
  | 'expertFeePpm'
  | 'rounding'
>;

function recordOf(line: AgreedLine, own: Own, { now }: Tx): ChargeRecord {
  const { engagementId, projectId, expertId, takeRatePolicyId, rateMinorPerHour, seconds, terms } = line;
  const agreed = { engagementId, projectId, expertId, takeRatePolicyId, rateMinorPerHour, seconds };
  return { ...agreed, ...termsOf(terms), ...own, reversesChargeId: null, chargedAt: now };
}

/** Stores charges with their assessments, and notes each. */
async function store(tx: Tx, rows: readonly (readonly [ChargeRecord, WorkedOut])[]): Promise<void> {
  await insertCharges(
    tx.db,
    rows.map(([charge]) => charge),
  );
  await insertAssessments(
    tx.db,
    rows.flatMap(([, { assessments }]) => assessments),
  );
  for (const [{ id, kind, timeEntryId, bonusId, currency, labId, expertId, ...rest }, { amounts }] of rows)
    tx.record({
      subjectType: 'charge',
      subjectId: id,
      to: 'CHARGED',
      facts: {
        ...(kind === 'TIME' ? { timeEntryId } : { kind, bonusId }),
        ...amounts,
        currency,
        takeRatePolicyId: rest.takeRatePolicyId,
        ledgerTransactionId: rest.ledgerTransactionId,
      },
      labId,
      expertId,
    });
}

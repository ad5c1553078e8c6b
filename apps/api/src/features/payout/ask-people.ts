import {
  approvalsNeeded,
  formatAmount,
  nextBankDay,
  type Currency,
  type PayoutCalendar,
} from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { requestApproval } from '../audit/audit.public';
import { notify } from '../notification/notification.public';
import { sanctionsReason, SEND_PAYOUT, type Gated, type Gates } from './gates';
import type { SanctionedPlaceRecord } from './gate-facts.repository';
import { decisionPromised } from './payout-calendar';
import { insertHolds } from './payout-hold.repository';

const DAY_MS = 86_400_000;

/** Puts a hold on experts who are in a place on the list, so that it has an owner, a date and a person who decides. */
export async function holdWhatIsListed(
  tx: Tx,
  found: readonly { readonly expertId: string; readonly hitPlace?: SanctionedPlaceRecord }[],
): Promise<void> {
  const holds = found.flatMap(({ expertId, hitPlace }) => (hitPlace ? [{ expertId, hitPlace }] : []));
  if (holds.length === 0) return;
  const reviewOn = nextBankDay(tx.now, { holidays: new Set() });
  const rows = holds.map(({ expertId, hitPlace }) => ({
    id: tx.newId(),
    expertId,
    kind: 'SANCTIONS',
    place: hitPlace.place,
    reason: sanctionsReason(hitPlace),
    placedById: null,
    placedAt: tx.now,
    reviewOn,
  }));
  await insertHolds(tx.db, rows);
  for (const { id, expertId, place } of rows) {
    tx.record({
      subjectType: 'payout-hold',
      subjectId: id,
      to: 'STANDING',
      facts: { kind: 'SANCTIONS', place },
      expertId,
    });
  }
  await notify(
    tx,
    { staff: 'FINANCE' },
    {
      kind: 'PAYOUT_HELD',
      title: 'A payout is held by the list of sanctions',
      body: 'Somebody works or is paid in a place on the list. Nothing is sent before a person has decided.',
      link: '/admin/payouts',
    },
  );
}

/** True where a person of staff is asked now: about nothing yet, or about another amount than before. */
export function isAskedNow(passage: Gated, now: Date): boolean {
  const { approval, askedMinor } = passage;
  const isAskedAlready =
    approval?.state === 'PENDING' && approval.payload.amountMinor === askedMinor.toString();
  return !isAskedAlready && isToBeAsked(passage, now);
}

/** True where nothing but a person's approval holds a payout, and none declined it within a day. */
function isToBeAsked({ closed, approval, railAccountId }: Gated, now: Date): boolean {
  const isHeldByPeople = closed.length > 0 && closed.every(({ gate }) => gate === 'FOUR_EYES');
  const isFreshlyDeclined =
    approval?.state === 'DECLINED' && now.getTime() - approval.createdAt.getTime() < DAY_MS;
  return railAccountId !== undefined && isHeldByPeople && !isFreshlyDeclined;
}

/**
 * Asks a person of staff to approve a payout that nothing else holds; once for the same amount. What was declined is
 * asked for again a day later: nobody's pay ends in a silence.
 */
export async function askForFourEyes(
  tx: Tx,
  wish: {
    readonly currency: Currency;
    readonly calendar: PayoutCalendar;
    readonly requestedById: string | null;
    readonly gates: Gates;
  },
  about: { readonly payoutId: string; readonly expertId: string; readonly passage: Gated },
): Promise<void> {
  const { passage, payoutId, expertId } = about;
  const { railAccountId, askedMinor } = passage;
  if (railAccountId === undefined || !isAskedNow(passage, tx.now)) return;
  const { currency, calendar, requestedById, gates } = wish;
  const limitMinor = gates.approvalAboveMinor(currency);
  await requestApproval(tx, {
    action: SEND_PAYOUT,
    subjectType: 'payout',
    subjectId: payoutId,
    summary: `Pay ${formatAmount({ minor: askedMinor, currency })} to an expert.`,
    payload: { payoutId, expertId, amountMinor: askedMinor.toString(), currency, railAccountId },
    reason:
      limitMinor === 0n
        ? `Each payout in ${currency} needs it: no limit is set for that currency.`
        : `It is above ${formatAmount({ minor: limitMinor, currency })}.`,
    requestedById,
    expertId,
    amount: { minor: askedMinor, currency },
    approvalsNeeded: approvalsNeeded(askedMinor, limitMinor) === 2 ? 2 : 1,
    promisedBy: decisionPromised(tx.now, calendar),
  });
}

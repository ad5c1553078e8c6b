import { formatAmount, isLastingReturn, move, payoutMachine, type Currency } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { notify } from '../notification/notification.public';
import type { RailPayout } from '../rail/rail.public';
import { findAccountByRail, restrictAccounts } from './payout-account.repository';
import { endReturn, insertReturn } from './payout-return.repository';
import { movePayout, type PayoutRecord } from './payout.repository';

/**
 * Moves a payout on as its payout at the rail is, be that told by the answer to our asking or by an event; whoever is
 * first. Where its bank will never take it, nothing more goes to the account before it has other bank details.
 * @param railAccountId the account at the rail from which it goes to the bank
 */
export async function advancePayout(
  tx: Tx,
  payout: PayoutRecord,
  rail: RailPayout,
  { railAccountId, coolDownHours }: { readonly railAccountId: string; readonly coolDownHours: number },
): Promise<void> {
  if (rail.state !== 'FAILED') return void (await advance(tx, payout, rail, ''));
  const { failureCode, bankId } = rail;
  const isLasting = failureCode !== null && isLastingReturn(failureCode);
  const hasOther = await hasOtherBank(tx, railAccountId, bankId);
  const words = returnWords(coolDownHours);
  const nowWhat = hasOther ? words.sentOn : isLasting ? words.setOther : words.lookAt;
  const state = await advance(tx, payout, rail, nowWhat);
  if (state === 'RETURNED' && isLasting && !hasOther) await restrict(tx, railAccountId, failureCode);
}

/** What the rail took and gave for one payout, the time that it was sent with this payout of the rail. */
type BankSide = Pick<
  Parameters<typeof movePayout>[2],
  'railFeeMinor' | 'railFeeCurrency' | 'exchangeRate' | 'bankAmountMinor' | 'bankCurrency'
>;

function bankSideOf({ amountMinor, currency, feeMinor, feeCurrency, exchangeRate }: RailPayout): BankSide {
  return {
    bankAmountMinor: amountMinor,
    bankCurrency: currency,
    ...(feeMinor !== null && { railFeeMinor: feeMinor, railFeeCurrency: feeCurrency ?? currency }),
    ...(exchangeRate !== null && { exchangeRate }),
  };
}

/** Moves a payout on as the rail says. Returns the state that it has come to; undefined where it is where it was. */
async function advance(
  tx: Tx,
  payout: PayoutRecord,
  rail: RailPayout,
  nowWhat: string,
): Promise<string | undefined> {
  const { id: railPayoutId, state: railState } = rail;
  const bankSide = bankSideOf(rail);
  const isOther = payout.railPayoutId !== null && payout.railPayoutId !== railPayoutId;
  if (railState === 'IN_TRANSIT' && payout.state === 'IN_TRANSIT') {
    // Its number is kept, so that it can be looked at even where its later events are lost.
    if (payout.railPayoutId !== null) return undefined;
    await keep(tx, payout, { state: payout.state, railPayoutId, ...ANSWERED, ...bankSide });
    recordSent(tx, payout, rail, feesOf({ ...payout, ...bankSide }));
    return undefined;
  }
  if (isOld(payout.state, railState, isOther)) return undefined;
  const moved = move(payoutMachine, payout.state, MOVES[railState]);
  if (!moved.ok) return undefined;
  const reason = rail.failureReason ?? 'The bank returned the money.';
  const withFees = withPastFees(payout, bankSide, isOther);
  await keep(tx, payout, {
    ...{ state: moved.value, railPayoutId, ...ANSWERED, ...withFees },
    ...(railState === 'PAID' && { paidAt: tx.now, failureReason: null }),
    ...(railState === 'IN_TRANSIT' && { failureReason: null }),
    ...(railState === 'FAILED' && { failureReason: reason, paidAt: null }),
  });
  const { id: subjectId, state: from, expertId } = payout;
  const fees = feesOf({ ...payout, ...withFees });
  if (railPayoutId !== payout.railPayoutId) recordSent(tx, payout, rail, fees);
  await keepReturn(tx, payout, moved.value, rail.bankId);
  const facts = { railPayoutId, ...fees };
  tx.record({ subjectType: 'payout', subjectId, from, to: moved.value, facts, expertId });
  if (railState === 'PAID') await tellPaid(tx, payout);
  else if (railState === 'FAILED') await tellReturned(tx, payout, `${reason} ${nowWhat}`);
  // What was paid is on its way again: it came back, though nobody told.
  else if (payout.state === 'PAID') await tellReturned(tx, payout, SENT_ALREADY);
  return moved.value;
}

/** What the rail says of a payout answers our asking for it. */
const ANSWERED = { bankAskedAt: null, bankRefusedAt: null };

/** What the rail took for a payout, as the journal keeps it: the fees of all its sendings together, and of those before the last. */
type Fees = Pick<PayoutRecord, 'railFeeMinor' | 'railFeeCurrency' | 'pastRailFeeMinor'>;

function feesOf({ railFeeMinor, railFeeCurrency, pastRailFeeMinor }: Fees): Fees {
  return { railFeeMinor, railFeeCurrency, pastRailFeeMinor };
}

/** Appends to the journal to which bank account a payout was sent, by the rail's numbers, at which rate it was exchanged, and what was taken for it. */
function recordSent(tx: Tx, payout: PayoutRecord, rail: RailPayout, fees: Fees): void {
  const { id: railPayoutId, bankId: railBankId, amountMinor: bankAmountMinor, currency: bankCurrency } = rail;
  const { id: subjectId, state: from, expertId, bankAttempt } = payout;
  const exchangeRate = rail.exchangeRate?.toString() ?? null;
  const sent = { railPayoutId, railBankId, bankAttempt, bankAmountMinor, bankCurrency, exchangeRate };
  const facts = { ...sent, ...fees };
  tx.record({ subjectType: 'payout', subjectId, from, to: 'SENT_TO_BANK', facts, expertId });
}

/** What was sent before cost a fee of its own: it is added to what this sending costs. */
function withPastFees(payout: PayoutRecord, bankSide: BankSide, isOther: boolean) {
  const pastRailFeeMinor = isOther ? (payout.railFeeMinor ?? 0n) : payout.pastRailFeeMinor;
  const { railFeeMinor } = bankSide;
  return {
    ...bankSide,
    pastRailFeeMinor,
    ...(railFeeMinor !== undefined && { railFeeMinor: pastRailFeeMinor + railFeeMinor }),
  };
}

/**
 * What came back, or was paid, moves on only with another payout of the rail, which sends it again; that it comes back
 * only the newest can say.
 */
function isOld(state: string, railState: RailPayout['state'], isOther: boolean): boolean {
  if (railState === 'FAILED') return isOther || state === 'RETURNED';
  return !isOther && (state === 'RETURNED' || state === 'PAID');
}

/** Keeps that money came back, or that what came back is at a bank or on its way there again. */
async function keepReturn(
  tx: Tx,
  payout: PayoutRecord,
  state: string,
  railBankId: string | null,
): Promise<void> {
  const { id: payoutId, expertId, currency, amountMinor } = payout;
  if (state === 'RETURNED')
    await insertReturn(tx.db, {
      id: tx.newId(),
      ...{ payoutId, expertId, currency, amountMinor, returnedAt: tx.now, railBankId },
    });
  else if (payout.state === 'RETURNED') await endReturn(tx.db, payoutId, tx.now);
}

/** What a state of the rail's payout does to ours. */
const MOVES = { IN_TRANSIT: 'SENT_AGAIN', PAID: 'PAID', FAILED: 'BANK_RETURNED' } as const;

/** True where its owner has set another bank account than the one to which a payout went: what that bank says is past. */
async function hasOtherBank(tx: Tx, railAccountId: string, bankId: string | null): Promise<boolean> {
  const newest = (await findAccountByRail(tx.db, railAccountId))?.railBankId ?? null;
  return newest !== null && bankId !== null && newest !== bankId;
}

/** No payout goes to this account before it has other bank details; the notice of the returned payout says so. */
async function restrict(tx: Tx, railAccountId: string, failureCode: string): Promise<void> {
  for (const expertId of await restrictAccounts(tx.db, [railAccountId], tx.now)) {
    const subject = { subjectType: 'payout-account', subjectId: expertId, expertId };
    tx.record({ ...subject, to: 'RESTRICTED', facts: { failureCode } });
  }
}

async function keep(tx: Tx, payout: PayoutRecord, changes: Parameters<typeof movePayout>[2]): Promise<void> {
  if (!(await movePayout(tx.db, payout, changes))) throw new Error('the payout moved meanwhile');
}

const WAS_PAID = 'We told you that it was paid; the bank has sent it back since. ';
const SENT_ALREADY = 'It was sent again and is on its way to your bank account.';

/** What an expert reads of money that came back, by what there is to do; hours that it waits after other bank details. */
function returnWords(hours: number) {
  return {
    lookAt: `It is safe in your payout account; look whether your bank details there are right. It waits ${hours} hours before it is sent again.`,
    setOther: `It is safe in your payout account, with whatever else was under way to this bank account. Give the payment provider other bank details: it is sent again ${hours} hours after that, so that nobody else can send it away. Until then nothing more is sent there.`,
    sentOn: `Another bank account has been set in your payout account since; it is sent there ${hours} hours after it was set.`,
  };
}

async function tellPaid(tx: Tx, payout: PayoutRecord): Promise<void> {
  const wasReturned = payout.state === 'PAID' || payout.state === 'RETURNED';
  await notify(
    tx,
    { expertId: payout.expertId },
    {
      kind: 'PAID',
      title: `${amountOf(payout)} was paid`,
      body: wasReturned
        ? 'It came back from your bank, was sent again, and is in your bank account now.'
        : 'It is in your bank account.',
      link: '/expert/earnings',
    },
  );
}

async function tellReturned(tx: Tx, payout: PayoutRecord, words: string): Promise<void> {
  await notify(
    tx,
    { expertId: payout.expertId },
    {
      kind: 'PAYOUT_RETURNED',
      title: `${amountOf(payout)} came back from your bank`,
      body: `${payout.state === 'PAID' ? WAS_PAID : ''}${words}`,
      link: '/expert/bank-details',
    },
  );
}

function amountOf({ amountMinor: minor, currency }: PayoutRecord): string {
  return formatAmount({ minor, currency: currency as Currency });
}

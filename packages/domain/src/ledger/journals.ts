import { accountCode, single, type Flow, type JournalLine } from './accounts';

/** A lab's money has arrived at the rail: the lab has it prepaid. */
export function fundingCleared(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { railAvailable, labPrepaid } = accountCode;
  return [single(railAvailable(fact.currency), labPrepaid(fact.labId, fact.currency), fact)];
}

/** A lab has money at once that it pays later: it owes what it has prepaid. */
export function invoiceIssued(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labInvoiced, labPrepaid } = accountCode;
  return [single(labInvoiced(fact.labId, fact.currency), labPrepaid(fact.labId, fact.currency), fact)];
}

/** What came in for an invoice is no longer owed: it goes against the invoice and not on top of what the lab has. */
export function invoicePaid(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labInvoiced, labPrepaid } = accountCode;
  return [single(labPrepaid(fact.labId, fact.currency), labInvoiced(fact.labId, fact.currency), fact)];
}

/** The price of a week is reserved from what a lab has prepaid. Nothing moves yet. */
export function weekHeld(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labId, currency, amountMinor } = fact;
  const debit = accountCode.labPrepaid(labId, currency);
  return [{ phase: 'P', debit, credit: accountCode.workReserve(labId, currency), currency, amountMinor }];
}

/** What a hold still reserves is given back. */
export function holdReleased(fact: { readonly holdPostingId: bigint }): JournalLine[] {
  return [{ phase: 'V', pendingId: fact.holdPostingId }];
}

/**
 * A hold is taken, or a part of it: then the rest stays held, under the posting of the second line. The part is not
 * larger than the hold.
 */
export function holdCaptured(fact: {
  readonly holdPostingId: bigint;
  readonly heldMinor: bigint;
  readonly amountMinor: bigint;
}): JournalLine[] {
  const { holdPostingId: pendingId, heldMinor, amountMinor } = fact;
  if (amountMinor >= heldMinor) return [{ phase: 'C', pendingId }];
  return [
    { phase: 'C', pendingId, amountMinor },
    { phase: 'R', pendingId, amountMinor: heldMinor - amountMinor },
  ];
}

/** An approved line and the hold that pays for it. */
export interface LineCharged {
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
  /** The hold of its week; absent where earlier lines used it up (cents of rounding). */
  readonly holdPostingId?: bigint;
  /** What the hold reserved before this line, minor units; 0 without one. */
  readonly heldMinor: bigint;
}

/**
 * An approved line: the hold ends, the expert earns the pay, the platform keeps the fee, what is left is held again.
 * price = pay + fee, so the two posted lines are the price. The new hold, where there is one, is the last line.
 */
export function lineCharged(fact: LineCharged): JournalLine[] {
  const { labId, expertId, currency, payMinor, feeMinor, heldMinor, holdPostingId } = fact;
  const from = accountCode.labPrepaid(labId, currency);
  const restMinor = heldMinor - payMinor - feeMinor;
  return [
    ...(holdPostingId === undefined ? [] : holdReleased({ holdPostingId })),
    single(from, accountCode.expertPayable(expertId, currency), { currency, amountMinor: payMinor }),
    single(from, accountCode.platformFee(currency), { currency, amountMinor: feeMinor }),
    ...(restMinor > 0n ? weekHeld({ labId, currency, amountMinor: restMinor }) : []),
  ];
}

/** A bonus: the expert earns the pay, the platform keeps the fee, from what the lab has available. */
export function bonusCharged(fact: Omit<LineCharged, 'holdPostingId' | 'heldMinor'>): JournalLine[] {
  return lineCharged({ ...fact, heldMinor: 0n });
}

/** A charged line, or a part of it, taken back. Minor units; price = pay + fee. */
export interface ChargeReversed {
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

/** The lab has the price again: the pay from what the expert is owed, the fee from what the platform kept. */
export function chargeReversed(fact: ChargeReversed): JournalLine[] {
  const { labId, expertId, currency, payMinor, feeMinor } = fact;
  const to = accountCode.labPrepaid(labId, currency);
  return [
    single(accountCode.expertPayable(expertId, currency), to, { currency, amountMinor: payMinor }),
    single(accountCode.platformFee(currency), to, { currency, amountMinor: feeMinor }),
  ];
}

/** What was paid out of a line that is taken back: the expert owes it, so that what they are owed covers the reversal. */
export function paidOutOwed(fact: Flow & { readonly expertId: string }): JournalLine[] {
  const { expertReceivable, expertPayable } = accountCode;
  const { expertId, currency } = fact;
  return [single(expertReceivable(expertId, currency), expertPayable(expertId, currency), fact)];
}

/** What an expert owes goes off what they have just earned. */
export function owedSettled(fact: Flow & { readonly expertId: string }): JournalLine[] {
  const { expertReceivable, expertPayable } = accountCode;
  const { expertId, currency } = fact;
  return [single(expertPayable(expertId, currency), expertReceivable(expertId, currency), fact)];
}

/** The platform bears what an expert owes: nothing more goes off what they earn. */
export function owedWrittenOff(fact: Flow & { readonly expertId: string }): JournalLine[] {
  const { reversalLoss, expertReceivable } = accountCode;
  const { expertId, currency } = fact;
  return [single(reversalLoss(currency), expertReceivable(expertId, currency), fact)];
}

/** The rail has taken a transfer to an expert: it is no longer owed. */
export function payoutTransferred(fact: Flow & { readonly expertId: string }): JournalLine[] {
  const { expertPayable, railAvailable } = accountCode;
  return [single(expertPayable(fact.expertId, fact.currency), railAvailable(fact.currency), fact)];
}

/** A lab wants money back: it can no longer be held, and is not gone yet. */
export function refundRequested(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labPrepaid, refundClearing } = accountCode;
  return [single(labPrepaid(fact.labId, fact.currency), refundClearing(fact.currency), fact)];
}

/** The rail has sent a refund. */
export function refundSent(fact: Flow): JournalLine[] {
  return [single(accountCode.refundClearing(fact.currency), accountCode.railAvailable(fact.currency), fact)];
}

/** The rail has refused a refund, or the lab has withdrawn it before it was sent: the lab has its money as before. */
export function refundRefused(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labPrepaid, refundClearing } = accountCode;
  return [single(refundClearing(fact.currency), labPrepaid(fact.labId, fact.currency), fact)];
}

/** A lab hires an expert directly: the platform keeps what the schedule says. */
export function conversionCharged(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labPrepaid, platformFee } = accountCode;
  return [single(labPrepaid(fact.labId, fact.currency), platformFee(fact.currency), fact)];
}

/** Fees of work after a direct hire was recorded come off what it cost. */
export function conversionCredited(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labPrepaid, platformFee } = accountCode;
  return [single(platformFee(fact.currency), labPrepaid(fact.labId, fact.currency), fact)];
}

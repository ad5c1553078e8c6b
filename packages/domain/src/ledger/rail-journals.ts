import { accountCode, single, type Flow, type JournalLine } from './accounts';
import { holdReleased, weekHeld } from './journals';

/** Money of a lab that has arrived at the rail. */
export interface FundingArrived extends Flow {
  readonly labId: string;
  /** What the rail keeps of it, minor units; the lab is credited with all of it. */
  readonly feeMinor: bigint;
  /** True where the rail has it available at once. */
  readonly isAvailable: boolean;
  /** True where the lab cannot spend it before the rail has it available. */
  readonly isHeld: boolean;
}

/** The lab has what it paid; the rail's fee is ours. Where it cannot be spent yet it is held: the last line. */
export function fundingArrived(fact: FundingArrived): JournalLine[] {
  const { labId, currency, feeMinor, isAvailable, isHeld } = fact;
  const { railAvailable, railPending, railFeeExpense, labPrepaid } = accountCode;
  const rail = isAvailable ? railAvailable(currency) : railPending(currency);
  return [
    single(rail, labPrepaid(labId, currency), fact),
    single(railFeeExpense(currency), rail, { currency, amountMinor: feeMinor }),
    ...(isHeld ? weekHeld(fact) : []),
  ];
}

/** The rail has money available that had arrived: net of its fee. What kept the lab from spending it ends. */
export function fundingAvailable(fact: {
  readonly currency: string;
  readonly netMinor: bigint;
  readonly holdPostingId: bigint | null;
}): JournalLine[] {
  const { currency, netMinor: amountMinor, holdPostingId } = fact;
  const { railAvailable, railPending } = accountCode;
  return [
    single(railAvailable(currency), railPending(currency), { currency, amountMinor }),
    ...(holdPostingId === null ? [] : holdReleased({ holdPostingId })),
  ];
}

/** A refund that was sent comes back: the lab has its money as before. */
export function refundReturned(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { railAvailable, labPrepaid } = accountCode;
  return [single(railAvailable(fact.currency), labPrepaid(fact.labId, fact.currency), fact)];
}

/** The rail took money for a dispute, or gave it back: as its balance sees it, below or above zero; and its fee. */
export function disputeMoved(fact: Flow & { readonly feeMinor: bigint }): JournalLine[] {
  const { currency, amountMinor, feeMinor } = fact;
  const { railAvailable, disputeClearing, railFeeExpense } = accountCode;
  const [rail, clearing] = [railAvailable(currency), disputeClearing(currency)];
  return [
    amountMinor < 0n
      ? single(clearing, rail, { currency, amountMinor: -amountMinor })
      : single(rail, clearing, { currency, amountMinor }),
    single(railFeeExpense(currency), rail, { currency, amountMinor: feeMinor }),
  ];
}

/** A dispute is lost: the lab owes what the rail took. */
export function disputeLost(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labReceivable, disputeClearing } = accountCode;
  return [single(labReceivable(fact.labId, fact.currency), disputeClearing(fact.currency), fact)];
}

/** The lab pays what a lost dispute left owing, from what it has prepaid. */
export function disputeRepaid(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labReceivable, labPrepaid } = accountCode;
  return [single(labPrepaid(fact.labId, fact.currency), labReceivable(fact.labId, fact.currency), fact)];
}

/** The platform bears what a lab does not pay of a lost dispute: experts keep what they earned. */
export function disputeWrittenOff(fact: Flow & { readonly labId: string }): JournalLine[] {
  const { labReceivable, disputeLoss } = accountCode;
  return [single(disputeLoss(fact.currency), labReceivable(fact.labId, fact.currency), fact)];
}

/** The rail took a fee from the platform's balance by itself, or gave one back: as its balance sees it, below or above zero. */
export function railFeeMoved({ currency, amountMinor }: Flow): JournalLine[] {
  const { railAvailable, railFeeExpense } = accountCode;
  const [rail, expense] = [railAvailable(currency), railFeeExpense(currency)];
  return amountMinor < 0n
    ? [single(expense, rail, { currency, amountMinor: -amountMinor })]
    : [single(rail, expense, { currency, amountMinor })];
}

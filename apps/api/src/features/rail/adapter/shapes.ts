import { fromRailRate } from '@tallystick/domain';
import type Stripe from 'stripe';
import { fromRail, fromRailOrRaw, OddAnswer } from './answers';
import type {
  BankInstructions,
  RailDispute,
  RailMovement,
  RailPayment,
  RailPayout,
  RailRecipient,
  RailRefund,
  RailTransfer,
} from './payment-rail';

const PAYMENT_STATES: Record<string, RailPayment['state']> = {
  succeeded: 'SUCCEEDED',
  requires_payment_method: 'FAILED',
  canceled: 'FAILED',
};

/** A payment; with its movement where its charge was expanded. */
export function paymentOf(intent: Stripe.PaymentIntent): RailPayment {
  const charge = intent.latest_charge;
  const moved = typeof charge === 'object' ? charge?.balance_transaction : undefined;
  return {
    id: intent.id,
    state: PAYMENT_STATES[intent.status] ?? 'PROCESSING',
    ...fromRail(intent.amount, intent.currency),
    failureReason: intent.last_payment_error?.message ?? null,
    ...(typeof moved === 'object' && moved !== null && { movement: movementOf(moved, intent.id) }),
  };
}

const REFUND_STATES: Record<string, RailRefund['state']> = {
  succeeded: 'SUCCEEDED',
  requires_action: 'NEEDS_DETAILS',
  failed: 'FAILED',
  canceled: 'FAILED',
};

export function refundOf(refund: Stripe.Refund): RailRefund {
  return {
    id: refund.id,
    state: REFUND_STATES[refund.status ?? ''] ?? 'PENDING',
    ...fromRail(refund.amount, refund.currency),
    failureReason: refund.failure_reason ?? null,
    movementId: idOf(refund.balance_transaction),
    returnedMovementId: idOf(refund.failure_balance_transaction),
  };
}

export function transferOf(transfer: Stripe.Transfer): RailTransfer {
  return {
    id: transfer.id,
    ...fromRail(transfer.amount, transfer.currency),
    reversedMinor: fromRail(transfer.amount_reversed, transfer.currency).amountMinor,
  };
}

const PAYOUT_STATES: Record<string, RailPayout['state']> = {
  paid: 'PAID',
  failed: 'FAILED',
  canceled: 'FAILED',
};

/** What a transfer brought to its recipient's balance, in the rail's units and in the currency in which it lies there. */
export interface Arrival {
  readonly amount: number;
  readonly currency: string;
  /** Units of its currency for one of the currency that was sent; null where nothing was exchanged. */
  readonly exchangeRate: number | null;
}

/** What a transfer brought, as its payment says, which must be expanded: it is there that the rail exchanges. */
export function arrivalOf({ currency: sent, destination_payment: payment }: Stripe.Transfer): Arrival {
  const moved = typeof payment === 'object' ? payment?.balance_transaction : undefined;
  if (typeof moved !== 'object' || moved === null)
    throw new OddAnswer('the rail does not say what a transfer brought');
  const { net: amount, currency, exchange_rate: rate } = moved;
  if (rate === null) return { amount, currency, exchangeRate: null };
  const exchangeRate = fromRailRate(rate, sent, currency);
  if (!exchangeRate.ok) throw new OddAnswer(exchangeRate.refusal.message);
  return { amount, currency, exchangeRate: exchangeRate.value };
}

/** A payout of what a transfer brought at a rate; with its fee where its movement was expanded. */
export function payoutOf(payout: Stripe.Payout, exchangeRate: number | null): RailPayout {
  const moved = typeof payout.balance_transaction === 'object' ? payout.balance_transaction : null;
  const fee = moved && fromRail(moved.fee, moved.currency);
  return {
    id: payout.id,
    payoutId: payout.metadata?.payout_id ?? null,
    state: PAYOUT_STATES[payout.status] ?? 'IN_TRANSIT',
    ...fromRail(payout.amount, payout.currency),
    bankId: idOf(payout.destination),
    failureCode: payout.failure_code ?? null,
    failureReason: payout.failure_message ?? null,
    feeMinor: fee && fee.amountMinor,
    feeCurrency: fee && fee.currency,
    exchangeRate,
  };
}

const DISPUTE_STATES: Record<string, RailDispute['state']> = {
  won: 'WON',
  lost: 'LOST',
  warning_closed: 'INQUIRY_CLOSED',
  prevented: 'INQUIRY_CLOSED',
  warning_needs_response: 'INQUIRY',
  warning_under_review: 'INQUIRY',
};

export function disputeOf(dispute: Stripe.Dispute): RailDispute {
  const dueBy = dispute.evidence_details.due_by;
  return {
    id: dispute.id,
    status: dispute.status,
    evidenceDueAt: dueBy === null ? null : new Date(dueBy * 1000),
    paymentId: idOf(dispute.payment_intent),
    state: DISPUTE_STATES[dispute.status] ?? 'OPEN',
    reason: dispute.reason,
    ...fromRail(dispute.amount, dispute.currency),
    movements: dispute.balance_transactions.map((moved) => movementOf(moved, dispute.id)),
  };
}

/** A balance transaction. Its subject is the payment of a charge, or else its source. */
export function movementOf(moved: Stripe.BalanceTransaction, subjectId?: string): RailMovement {
  const { currency } = moved;
  return {
    id: moved.id,
    subjectId: subjectId ?? subjectOf(moved.source),
    transferGroup: groupOf(moved),
    category: moved.reporting_category,
    ...fromRailOrRaw(moved.amount, currency),
    feeMinor: fromRailOrRaw(moved.fee, currency).amountMinor,
    netMinor: fromRailOrRaw(moved.net, currency).amountMinor,
    createdAt: new Date(moved.created * 1000),
    availableAt: new Date(moved.available_on * 1000),
    isAvailable: moved.status === 'available',
  };
}

/** The group of the transfer that moved the balance; the movement of its reversal is another thing. */
function groupOf({ source, reporting_category }: Stripe.BalanceTransaction): string | null {
  if (reporting_category !== 'transfer' || source === null || typeof source !== 'object') return null;
  return source.object === 'transfer' ? source.transfer_group : null;
}

function subjectOf(source: Stripe.BalanceTransaction['source']): string | null {
  if (source !== null && typeof source === 'object' && source.object === 'charge')
    return idOf(source.payment_intent) ?? source.id;
  return idOf(source);
}

/** A recipient account of v2, with its configuration and requirements included. */
export function recipientOf(account: Stripe.V2.Core.Account): RailRecipient {
  const { stripe_transfers: transfers, payouts } =
    account.configuration?.recipient?.capabilities?.stripe_balance ?? {};
  return {
    id: account.id,
    isActive: transfers?.status === 'active' && payouts?.status !== 'restricted',
    asksFor: (account.requirements?.entries ?? []).map(({ description }) => description),
    currency: account.defaults?.currency?.toUpperCase() ?? null,
  };
}

/** The number of the bank account, or card, to which a currency goes on: its default one, or else the only kind there is. */
export function bankFor(banks: readonly Stripe.ExternalAccount[], currency: string): string | null {
  const defaults = banks.filter((each) => each.default_for_currency === true);
  const own = defaults.find((each) => each.currency?.toUpperCase() === currency);
  return (own ?? defaults[0] ?? banks[0])?.id ?? null;
}

/** Bank details by the names under which people know them. */
export function instructionsOf({ currency, bank_transfer }: Stripe.FundingInstructions): BankInstructions {
  const [address] = bank_transfer.financial_addresses;
  const found = address?.aba ?? address?.iban ?? address?.sort_code ?? address?.zengin ?? address?.spei;
  const lines = Object.entries(found ?? {})
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
    .map(([name, value]) => ({ name: name.replaceAll('_', ' '), value }));
  return { currency: currency.toUpperCase(), lines };
}

/** The id of what may be expanded. */
function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'object' ? (reference?.id ?? null) : (reference ?? null);
}

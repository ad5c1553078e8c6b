/**
 * How a call to the rail ended. `unknown` is neither success nor failure: the call may have had its effect, so it is
 * made again with the same key until the rail answers.
 */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

/** Money on its way in. */
export interface RailPayment {
  readonly id: string;
  readonly state: 'PROCESSING' | 'SUCCEEDED' | 'FAILED';
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly failureReason: string | null;
}

/** Money on its way out to a recipient's bank. */
export interface RailPayout {
  readonly id: string;
  readonly state: 'IN_TRANSIT' | 'PAID' | 'FAILED';
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly failureReason: string | null;
}

/** A webhook event, verified; only ids are taken from it, the object is fetched again. */
export interface RailEventNote {
  readonly id: string;
  readonly type: string;
  readonly objectId: string | null;
  readonly accountId: string | null;
}

export const WEBHOOK_ROUTES = ['platform', 'connect', 'v2'] as const;
export type WebhookRoute = (typeof WEBHOOK_ROUTES)[number];

export const PAYMENT_RAIL = Symbol('PaymentRail');

/** The way to banks. Amounts are minor units of the ledger; keys are ours, stored before the call. */
export interface PaymentRail {
  /** Asks for money from a lab. */
  createPayment(
    payment: { amountMinor: bigint; currency: string; fundingId: string; labId: string },
    key: string,
  ): Promise<Outcome<RailPayment>>;
  retrievePayment(id: string): Promise<Outcome<RailPayment>>;
  /** Gives back part of a payment. */
  refund(
    refund: { paymentId: string; amountMinor: bigint; currency: string; refundId: string },
    key: string,
  ): Promise<Outcome<{ id: string }>>;
  /** Opens a recipient account for an expert. */
  createRecipient(
    recipient: { expertId: string; email: string; name: string; country: string; currency: string },
    key: string,
  ): Promise<Outcome<{ id: string; isActive: boolean }>>;
  retrieveRecipient(id: string): Promise<Outcome<{ id: string; isActive: boolean }>>;
  /** Sends money from the platform's balance to a recipient. */
  transfer(
    transfer: { amountMinor: bigint; currency: string; recipientId: string; payoutId: string },
    key: string,
  ): Promise<Outcome<{ id: string }>>;
  retrievePayout(id: string, recipientId: string): Promise<Outcome<RailPayout>>;
  /** What the platform has available at the rail, minor units. */
  availableMinor(currency: string): Promise<Outcome<bigint>>;
  /** Verifies a webhook's signature over its exact bytes. Throws where it does not hold. */
  readEvent(route: WebhookRoute, rawBody: Buffer, signature: string): RailEventNote;
}

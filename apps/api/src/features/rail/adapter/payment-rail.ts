/**
 * How a call to the rail ended. `unknown` is neither success nor failure: the call may have had its effect, so it is
 * made again with the same key until the rail answers.
 */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

/** An amount of the ledger: minor units and a code in capitals. */
interface Amount {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** Money on its way in. */
export interface RailPayment extends Amount {
  readonly id: string;
  readonly state: 'PROCESSING' | 'SUCCEEDED' | 'FAILED';
  readonly failureReason: string | null;
  /** How it moved the platform's balance; absent until it has arrived. */
  readonly movement?: RailMovement;
}

/** Money on its way back to who paid it. */
export interface RailRefund extends Amount {
  readonly id: string;
  /** A refund that needs details waits for the payer; one that failed is on the platform's balance again. */
  readonly state: 'PENDING' | 'NEEDS_DETAILS' | 'SUCCEEDED' | 'FAILED';
  readonly failureReason: string | null;
  /** How it moved the platform's balance, where the rail tells. */
  readonly movementId: string | null;
  /** How its failure moved it back. */
  readonly returnedMovementId: string | null;
}

/** Money sent to a recipient. */
export interface RailTransfer extends Amount {
  readonly id: string;
  readonly reversedMinor: bigint;
}

/** Money on its way out to a recipient's bank. */
export interface RailPayout extends Amount {
  readonly id: string;
  /** Our payout that it sends on, and with which attempt; null where it is none that we asked for. */
  readonly payoutId: string | null;
  readonly state: 'IN_TRANSIT' | 'PAID' | 'FAILED';
  /** The rail's number of the bank account to which it goes; null where it does not tell. */
  readonly bankId: string | null;
  /** Why it came back, in the rail's code. */
  readonly failureCode: string | null;
  readonly failureReason: string | null;
  /** What the rail took for it, minor units of `feeCurrency`; null where it does not tell. */
  readonly feeMinor: bigint | null;
  readonly feeCurrency: string | null;
  /** Units of its currency for one of the currency that was sent; null where nothing was exchanged. */
  readonly exchangeRate: number | null;
}

/** Somebody's account that can be paid. */
export interface RailRecipient {
  readonly id: string;
  /** True where money can be sent to it and goes on from there to a bank. */
  readonly isActive: boolean;
  /** What the rail wants to know before it pays, in its words; empty where nothing is missing. */
  readonly asksFor: readonly string[];
  /** In which its bank account is; null where the rail does not tell. */
  readonly currency: string | null;
}

/** What lies in a recipient's account of one transfer, on to one of their bank accounts. */
export interface BankSending {
  readonly payoutId: string;
  /** Of the sendings of this payout, the first is 1. */
  readonly attempt: number;
  readonly transferId: string;
  readonly recipientId: string;
  /** The rail's number of the bank account. */
  readonly bankId: string;
}

/** A payer who told their bank that a payment was not right. */
export interface RailDispute extends Amount {
  readonly id: string;
  readonly paymentId: string | null;
  /** An inquiry has taken no money, and ends without. */
  readonly state: 'INQUIRY' | 'INQUIRY_CLOSED' | 'OPEN' | 'WON' | 'LOST';
  /** The state in the rail's own word, e.g. needs_response. */
  readonly status: string;
  /** Until when the rail takes evidence; null where it takes none. */
  readonly evidenceDueAt: Date | null;
  readonly reason: string;
  /** How it moved the platform's balance so far: taken, and given back where it was won. */
  readonly movements: readonly RailMovement[];
}

/** One movement on the platform's balance at the rail: a balance transaction. Signs as the balance sees it. */
export interface RailMovement extends Amount {
  readonly id: string;
  /** The payment, refund, transfer, reversal, dispute or payout that it is of; null where the rail names none. */
  readonly subjectId: string | null;
  /** Of a transfer: the group that names the payout that it is for; null where it names none. */
  readonly transferGroup: string | null;
  /** The rail's reporting category: charge, refund, transfer, dispute, … */
  readonly category: string;
  readonly feeMinor: bigint;
  /** amount - fee: what the balance moved by. */
  readonly netMinor: bigint;
  readonly createdAt: Date;
  /** From when it can be spent. */
  readonly availableAt: Date;
  readonly isAvailable: boolean;
}

/** What the platform has at the rail in a currency, minor units. */
export interface RailBalance {
  readonly currency: string;
  readonly availableMinor: bigint;
  readonly pendingMinor: bigint;
}

/** Where a payer sends a bank transfer: lines to show, e.g. routing number, account number. */
export interface BankInstructions {
  readonly currency: string;
  readonly lines: readonly { readonly name: string; readonly value: string }[];
}

/** A webhook event, verified; only ids are taken from it, the object is fetched again. */
export interface RailEventNote {
  readonly id: string;
  readonly type: string;
  readonly objectId: string | null;
  readonly accountId: string | null;
  /** True where it tells of real money. */
  readonly isLive: boolean;
}

/** A part of a list, and after which id the next part begins; null where there is none. */
export interface RailPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export const WEBHOOK_ROUTES = ['platform', 'connect', 'v2'] as const;
export type WebhookRoute = (typeof WEBHOOK_ROUTES)[number];

export const PAYMENT_RAIL = Symbol('PaymentRail');

/** What payers send, and what goes back to them. Amounts are minor units of the ledger; keys are ours, stored before the call. */
export interface PayerRail {
  /** Makes a lab known as a payer, once. */
  createCustomer(customer: { labId: string }, key: string): Promise<Outcome<{ id: string }>>;
  /** Asks for money from a lab, by bank transfer. Refused where the rail takes none in the currency. */
  createPayment(
    payment: Amount & { fundingId: string; labId: string; customerId: string },
    key: string,
  ): Promise<Outcome<RailPayment>>;
  retrievePayment(id: string): Promise<Outcome<RailPayment>>;
  /** Where a lab sends its bank transfers. */
  bankInstructions(customerId: string, currency: string): Promise<Outcome<BankInstructions>>;

  /** Gives back part of a payment. */
  refund(refund: Amount & { paymentId: string; refundId: string }, key: string): Promise<Outcome<RailRefund>>;
  retrieveRefund(id: string): Promise<Outcome<RailRefund>>;
  retrieveDispute(id: string): Promise<Outcome<RailDispute>>;
}

/** What goes out to recipients. Amounts are minor units of the ledger; keys are ours, stored before the call. */
export interface RecipientRail {
  /** Opens a recipient account for an expert. */
  createRecipient(
    recipient: { expertId: string; email: string; name: string; country: string; currency: string },
    key: string,
  ): Promise<Outcome<RailRecipient>>;
  retrieveRecipient(id: string): Promise<Outcome<RailRecipient>>;
  /** A page of the rail on which a recipient fills in what is missing; good for minutes, used once. */
  onboardingLink(
    link: { recipientId: string; returnUrl: string; refreshUrl: string },
    key: string,
  ): Promise<Outcome<{ url: string; expiresAt: Date }>>;

  /**
   * Tells the rail to send nothing of what lies in a recipient's account to a bank by itself. Says it anew each time, so
   * that a call may be repeated; a key is used for one call only.
   */
  sendNothingByItself(recipientId: string, key: string): Promise<Outcome<void>>;

  /**
   * The rail's number of the bank account to which a recipient's money of a currency goes on; null where none is set.
   * What the rail says now: its news of another one may still be on their way.
   */
  bankOf(recipientId: string, currency: string): Promise<Outcome<string | null>>;

  /** Sends money from the platform's balance to a recipient. */
  transfer(
    transfer: Amount & { recipientId: string; payoutId: string },
    key: string,
  ): Promise<Outcome<RailTransfer>>;
  /** The transfer of a payout, where there is one: looked up before it is made again after its key has expired (24 h). */
  findTransfer(payoutId: string): Promise<Outcome<RailTransfer | null>>;
  /** Takes back part of a transfer, as far as the recipient still has it. */
  reverseTransfer(
    reversal: Amount & { transferId: string; reversalId: string },
    key: string,
  ): Promise<Outcome<{ id: string }>>;
  /**
   * Sends all that a transfer brought on to one bank account of its recipient, and to no other: refused where the
   * recipient has that one no more.
   */
  sendToBank(sending: BankSending, key: string): Promise<Outcome<RailPayout>>;
  /** The rail's payout of a sending, where there is one among the newest hundred to its bank account. */
  findSentToBank(sending: BankSending): Promise<Outcome<RailPayout | null>>;
  retrievePayout(id: string, recipientId: string): Promise<Outcome<RailPayout>>;
  /** The rail's numbers of a recipient's payouts that were made since an instant and came back. */
  returnedPayouts(recipientId: string, since: Date): Promise<Outcome<readonly string[]>>;
}

/** The way to banks. */
export interface PaymentRail extends PayerRail, RecipientRail {
  /** True where real money moves. */
  readonly isLive: boolean;

  /** What the platform has at the rail, by currency. */
  balances(): Promise<Outcome<readonly RailBalance[]>>;
  /** What the platform has available at the rail, minor units. */
  availableMinor(currency: string): Promise<Outcome<bigint>>;
  /** Movements on the platform's balance since an instant, newest first, 100 at a time. */
  listMovements(since: Date, after?: string): Promise<Outcome<RailPage<RailMovement>>>;

  /** Verifies a webhook's signature over its exact bytes. Throws where it does not hold. */
  readEvent(route: WebhookRoute, rawBody: Buffer, signature: string): RailEventNote;
}

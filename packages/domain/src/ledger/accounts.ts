/** The accounts of the book: kind, owner, currency. The owner is a lab, an expert or the platform. */
export const accountCode = {
  /** What a lab has put in and not spent. */
  labPrepaid: (labId: string, currency: string) => `lab_prepaid:${labId}:${currency}`,
  /** What a lab owes by invoice, up to its limit. */
  labInvoiced: (labId: string, currency: string) => `lab_invoiced:${labId}:${currency}`,
  /** Where holds of a lab point to; nothing is ever posted on it. */
  workReserve: (labId: string, currency: string) => `work_reserve:${labId}:${currency}`,
  /** What an expert has earned and not been sent. */
  expertPayable: (expertId: string, currency: string) => `expert_payable:${expertId}:${currency}`,
  /** What an expert was paid for a line that was taken back since: it goes off what they earn next. */
  expertReceivable: (expertId: string, currency: string) => `expert_receivable:${expertId}:${currency}`,
  /** What the platform keeps. */
  platformFee: (currency: string) => `platform_fee:platform:${currency}`,
  /** The money itself, at the rail. */
  railAvailable: (currency: string) => `rail_available:platform:${currency}`,
  /** Money that has arrived at the rail and cannot be spent there yet. */
  railPending: (currency: string) => `rail_pending:platform:${currency}`,
  /** What the rail keeps for its work. */
  railFeeExpense: (currency: string) => `rail_fee_expense:platform:${currency}`,
  /** Money that the rail took because a payment is disputed. Nets to nothing when the dispute ends. */
  disputeClearing: (currency: string) => `dispute_clearing:platform:${currency}`,
  /** What the platform bears of lost disputes that no lab pays. */
  disputeLoss: (currency: string) => `dispute_loss:platform:${currency}`,
  /** What the platform bears of lines that were taken back after they were paid out, and that no expert settles. */
  reversalLoss: (currency: string) => `reversal_loss:platform:${currency}`,
  /** What a lab owes. */
  labReceivable: (labId: string, currency: string) => `lab_receivable:${labId}:${currency}`,
  /** Money on its way back to a lab: asked for, not confirmed. Nets to nothing. */
  refundClearing: (currency: string) => `refund_clearing:platform:${currency}`,
};

/** One line of a ledger transaction: an amount in minor units from a debit to a credit account, or the end of a hold. */
export type JournalLine =
  | {
      /** S posts, P only reserves (a hold). */
      readonly phase: 'S' | 'P';
      readonly debit: string;
      readonly credit: string;
      readonly currency: string;
      readonly amountMinor: bigint;
    }
  | {
      /** C takes a hold whole, V gives it back. */
      readonly phase: 'C' | 'V';
      readonly pendingId: bigint;
    }
  | {
      /** C takes a part of a hold; the R line after it keeps the rest held, under a posting of its own. */
      readonly phase: 'C' | 'R';
      readonly pendingId: bigint;
      readonly amountMinor: bigint;
    };

/** An amount of one currency on its way between two accounts. */
export interface Flow {
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** Posts an amount. */
export function single(debit: string, credit: string, { currency, amountMinor }: Flow): JournalLine {
  return { phase: 'S', debit, credit, currency, amountMinor };
}

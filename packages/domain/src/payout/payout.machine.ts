import { defineMachine } from '../machine/machine';

/**
 * Money on its way. UNKNOWN is never a failure: the rail is asked again with the same key. ABSENT: the rail was looked
 * through and has nothing of it, and its key may be forgotten: it is a request again, with a key of its own. SENT_AGAIN:
 * what came back goes to the bank, or to other bank details. PAID is no end: a bank may return what it took days before.
 * Source: docs.stripe.com/payouts, a payout that is paid may fail later.
 */
export const payoutMachine = defineMachine({
  name: 'payout',
  initial: 'GATED',
  terminal: ['CANCELLED'],
  transitions: {
    GATED: { REQUEST: 'REQUESTED', CANCEL: 'CANCELLED' },
    REQUESTED: {
      TRANSFERRED: 'IN_TRANSIT',
      UNCLEAR: 'UNKNOWN',
      REFUSED: 'FAILED',
      ABSENT: 'REQUESTED',
      HOLD: 'GATED',
    },
    UNKNOWN: { TRANSFERRED: 'IN_TRANSIT', UNCLEAR: 'UNKNOWN', REFUSED: 'FAILED', ABSENT: 'REQUESTED' },
    FAILED: { RETRY: 'REQUESTED', CANCEL: 'CANCELLED' },
    IN_TRANSIT: { PAID: 'PAID', BANK_RETURNED: 'RETURNED' },
    PAID: { BANK_RETURNED: 'RETURNED', SENT_AGAIN: 'IN_TRANSIT', PAID: 'PAID' },
    RETURNED: { SENT_AGAIN: 'IN_TRANSIT', PAID: 'PAID' },
    CANCELLED: {},
  },
});

import { defineMachine } from '../machine/machine';

/**
 * Money on its way. UNKNOWN is never a failure: the rail is asked again with the same key. ABSENT: the rail was looked
 * through and has nothing of it, and its key may be forgotten: it is a request again, with a key of its own. SENT_AGAIN:
 * the rail itself sends what came back to other bank details.
 */
export const payoutMachine = defineMachine({
  name: 'payout',
  initial: 'GATED',
  terminal: ['PAID', 'CANCELLED'],
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
    PAID: {},
    RETURNED: { SENT_AGAIN: 'IN_TRANSIT', PAID: 'PAID' },
    CANCELLED: {},
  },
});

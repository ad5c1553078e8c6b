import { defineMachine } from '../machine/machine';

/** Money on its way. UNKNOWN is never a failure: the rail is asked again with the same key. */
export const payoutMachine = defineMachine({
  name: 'payout',
  initial: 'GATED',
  terminal: ['PAID', 'CANCELLED', 'RETURNED'],
  transitions: {
    GATED: { REQUEST: 'REQUESTED', CANCEL: 'CANCELLED' },
    REQUESTED: { TRANSFERRED: 'IN_TRANSIT', UNCLEAR: 'UNKNOWN', REFUSED: 'FAILED', HOLD: 'GATED' },
    UNKNOWN: { TRANSFERRED: 'IN_TRANSIT', UNCLEAR: 'UNKNOWN', REFUSED: 'FAILED' },
    FAILED: { RETRY: 'REQUESTED', CANCEL: 'CANCELLED' },
    IN_TRANSIT: { PAID: 'PAID', BANK_RETURNED: 'RETURNED' },
    PAID: {},
    RETURNED: {},
    CANCELLED: {},
  },
});

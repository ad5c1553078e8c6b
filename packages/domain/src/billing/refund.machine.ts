import { defineMachine } from '../machine/machine';

/** States of a refund in which the lab has its money as before: nothing of it went back. */
export const REFUND_KEPT = ['FAILED', 'WITHDRAWN'] as const;

/**
 * Money that goes back to a lab. REQUESTED: it is being handed to the rail, or its answer is not known, so it may have left
 * already. WAITING: the rail has said that its balance does not cover it, so nothing has left; only then is it withdrawn.
 * What has arrived may still come back from the bank.
 */
export const refundMachine = defineMachine({
  name: 'refund',
  initial: 'REQUESTED',
  terminal: REFUND_KEPT,
  transitions: {
    REQUESTED: { SEND: 'SENT', ARRIVE: 'SUCCEEDED', WAIT: 'WAITING', FAIL: 'FAILED' },
    WAITING: { ASK: 'REQUESTED', WITHDRAW: 'WITHDRAWN' },
    SENT: { ARRIVE: 'SUCCEEDED', FAIL: 'FAILED' },
    SUCCEEDED: { FAIL: 'FAILED' },
    FAILED: {},
    WITHDRAWN: {},
  },
});

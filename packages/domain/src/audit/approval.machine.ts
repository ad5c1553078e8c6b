import { defineMachine } from '../machine/machine';

/**
 * A request for approval. What is approved is done once, after its preconditions were looked at again. One that waits is
 * overtaken where what it asks for has changed meanwhile, and withdrawn where who asked does not want it any more.
 */
export const approvalMachine = defineMachine({
  name: 'approval-request',
  initial: 'PENDING',
  terminal: ['DECLINED', 'EXPIRED', 'OVERTAKEN', 'WITHDRAWN', 'EXECUTED', 'FAILED'],
  transitions: {
    PENDING: {
      APPROVE: 'APPROVED',
      DECLINE: 'DECLINED',
      EXPIRE: 'EXPIRED',
      OVERTAKE: 'OVERTAKEN',
      WITHDRAW: 'WITHDRAWN',
    },
    APPROVED: { EXECUTE: 'EXECUTED', FAIL: 'FAILED' },
    DECLINED: {},
    EXPIRED: {},
    OVERTAKEN: {},
    WITHDRAWN: {},
    EXECUTED: {},
    FAILED: {},
  },
});

/** An amount of so many times the limit needs two people beside who asks. */
const TWO_FROM = 10n;

/**
 * How many people must approve an amount: nobody up to the limit, one above it, two above ten times it. Where the limit is
 * nothing, one is always asked. Minor units.
 */
export function approvalsNeeded(amountMinor: bigint, limitMinor: bigint): 0 | 1 | 2 {
  if (amountMinor <= limitMinor) return 0;
  return limitMinor > 0n && amountMinor > limitMinor * TWO_FROM ? 2 : 1;
}

/** What one more decision makes of a request: one decline ends it, the last approval that is needed approves it. */
export function afterDecision(
  needed: number,
  approvalsBefore: number,
  decision: 'APPROVE' | 'DECLINE',
): 'APPROVE' | 'DECLINE' | 'WAIT' {
  if (decision === 'DECLINE') return 'DECLINE';
  return approvalsBefore + 1 >= needed ? 'APPROVE' : 'WAIT';
}

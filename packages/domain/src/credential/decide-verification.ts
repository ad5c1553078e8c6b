import { move } from '../machine/machine';
import { refuse, type Result } from '../result/result';
import { credentialMachine } from './credential.machine';
import { CREDENTIAL_TYPES, type CredentialTypeCode } from './credential-types';

/** A decision as a verifier makes it. */
export interface Decision {
  readonly type: CredentialTypeCode;
  readonly state: string;
  /** Account of the expert who claims it. */
  readonly claimantId: string;
  readonly verifierId: string;
  readonly outcome: 'APPROVE' | 'REJECT';
  readonly reason: string;
  /** Verifiers who approved this submission before. */
  readonly approvedBy: readonly string[];
  /** Verifiers who rejected or stopped it before; an appeal goes to somebody else. */
  readonly rejectedBy: readonly string[];
}

const SHORTEST_REASON = 10;

/** Decides a verification: two different people for regulated work, never one's own claim, never without a reason. */
export function decideVerification(decision: Decision): Result<string> {
  const { verifierId, claimantId, reason, outcome, approvedBy, rejectedBy } = decision;
  if (verifierId === claimantId)
    return refuse('OWN_CREDENTIAL', 'Nobody decides on their own claim. It waits for another verifier.');
  if (reason.trim().length < SHORTEST_REASON)
    return refuse('REASON_MISSING', 'Give the reason in a sentence: the expert reads it.', {
      field: 'reason',
    });
  if (reason.length > 2000)
    return refuse('REASON_TOO_LONG', 'The reason has at most 2000 characters.', { field: 'reason' });
  if (approvedBy.includes(verifierId))
    return refuse(
      'SECOND_VERIFIER',
      'You approved this already. A different verifier must give the second approval.',
    );
  if (rejectedBy.includes(verifierId))
    return refuse(
      'APPEAL_TO_OTHER',
      'You rejected or stopped this before. An appeal is decided by somebody else.',
    );
  if (outcome === 'REJECT') return move(credentialMachine, decision.state, 'REJECT');
  const isLast = !CREDENTIAL_TYPES[decision.type].isRegulated || approvedBy.length >= 1;
  return move(credentialMachine, decision.state, isLast ? 'APPROVE' : 'FIRST_APPROVAL');
}

const SOON_MS = 60 * 86_400_000;

/** What time does to a verified credential: it nears its end, or passes it. Undefined where nothing changes. */
export function expiryEvent(
  state: string,
  expiresOn: Date | null,
  now: Date,
): 'NEAR_EXPIRY' | 'EXPIRE' | undefined {
  if (!expiresOn || (state !== 'VERIFIED' && state !== 'EXPIRING')) return undefined;
  const end = expiresOn.getTime() + 86_400_000;
  if (now.getTime() >= end) return 'EXPIRE';
  return state === 'VERIFIED' && end - now.getTime() <= SOON_MS ? 'NEAR_EXPIRY' : undefined;
}

/** True where a credential counts as proven on every day up to and including a day. */
export function isProvenUntil(state: string, expiresOn: Date | null, lastDay: Date): boolean {
  return (state === 'VERIFIED' || state === 'EXPIRING') && (expiresOn === null || expiresOn >= lastDay);
}

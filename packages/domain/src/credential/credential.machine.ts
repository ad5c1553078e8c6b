import { defineMachine } from '../machine/machine';

/** A credential from claim to proof. Only people decide; a revocation needs a new verification to be undone. */
export const credentialMachine = defineMachine({
  name: 'credential',
  initial: 'DRAFT',
  terminal: ['WITHDRAWN'],
  transitions: {
    DRAFT: { SUBMIT: 'SUBMITTED', WITHDRAW: 'WITHDRAWN' },
    SUBMITTED: {
      FIRST_APPROVAL: 'IN_REVIEW',
      APPROVE: 'VERIFIED',
      REJECT: 'REJECTED',
      WITHDRAW: 'WITHDRAWN',
    },
    IN_REVIEW: { APPROVE: 'VERIFIED', REJECT: 'REJECTED', WITHDRAW: 'WITHDRAWN' },
    VERIFIED: {
      NEAR_EXPIRY: 'EXPIRING',
      EXPIRE: 'EXPIRED',
      SUSPEND: 'SUSPENDED',
      REVOKE: 'REVOKED',
      WITHDRAW: 'WITHDRAWN',
    },
    EXPIRING: { EXPIRE: 'EXPIRED', SUSPEND: 'SUSPENDED', REVOKE: 'REVOKED', WITHDRAW: 'WITHDRAWN' },
    EXPIRED: { SUBMIT: 'SUBMITTED', WITHDRAW: 'WITHDRAWN' },
    SUSPENDED: { SUBMIT: 'SUBMITTED', REVOKE: 'REVOKED' },
    REVOKED: { SUBMIT: 'SUBMITTED' },
    REJECTED: { APPEAL: 'SUBMITTED', WITHDRAW: 'WITHDRAWN' },
    WITHDRAWN: {},
  },
});

/** The step in words, as the step tracker shows it. */
export const CREDENTIAL_STATE_WORDS: Record<string, string> = {
  DRAFT: 'Not submitted yet',
  SUBMITTED: 'Waiting for a verifier',
  IN_REVIEW: 'Approved once, waiting for a second verifier',
  VERIFIED: 'Verified',
  EXPIRING: 'Verified, expires soon',
  EXPIRED: 'Expired',
  SUSPENDED: 'Suspended',
  REVOKED: 'Revoked',
  REJECTED: 'Rejected',
  WITHDRAWN: 'Withdrawn',
};

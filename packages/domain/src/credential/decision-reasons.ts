/** Why a claim is approved. The code stands in the journal, the words on the pages. */
export const APPROVAL_REASONS = {
  REGISTER_MATCHES: 'The register of the issuer has it, and it matches',
  DOCUMENT_MATCHES: 'The document shows it, and it matches',
  ISSUER_CONFIRMED: 'The issuer confirmed it',
  OTHER: 'Another reason, as written',
} as const;

/** Why a claim is rejected. */
export const REJECTION_REASONS = {
  NOT_IN_REGISTER: 'The register of the issuer does not have it',
  REGISTER_DIFFERS: 'The register says something else',
  NOT_VALID: 'It has ended, or is suspended or revoked',
  DOCUMENT_UNREADABLE: 'The document cannot be read',
  DOCUMENT_DIFFERS: 'The document says something else',
  OTHER_PERSON: 'It belongs to somebody else',
  NOT_SHOWN: 'The evidence does not show it',
  OTHER: 'Another reason, as written',
} as const;

/** Why a proven credential is stopped: suspended, or revoked. */
export const STOP_REASONS = {
  SUSPENDED_AT_SOURCE: 'The register of the issuer shows it as suspended',
  REVOKED_AT_SOURCE: 'The register of the issuer shows it as revoked',
  ISSUER_DENIES: 'The issuer says that it does not hold',
  EVIDENCE_FALSE: 'The evidence turned out not to be genuine',
  OTHER_PERSON: 'It belongs to somebody else',
  OTHER: 'Another reason, as written',
} as const;

const REASONS = {
  APPROVE: APPROVAL_REASONS,
  REJECT: REJECTION_REASONS,
  SUSPEND: STOP_REASONS,
  REVOKE: STOP_REASONS,
} as const;
/** What a person decides on a claim. */
export type ClaimDecision = keyof typeof REASONS;

/** A decision in one word, as steps show it. */
export const CLAIM_DECISION_WORDS: Readonly<Record<ClaimDecision, string>> = {
  APPROVE: 'approved',
  REJECT: 'not accepted',
  SUSPEND: 'suspended',
  REVOKE: 'revoked',
};

/** True for a reason that fits a decision. */
export function isDecisionReason(outcome: ClaimDecision, code: string): boolean {
  return Object.hasOwn(REASONS[outcome], code);
}

/** A reason in words; the code itself where it is not known. */
export function decisionReasonWords(code: string): string {
  const all: Record<string, string> = { ...APPROVAL_REASONS, ...REJECTION_REASONS, ...STOP_REASONS };
  return all[code] ?? code;
}

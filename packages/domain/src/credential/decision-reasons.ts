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

/** True for a reason that fits a decision. */
export function isDecisionReason(outcome: 'APPROVE' | 'REJECT', code: string): boolean {
  return Object.hasOwn(outcome === 'APPROVE' ? APPROVAL_REASONS : REJECTION_REASONS, code);
}

/** A reason in words; the code itself where it is not known. */
export function decisionReasonWords(code: string): string {
  const all: Record<string, string> = { ...APPROVAL_REASONS, ...REJECTION_REASONS };
  return all[code] ?? code;
}

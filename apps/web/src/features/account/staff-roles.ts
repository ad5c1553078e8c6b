/** What each staff role may do, in a line. */
export const STAFF_ROLE_WORDS: Readonly<Record<string, string>> = {
  VERIFIER: 'Verifier: decides on credentials',
  TRUST: 'Trust: vets labs, reads the journal',
  FINANCE: 'Finance: payouts, take rates, the books',
  AUDITOR: 'Auditor: reads everything of the audit, proves the books',
  ADMIN: 'Admin: all of these, and gives roles',
};

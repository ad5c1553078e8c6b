/** Where an expert mends what a gate found. */
const MEND_PATHS: Readonly<Record<string, string>> = {
  SUSPENDED: '/expert/suspension',
  CREDENTIAL: '/expert/credentials',
  EXCLUSIVE: '/expert/engagements',
  CONFLICT: '/expert/conflicts',
  ...Object.fromEntries(
    ['CONSENT', 'LANGUAGE', 'COUNTRY', 'AUTHORISATION', 'OVERLAP', 'RATE', 'HOURS'].map((code) => [
      code,
      '/expert/profile',
    ]),
  ),
};

/** The page on which an expert mends what a gate found; null where it is not theirs to mend. */
export function mendPathOf(code: string): string | null {
  return MEND_PATHS[code] ?? null;
}

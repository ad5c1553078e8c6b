const DAY_MS = 86_400_000;
/** Days after which a request for an approval lapses that nobody has decided on. */
export const APPROVAL_LAPSES_AFTER_DAYS = 7;

/** When a request for an approval lapses, whatever it is for; who needs it asks again. */
export function approvalLapsesAt(askedAt: Date): Date {
  return new Date(askedAt.getTime() + APPROVAL_LAPSES_AFTER_DAYS * DAY_MS);
}

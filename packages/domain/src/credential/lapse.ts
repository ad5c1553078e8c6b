import { ok, refuse, type Result } from '../result/result';

/**
 * Refuses a claim whose last day has passed: it can neither be made nor submitted nor approved.
 * @param expiresOn last day on which it is valid (UTC); null where it does not end
 */
export function checkNotLapsed(expiresOn: Date | null, now: Date): Result<Date | null> {
  const lastInstant = expiresOn && expiresOn.getTime() + 86_400_000;
  if (lastInstant === null || now.getTime() < lastInstant) return ok(expiresOn);
  return refuse('CREDENTIAL_LAPSED', 'Its last day has passed. Add the renewed one as a new credential.', {
    field: 'expiresOn',
  });
}

/**
 * Refusals of a transfer that no later try helps: the recipient's account itself is what is wrong.
 * Source: Stripe's error codes, https://docs.stripe.com/error-codes.
 */
const TERMINAL: ReadonlySet<string> = new Set([
  'account_closed',
  'account_country_invalid_address',
  'insufficient_capabilities_for_transfer',
  'no_account',
  'resource_missing',
  'transfers_not_allowed',
]);

/** Whether a refused transfer is worth another try by itself, or waits for somebody to mend the account. */
export function refusalKind(code: string): 'RETRYABLE' | 'TERMINAL' {
  return TERMINAL.has(code) ? 'TERMINAL' : 'RETRYABLE';
}

/**
 * Why a bank returns a payout for as long as the bank account stays what it is.
 * Source: Stripe's payout failure codes, https://docs.stripe.com/api/payouts/failures.
 */
const LASTING: ReadonlySet<string> = new Set([
  'account_closed',
  'account_frozen',
  'bank_account_restricted',
  'bank_account_unusable',
  'bank_ownership_changed',
  'debit_not_authorized',
  'incorrect_account_holder_address',
  'incorrect_account_holder_details',
  'incorrect_account_holder_name',
  'incorrect_account_holder_tax_id',
  'invalid_account_number',
  'invalid_account_number_length',
  'invalid_currency',
  'no_account',
]);

/** Whether a returned payout comes back again until other bank details are given. */
export function isLastingReturn(code: string): boolean {
  return LASTING.has(code);
}

/** Stripe keeps a key for 24 hours at least; an hour is left for clocks that differ. Source: docs.stripe.com/api/idempotent_requests. */
const KEY_IS_KEPT_MS = 23 * 3_600_000;

/** True where a key may have been forgotten by the rail: what it did is looked up before anything is asked again. */
export function isKeyForgotten(askedAt: Date, now: Date): boolean {
  return now.getTime() - askedAt.getTime() > KEY_IS_KEPT_MS;
}

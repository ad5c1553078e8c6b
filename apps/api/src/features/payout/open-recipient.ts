import { Refused } from '../../platform/errors/refused';
import type { Outcome, PaymentRail, RailRecipient } from '../rail/rail.public';

/**
 * Opens a recipient account at the rail, once however often it is asked with its key. Refuses with RAIL_REFUSED,
 * RAIL_AWAY. Never inside a transaction.
 */
export async function openRecipient(
  rail: PaymentRail,
  asked: Parameters<PaymentRail['createRecipient']>[0],
  key: string,
): Promise<RailRecipient> {
  return answerOf(await rail.createRecipient(asked, key));
}

/** What the rail answered. Refuses with RAIL_REFUSED, RAIL_AWAY. */
export function answerOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'refused')
    throw new Refused('RAIL_REFUSED', `The bank's side refused: ${outcome.message}`);
  if (outcome.kind === 'unknown') {
    const message = 'The bank does not answer at the moment. Nothing was lost; try again in a minute.';
    throw new Refused('RAIL_AWAY', message);
  }
  return outcome.value;
}

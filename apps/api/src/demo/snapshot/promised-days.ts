import type { Client } from 'pg';
import { dayOf, promisedDay } from '@tallystick/domain';
import { SETTINGS } from '../../platform/config/settings';

/** Business days of a bank by which the history is played. */
const bankDays = SETTINGS.PAYOUT_BANK_DAYS.schema.parse(undefined);

/**
 * Works the promised days of payouts out again, by the days on which banks are closed where the history ends up: those
 * moved with it are days of another calendar. Returns how many were other days.
 */
export async function promiseAgain(client: Client): Promise<number> {
  const { rows: closed } = await client.query<{ currency: string; day: string }>(
    'SELECT currency, day::text AS day FROM bank_holiday',
  );
  const { rows: payouts } = await client.query<{ id: string; currency: string; at: Date; day: string }>(
    'SELECT id, currency, requested_at AS at, promised_on::text AS day FROM payout WHERE promised_on IS NOT NULL',
  );
  let changed = 0;
  for (const { id, currency, at, day } of payouts) {
    const holidays = new Set(closed.filter((each) => each.currency === currency).map((each) => each.day));
    const again = dayOf(promisedDay(at, { cutOffMinute: 0, bankDays, holidays }));
    if (again === day) continue;
    await client.query('UPDATE payout SET promised_on = $2 WHERE id = $1', [id, again]);
    changed++;
  }
  return changed;
}

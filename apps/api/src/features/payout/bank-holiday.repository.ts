import type { Db } from '../../platform/prisma/database';

/** Days of the next two months on which banks clear no payment in a currency: `2026-12-25`. */
export async function bankHolidays(db: Db, currency: string, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ day: string }[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day FROM bank_holiday
    WHERE currency = ${currency} AND day BETWEEN ${now}::date - 1 AND ${now}::date + 62 ORDER BY day`;
  return rows.map(({ day }) => day);
}

import type { Db } from '../../platform/prisma/database';

/** Why charges that are not time were made, by charge: of a bonus what the lab wrote, of what was taken back what staff did. */
export async function chargeReasons(db: Db, chargeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; reason: string }[]>`
    SELECT c.id, coalesce(b.reason, r.reason) AS reason FROM charge c LEFT JOIN bonus b ON b.id = c.bonus_id LEFT JOIN reversal r ON r.charge_id = c.id
    WHERE c.id = ANY(${[...chargeIds]}::uuid[]) AND c.kind <> 'TIME'`;
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

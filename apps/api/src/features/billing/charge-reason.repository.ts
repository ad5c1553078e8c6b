import type { Db } from '../../platform/prisma/database';

/** Why charges that are not time were made, by charge: of a bonus what the lab wrote. */
export async function chargeReasons(db: Db, chargeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; reason: string }[]>`
    SELECT c.id, b.reason FROM charge c JOIN bonus b ON b.id = c.bonus_id WHERE c.id = ANY(${[...chargeIds]}::uuid[])`;
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

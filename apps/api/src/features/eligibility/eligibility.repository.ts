import type { Db } from '../../platform/prisma/database';

/** For which labs experts work now. Read whoever asks: a gate knows it of everybody, and no answer names a lab. */
export async function runningEngagements(
  db: Db,
  expertIds: readonly string[],
): Promise<{ expertId: string; labId: string; isExclusive: boolean }[]> {
  return db.$queryRaw`
    SELECT expert_id AS "expertId", lab_id AS "labId", is_exclusive AS "isExclusive"
    FROM app_running_engagements(${[...expertIds]}::uuid[]) ORDER BY expert_id, lab_id`;
}

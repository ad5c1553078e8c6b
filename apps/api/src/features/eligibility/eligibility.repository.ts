import type { Db } from '../../platform/prisma/database';

/** For which labs experts work now, and how many seconds a week that may take. Read whoever asks: a gate knows it of everybody, and no answer names a lab. */
export async function runningEngagements(
  db: Db,
  expertIds: readonly string[],
): Promise<{ expertId: string; labId: string; isExclusive: boolean; weeklyCapSeconds: number }[]> {
  return db.$queryRaw`
    SELECT expert_id AS "expertId", lab_id AS "labId", is_exclusive AS "isExclusive", weekly_cap_seconds AS "weeklyCapSeconds"
    FROM app_running_engagements(${[...expertIds]}::uuid[]) ORDER BY expert_id, lab_id`;
}

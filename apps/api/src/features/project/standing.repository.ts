import { Prisma, type Db } from '../../platform/prisma/database';

/** How far a project's search for people is. */
export interface Standing {
  readonly openings: number;
  readonly seats: number;
  readonly seatsFilled: number;
  readonly applicationsWaiting: number;
}

/** Openings, seats and applications to answer of projects, one row for each that has an opening. */
export async function standingsOf(
  db: Db,
  projectIds: readonly string[],
): Promise<(Standing & { projectId: string })[]> {
  return db.$queryRaw`
    SELECT o.project_id AS "projectId", count(*)::int AS openings, sum(o.seats)::int AS seats,
      sum(o.seats_filled)::int AS "seatsFilled", sum(
        (SELECT count(*) FROM application a WHERE a.opening_id = o.id AND a.state = 'APPLIED'))::int AS "applicationsWaiting"
    FROM opening o WHERE o.project_id IN (${Prisma.join(projectIds.map((id) => Prisma.sql`${id}::uuid`))})
    GROUP BY o.project_id`;
}

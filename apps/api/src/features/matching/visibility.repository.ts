import type { Gate } from '@tallystick/matching';
import type { Db } from '../../platform/prisma/database';

/** Where an expert stands on the shortlist of an open opening. */
export interface PlaceRecord {
  readonly openingId: string;
  readonly title: string;
  readonly labName: string;
  readonly isEligible: boolean;
  readonly gates: Gate[];
  /** The place on the shortlist; null where they are not on it. */
  readonly rank: number | null;
}

/** Where an expert stands with the open openings: those on whose shortlist they are first; at most 200. */
export async function placesOf(db: Db, expertId: string, now: Date): Promise<PlaceRecord[]> {
  return db.$queryRaw<PlaceRecord[]>`
    SELECT r.opening_id AS "openingId", o.title, l.name AS "labName", r.is_eligible AS "isEligible", r.gates, f.rank
    FROM recommendation r
    JOIN opening o ON o.id = r.opening_id AND o.state = 'OPEN'
    JOIN lab l ON l.id = o.lab_id
    LEFT JOIN fit f ON f.opening_id = r.opening_id AND f.expert_id = r.expert_id AND coalesce(f.lapses_at > ${now}, true)
    WHERE r.expert_id = ${expertId}::uuid
    ORDER BY f.rank NULLS LAST, r.is_eligible DESC, r.score DESC, r.opening_id LIMIT 200`;
}

/** The openings for which labs had an expert before their eyes since an instant; at most 1000. */
export async function seenFor(db: Db, expertId: string, since: Date): Promise<Set<string>> {
  const rows = await db.fitOutcome.findMany({
    where: { expertId, kind: 'SHOWN', at: { gte: since } },
    select: { openingId: true },
    take: 1000,
  });
  return new Set(rows.map(({ openingId }) => openingId));
}

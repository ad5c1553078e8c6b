import type { Db } from '../../platform/prisma/database';

/** How an expert works and was shown. */
export interface TrackRecord {
  readonly expertId: string;
  /** 0 to 1. */
  readonly quality: number;
  /** 0 to 1. */
  readonly timeliness: number;
  /** Weeks of work that were charged. */
  readonly weeks: number;
  /** A multiple of an even share. */
  readonly exposure: number;
}

/**
 * The track records of some experts, as they were last counted; none for who may not read them. Who was not counted yet, as a new
 * expert until the hour is over, is as anybody who has not worked; before the first count there are none.
 */
export async function trackRecords(
  db: Db,
  expertIds: readonly string[],
): Promise<ReadonlyMap<string, TrackRecord>> {
  const rows = await db.$queryRaw<TrackRecord[]>`
    SELECT asked.id AS "expertId", coalesce(own.quality, fresh.quality) AS quality,
      coalesce(own.timeliness, fresh.timeliness) AS timeliness, coalesce(own.weeks, 0) AS weeks, coalesce(own.exposure, 0) AS exposure
    FROM unnest(${[...expertIds]}::uuid[]) AS asked (id)
    LEFT JOIN track_record own ON own.expert_id = asked.id
    LEFT JOIN (SELECT quality, timeliness FROM track_record WHERE weeks = 0 ORDER BY counted_at DESC LIMIT 1) fresh ON true
    WHERE own.expert_id IS NOT NULL OR fresh.quality IS NOT NULL`;
  return new Map(rows.map((row) => [row.expertId, row]));
}

/** Stores the track records that changed. Returns the ids of those experts. */
export async function replaceTrackRecords(
  db: Db,
  records: readonly TrackRecord[],
  countedAt: Date,
): Promise<string[]> {
  const rows = JSON.stringify(
    records.map(({ expertId, quality, timeliness, weeks, exposure }) => ({
      ...{ expert_id: expertId, quality, timeliness, weeks, exposure, counted_at: countedAt },
    })),
  );
  const changed = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO track_record AS own SELECT * FROM jsonb_populate_recordset(NULL::track_record, ${rows}::jsonb)
    ON CONFLICT (expert_id) DO UPDATE SET quality = excluded.quality, timeliness = excluded.timeliness,
      weeks = excluded.weeks, exposure = excluded.exposure, counted_at = excluded.counted_at
    WHERE (own.quality, own.timeliness, own.weeks, own.exposure)
      IS DISTINCT FROM (excluded.quality, excluded.timeliness, excluded.weeks, excluded.exposure)
    RETURNING own.expert_id AS id`;
  return changed.map(({ id }) => id);
}

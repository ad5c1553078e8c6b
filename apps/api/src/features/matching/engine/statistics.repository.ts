import type { PlainStatistics } from '@tallystick/matching';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzip, gzip } from 'node:zlib';
import type { Db } from '../../../platform/prisma/database';

/** Statistics as they are kept, without their content. */
export interface StatisticsRow {
  readonly place: bigint;
  readonly id: string;
  readonly shards: number;
  readonly ready: number[];
  /** How many experts were counted. */
  readonly experts: number;
}

/** So many of the newest are kept: what is in force, what comes next, and one before. */
const KEPT = 3;
const LOCK = 'match-statistics';

/** The newest first. @param shards among how many shards the experts are spread */
export async function listStatistics(db: Db, shards: number): Promise<StatisticsRow[]> {
  return db.matchStatistics.findMany({
    where: { shards },
    orderBy: { place: 'desc' },
    take: KEPT,
    omit: { content: true, madeAt: true },
  });
}

/** The content of one. */
export async function findStatistics(db: Db, place: bigint): Promise<PlainStatistics | undefined> {
  const row = await db.matchStatistics.findUnique({ where: { place } });
  return row ? (deserialize(await promisify(gunzip)(row.content)) as PlainStatistics) : undefined;
}

/** Keeps new statistics, and lets old ones go. Nothing where others came while these were counted. @param after the newest that was known */
export async function insertStatistics(
  db: Db,
  row: { readonly content: PlainStatistics; readonly shards: number; readonly experts: number },
  after: bigint | undefined,
  now: Date,
): Promise<void> {
  const { shards, experts } = row;
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtext(${LOCK}))::text`;
  const [newest] = await listStatistics(db, shards);
  if (newest && newest.place !== after) return;
  const content = await promisify(gzip)(serialize(row.content), { level: 1 });
  await db.matchStatistics.create({
    data: { id: row.content.id, shards, experts, content: new Uint8Array(content), madeAt: now },
  });
  const kept = await listStatistics(db, shards);
  const oldest = kept.at(-1);
  if (oldest) await db.matchStatistics.deleteMany({ where: { place: { lt: oldest.place } } });
}

/** A shard has indexed its experts with these statistics. */
export async function markReady(db: Db, place: bigint, shard: number): Promise<void> {
  await db.$executeRaw`
    UPDATE match_statistics SET ready = array_append(ready, ${shard}::int)
    WHERE place = ${place} AND NOT ${shard}::int = ANY(ready)`;
}

import type { OutcomeKind } from '@tallystick/domain';
import type { Averages, Part } from '@tallystick/matching';
import { Prisma, type Db } from '../../platform/prisma/database';

/** Which fits of the past are looked for. */
export interface PastFitFilter {
  readonly kind?: OutcomeKind;
  readonly labId?: string;
  readonly expertId?: string;
}

/** What came of a fit, as it was scored then, with the model that is kept under its hash. */
export interface PastFitRecord {
  readonly openingId: string;
  readonly openingTitle: string;
  readonly expertId: string;
  readonly expertName: string;
  readonly labId: string;
  readonly labName: string;
  readonly kind: OutcomeKind;
  readonly at: Date;
  readonly rank: number | null;
  readonly score: number | null;
  readonly parts: readonly Pick<Part, 'name' | 'value' | 'weight'>[] | null;
  readonly averages: Averages | null;
  readonly interest: number | null;
  readonly propensity: number;
  readonly snapshotId: string | null;
  readonly modelName: string | null;
  readonly modelHash: string | null;
  /** Null where no model is kept under the hash. */
  readonly model: unknown;
}

/** What came of fits, newest first, before a row. */
export async function listPastFits(
  db: Db,
  filter: PastFitFilter,
  limit: number,
  after?: readonly string[],
): Promise<PastFitRecord[]> {
  const older = after === undefined ? Prisma.empty : Prisma.sql`AND ${beforeRow(after)}`;
  return db.$queryRaw<PastFitRecord[]>`
    SELECT f.opening_id AS "openingId", o.title AS "openingTitle", f.expert_id AS "expertId", e.display_name AS "expertName",
      f.lab_id AS "labId", l.name AS "labName", f.kind, f.at, f.rank, f.score, f.parts, f.averages, f.interest, f.propensity,
      f.snapshot_id AS "snapshotId", f.model_id AS "modelName", f.model_hash AS "modelHash", m.content AS model
    FROM (
      SELECT * FROM fit_outcome f WHERE ${found(filter)} ${older}
      ORDER BY f.at DESC, f.opening_id DESC, f.expert_id DESC, f.kind DESC LIMIT ${limit}) f
    JOIN opening o ON o.id = f.opening_id
    JOIN expert e ON e.id = f.expert_id
    JOIN lab l ON l.id = f.lab_id
    LEFT JOIN match_model m ON m.hash = f.model_hash
    ORDER BY f.at DESC, f.opening_id DESC, f.expert_id DESC, f.kind DESC`;
}

/** How many a filter finds, counted up to 10000. */
export async function countPastFits(db: Db, filter: PastFitFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT 1 FROM fit_outcome f WHERE ${found(filter)} LIMIT 10000) counted`;
  return row?.n ?? 0;
}

function beforeRow([at = '', openingId = '', expertId = '', kind = '']: readonly string[]): Prisma.Sql {
  return Prisma.sql`(f.at, f.opening_id, f.expert_id, f.kind) < (${new Date(at)}, ${openingId}::uuid, ${expertId}::uuid, ${kind})`;
}

function found({ kind, labId, expertId }: PastFitFilter): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(kind ? [Prisma.sql`f.kind = ${kind}`] : []),
      ...(labId ? [Prisma.sql`f.lab_id = ${labId}::uuid`] : []),
      ...(expertId ? [Prisma.sql`f.expert_id = ${expertId}::uuid`] : []),
    ],
    ' AND ',
  );
}

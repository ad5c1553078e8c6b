import type { CandidateMarkKind, PassReason } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

export interface CandidateMarkRecord {
  readonly openingId: string;
  readonly expertId: string;
  readonly labId: string;
  readonly kind: CandidateMarkKind;
  readonly reason: PassReason | null;
  readonly note: string;
  readonly markedById: string;
  readonly markedAt: Date;
}

/** Marks of an opening, of one kind where it is named; of some experts only, where they are named. */
export async function marksOf(
  db: Db,
  openingId: string,
  { kind, expertIds }: { kind?: CandidateMarkKind; expertIds?: readonly string[] } = {},
): Promise<CandidateMarkRecord[]> {
  const rows = await db.candidateMark.findMany({
    where: {
      openingId,
      ...(kind && { kind }),
      ...(expertIds && { expertId: { in: [...expertIds] } }),
    },
    orderBy: { expertId: 'asc' },
  });
  return rows as CandidateMarkRecord[];
}

/** Marks an expert, whatever was marked before. */
export async function putMark(db: Db, row: CandidateMarkRecord): Promise<void> {
  const { openingId, expertId } = row;
  await db.candidateMark.upsert({
    where: { openingId_expertId: { openingId, expertId } },
    create: row,
    update: row,
  });
}

/** Takes a mark away. */
export async function removeMark(db: Db, openingId: string, expertId: string): Promise<void> {
  await db.candidateMark.deleteMany({ where: { openingId, expertId } });
}

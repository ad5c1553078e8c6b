import type { Ethnicity, Sex } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** What an expert volunteered of themselves; row-level security shows it to nobody else. */
export interface VolunteeredGroupRecord {
  readonly expertId: string;
  readonly sex: Sex | null;
  readonly ethnicity: Ethnicity | null;
  readonly consentedAt: Date;
}

/** What the reading expert volunteered; null where nothing. */
export async function findVolunteered(db: Db, expertId: string): Promise<VolunteeredGroupRecord | null> {
  return (await db.volunteeredGroup.findUnique({ where: { expertId } })) as VolunteeredGroupRecord | null;
}

/** Keeps what the expert volunteers, whatever was kept before. */
export async function putVolunteered(db: Db, row: VolunteeredGroupRecord): Promise<void> {
  await db.volunteeredGroup.upsert({ where: { expertId: row.expertId }, create: row, update: row });
}

/** Erases what the expert volunteered. Returns whether there was something. */
export async function eraseVolunteered(db: Db, expertId: string): Promise<boolean> {
  return (await db.volunteeredGroup.deleteMany({ where: { expertId } })).count > 0;
}

import type { Db } from '../../platform/prisma/database';

/** Counts of one volunteered group; the database gives none of fewer than ten experts. */
export interface GroupOutcomes {
  /** SEX, ETHNICITY or BOTH. */
  readonly question: string;
  /** Code of the answer; two with a slash between for BOTH. */
  readonly answer: string;
  /** Whom labs may see. */
  readonly experts: number;
  /** Of them, who were shown. */
  readonly shown: number;
  /** Of those shown, who were invited; null where fewer than ten were shown. */
  readonly invited: number | null;
  /** Of those shown, who accepted an offer; null where fewer than ten were shown. */
  readonly engaged: number | null;
}

/** What came of fits by volunteered group since an instant; at most 31 groups. Rows of people stay in the database. */
export async function groupOutcomes(db: Db, since: Date): Promise<GroupOutcomes[]> {
  return db.$queryRaw<GroupOutcomes[]>`SELECT * FROM app_group_outcomes(${since})`;
}

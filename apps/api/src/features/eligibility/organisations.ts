import type { Db } from '../../platform/prisma/database';
import { listsOf } from '../expert/expert.public';

/** Kinds of evidence whose titles end with where it was, as an imported profile writes them: “MD Cardiology, University of Toronto”. */
const AT_A_PLACE = new Set(['WORK', 'EDUCATION']);

/** Names of organisations at which some experts worked or studied, now or ever, by their ids; as their profiles tell them. */
export async function organisationsOf(db: Db, ids: readonly string[]): Promise<Record<string, string[]>> {
  const lists = await listsOf(db, ids);
  return Object.fromEntries(
    [...lists].map(([id, { affiliations, evidence }]) => {
      const named = affiliations.map(({ organisation }) => organisation);
      const places = evidence.filter(({ kind }) => AT_A_PLACE.has(kind)).map(({ title }) => placeIn(title));
      return [id, [...new Set([...named, ...places])].filter((name) => name !== '')];
    }),
  );
}

/** What stands behind the last comma. */
function placeIn(title: string): string {
  return title.includes(',') ? title.slice(title.lastIndexOf(',') + 1).trim() : '';
}

/** An occupation as a taxonomy knows it. */
export interface Occupation {
  readonly id: string;
  readonly label: string;
  readonly aliases: readonly string[];
  readonly description: string;
  /** The groups that it is in, nearest first. */
  readonly groups: readonly string[];
  /** Only who is licensed may do it: nobody is taken for one because their own work is near. */
  readonly isRegulated: boolean;
}

/** A concept and its broader ones, as taxonomies are stored. */
export interface TaxonomyEntry {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly isRegulated: boolean;
  readonly broader: readonly string[];
}

/** How far up groups count. */
const LEVELS = 2;

/** The occupations of a taxonomy with the groups above them. Sorted by id, so that its order changes nothing. */
export function occupationsOf(entries: readonly TaxonomyEntry[]): Occupation[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return entries
    .filter(({ kind }) => kind === 'OCCUPATION')
    .map(({ id, label, aliases, description, isRegulated }) => ({
      id,
      label,
      aliases,
      description,
      isRegulated,
      groups: groupsAbove(id, byId),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The nearest groups above a concept, by way of broader concepts; the first of several, by id. */
function groupsAbove(id: string, byId: ReadonlyMap<string, TaxonomyEntry>): string[] {
  const groups: string[] = [];
  const seen = new Set([id]);
  for (let at = byId.get(id); at && groups.length < LEVELS;) {
    const next: string | undefined = at.broader.filter((each) => byId.has(each) && !seen.has(each)).sort()[0];
    if (next === undefined) break;
    seen.add(next);
    at = byId.get(next);
    if (at?.kind === 'GROUP') groups.push(next);
  }
  return groups;
}

import type { Found, SavedSearchRecord } from './saved-search.repository';

/**
 * What a search found, in words. New is only what was not on the list before: a fit also moves when the whole list is scored anew,
 * and whoever crosses the bound by that is told as one that fits now.
 */
export function foundTitle(
  { name, openingId, leastScore }: Pick<SavedSearchRecord, 'name' | 'openingId' | 'leastScore'>,
  found: readonly Pick<Found, 'wasListed'>[],
): string {
  const risen = found.filter(({ wasListed }) => wasListed).length;
  const fresh = found.length - risen;
  const thing = (count: number) => `${openingId === null ? 'opening' : 'candidate'}${count === 1 ? '' : 's'}`;
  const fits = `now ${risen === 1 ? 'fits' : 'fit'} at least ${leastScore}`;
  const what =
    risen === 0
      ? `${fresh} new ${thing(fresh)}`
      : fresh === 0
        ? `${risen} ${thing(risen)} ${fits}`
        : `${fresh} new ${thing(fresh)}, and ${risen} more ${fits},`;
  return `${what} for “${name}”`;
}

/** Says of those who are not new why they are told; empty where all are. Begins with a space. */
export function risenSentence(found: readonly Pick<Found, 'wasListed'>[]): string {
  const risen = found.filter(({ wasListed }) => wasListed).length;
  if (risen === 0) return '';
  return ` ${risen} ${risen === 1 ? 'was' : 'were'} on the list before with a lower fit; fits also move when a list is scored anew.`;
}

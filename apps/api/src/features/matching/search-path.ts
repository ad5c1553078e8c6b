import type { SavedSearchRecord } from './saved-search.repository';

/** The path of the list as a search filters it. */
export function searchPath({
  openingId,
  words,
  isEligible,
}: Pick<SavedSearchRecord, 'openingId' | 'words' | 'isEligible'>): string {
  if (openingId !== null) return `/lab/openings/${openingId}?view=shortlist`;
  const query = new URLSearchParams({
    ...(words && { search: words }),
    ...(isEligible !== null && { show: isEligible ? 'yes' : 'no' }),
  }).toString();
  return `/expert/openings${query && `?${query}`}`;
}

import type { PreparedQuery } from '../index/postings';
import type { Links, OccupationIndex } from '../taxonomy/occupation-index';

/** Feedback: how many of the best are looked at, and what their occupations count beside those of the opening. */
export const FEEDBACK = { best: 10, share: 0.3 } as const;
const WHOLE = 255;

/** One of the few whose words fit best, with the occupations that their titles may mean: place in the taxonomy and weight, 0 to 255. */
export interface Leader {
  readonly score: number;
  readonly links: readonly (readonly [number, number])[];
}

/**
 * What each occupation is worth to an opening, by its place and one more; those of the experts whose words fit best are looked for too,
 * since names of an occupation vary.
 * @param links the occupations that the opening may mean
 */
export function worthOf(
  occupations: OccupationIndex,
  links: Links,
  leaders: readonly Leader[],
): PreparedQuery {
  const isFed = links.size > 0 && leaders.length === FEEDBACK.best;
  const expanded = occupations.expanded(isFed ? withFeedback(occupations, links, leaders) : links);
  const [terms, worth] = [new Uint32Array(expanded.size), new Float32Array(expanded.size)];
  let i = 0;
  for (const [place, each] of expanded) {
    terms[i] = place + 1;
    worth[i++] = each / WHOLE;
  }
  return { terms, worth };
}

function withFeedback(occupations: OccupationIndex, asked: Links, leaders: readonly Leader[]): Links {
  const found = new Map<number, number>();
  for (const { score, links } of leaders)
    for (const [place, weight] of links) found.set(place, (found.get(place) ?? 0) + score * (weight / WHOLE));
  const both = new Map<number, number>();
  for (const [at, weight] of asked) both.set(at, (1 - FEEDBACK.share) * weight);
  for (const [at, weight] of occupations.unit(found))
    both.set(at, (both.get(at) ?? 0) + FEEDBACK.share * weight);
  return occupations.unit(both);
}

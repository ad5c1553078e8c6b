/** A new opening for an expert, or the new candidates of an opening, with why. */
export interface DigestItem {
  /** The opening's title. */
  readonly title: string;
  /** The lab's name for an expert; how many are new for a lab. */
  readonly about: string;
  /** The fit in points of 100, of the best where there are several. */
  readonly points: number;
  /** At most three. */
  readonly reasons: readonly string[];
  /** Path of its page. */
  readonly link: string;
}

/** What a daily search found. */
export interface SearchNews {
  readonly name: string;
  /** How many are new on its list. */
  readonly count: number;
  /** How many were on its list before and fit as well as it asks only now. */
  readonly risen: number;
  /** Path of its page. */
  readonly link: string;
}

/** What one morning has to tell somebody. */
export interface Digest {
  readonly openings: readonly DigestItem[];
  /** New openings beyond those that are named. */
  readonly moreOpenings: number;
  readonly candidates: readonly DigestItem[];
  /** What daily searches found, in a line each. */
  readonly searches: readonly SearchNews[];
}

/** The subject and the text of a daily mail; undefined where nothing is new. `{PUBLIC_URL}` in it becomes the product's address. */
export function digestLetter(digest: Digest): { subject: string; body: string } | undefined {
  const { openings, moreOpenings, candidates, searches } = digest;
  const parts = [
    part('New openings that you can apply for, best fit first', openings, openingLine),
    moreOpenings > 0 ? `and ${moreOpenings} more: {PUBLIC_URL}/expert/openings` : undefined,
    part('New candidates for your openings', candidates, candidateLine),
    searches.length === 0
      ? undefined
      : [
          'Your saved searches',
          ...searches.map((search) => `- ${search.name}: ${newsOf(search)}\n  {PUBLIC_URL}${search.link}`),
        ].join('\n'),
  ].flatMap((each) => each ?? []);
  if (parts.length === 0) return undefined;
  return { subject: subjectOf(digest), body: parts.join('\n\n') };
}

function part(
  title: string,
  items: readonly DigestItem[],
  lineOf: (item: DigestItem) => string,
): string | undefined {
  if (items.length === 0) return undefined;
  const lines = items.map((item) =>
    [lineOf(item), ...item.reasons.map((each) => `  + ${each}`), `  {PUBLIC_URL}${item.link}`].join('\n'),
  );
  return [title, ...lines].join('\n');
}

function openingLine({ title, about, points }: DigestItem): string {
  return `- ${title} (${about}), fit ${points} of 100`;
}

/** The fit and its reasons are those of the best. */
function candidateLine({ title, about, points }: DigestItem): string {
  return `- ${title}: ${about}, the best fits ${points} of 100`;
}

function newsOf({ count, risen }: SearchNews): string {
  const now = `${risen} that now ${risen === 1 ? 'fits' : 'fit'} as well as you ask`;
  return [...(count > 0 ? [`${count} new`] : []), ...(risen > 0 ? [now] : [])].join(', ');
}

function subjectOf({ openings, moreOpenings, candidates, searches }: Digest): string {
  const [first] = openings;
  if (first) {
    const others = openings.length - 1 + moreOpenings;
    return `New for you: ${first.title}${others > 0 ? ` and ${others} more` : ''}`;
  }
  if (candidates[0])
    return `New candidates: ${candidates[0].title}${candidates.length > 1 ? ` and ${candidates.length - 1} more openings` : ''}`;
  return `New for your saved searches: ${searches.map(({ name }) => name).join(', ')}`.slice(0, 120);
}

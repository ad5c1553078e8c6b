/** A DOI as it is written anywhere (DOI Handbook 2.2.2). */
const DOI = /10\.\d{4,9}\/[^\s"<>]+[^\s"<>.,;)\]]/gi;
/** A year in brackets, as lists of publications have it beside a title. */
const YEAR = /[([]\s*(?:1[5-9]|20)\d\d[a-z]?\s*[)\]]/gi;
/** Words that join others, as “&” does. */
const JOINING = new Set(['and', 'und', 'et', 'y']);

/**
 * What a work is known by: its DOIs where there are any in title or text, whatever resolver is before them and whether they are
 * percent-encoded, and the words of its title without a year in brackets and without “and”.
 */
export function workKeysOf(title: string, text = ''): string[] {
  const all = decoded(`${title} ${text}`);
  const dois = all.includes('10.') ? (all.match(DOI) ?? []) : [];
  const words = wordsOf((dois.length > 0 ? decoded(title).replace(DOI, ' ') : title).replace(YEAR, ' '));
  // A single word, as “Editor”, names no work.
  return [...dois.map((doi) => doi.toLowerCase()), ...(words.length > 1 ? [words.join(' ')] : [])];
}

/** Percent-encoded ASCII read as what it stands for, also where it was encoded twice; all else stays. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  const once = (each: string) =>
    each.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return once(once(text));
}

/** The words of a title, in small letters. Of one in plain letters alone they are found several times as fast. */
function wordsOf(title: string): string[] {
  const words = PLAIN.test(title)
    ? title.toLowerCase().match(/[a-z0-9]+/g)
    : title
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu);
  return words?.filter((word) => !JOINING.has(word)) ?? [];
}

const PLAIN = /^[\x20-\x7e]*$/;

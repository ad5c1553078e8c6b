/** A DOI as it is written anywhere (DOI Handbook 2.2.2). */
const DOI = /10\.\d{4,9}\/[^\s"<>]+[^\s"<>.,;)\]]/gi;

/** What a work is known by: its DOIs where there are any in title or text, and the words of its title. */
export function workKeysOf(title: string, text = ''): string[] {
  const all = `${title} ${text}`;
  const dois = all.includes('10.') ? (all.match(DOI) ?? []) : [];
  const words =
    title
      .replace(DOI, ' ')
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  // A single word, as “Editor”, names no work.
  return [...dois.map((doi) => doi.toLowerCase()), ...(words.length > 1 ? [words.join(' ')] : [])];
}

/** A DOI as it is written anywhere (DOI Handbook 2.2.2). */
const DOI = /10\.\d{4,9}\/[^\s"<>]+[^\s"<>.,;)\]]/gi;

/** What a work is known by: its DOIs where there are any in title or text, and the words of its title. */
export function workKeysOf(title: string, text = ''): string[] {
  const all = `${title} ${text}`;
  const dois = all.includes('10.') ? (all.match(DOI) ?? []) : [];
  const words = wordsOf(dois.length > 0 ? title.replace(DOI, ' ') : title);
  // A single word, as “Editor”, names no work.
  return [...dois.map((doi) => doi.toLowerCase()), ...(words.length > 1 ? [words.join(' ')] : [])];
}

/** The words of a title, in small letters. Of one in plain letters alone they are found several times as fast. */
function wordsOf(title: string): string[] {
  const words = PLAIN.test(title)
    ? title.toLowerCase().match(/[a-z0-9]+/g)
    : title
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu);
  return words ?? [];
}

const PLAIN = /^[\x20-\x7e]*$/;

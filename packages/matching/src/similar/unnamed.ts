import { tellingWords } from '@tallystick/domain';

/** Words between which and a name nothing stands, as in “Cardiologist at Nimbus”. */
const JOINED_BY = new Set(['at', 'bei', 'chez', 'en', 'la']);

/**
 * A text without names of organisations. Where somebody worked or studied says where they come from as much as what they know, so it makes
 * nobody like another.
 * @param names names as they are written elsewhere: found whatever the case, marks and legal forms, and only whole
 */
export function withoutNames(text: string, names: readonly string[]): string {
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  const plain = words.map(([word]) => plainly(word));
  const spellings = names.flatMap(spellingsOf).sort((a, b) => b.length - a.length);
  let left = '';
  let from = 0;
  for (let at = 0; at < words.length;) {
    const found = spellings.find((spelling) => spelling.every((word, next) => plain[at + next] === word));
    const last = found && words[at + found.length - 1];
    if (!found || !last) {
      at++;
      continue;
    }
    const first = JOINED_BY.has(plain[at - 1] ?? '') ? words[at - 1] : words[at];
    left += text.slice(from, Math.max(from, first?.index ?? from));
    from = last.index + last[0].length;
    at += found.length;
  }
  return from === 0 ? text : tidy(left + text.slice(from));
}

/** A name as it is written, and without its legal form. */
function spellingsOf(name: string): string[][] {
  const all = (name.match(/[\p{L}\p{N}]+/gu) ?? []).map(plainly);
  return [all, tellingWords(name).map(plainly)].filter((spelling) => spelling.length > 0);
}

function plainly(word: string): string {
  return word.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
}

/** Nothing hangs at the ends where a name was. */
function tidy(text: string): string {
  return text.replace(/^[\s,;@–-]+|[\s,;@–-]+$/gu, '').replace(/[ \t]{2,}/g, ' ');
}

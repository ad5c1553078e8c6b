import type { ExpertDocument, OpeningDocument } from '../documents';
import { languageOf, termsOf, wordsOf } from '../text/tokens';

/** Letters that a longer word begins with: enough to know “cardiology” in “cardiologist” and in “Kinderkardiologe”. */
const BEGINNING = 6;
/** Writing without spaces between words: two characters beside each other stand for one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Tells of experts whether their headline or titles share a word with the title of an opening, in any of its forms. */
export function sharesTitleOf({ title }: OpeningDocument): (expert: ExpertDocument) => boolean {
  const code = languageOf(title);
  const words = wordsOf(title);
  const terms = new Set(termsOf(title, code));
  const parts = words.flatMap((word) => (UNSPACED.test(word) ? pairsOf(word) : beginningOf(word)));
  return ({ headline, titles }) => {
    const own = [headline, ...titles].join(' ').toLowerCase();
    return parts.some((part) => own.includes(part)) || termsOf(own, code).some((term) => terms.has(term));
  };
}

function beginningOf(word: string): string[] {
  return word.length < BEGINNING ? [] : [word.slice(0, BEGINNING)];
}

function pairsOf(word: string): string[] {
  const letters = [...word];
  return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}

import * as snowball from 'snowball-stemmers';

/** Words that say which language a text is in; the most frequent function words of each. */
const FUNCTION_WORDS: Record<string, readonly string[]> = {
  english: ['the', 'and', 'of', 'to', 'in', 'for', 'with', 'is', 'on', 'that', 'by', 'as', 'are', 'from'],
  german: ['der', 'die', 'und', 'das', 'für', 'mit', 'von', 'ist', 'im', 'den', 'auf', 'eine', 'zu', 'des'],
  spanish: ['el', 'la', 'de', 'los', 'las', 'para', 'con', 'una', 'en', 'del', 'y', 'que', 'por', 'al'],
  french: ['le', 'les', 'des', 'et', 'une', 'pour', 'dans', 'avec', 'est', 'du', 'sur', 'aux', 'par', 'en'],
  romanian: ['și', 'si', 'pentru', 'cu', 'din', 'este', 'sau', 'care', 'pe', 'ale', 'într', 'al', 'ai', 'în'],
};
const ALL_FUNCTION_WORDS = new Set(Object.values(FUNCTION_WORDS).flat());
/** Romanian is left unstemmed: stemming it loses more than it finds. */
const STEMMED = ['english', 'german', 'spanish', 'french'];
const stemmers = new Map(STEMMED.map((language) => [language, snowball.newStemmer(language)]));
const stems = new Map<string, string>();

/** The language of a text by its function words; English where nothing tells. */
export function languageOf(words: readonly string[]): string {
  let best = 'english';
  let most = 0;
  for (const [language, known] of Object.entries(FUNCTION_WORDS)) {
    const hits = words.filter((word) => known.includes(word)).length;
    if (hits > most) [best, most] = [language, hits];
  }
  return best;
}

/** Words of a text as they are written, lower-cased: letters and digits, with + # . inside (c++, c#, node.js). */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}+#.]*/gu) ?? []
  ).map((word) => word.replace(/\.+$/, ''));
}

/** Terms of a text for the index: words without function words, stemmed in their language. */
export function termsOf(text: string): string[] {
  const words = wordsOf(text);
  const language = languageOf(words);
  return words.filter((word) => !ALL_FUNCTION_WORDS.has(word)).map((word) => stemOf(word, language));
}

function stemOf(word: string, language: string): string {
  const stemmer = stemmers.get(language);
  if (!stemmer || /[\d+#.]/.test(word)) return word;
  const key = `${language} ${word}`;
  const known = stems.get(key);
  if (known !== undefined) return known;
  const stem = stemmer.stem(word);
  if (stems.size < 200_000) stems.set(key, stem);
  return stem;
}

/** Character trigrams of a short text, with word borders: for titles, compounds and spelling. */
export function trigramsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => {
    const padded = `_${word}_`;
    return Array.from({ length: Math.max(1, padded.length - 2) }, (_, at) => padded.slice(at, at + 3));
  });
}

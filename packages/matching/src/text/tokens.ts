import * as snowball from 'snowball-stemmers';
import { neutral, withoutGender } from './neutral';

interface Language {
  /** Its stemmer; Romanian has none here: stemming it loses more than it finds. */
  readonly stemmer?: string;
  /** Words that say which language a text is in, and nothing else. */
  readonly functionWords: ReadonlySet<string>;
}

const language = (stemmer: string | undefined, words: string): Language => ({
  stemmer,
  functionWords: new Set(words.split(' ')),
});

/** Languages by their code (ISO 639-1). */
const LANGUAGES = {
  en: language('english', 'the and of to in for with is on that by as are from a an or at be this we it'),
  de: language('german', 'der die und das für mit von ist im den auf eine zu des ein als bei oder dem zur'),
  es: language('spanish', 'el la de los las para con una en del y que por al un se como su o es'),
  fr: language('french', 'le les des et une pour dans avec est du sur aux par en la de un ou au que'),
  it: language('italian', 'il di e che la per un in del con una i le dei gli da al della nel è'),
  nl: language('dutch', 'de het een en van voor met is op in aan bij naar uit door als te dat der tot'),
  pt: language('portuguese', 'o a os as de do da em para com uma e que no na por dos das um ao'),
  ro: language(undefined, 'și si pentru cu din este sau care pe ale într al ai în de la un o a prin'),
} as const;

export type LanguageCode = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as LanguageCode[];

/** Of each function word, the languages that have it. */
const spokenIn = new Map<string, LanguageCode[]>();
for (const code of LANGUAGE_CODES)
  for (const word of LANGUAGES[code].functionWords) spokenIn.set(word, [...(spokenIn.get(word) ?? []), code]);

const stemmers = new Map<LanguageCode, ReturnType<typeof snowball.newStemmer>>();
/** Words come again and again: their stems by language, and their trigrams, are kept for so many. */
const MOST_KEPT = 200_000;
const stems = new Map<LanguageCode, Map<string, string>>();
const trigrams = new Map<LanguageCode, Map<string, readonly string[]>>();

/** True where texts of this language can be read. */
export function isLanguage(code: string): code is LanguageCode {
  return code in LANGUAGES;
}

/** The language of a text by its function words; English where nothing tells. */
export function languageOf(text: string): LanguageCode {
  const hits = new Map<LanguageCode, number>();
  for (const word of wordsOf(text))
    for (const code of spokenIn.get(word) ?? []) hits.set(code, (hits.get(code) ?? 0) + 1);
  let best: LanguageCode = 'en';
  for (const code of LANGUAGE_CODES) if ((hits.get(code) ?? 0) > (hits.get(best) ?? 0)) best = code;
  return best;
}

/** Words of a text as they are written, lower-cased: letters and digits, with + # . inside (c++, c#, node.js). */
export function wordsOf(text: string): string[] {
  // Plain letters need no Unicode, which takes three times as long.
  const found = isAscii(text)
    ? text.toLowerCase().match(/[a-z0-9][a-z0-9+#.]*/g)
    : text
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{L}\p{N}][\p{L}\p{N}+#.]*/gu);
  return (found ?? []).map((word) => (word.endsWith('.') ? word.replace(/\.+$/, '') : word));
}

function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

/**
 * Terms of a text for the index: words without function words, stemmed in their language, without accents. They are the same whether a
 * woman or a man is said to do the work.
 */
export function termsOf(text: string, code: LanguageCode = languageOf(text)): string[] {
  const { functionWords } = LANGUAGES[code];
  const known = knownOf(stems, code);
  return wordsOf(text)
    .filter((word) => !functionWords.has(word))
    .map((word) => known.get(word) ?? kept(known, word, stemOf(word, code)));
}

function stemOf(word: string, code: LanguageCode): string {
  if (/[\d+#.]/.test(word)) return plain(word);
  const work = neutral(word, code);
  return withoutGender(plain(stemmerOf(code)?.stem(work) ?? work));
}

/** What is known of the words of a language. */
function knownOf<T>(all: Map<LanguageCode, Map<string, T>>, code: LanguageCode): Map<string, T> {
  const known = all.get(code) ?? new Map<string, T>();
  all.set(code, known);
  return known;
}

function kept<T>(known: Map<string, T>, word: string, value: T): T {
  if (known.size < MOST_KEPT) known.set(word, value);
  return value;
}

function stemmerOf(code: LanguageCode): ReturnType<typeof snowball.newStemmer> | undefined {
  const { stemmer } = LANGUAGES[code];
  if (stemmer === undefined) return undefined;
  const made = stemmers.get(code) ?? snowball.newStemmer(stemmer);
  stemmers.set(code, made);
  return made;
}

/** Without accents: they are left out as often as they are written. */
function plain(word: string): string {
  return isAscii(word) ? word : word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Character trigrams of a short text, with word borders: for titles, compounds and spelling. The same for a woman's and a man's title. */
export function trigramsOf(text: string, code: LanguageCode = languageOf(text)): string[] {
  const known = knownOf(trigrams, code);
  return wordsOf(text).flatMap((word) => known.get(word) ?? kept(known, word, trigramsOfWord(word, code)));
}

function trigramsOfWord(word: string, code: LanguageCode): string[] {
  const padded = `_${withoutGender(plain(neutral(word, code)))}_`;
  return Array.from({ length: Math.max(1, padded.length - 2) }, (_, at) => padded.slice(at, at + 3));
}

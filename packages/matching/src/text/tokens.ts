import * as snowball from 'snowball-stemmers';

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

const stemmers = new Map<LanguageCode, ReturnType<typeof snowball.newStemmer>>();
const stems = new Map<string, string>();
const MOST_STEMS = 200_000;

/** True where texts of this language can be read. */
export function isLanguage(code: string): code is LanguageCode {
  return code in LANGUAGES;
}

/** The language of a text by its function words; English where nothing tells. */
export function languageOf(text: string): LanguageCode {
  const words = wordsOf(text);
  let best: LanguageCode = 'en';
  let most = 0;
  for (const code of LANGUAGE_CODES) {
    const { functionWords } = LANGUAGES[code];
    const hits = words.filter((word) => functionWords.has(word)).length;
    if (hits > most) [best, most] = [code, hits];
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

/** Terms of a text for the index: words without function words, stemmed in their language, without accents. */
export function termsOf(text: string, code: LanguageCode = languageOf(text)): string[] {
  const { functionWords } = LANGUAGES[code];
  return wordsOf(text)
    .filter((word) => !functionWords.has(word))
    .map((word) => stemOf(word, code));
}

function stemOf(word: string, code: LanguageCode): string {
  const key = `${code} ${word}`;
  const known = stems.get(key);
  if (known !== undefined) return known;
  const stem = plain(/[\d+#.]/.test(word) ? word : (stemmerOf(code)?.stem(word) ?? word));
  if (stems.size < MOST_STEMS) stems.set(key, stem);
  return stem;
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
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Character trigrams of a short text, with word borders: for titles, compounds and spelling. */
export function trigramsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => {
    const padded = `_${plain(word)}_`;
    return Array.from({ length: Math.max(1, padded.length - 2) }, (_, at) => padded.slice(at, at + 3));
  });
}

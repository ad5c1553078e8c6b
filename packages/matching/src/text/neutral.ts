import type { LanguageCode } from './tokens';

/** Endings by which a word for a woman's work differs from that for a man's, in any language: a short title does not tell which it is. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  // Krankenpflegerin, Juristinnen, Kardiologin, Anwältin, Ärztin; not Medizin or Termin.
  [/(er|or|ist|ent|ant|eur|og|urg|graf|nom|wält|ärzt|amt|ert|äd|rät|wirt)in(nen)?$/, '$1'],
  // Infirmière, technicienne, vendeuse.
  [/ière(s?)$/, 'ier$1'],
  [/ienne(s?)$/, 'ien$1'],
  [/euse(s?)$/, 'eur$1'],
  // Kardiologe, Pädagoge.
  [/(olog|agog|irurg)en?$/, '$1'],
  // Redactoare, profesoară, medicală.
  [/oar[eă]$/, 'or'],
  [/ă$/, ''],
  // Ingeniera, enfermera: stemmers take the ending for that of a verb.
  [/(er|eir)a(s?)$/, '$1o$2'],
];
/** Traduttrice beside traduttore, and traductrice beside traducteur. */
const ITALIAN = [[/trice$/, 'tore']] as const;
const FRENCH = [[/trice(s?)$/, 'teur$1']] as const;
/** Avocate, assistante: endings that other languages have for other words. */
const ONLY_FRENCH = [[/(ant|ent|cat)e(s?)$/, '$1$2']] as const;
/** Shorter words keep their last letter: data, meta. */
const LEAST = 6;
/** The endings of words by what they are taken for. */
const ITALIAN_WORD = [...ENDINGS, ...ITALIAN];
const FRENCH_WORD = [...ENDINGS, ...FRENCH, ...ONLY_FRENCH];
const OTHER_WORD = [...ENDINGS, ...FRENCH];

/** A word for somebody's work as it is written for a man, whoever does it; other words stay. */
export function neutral(word: string, code: LanguageCode): string {
  if (word.length < LEAST) return word;
  for (const [ending, other] of endingsOf(word, code))
    if (ending.test(word)) return word.replace(ending, other);
  return word;
}

function endingsOf(word: string, code: LanguageCode): typeof ENDINGS {
  if (code === 'it' || word.endsWith('ttrice')) return ITALIAN_WORD;
  return code === 'fr' ? FRENCH_WORD : OTHER_WORD;
}

/** A word without the last letter that tells a woman's from a man's: abogad-a, jurídic-o, medical-ă. Accents are gone by then. */
export function withoutGender(word: string): string {
  return word.length >= LEAST && /[ao]$/.test(word) ? word.slice(0, -1) : word;
}

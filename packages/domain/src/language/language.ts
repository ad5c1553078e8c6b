/** What a person reads who wrote something else; the sentence of every form with a language. */
export const NAME_LANGUAGE = 'write one language by its name or its code, such as German or de';

/** In these, the names of languages with a code of two letters are known; and each one's own name for itself. */
const NAMED_IN = ['de', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'ro'];
/** What people say beside the standard's names. */
const ALSO: Readonly<Record<string, string>> = {
  ...{ mandarin: 'zh', farsi: 'fa', castilian: 'es', castellano: 'es', flemish: 'nl', tagalog: 'fil' },
  ...{ moldovan: 'ro', 'brazilian portuguese': 'pt', 'american english': 'en', 'british english': 'en' },
};
/** Languages without a code of two letters that many people speak, or that are studied. */
const OF_THREE_LETTERS =
  'ace akk arz ast ban bem ber bho bik ceb chr cmn csb din egy fil fon fur gsw hak haw hil hmn hne hsb dsb ilo kab kea kok lad lus mad mag mai men min mni mos nan nap nds nso pag pam pap pcm prs sat scn sco shn smn sux syr tet tig tpi tyv udm umb wuu yue zza grc ang enm gmh goh non pro sga'.split(
    ' ',
  );
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

let known: ReadonlyMap<string, string> | undefined;

/**
 * The English name of a language however it is written: by its code (ISO 639, also with a region: pt-BR), by its name in English
 * and, where it has a code of two letters, in some other languages, or as it calls itself. Undefined where that is none.
 */
export function languageNamed(text: string): string | undefined {
  known ??= knownLanguages();
  const key = keyOf(text);
  return known.get(key) ?? known.get(key.replace(/^([a-z]{2,3})[-_][a-z]{2}$/, '$1'));
}

function knownLanguages(): Map<string, string> {
  const english = namesIn('en');
  const two = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));
  // Those of two letters first: where two codes have one name, it is theirs.
  const codes = [...two, ...OF_THREE_LETTERS].filter((code) => english(code) !== undefined);
  const found = new Map<string, string>();
  const add = (written: string | undefined, code: string) => {
    if (written !== undefined && !found.has(keyOf(written)))
      found.set(keyOf(written), english(code) as string);
  };
  for (const code of codes) add(code, code);
  for (const code of codes) add(english(code), code);
  const common = codes.filter((code) => code.length === 2);
  for (const names of NAMED_IN.map(namesIn)) for (const code of common) add(names(code), code);
  for (const code of common) add(namesIn(code)(code), code);
  for (const [written, code] of Object.entries(ALSO)) add(written, code);
  return found;
}

function namesIn(locale: string): (code: string) => string | undefined {
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
  return (code) => names.of(code);
}

/** Written in whatever case, with or without accents. */
function keyOf(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

import { organisationKey, tellingWords } from './organisation-name';

/** How two names of organisations compare. ALIKE is a question for a person, and never an answer. */
export type Likeness = 'SAME' | 'ALIKE' | 'DIFFERENT';

/**
 * From this similarity of trigrams on, names are alike that share no words: “Müller Söhne” and “Muellers Söhne”, “NimbusLabs” and
 * “Nimbus”. Measured as pg_trgm does: those that both have, of those that either has.
 */
export const ALIKE_FROM = 0.5;

/** Legal forms as they are written out, or stand before a name, that there are several organisations, and what kind of one it is. */
const NOT_SIGNIFICANT = new Set(
  (
    'aktiengesellschaft gesellschaft haftung haftungsbeschrankt beschrankter ' +
    'sociedad anonima limitada sociedade unipersonal de ' +
    'sc societate societatea actiuni pe cu raspundere si ' +
    'societe anonyme group groupe gruppe grupo grup gruppo holding holdings international ' +
    'lab labs laboratory laboratories labor laboratorio laboratorios laborator research forschung investigacion cercetare ' +
    'institute institut instituto institutul foundation stiftung fundacion fundatia'
  ).split(' '),
);

/** A name, made ready to be compared with many. */
export interface OrganisationName {
  readonly name: string;
  /** As `organisationKey` gives it. */
  readonly key: string;
  /** The words that tell organisations apart. */
  readonly words: ReadonlySet<string>;
  /** Of these words, written together, with two spaces before and one behind. */
  readonly trigrams: ReadonlySet<string>;
  /** Its numbers, written together: they tell “Studio 54” from “Studio 55”. */
  readonly numbers: string;
}

/** Makes a name ready to be compared. */
export function organisationName(name: string): OrganisationName {
  const all = tellingWords(name).map(plainly);
  const significant = all.filter((word) => !NOT_SIGNIFICANT.has(word));
  const words = significant.length > 0 ? significant : all;
  const together = words.join('');
  return {
    ...{ name, key: organisationKey(name), words: new Set(words), trigrams: trigramsOf(together) },
    numbers: together.replace(/\P{N}/gu, ''),
  };
}

/**
 * Whether two names are the same, as `organisationKey` compares them; only alike, as the significant words of one are among those of
 * the other (“Nimbus” and “Nimbus Labs”, “Deutsche Bank AG” and “Deutsche Bank Research”) or their letters are similar; or different.
 */
export function likenessOf(one: OrganisationName, other: OrganisationName): Likeness {
  if (one.key === other.key) return 'SAME';
  return isAmong(one.words, other.words) || isAmong(other.words, one.words) || isSimilar(one, other)
    ? 'ALIKE'
    : 'DIFFERENT';
}

function isAmong(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  if (words.size === 0 || words.size > others.size) return false;
  for (const word of words) if (!others.has(word)) return false;
  return true;
}

function isSimilar(one: OrganisationName, other: OrganisationName): boolean {
  const [few, many] =
    one.trigrams.size < other.trigrams.size ? [one.trigrams, other.trigrams] : [other.trigrams, one.trigrams];
  // So many are in both at most: who cannot reach the bound is not looked at.
  if (one.numbers !== other.numbers || few.size < ALIKE_FROM * many.size) return false;
  let both = 0;
  for (const trigram of few) if (many.has(trigram)) both++;
  return both >= ALIKE_FROM * (few.size + many.size - both);
}

/** ß as ss, and ae, oe, ue as the letters that they stand for: Müller is Mueller. */
function plainly(word: string): string {
  return word.replace(/ß/g, 'ss').replace(/([aou])e/g, '$1');
}

function trigramsOf(letters: string): Set<string> {
  if (letters === '') return new Set();
  const padded = [...`  ${letters} `];
  return new Set(padded.slice(2).map((letter, at) => `${padded[at]}${padded[at + 1]}${letter}`));
}

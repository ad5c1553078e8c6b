/** What a person reads who wrote something else; the sentence of every form with a country. */
export const CHOOSE_COUNTRY = 'choose a country from the list';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** What has a name and is no country of ISO 3166-1: unions, what is only reserved, what is no more, made up or unknown. */
const NO_COUNTRIES =
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB XK YD YU ZR ZZ';
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** True for a country's two capital letters, by ISO 3166-1. A union (EU), what is only reserved (UK) or made up (XX, ZZ) is none. */
export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && !NO_COUNTRIES.includes(code) && names.of(code) !== undefined;
}

/** The countries of the world by their two letters, 249 of them. */
export const COUNTRY_CODES: readonly string[] = LETTERS.flatMap((one) =>
  LETTERS.map((other) => one + other),
).filter(isCountry);

/** The English name of a country by its two letters: `RO` is Romania. What is no code stays as it is. */
export function countryName(code: string): string {
  return (isCountry(code) && names.of(code)) || code;
}

import { COUNTRY_CODES, countryName } from '@tallystick/domain';

export { countryName };

/** The two-letter code of a country by its English name or code, without regard to case; undefined where there is none. */
export function countryCode(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  return COUNTRY_CODES.find(
    (code) => code.toLowerCase() === wanted || countryName(code).toLowerCase() === wanted,
  );
}

/** Names of all countries, in their order. */
export const COUNTRY_NAMES = COUNTRY_CODES.map(countryName).sort((one, other) =>
  one.localeCompare(other, 'en'),
);

/** All countries for a choice, by name. */
export const COUNTRY_OPTIONS = COUNTRY_CODES.map((code) => [code, countryName(code)] as const).sort(
  (one, other) => one[1].localeCompare(other[1], 'en'),
);

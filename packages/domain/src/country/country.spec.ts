import { COUNTRY_CODES, countryName, isCountry } from './country';

describe('a country', () => {
  it.each(['US', 'RO', 'TW', 'SX', 'PS', 'ZW'])('is %s', (code) => expect(isCountry(code)).toBe(true));

  it.each(['XX', 'ZZ', 'EU', 'UN', 'XK', 'UK', 'SU', 'us', 'USA', ' US', ''])('is not %p', (code) =>
    expect(isCountry(code)).toBe(false),
  );

  it('is one of 249 of the standard, each with a name of its own', () => {
    expect(COUNTRY_CODES).toHaveLength(249);
    expect(new Set(COUNTRY_CODES.map(countryName)).size).toBe(249);
    expect(COUNTRY_CODES.filter((code) => countryName(code) === code)).toEqual([]);
    expect([countryName('KP'), countryName('nowhere')]).toEqual(['North Korea', 'nowhere']);
  });
});

const CODES =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );
const names = new Intl.DisplayNames('en', { type: 'region' });

/** The name of a country by its two-letter code: `RO` is Romania. What is no code stays as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}

/** The two-letter code of a country by its English name or code, without regard to case; undefined where there is none. */
export function countryCode(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  return CODES.find((code) => code.toLowerCase() === wanted || countryName(code).toLowerCase() === wanted);
}

/** Names of all countries, in their order. */
export const COUNTRY_NAMES = CODES.map(countryName).sort((one, other) => one.localeCompare(other, 'en'));

/** All countries for a choice, by name. */
export const COUNTRY_OPTIONS = CODES.map((code) => [code, countryName(code)] as const).sort((one, other) =>
  one[1].localeCompare(other[1], 'en'),
);

import { ok, refuse, type Result } from '../result/result';

/**
 * Checks a US National Provider Identifier: ten digits, the first 1 or 2, Luhn over 80840 and the number.
 * Source: CMS, 45 CFR 162.406; the prefix adds 24 to the sum.
 */
export function checkNpi(text: string, field = 'npi'): Result<string> {
  const digits = text.replace(/[\s-]/g, '');
  const about = { field };
  if (!/^\d*$/.test(digits)) return refuse('NPI_NOT_DIGITS', 'An NPI has digits only.', about);
  if (digits.length !== 10)
    return refuse('NPI_LENGTH', `An NPI has 10 digits; this has ${digits.length}.`, about);
  if (!/^[12]/.test(digits)) return refuse('NPI_FIRST_DIGIT', 'An NPI begins with 1 or 2.', about);
  let sum = 24;
  for (let place = 0; place < 9; place++) {
    const digit = Number(digits[place]);
    const doubled = place % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  if ((sum + Number(digits[9])) % 10 !== 0)
    return refuse(
      'NPI_CHECK_DIGIT',
      'The last digit does not fit the others: one digit is wrong, or two are swapped.',
      about,
    );
  return ok(digits);
}

/** Checks an ORCID iD: 16 characters, ISO 7064 MOD 11-2. */
export function checkOrcid(text: string, field = 'orcid'): Result<string> {
  const plain = text
    .trim()
    .replace(/^https:\/\/orcid\.org\//, '')
    .replace(/-/g, '')
    .toUpperCase();
  const about = { field };
  if (!/^\d{15}[\dX]$/.test(plain))
    return refuse('ORCID_SHAPE', 'An ORCID iD looks like 0000-0002-1825-0097.', about);
  let total = 0;
  for (const digit of plain.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  if ((check === 10 ? 'X' : String(check)) !== plain[15])
    return refuse('ORCID_CHECK_DIGIT', 'The last character does not fit the others: check the iD.', about);
  return ok(plain.replace(/(.{4})(?=.)/g, '$1-'));
}

import { ok, refuse, type Result } from '../result/result';
import { isCountry } from '../country/country';
import { checkNpi, checkOrcid } from './check-digits';

/** One field of a claim. */
export interface ClaimField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly isRequired: boolean;
  /** What it is, beyond text. */
  readonly kind?: 'NPI' | 'ORCID' | 'DATE' | 'US_STATE' | 'COUNTRY' | 'CEFR';
}

export interface CredentialType {
  readonly label: string;
  /** Regulated work is decided by two different verifiers. */
  readonly isRegulated: boolean;
  readonly fields: readonly ClaimField[];
  /** The field that says where it holds. */
  readonly jurisdictionField?: string;
}

const field = (
  name: string,
  label: string,
  hint: string,
  kind?: ClaimField['kind'],
  isRequired = true,
): ClaimField => ({ name, label, hint, isRequired, kind });
const licenceNumber = field('licenceNumber', 'Licence number', 'As printed on the licence');
const state = field('state', 'State', 'Two letters, e.g. CA', 'US_STATE');
const expires = (isRequired: boolean) =>
  field('expiresOn', 'Valid until', 'Last day on which it is valid', 'DATE', isRequired);

/** What an expert can claim, with what is asked for each. */
export const CREDENTIAL_TYPES = {
  US_MEDICAL_LICENSE: {
    label: 'US medical licence',
    isRegulated: true,
    jurisdictionField: 'state',
    fields: [state, licenceNumber, field('npi', 'NPI', '10 digits', 'NPI'), expires(true)],
  },
  US_NURSING_LICENSE: {
    label: 'US nursing licence',
    isRegulated: true,
    jurisdictionField: 'state',
    fields: [state, licenceNumber, expires(true)],
  },
  US_BAR_ADMISSION: {
    label: 'US bar admission',
    isRegulated: true,
    jurisdictionField: 'state',
    fields: [state, licenceNumber, expires(false)],
  },
  CPA_LICENSE: {
    label: 'CPA licence',
    isRegulated: true,
    jurisdictionField: 'state',
    fields: [state, licenceNumber, expires(true)],
  },
  PE_LICENSE: {
    label: 'Professional engineer licence',
    isRegulated: true,
    jurisdictionField: 'state',
    fields: [state, licenceNumber, expires(true)],
  },
  DEGREE: {
    label: 'Degree',
    isRegulated: false,
    fields: [
      field('degree', 'Degree', 'e.g. PhD'),
      field('subject', 'Subject', 'e.g. Organic chemistry'),
      field('institution', 'Institution', 'Who awarded it'),
      field('year', 'Year', 'e.g. 2019'),
    ],
  },
  CERTIFICATION: {
    label: 'Certification',
    isRegulated: false,
    fields: [
      field('title', 'Title', 'e.g. CFA charter'),
      field('issuer', 'Issuer', 'Who issued it'),
      field('number', 'Number', 'If it has one', undefined, false),
      expires(false),
    ],
  },
  LANGUAGE: {
    label: 'Language certificate',
    isRegulated: false,
    fields: [
      field('language', 'Language', 'e.g. German'),
      field('level', 'Level', 'A1 to C2', 'CEFR'),
      field('test', 'Test', 'e.g. Goethe-Zertifikat'),
    ],
  },
  EMPLOYMENT: {
    label: 'Employment',
    isRegulated: false,
    fields: [
      field('employer', 'Employer', 'Organisation'),
      field('title', 'Title', 'Your role'),
      field('since', 'Since', 'First day', 'DATE'),
    ],
  },
  ORCID: {
    label: 'ORCID iD',
    isRegulated: false,
    fields: [field('orcid', 'ORCID iD', '0000-0002-1825-0097', 'ORCID')],
  },
  IDENTITY: {
    label: 'Identity',
    isRegulated: true,
    fields: [
      field('legalName', 'Legal name', 'As in the document'),
      field('documentCountry', 'Country of the document', 'Two letters', 'COUNTRY'),
      expires(true),
    ],
  },
} as const satisfies Record<string, CredentialType>;

/** The fields of a claim that name one person, by what they stand for: the same in a claim of somebody else is for a person to look at. */
const UNIQUE_FIELDS: readonly (readonly string[])[] = [
  ['npi'],
  ['orcid'],
  ['state', 'licenceNumber'],
  ['issuer', 'number'],
];

/** What of a claim belongs to one person only, each as the values that name them: `[{npi}, {state, licenceNumber}]`. */
export function uniquePartsOf(claim: Readonly<Record<string, string>>): Record<string, string>[] {
  return UNIQUE_FIELDS.filter((names) => names.every((name) => claim[name])).map((names) =>
    Object.fromEntries(names.map((name) => [name, claim[name] ?? ''])),
  );
}

/** A required or held credential in words: `Certification (US-CA) from CFA Institute`. */
export function credentialWords({
  type,
  jurisdiction,
  issuers = [],
}: {
  readonly type: string;
  readonly jurisdiction?: string | null;
  readonly issuers?: readonly string[];
}): string {
  const label = isCredentialType(type) ? CREDENTIAL_TYPES[type].label : type;
  const from = issuers.length > 0 ? ` from ${issuers.join(' or ')}` : '';
  return `${jurisdiction ? `${label} (${jurisdiction})` : label}${from}`;
}

/** The fields that say who issued something. */
const ISSUER_FIELDS = ['issuer', 'institution', 'test'];

/** Who issued what is claimed: an issuer, an institution or a test; null where the kind has none. */
export function issuerOf(claim: Readonly<Record<string, string>>): string | null {
  return ISSUER_FIELDS.map((name) => claim[name]).find((value) => value !== undefined) ?? null;
}

/** True where issuers of a kind are told apart. */
export function hasIssuer(type: string): boolean {
  return (
    isCredentialType(type) && CREDENTIAL_TYPES[type].fields.some(({ name }) => ISSUER_FIELDS.includes(name))
  );
}

export type CredentialTypeCode = keyof typeof CREDENTIAL_TYPES;

/** True for the code of a type that can be claimed. */
export function isCredentialType(code: string): code is CredentialTypeCode {
  return Object.hasOwn(CREDENTIAL_TYPES, code);
}

export const CEFR_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'NATIVE'] as const;

export const US_STATES =
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
    ' ',
  );

/** A claim whose form was checked: tidy values, where it holds and until when. */
export interface CheckedClaim {
  readonly claim: Record<string, string>;
  readonly jurisdiction: string | null;
  readonly expiresOn: string | null;
}

/** Checks the form of a claim at once: fields there, numbers with right check digits, dates real. Says nothing about its truth. */
export function checkCredentialClaim(
  code: CredentialTypeCode,
  given: Record<string, string>,
): Result<CheckedClaim> {
  const type: CredentialType = CREDENTIAL_TYPES[code];
  const claim: Record<string, string> = {};
  for (const wanted of type.fields) {
    const checked = checkClaimField(wanted, given[wanted.name] ?? '');
    if (!checked.ok) return checked;
    if (checked.value !== '') claim[wanted.name] = checked.value;
  }
  const unknown = Object.keys(given).find((name) => !type.fields.some((each) => each.name === name));
  if (unknown !== undefined)
    return refuse('CLAIM_UNKNOWN_FIELD', `${type.label} has no field ${unknown}.`, { field: unknown });
  const place = type.jurisdictionField && claim[type.jurisdictionField];
  return ok({ claim, jurisdiction: place ? `US-${place}` : null, expiresOn: claim.expiresOn ?? null });
}

/** Checks one field of a claim at once; an empty one that is needed is missing. Gives its tidy value. */
export function checkClaimField(
  { name, kind, label, isRequired }: ClaimField,
  given: string,
): Result<string> {
  const text = given.trim();
  const about = { field: name };
  if (text === '') return isRequired ? refuse('CLAIM_INCOMPLETE', `${label} is missing.`, about) : ok('');
  if (text.length > 200) return refuse('CLAIM_TOO_LONG', `${label} has at most 200 characters.`, about);
  if (kind === 'NPI') return checkNpi(text, name);
  if (kind === 'ORCID') return checkOrcid(text, name);
  if (kind === 'DATE' && !isDate(text))
    return refuse(
      'DATE_UNREADABLE',
      `Write ${label.toLowerCase()} as year-month-day, e.g. 2027-06-30.`,
      about,
    );
  const upper = text.toUpperCase();
  if (kind === 'US_STATE')
    return US_STATES.includes(upper)
      ? ok(upper)
      : refuse('STATE_UNKNOWN', 'This is not a US state. Write its two letters, e.g. CA.', about);
  if (kind === 'COUNTRY')
    return isCountry(upper)
      ? ok(upper)
      : refuse('COUNTRY_UNKNOWN', 'Write the two letters of the country, e.g. DE.', about);
  if (kind === 'CEFR')
    return CEFR_LEVELS.some((level) => level === upper)
      ? ok(upper)
      : refuse('LEVEL_UNKNOWN', 'The level is A1, A2, B1, B2, C1 or C2.', about);
  return ok(text);
}

/** True for a real day written as year-month-day. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

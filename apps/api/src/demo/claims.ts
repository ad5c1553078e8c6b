import { US_STATES, type CredentialTypeCode } from '@tallystick/domain';
import type { Field, Speciality } from './content';
import type { Chance } from './random';

/** What becomes of a claim. Each is brought about by the people and the days that bring it about elsewhere. */
export type Fate =
  | 'DRAFT'
  | 'SUBMITTED'
  | 'IN_REVIEW'
  | 'VERIFIED'
  | 'EXPIRING'
  | 'EXPIRED'
  | 'REJECTED'
  | 'APPEALED'
  | 'SUSPENDED'
  | 'REVOKED'
  | 'WITHDRAWN';

export interface PlannedClaim {
  readonly type: CredentialTypeCode;
  readonly fate: Fate;
  /** Values of the claim; `expiresOn` is set when the start of the history is known. */
  readonly values: Record<string, string>;
}

/** Of twelve people in a row these get another fate than to be verified. */
const FATES: readonly Fate[] = [
  'DRAFT',
  'SUBMITTED',
  'IN_REVIEW',
  'EXPIRING',
  'EXPIRED',
  'REJECTED',
  'APPEALED',
  'SUSPENDED',
  'REVOKED',
  'WITHDRAWN',
];
const REGULATED: Record<string, CredentialTypeCode> = {
  Cardiologist: 'US_MEDICAL_LICENSE',
  Radiologist: 'US_MEDICAL_LICENSE',
  Oncologist: 'US_MEDICAL_LICENSE',
  'Registered nurse': 'US_NURSING_LICENSE',
  'Contracts lawyer': 'US_BAR_ADMISSION',
  'Litigation attorney': 'US_BAR_ADMISSION',
  'Patent attorney': 'US_BAR_ADMISSION',
  'Tax lawyer': 'US_BAR_ADMISSION',
  'Certified accountant': 'CPA_LICENSE',
  'Structural engineer': 'PE_LICENSE',
  'Mechanical engineer': 'PE_LICENSE',
  'Electrical engineer': 'PE_LICENSE',
};

/** The licence that an occupation has in the United States, where it has one. */
export function licenceOf(speciality: Speciality): CredentialTypeCode | undefined {
  return REGULATED[speciality.title];
}

/** What an expert claims: a licence where their work has one, and what their field goes by. */
export function claimsOf(
  name: string,
  field: Field,
  speciality: Speciality,
  country: string,
  number: number,
  chance: Chance,
): PlannedClaim[] {
  const licence = country === 'US' ? licenceOf(speciality) : undefined;
  const claims: PlannedClaim[] = [];
  // Not everybody has claimed something yet.
  if (number >= 60 && chance.happens(0.3)) return claims;
  // A fate that time brings needs a last day, which licences have.
  const fate = number % 4 === 1 ? (FATES[Math.floor(number / 4) % FATES.length] ?? 'VERIFIED') : 'VERIFIED';
  if (licence) claims.push({ type: licence, fate, values: licenceValues(licence, chance) });
  else {
    const type = usualType(field, chance);
    const dated = fate === 'EXPIRING' || fate === 'EXPIRED';
    // Two verifiers look at regulated claims only.
    const kind = fate === 'IN_REVIEW' ? 'IDENTITY' : dated ? 'CERTIFICATION' : type;
    claims.push({ type: kind, fate, values: plainValues(kind, name, field, speciality, chance) });
  }
  if (chance.happens(0.1))
    claims.push({
      type: 'DEGREE',
      fate: 'VERIFIED',
      values: plainValues('DEGREE', name, field, speciality, chance),
    });
  return claims;
}

function usualType(field: Field, chance: Chance): CredentialTypeCode {
  if (field.id === 'language') return 'LANGUAGE';
  if (['mathematics', 'physics', 'chemistry', 'biology'].includes(field.id))
    return chance.pick(['DEGREE', 'ORCID']);
  return chance.pick(['DEGREE', 'EMPLOYMENT', 'CERTIFICATION']);
}

function licenceValues(type: CredentialTypeCode, chance: Chance): Record<string, string> {
  const state = chance.happens(0.6) ? chance.pick(['CA', 'NY', 'TX']) : chance.pick(US_STATES);
  const licenceNumber = `${state}-${chance.digits(6)}`;
  return { state, licenceNumber, ...(type === 'US_MEDICAL_LICENSE' && { npi: inventedNpi(chance) }) };
}

/** An NPI that nobody has: real ones begin with 1, invented ones with 2. Its check digit is right. */
export function inventedNpi(chance: Chance): string {
  const digits = `2${chance.digits(8)}`;
  let sum = 24;
  for (let place = 0; place < 9; place++) {
    const doubled = place % 2 === 0 ? Number(digits[place]) * 2 : Number(digits[place]);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** An ORCID iD with a right check character, outside the ranges that ORCID gives out. */
function inventedOrcid(chance: Chance): string {
  const digits = `00099${chance.digits(10)}`;
  let total = 0;
  for (const digit of digits) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return `${digits}${check === 10 ? 'X' : check}`.replace(/(.{4})(?=.)/g, '$1-');
}

function plainValues(
  type: CredentialTypeCode,
  name: string,
  field: Field,
  speciality: Speciality,
  chance: Chance,
): Record<string, string> {
  const year = String(chance.between(1998, 2023));
  switch (type) {
    case 'ORCID':
      return { orcid: inventedOrcid(chance) };
    case 'LANGUAGE':
      return {
        language: chance.pick(['German', 'French', 'Spanish', 'Japanese']),
        level: chance.pick(['C1', 'C2']),
        test: 'State examination for translators',
      };
    case 'EMPLOYMENT':
      return { employer: chance.pick(field.org), title: speciality.title, since: `${year}-09-01` };
    case 'CERTIFICATION':
      return {
        title: `Certificate in ${speciality.skills[0]?.toLowerCase()}`,
        issuer: chance.pick(field.school),
        number: chance.digits(7),
      };
    case 'IDENTITY':
      return { legalName: name, documentCountry: 'US' };
    default:
      return {
        degree: chance.pick(['PhD', 'MSc', 'Diploma']),
        subject: field.label,
        institution: chance.pick(field.school),
        year,
      };
  }
}

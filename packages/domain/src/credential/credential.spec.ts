import { checkNpi, checkOrcid } from './check-digits';
import { checkCredentialClaim, uniquePartsOf } from './credential-types';
import { decideVerification, expiryEvent, isProvenUntil, type Decision } from './decide-verification';

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code;

describe('an NPI', () => {
  it('is taken when its check digit fits', () => {
    for (const npi of ['1234567893', '1245319599', '123-456-7893']) expect(code(checkNpi(npi))).toBe('ok');
  });

  it('is refused with the reason that fits: letters, length, first digit, check digit', () => {
    expect(code(checkNpi('12345678ab'))).toBe('NPI_NOT_DIGITS');
    expect(code(checkNpi('123456789'))).toBe('NPI_LENGTH');
    expect(code(checkNpi('3234567893'))).toBe('NPI_FIRST_DIGIT');
    for (const npi of ['1234567890', '1234567983']) expect(code(checkNpi(npi))).toBe('NPI_CHECK_DIGIT');
  });
});

describe('an ORCID iD', () => {
  it('is taken when its check character fits, also as an address', () => {
    for (const id of ['0000-0002-1825-0097', 'https://orcid.org/0000-0001-5109-3700', '0000-0002-1694-233X'])
      expect(code(checkOrcid(id))).toBe('ok');
    expect(code(checkOrcid('0000-0002-1825-0079'))).toBe('ORCID_CHECK_DIGIT');
    expect(code(checkOrcid('1825-0097'))).toBe('ORCID_SHAPE');
  });
});

describe('a claim', () => {
  it('knows where it holds and until when', () => {
    expect(
      checkCredentialClaim('US_MEDICAL_LICENSE', {
        state: 'ca',
        licenceNumber: 'A123',
        npi: '1234567893',
        expiresOn: '2027-06-30',
      }),
    ).toMatchObject({
      ok: true,
      value: { jurisdiction: 'US-CA', expiresOn: '2027-06-30' },
    });
  });

  it('is refused at the field that is missing, wrong or unknown', () => {
    const base = { state: 'CA', licenceNumber: 'A123', npi: '1234567893', expiresOn: '2027-06-30' };
    expect(checkCredentialClaim('US_MEDICAL_LICENSE', { ...base, npi: '' })).toMatchObject({
      refusal: { code: 'CLAIM_INCOMPLETE', field: 'npi' },
    });
    expect(checkCredentialClaim('US_MEDICAL_LICENSE', { ...base, expiresOn: '2027-02-30' })).toMatchObject({
      refusal: { code: 'DATE_UNREADABLE', field: 'expiresOn' },
    });
    expect(checkCredentialClaim('US_MEDICAL_LICENSE', { ...base, state: 'ZZ' })).toMatchObject({
      refusal: { code: 'STATE_UNKNOWN' },
    });
    expect(checkCredentialClaim('US_MEDICAL_LICENSE', { ...base, verified: 'yes' })).toMatchObject({
      refusal: { code: 'CLAIM_UNKNOWN_FIELD' },
    });
  });
});

describe('what belongs to one person only', () => {
  it('is a number by itself, or with the place or body that gave it', () => {
    expect(uniquePartsOf({ state: 'CA', licenceNumber: 'A 1', npi: '1234567893' })).toEqual([
      { npi: '1234567893' },
      { state: 'CA', licenceNumber: 'A 1' },
    ]);
    expect(uniquePartsOf({ title: 'CFA charter', issuer: 'CFA Institute' })).toEqual([]);
    expect(uniquePartsOf({ degree: 'PhD', subject: 'Physics' })).toEqual([]);
  });
});

describe('a verification', () => {
  const decision: Decision = {
    type: 'US_MEDICAL_LICENSE',
    state: 'SUBMITTED',
    claimantId: 'expert',
    verifierId: 'v1',
    outcome: 'APPROVE',
    reason: 'Found on the board register.',
    approvedBy: [],
    rejectedBy: [],
  };

  it('of regulated work takes two different verifiers', () => {
    expect(decideVerification(decision)).toEqual({ ok: true, value: 'IN_REVIEW' });
    const second = { ...decision, state: 'IN_REVIEW', approvedBy: ['v1'] };
    expect(code(decideVerification(second))).toBe('SECOND_VERIFIER');
    expect(decideVerification({ ...second, verifierId: 'v2' })).toEqual({ ok: true, value: 'VERIFIED' });
  });

  it('of other claims takes one', () => {
    expect(decideVerification({ ...decision, type: 'DEGREE' })).toEqual({ ok: true, value: 'VERIFIED' });
  });

  it('is never made by the claimant, without a reason, or on appeal by who rejected it', () => {
    expect(code(decideVerification({ ...decision, verifierId: 'expert' }))).toBe('OWN_CREDENTIAL');
    expect(code(decideVerification({ ...decision, reason: 'ok' }))).toBe('REASON_MISSING');
    expect(code(decideVerification({ ...decision, rejectedBy: ['v1'] }))).toBe('APPEAL_TO_OTHER');
  });
});

describe('expiry', () => {
  const end = new Date('2026-12-31');
  it('warns sixty days ahead and ends after the last day', () => {
    expect(expiryEvent('VERIFIED', end, new Date('2026-10-01'))).toBeUndefined();
    expect(expiryEvent('VERIFIED', end, new Date('2026-11-15'))).toBe('NEAR_EXPIRY');
    expect(expiryEvent('EXPIRING', end, new Date('2026-12-31T23:59:59Z'))).toBeUndefined();
    expect(expiryEvent('EXPIRING', end, new Date('2027-01-01T00:00:00Z'))).toBe('EXPIRE');
  });

  it('counts as proven only while it lasts over the whole window', () => {
    expect(isProvenUntil('VERIFIED', end, end)).toBe(true);
    expect(isProvenUntil('VERIFIED', end, new Date('2027-01-01'))).toBe(false);
    expect(isProvenUntil('SUBMITTED', end, end)).toBe(false);
  });
});

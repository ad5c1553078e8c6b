import { organisationKey } from './organisation-name';

describe('the name of an organisation', () => {
  it.each([
    ['NimbusLabs', 'Nimbus Labs'],
    ['NIMBUS-LABS', 'Nimbus Labs, Inc.'],
    ['The Nimbus Labs', 'nimbus labs llc'],
    ['Bell & Howell', 'Bell and Howell Co.'],
    ['Acme S.A.', 'ACME sa'],
    ['Acme L.L.C.', 'Acme'],
    ['Société Générale', 'Societe Generale SA'],
    ["Moody's", 'Moodys Corporation'],
    ['Müller und Söhne GmbH & Co. KG', 'Muller Sohne'],
  ])('is the same for %s and %s', (one, other) => {
    expect(organisationKey(one)).toBe(organisationKey(other));
  });

  it.each([
    ['Nimbus Labs', 'Cumulus Labs'],
    ['Company', 'Limited'],
    // A legal form in the middle, or a name of nothing else, is a part of the name.
    ['SE Health', 'Health'],
    ['Nimbus', 'Nimbus Weather'],
  ])('differs for %s and %s', (one, other) => {
    expect(organisationKey(one)).not.toBe(organisationKey(other));
  });

  it('is never empty where there are letters', () => {
    for (const name of ['The', 'and', 'Inc.', 'Co']) expect(organisationKey(name)).not.toBe('');
  });
});

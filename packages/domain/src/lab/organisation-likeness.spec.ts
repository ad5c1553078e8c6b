import { likenessOf, organisationName } from './organisation-likeness';

const likeness = (one: string, other: string) => likenessOf(organisationName(one), organisationName(other));

describe('the likeness of two names of organisations', () => {
  it.each([
    ['Nimbus', 'Nimbus Labs'],
    ['Acme AI Research', 'Acme AI'],
    ['Deutsche Bank AG', 'Deutsche Bank Research'],
    ['Google DeepMind', 'Google'],
    ['University of California', 'University of California, Berkeley'],
    // What kind of organisation it is tells nobody apart.
    ['Deutsche Bank Securities', 'Deutsche Bank Forschung'],
    ['Nimbus Cardiology', 'Nimbus Labs'],
    ['Fundación Nimbus', 'Institutul Nimbus'],
    ['MIT Media Lab', 'MIT'],
    ['Bank Deutsche', 'Deutsche Bank AG'],
    ['Deutsche Bank Gruppe', 'Deutsche Bank AG'],
    // Legal forms, at the end, written out or before the name.
    ['Nimbus S.L.U.', 'Nimbus Investigación, S.A.'],
    ['Nimbus Sociedad Limitada', 'Nimbus'],
    ['Nimbus Sociedad Anónima', 'Nimbus Holding'],
    ['Müller Forschung GmbH & Co. KG', 'Mueller AG'],
    ['Nimbus Gesellschaft mit beschränkter Haftung', 'Nimbus Labs'],
    ['Nimbus Forschung UG (haftungsbeschränkt)', 'Nimbus'],
    ['S.C. Nimbus S.R.L.', 'Nimbus Cercetare SA'],
    ['SC Nimbus SRL', 'Nimbus'],
    ['Societatea Nimbus', 'Nimbus S.A.'],
    ['Ion și Fiii S.R.L.', 'Ion Fiii'],
    // Letters alone.
    ['NimbusLabs', 'Nimbus'],
    ['Müller Söhne', 'Mueller Soehne'],
    ['JPMorgan Chase', 'JP Morgan'],
    ['Anthropicc', 'Anthropic'],
  ])('is ALIKE for %s and %s, whichever comes first', (one, other) => {
    expect([likeness(one, other), likeness(other, one)]).toEqual(['ALIKE', 'ALIKE']);
  });

  it.each([
    ['NimbusLabs', 'Nimbus Labs, Inc.'],
    ['Nimbus S.L.', 'NIMBUS'],
    ['Nimbus S.L.U.', 'Nimbus S.A.U.'],
    ['Weiss & Söhne OHG', 'Weiss und Söhne'],
  ])('is SAME for %s and %s', (one, other) => {
    expect([likeness(one, other), likeness(other, one)]).toEqual(['SAME', 'SAME']);
  });

  it.each([
    ['Nimbus Labs', 'Cumulus Labs'],
    ['Nimbus GmbH', 'Cumulus GmbH'],
    ['Sociedad Nimbus', 'Sociedad Zephyr'],
    ['Grupo Nimbus', 'Grupo Zephyr'],
    ['University of Oxford', 'University of Bucharest'],
    ['Research', 'Nimbus Research'],
    ['Studio 54', 'Studio 55'],
    ['Meta', 'Metallurgica Bresciana'],
    ['—', 'Nimbus'],
  ])('is DIFFERENT for %s and %s', (one, other) => {
    expect([likeness(one, other), likeness(other, one)]).toEqual(['DIFFERENT', 'DIFFERENT']);
  });
});

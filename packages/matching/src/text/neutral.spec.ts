import { isEligible } from '../gates/gates';
import { Snapshot } from '../snapshot';
import { LANGUAGE_CODES, termsOf, trigramsOf } from './tokens';

/** How the same work is called when a man and when a woman does it, and in which languages it is written so. */
const TITLES: readonly (readonly [man: string, woman: string])[] = [
  ['Krankenpfleger', 'Krankenpflegerin'],
  ['Rechtsanwalt', 'Rechtsanwältin'],
  ['Arzt', 'Ärztin'],
  ['Kardiologe', 'Kardiologin'],
  ['Traductor jurídico', 'Traductora jurídica'],
  ['Psicólogo clínico', 'Psicóloga clínica'],
  ['Ingeniero', 'Ingeniera'],
  ['Enfermeiro', 'Enfermeira'],
  ['Traducător', 'Traducătoare'],
  ['Redactor medical', 'Redactoare medicală'],
  ['Infirmier', 'Infirmière'],
  ['Technicien', 'Technicienne'],
  ['Traduttore', 'Traduttrice'],
];

describe('what somebody is called', () => {
  test.each(TITLES)(
    '%s and %s are the same words, in whatever language the text is taken for',
    (man, woman) => {
      for (const code of [undefined, ...LANGUAGE_CODES]) {
        expect(termsOf(woman, code)).toEqual(termsOf(man, code));
        expect(trigramsOf(woman, code)).toEqual(trigramsOf(man, code));
      }
    },
  );

  test('French endings that mean another thing elsewhere count in French', () => {
    expect(termsOf('avocate', 'fr')).toEqual(termsOf('avocat', 'fr'));
    expect(trigramsOf('assistante', 'fr')).toEqual(trigramsOf('assistant', 'fr'));
  });

  test('words that only end alike stay apart from others', () => {
    expect(termsOf('Medizin', 'de')).toEqual(['medizin']);
    expect(termsOf('login data', 'en')).toEqual(['login', 'data']);
    expect(termsOf('cameras', 'en')).toEqual(termsOf('camera', 'en'));
  });

  test('moves no score', () => {
    const blank = { skills: [], evidence: [], languages: [], country: null, credentials: [] };
    const expert = (id: string, title: string) => ({
      ...blank,
      id,
      headline: title,
      bio: '',
      titles: [title],
    });
    for (const [man, woman] of TITLES) {
      const snapshot = new Snapshot([expert('a', man), expert('b', woman), expert('c', 'Florist')]);
      const opening = { id: 'o', title: man, description: '', titles: [], skills: [], credentials: [] };
      const { fits } = snapshot.shortlist(opening);
      const [a, b] = ['a', 'b'].map((id) => fits.find(({ expertId }) => expertId === id));
      expect([a?.score, b?.score]).toEqual([a?.score, a?.score]);
      expect(a && isEligible(a.gates) && a.score > 0).toBe(true);
    }
  });
});

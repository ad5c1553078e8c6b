import { languageNamed } from './language';

describe('a language', () => {
  it.each([
    ['English', 'English'],
    ['en', 'English'],
    ['EN-gb', 'English'],
    [' ENGLISCH ', 'English'],
    ['Deutsch', 'German'],
    ['aleman', 'German'],
    ['Română', 'Romanian'],
    ['romana', 'Romanian'],
    ['español', 'Spanish'],
    ['Farsi', 'Persian'],
    ['mandarin', 'Chinese'],
    ['中文', 'Chinese'],
    ['pt-BR', 'Portuguese'],
    ['yue', 'Cantonese'],
    ['Latin', 'Latin'],
  ])('that is written %p is %s', (written, name) => expect(languageNamed(written)).toBe(name));

  it.each(['', 'und', 'xx', 'good', 'English and German', 'de-', '12'])('is not %p', (written) =>
    expect(languageNamed(written)).toBeUndefined(),
  );

  it('has one name: its own name is read as itself again', () => {
    for (const code of ['de', 'sr', 'no', 'nb', 'fil', 'tl', 'zh', 'haw'])
      expect(languageNamed(languageNamed(code) ?? '')).toBe(languageNamed(code));
  });
});

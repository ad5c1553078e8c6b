import { fromJsonResume } from './json-resume';

const RESUME = {
  basics: { label: 'Cardiologist', summary: 'Twelve years of practice.', location: { countryCode: 'us' } },
  work: [
    { name: 'City Hospital', position: 'Attending physician', startDate: '2014-06', summary: 'Ward lead' },
  ],
  skills: [{ name: 'Cardiology', keywords: ['ECG', 'Echo'] }],
  languages: [
    { language: 'English', fluency: 'Native speaker' },
    { language: 'German', fluency: 'C1' },
  ],
  hobbies: ['chess'],
};

describe('a JSON Resume', () => {
  it('fills a profile and says what has no place in it', () => {
    const result = fromJsonResume(JSON.stringify(RESUME));
    expect(result).toMatchObject({
      ok: true,
      value: {
        headline: 'Cardiologist',
        country: 'US',
        skills: ['Cardiology', 'ECG', 'Echo'],
        languages: [
          { language: 'English', level: 'NATIVE' },
          { language: 'German', level: 'C1' },
        ],
        affiliations: [
          {
            organisation: 'City Hospital',
            title: 'Attending physician',
            startsOn: '2014-06-01',
            endsOn: null,
          },
        ],
        leftOut: ['hobbies'],
      },
    });
  });

  it('that is broken is refused with the part that is wrong', () => {
    expect(fromJsonResume('{')).toMatchObject({ refusal: { code: 'RESUME_NOT_JSON' } });
    expect(fromJsonResume('[]')).toMatchObject({ refusal: { code: 'RESUME_SHAPE' } });
    expect(fromJsonResume('{"work":"much"}')).toMatchObject({
      refusal: { message: 'The part work must be a list of objects.' },
    });
  });
});

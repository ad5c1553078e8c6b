import { fillIn, PROFILE_LIMITS, type StandingProfile } from './fill-in';
import { fromJsonResume, type ProfileDraft } from './json-resume';

const EMPTY: StandingProfile = {
  headline: '',
  bio: '',
  country: 'RO',
  skills: [],
  languages: [],
  affiliations: [],
  evidence: [],
};
const draftOf = (resume: object): ProfileDraft => {
  const result = fromJsonResume(JSON.stringify(resume));
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
};

describe('filling a profile in from a file', () => {
  it('writes what is empty and adds what is new', () => {
    const resume = {
      basics: { label: 'Nurse' },
      skills: [{ name: 'Triage', keywords: ['ECG'] }],
      hobbies: [],
    };
    expect(fillIn(EMPTY, draftOf(resume))).toMatchObject({
      headline: 'Nurse',
      bio: '',
      skills: ['Triage', 'ECG'],
      leftOut: ['hobbies'],
    });
  });

  it('loses nothing that a person typed and says what it did not take', () => {
    const mine = { ...EMPTY, headline: 'Ward nurse', bio: 'Mine', skills: [{ label: 'triage' }] };
    const resume = {
      basics: { label: 'Nurse', location: { countryCode: 'DE' } },
      skills: [{ name: 'Triage' }, { name: 'ECG' }],
    };
    expect(fillIn(mine, draftOf(resume))).toMatchObject({
      headline: 'Ward nurse',
      bio: 'Mine',
      skills: ['ECG'],
      leftOut: [
        'basics.location.countryCode: your profile says RO',
        'basics.label: you have a headline already',
      ],
    });
  });

  it('stops at what a profile holds', () => {
    const skills = Array.from({ length: PROFILE_LIMITS.skills - 1 }, (_, n) => ({ label: `skill ${n}` }));
    const { skills: added, leftOut } = fillIn(
      { ...EMPTY, skills },
      draftOf({ skills: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }),
    );
    expect(added).toEqual(['a']);
    expect(leftOut).toEqual(['skills: 2 of them, a profile holds 100']);
  });
});

describe('a JSON Resume with a field that cannot be read', () => {
  it.each([
    [{ basics: 'Ana' }, 'basics: it must be an object'],
    [{ basics: { label: 5 } }, 'basics.label: it must be text'],
    [{ work: [{ name: 'A' }, { name: 'B', startDate: 'last summer' }] }, 'work.1.startDate: write it as'],
    [{ work: [{ startDate: '2014-13' }] }, 'work.0.startDate'],
    [{ skills: [{ name: 'A', keywords: 'x, y' }] }, 'skills.0.keywords: it must be a list of texts'],
  ])('is refused with its place: %j', (resume, message) => {
    const result = fromJsonResume(JSON.stringify(resume));
    expect(result).toMatchObject({ refusal: { code: 'RESUME_FIELD', field: 'resume' } });
    expect(result.ok || result.refusal.message).toContain(message);
  });

  it('is taken where the field is empty, null or says that it lasts', () => {
    expect(
      fromJsonResume(
        JSON.stringify({
          basics: null,
          work: [{ name: 'A', startDate: '', endDate: 'Present', summary: null }],
        }),
      ).ok,
    ).toBe(true);
  });
});

import { TestApi, type Caller } from '../../../test/api';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import { LoadOwnTaxonomy } from '../taxonomy/taxonomy.public';

const PROFILE = `id displayName headline bio country timeZone hoursPerWeek minimumRate { minor currency } isVisibleToLabs state
  skills { label conceptId } languages { language level } affiliations { organisation title startsOn endsOn }
  evidence { kind title text } provenCredentials { type jurisdiction state }`;
const CREATE = 'mutation($input: CreateExpertInput!) { createExpert(input: $input) { id timeZone } }';
const EDIT = `mutation($input: EditProfileInput!) { editProfile(input: $input) { ${PROFILE} } }`;
const IMPORT =
  'mutation($resume: String!, $k: String!) { importResume(resume: $resume, idempotencyKey: $k) }';
const MINE = `{ myProfile { ${PROFILE} } }`;
const AS_LAB = `{ myProfileAsLabsSeeIt { ${PROFILE} } }`;
const SHOWN = `query($id: ID!) { expertProfile(id: $id) { ${PROFILE} } }`;
const RESUME = {
  basics: { label: 'Cardiologist', summary: 'Twelve years of practice.', location: { countryCode: 'RO' } },
  work: [
    {
      name: 'City Hospital',
      position: 'Physician',
      startDate: '2014-06',
      endDate: 'Present',
      summary: 'Ward lead',
    },
  ],
  skills: [{ name: 'Cardiology', keywords: ['ECG'] }],
  languages: [{ language: 'English', fluency: 'C1' }],
  hobbies: ['chess'],
};

const profile = (more: object = {}) => ({
  input: {
    displayName: 'Dr. Maria Ionescu',
    headline: 'Cardiologist',
    bio: 'In my own words.',
    country: 'US',
    timeZone: 'America/New_York',
    hoursPerWeek: 12,
    minimumRateMinor: '9000',
    rateCurrency: 'USD',
    isVisibleToLabs: true,
    skills: [{ label: 'Cardiology' }],
    languages: [{ language: 'English', level: 'C2' }],
    affiliations: [{ organisation: 'City Hospital', title: 'Physician', startsOn: '2014-06-01' }],
    evidence: [{ kind: 'WORK', title: 'Ward lead', text: 'Twelve beds.' }],
    idempotencyKey: key(),
    ...more,
  },
});

describe('an expert', () => {
  let api: TestApi;
  let lab: Awaited<ReturnType<typeof vettedLab>>;
  const mine = async (who: Caller) => (await who.ask(MINE)).myProfile;

  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Aurora Labs');
  });
  afterAll(() => api.stop());

  it('makes one profile, with a name and a country, even when asked twice at once', async () => {
    const person = await api.signUp('one@example.org');
    const input = { displayName: 'One', country: 'RO', idempotencyKey: key() };
    expect(await person.refused(MINE)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await person.refused(CREATE, { input: { ...input, country: 'Romania' } })).toMatchObject({
      field: 'country',
    });
    for (const country of ['XX', 'EU', 'UK', 'ZZ'])
      expect(await person.refused(CREATE, { input: { ...input, country } })).toMatchObject({
        field: 'country',
        message: 'Choose a country from the list.',
      });
    expect(await person.refused(CREATE, { input: { ...input, displayName: ' ' } })).toMatchObject({
      field: 'displayName',
    });
    const ask = () => person.raw(CREATE, { input: { ...input, idempotencyKey: key() } });
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(ask));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const { errors } of answers) if (errors) expect(errors[0]?.extensions.code).toBe('EXPERT_EXISTS');
    expect(await mine(person)).toMatchObject({ displayName: 'One', country: 'RO', skills: [] });
  });

  it.each([
    ['hoursPerWeek', { hoursPerWeek: 61 }],
    ['country', { country: 'XX' }],
    ['authorisedIn.1', { authorisedIn: ['RO', 'EU'] }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['minimumRateMinor', { minimumRateMinor: '12.50' }],
    ['headline', { headline: 'x'.repeat(161) }],
    ['languages.0.level', { languages: [{ language: 'English', level: 'good' }] }],
    ['languages.0.language', { languages: [{ language: 'Good English', level: 'C1' }] }],
    ['affiliations.0.startsOn', { affiliations: [{ organisation: 'A', title: '', startsOn: '2014-02-30' }] }],
    [
      'affiliations.0.endsOn',
      { affiliations: [{ organisation: 'A', title: '', startsOn: '2014-02-03', endsOn: '2014-02-02' }] },
    ],
    ['skills.1', { skills: [{ label: 'A' }, { label: 'B', conceptId: 'no such concept' }] }],
  ])('is told which field is wrong (%s), and keeps the profile as it was', async (field, change) => {
    const expert = await newExpert(api, 'Careful');
    await expert.ask(EDIT, profile());
    const before = await mine(expert);
    expect(await expert.refused(EDIT, profile(change))).toMatchObject({ field });
    expect(await mine(expert)).toEqual(before);
  });

  it('writes the profile; skills may name a concept; matching hears of it', async () => {
    const own = { concepts: [{ id: 'cardiology', kind: 'SKILL', label: 'Cardiology' }] };
    await api.app.get(LoadOwnTaxonomy).run(JSON.stringify(own));
    const expert = await newExpert(api, 'Writer');
    const { searchTaxonomy } = await expert.ask('{ searchTaxonomy(text: "cardio") { id } }');
    await api.runJobs();
    const skills = [{ label: 'Cardiology', conceptId: searchTaxonomy[0].id }];
    const evidence = ['Third', 'First', 'Second', 'Fourth'].map((title) => ({
      kind: 'PROJECT',
      title,
      text: '',
    }));
    const { editProfile } = await expert.ask(EDIT, profile({ skills, evidence }));
    expect(editProfile).toMatchObject({
      skills,
      evidence,
      minimumRate: { minor: '9000', currency: 'USD' },
      affiliations: [{ organisation: 'City Hospital', startsOn: '2014-06-01T00:00:00.000Z', endsOn: null }],
    });
    expect(await api.runJobs()).toContain('expert-changed');
  });

  it.each([
    ['{', 'RESUME_NOT_JSON', 'not JSON'],
    ['[]', 'RESUME_SHAPE', 'object'],
    ['{"work":"much"}', 'RESUME_SHAPE', 'work'],
    [
      '{"skills":[{"name":"A"}],"work":[{"name":"B","startDate":"long ago"}]}',
      'RESUME_FIELD',
      'work.0.startDate',
    ],
  ])('is told what is wrong in a file (%s), and keeps the profile as it was', async (resume, code, part) => {
    const expert = await newExpert(api, 'Importer');
    await expert.ask(EDIT, profile());
    const before = await mine(expert);
    const refused = await expert.refused(IMPORT, { resume, k: key() });
    expect(refused).toMatchObject({ code, field: 'resume' });
    expect(refused.message).toContain(part);
    expect(await mine(expert)).toEqual(before);
  });

  it('fills an empty profile in from a JSON Resume and is told what has no place', async () => {
    const expert = await newExpert(api, 'Importer');
    const k = key();
    const { importResume } = await expert.ask(IMPORT, { resume: JSON.stringify(RESUME), k });
    expect(importResume).toEqual(['hobbies', 'basics.location.countryCode: your profile says US']);
    expect(await expert.ask(IMPORT, { resume: JSON.stringify(RESUME), k })).toEqual({ importResume });
    expect(await mine(expert)).toMatchObject({
      headline: 'Cardiologist',
      country: 'US',
      skills: [{ label: 'Cardiology' }, { label: 'ECG' }],
      affiliations: [{ organisation: 'City Hospital', startsOn: '2014-06-01T00:00:00.000Z', endsOn: null }],
      evidence: [{ kind: 'WORK', title: 'Physician, City Hospital' }],
    });
  });

  it('loses nothing that was typed when a file comes later, or comes twice', async () => {
    const expert = await newExpert(api, 'Typist');
    await expert.ask(EDIT, profile());
    for (const k of [key(), key()]) await expert.ask(IMPORT, { resume: JSON.stringify(RESUME), k });
    expect(await mine(expert)).toMatchObject({
      bio: 'In my own words.',
      skills: [{ label: 'Cardiology' }, { label: 'ECG' }],
      languages: [{ language: 'English', level: 'C2' }],
      affiliations: [{ organisation: 'City Hospital' }],
      evidence: [{ title: 'Ward lead' }, { title: 'Physician, City Hospital' }],
    });
    await expert.ask(IMPORT, { resume: '{"skills":[]}', k: key() });
    expect(await mine(expert)).toMatchObject({
      headline: 'Cardiologist',
      skills: [{ label: 'Cardiology' }, { label: 'ECG' }],
    });
  });

  it('is seen by labs after consent only, as their own page shows, without address', async () => {
    const expert = await newExpert(api, 'Seen');
    const other = await newExpert(api, 'Other expert');
    await expert.ask(EDIT, profile());
    await api.owner().query(
      `INSERT INTO credential (id, expert_id, type, claim, jurisdiction, state, verified_at, created_at)
       VALUES (gen_random_uuid(), $1, 'US_MEDICAL_LICENSE', '{"licenceNumber":"SECRET"}', 'US-CA', 'VERIFIED', now(), now()),
         (gen_random_uuid(), $1, 'DEGREE', '{}', null, 'REJECTED', null, now())`,
      [expert.expertId],
    );
    const { myProfileAsLabsSeeIt } = await expert.ask(AS_LAB);
    const { expertProfile } = await lab.ask(SHOWN, { id: expert.expertId });
    expect(expertProfile).toEqual(myProfileAsLabsSeeIt);
    expect(expertProfile.provenCredentials).toEqual([
      { type: 'US_MEDICAL_LICENSE', jurisdiction: 'US-CA', state: 'VERIFIED' },
    ]);
    expect(JSON.stringify(expertProfile)).not.toMatch(/@|SECRET/);
    expect(await other.refused(SHOWN, { id: expert.expertId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await api.caller().refused(SHOWN, { id: expert.expertId })).toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    });

    await expert.ask(EDIT, profile({ isVisibleToLabs: false }));
    expect((await expert.ask(AS_LAB)).myProfileAsLabsSeeIt).toBeNull();
    const hidden = await lab.refused(SHOWN, { id: expert.expertId });
    expect(hidden).toEqual(await lab.refused(SHOWN, { id: '00000000-0000-7000-8000-000000000009' }));
    expect(hidden).toEqual(await lab.refused(SHOWN, { id: 'nonsense' }));
    expect((await expert.ask(SHOWN, { id: expert.expertId })).expertProfile.isVisibleToLabs).toBe(false);
  });

  it('is found by staff by a part of the name, and by nobody else', async () => {
    const NAMED = 'query($part: String!) { expertsNamed(part: $part) { displayName country } }';
    const auditor = await api.staff('auditor@example.org', ['AUDITOR']);
    await newExpert(api, 'Dr 100% Wombat');
    const expert = await newExpert(api, 'Ms Wombatina');
    const named = async (part: string) =>
      (await auditor.ask(NAMED, { part })).expertsNamed.map(
        ({ displayName }: { displayName: string }) => displayName,
      );
    expect(await named('wombat')).toEqual(['Dr 100% Wombat', 'Ms Wombatina']);
    expect(await named(' 0% w ')).toEqual(['Dr 100% Wombat']);
    expect([await named('w'), await named('%%'), await named('no such name')]).toEqual([[], [], []]);
    expect(await expert.refused(NAMED, { part: 'wombat' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await lab.refused(NAMED, { part: 'wombat' })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

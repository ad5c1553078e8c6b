import type { ConflictStanding } from '@tallystick/domain';
import type { DeclaredConflict, ExpertDocument, OpeningDocument } from '../documents';
import { conflictQuestions } from './conflict-gate';
import { gatesOf } from './gates';
import { overlapWith } from './overlap';
import { workKeysOf } from './work-key';

const expert: ExpertDocument = {
  ...{ id: 'e', headline: '', bio: '', titles: [], skills: [], evidence: [], languages: [] },
  country: 'IN',
};
const opening: OpeningDocument = {
  ...{ id: 'o', title: 'Review', description: '', titles: [], skills: [] },
  labId: 'lab-1',
};
const gate = (own: Partial<ExpertDocument>, asked: Partial<OpeningDocument>) =>
  gatesOf({ ...expert, ...own }, { ...opening, ...asked })[0];
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const OFFICE = { days: [1, 2, 3, 4, 5], fromMinute: 9 * 60, toMinute: 17 * 60 };
const berlin = { timeZone: 'Europe/Berlin', ...OFFICE };
const newYork = { timeZone: 'America/New_York', fromMinute: 9 * 60, toMinute: 17 * 60, leastHours: 10 };

describe('hours that both sides share', () => {
  const hours = (first: string, last: string, schedule = berlin, overlap = newYork) =>
    overlapWith({ overlap, firstDay: day(first), lastDay: day(last) })(schedule) / 60;

  it('are counted across time zones', () => {
    // Berlin is six hours ahead: 15:00 to 17:00 there is 9:00 to 11:00 in New York.
    expect(hours('2027-01-04', '2027-01-31')).toBe(10);
    expect(hours('2027-01-04', '2027-01-31', { ...berlin, timeZone: 'America/New_York' })).toBe(40);
    expect(hours('2027-01-04', '2027-01-31', { ...berlin, timeZone: 'Asia/Kolkata' })).toBe(0);
  });

  it('are those of the week with fewest, when clocks change on one side before the other', () => {
    // The United States move their clocks on 14 March 2027, Germany on 28 March: two weeks at five hours.
    expect(hours('2027-03-15', '2027-03-21')).toBe(15);
    expect(hours('2027-03-01', '2027-04-30')).toBe(10);
  });

  it('go past midnight and over the end of the week', () => {
    const nights = { ...berlin, days: [7], fromMinute: 22 * 60, toMinute: 6 * 60 };
    const early = { ...newYork, timeZone: 'Europe/Berlin', fromMinute: 0, toMinute: 6 * 60 };
    expect(hours('2027-01-04', '2027-01-10', nights, early)).toBe(6);
  });
});

describe('a gate', () => {
  it('asks who has not said when they work, where they may or in which language, and never lets them pass', () => {
    expect(gate({}, { overlap: newYork })).toMatchObject({ code: 'OVERLAP', outcome: 'UNKNOWN' });
    expect(gate({}, { needsAuthorisation: true })).toMatchObject({
      code: 'AUTHORISATION',
      outcome: 'UNKNOWN',
    });
    expect(gate({}, { languages: [{ language: 'German', level: 'B2' }] })).toMatchObject({
      code: 'LANGUAGE',
      outcome: 'UNKNOWN',
    });
  });

  it('asks who says their lowest rate in another currency than the work is paid in, and guesses no conversion', () => {
    const paid = { currency: 'USD', rateMaxMinor: 3000n };
    const own = { minimumRateMinor: 7000n, rateCurrency: 'EUR' };
    expect(gate(own, paid)).toEqual({
      ...{ code: 'RATE', outcome: 'UNKNOWN' },
      forLab:
        'Their lowest rate is in EUR and this work is paid in USD: the two cannot be compared, and no conversion is guessed.',
      forExpert:
        'This work is paid in USD and your lowest rate is in EUR. Say it in USD in your profile to be matched.',
    });
    expect(gate({ ...own, minimumRateMinor: 1n }, paid)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(gate({ ...own, minimumRateMinor: 0n }, paid)).toBeUndefined();
    expect(gate({ ...own, rateCurrency: 'USD' }, paid)).toMatchObject({ outcome: 'FAIL' });
  });

  it('keeps onshore work in the country of the lab', () => {
    const onshore = { isOnshore: true, countries: ['US'] };
    expect(gate({}, onshore)).toMatchObject({
      code: 'COUNTRY',
      outcome: 'FAIL',
      forLab: 'Works from IN; the work stays in US.',
    });
    expect(gate({ country: 'US' }, onshore)).toMatchObject({ outcome: 'PASS' });
  });

  it('asks for the right to work where somebody is, not elsewhere', () => {
    const asked = { needsAuthorisation: true };
    expect(gate({ authorisedIn: ['IN', 'GB'] }, asked)).toMatchObject({ outcome: 'PASS' });
    expect(gate({ authorisedIn: ['GB'] }, asked)).toMatchObject({ outcome: 'FAIL' });
  });

  it('binds who agreed to exclusive work to that lab, and says to nobody which it is', () => {
    const bound = { engagedBy: [{ labId: 'lab-2', isExclusive: true }] };
    const free = { engagedBy: [{ labId: 'lab-2', isExclusive: false }] };
    expect(gate(bound, {})).toMatchObject({ code: 'EXCLUSIVE', outcome: 'FAIL' });
    expect(JSON.stringify(gate(bound, {}))).not.toContain('lab-2');
    expect(gate(bound, { labId: 'lab-2' })).toBeUndefined();
    expect(gate(free, {})).toBeUndefined();
    expect(gate(free, { isExclusive: true })).toMatchObject({ code: 'EXCLUSIVE', outcome: 'FAIL' });
  });

  it('lets nobody judge what they wrote, by DOI or by title', () => {
    const wrote = { evidence: [{ title: 'On Gates & Fences', text: 'https://doi.org/10.1000/AB-182.' }] };
    expect(gate(wrote, { evaluatedWorks: ['doi:10.1000/ab-182'] })).toMatchObject({ code: 'AUTHORSHIP' });
    expect(gate(wrote, { evaluatedWorks: ['on gates, fences'] })).toMatchObject({ code: 'AUTHORSHIP' });
    expect(gate(wrote, { evaluatedWorks: ['on gates', '10.1000/ab-183'] })).toBeUndefined();
    expect(workKeysOf('Editor')).toEqual([]);
  });

  it.each([
    ['dx.doi.org/10.1000%2F182', '10.1000/182'],
    ['https://doi.org/10.1000%252f182.', 'doi:10.1000/182'],
    ['On Gates & Fences', 'On gates and fences'],
    ['On Gates and Fences (2020)', 'On gates and fences'],
    ['On Gates and Fences [2020a].', 'on gates and fences'],
    ['Über Tore und Zäune', 'Uber Tore Zaune'],
  ])('knows a work that is written as %s by %s', (written, asked) => {
    expect(gate({ evidence: [{ title: written, text: '' }] }, { evaluatedWorks: [asked] })).toMatchObject({
      code: 'AUTHORSHIP',
      outcome: 'FAIL',
    });
  });

  it('sees a competitor however its name is written', () => {
    const competitors = { competitors: ['Nimbus Labs, Inc.'] };
    expect(gate({ employers: ['NIMBUS LABS'] }, competitors)).toMatchObject({
      code: 'CONFLICT',
      outcome: 'FAIL',
    });
    for (const written of ['NimbusLabs', 'The Nimbus Labs', 'nimbus-labs LLC'])
      expect(gate({ employers: [written] }, competitors)).toMatchObject({
        code: 'CONFLICT',
        outcome: 'FAIL',
      });
    expect(gate({ employers: ['Cumulus Labs'] }, competitors)).toBeUndefined();
  });

  const nimbus = { competitors: ['Zephyr', 'Nimbus Labs, Inc.'] };
  const declared = (standing: ConflictStanding, more: Partial<DeclaredConflict> = {}) => ({
    employers: ['Nimbus S.L.'],
    declared: [
      {
        ...{ labId: 'lab-1', organisation: 'NIMBUS', competitor: 'Nimbus-Labs', standing },
        declaredAt: day('2027-01-04'),
        ...more,
      },
    ],
  });

  it('asks who works for an organisation whose name is only like a competitor’s, and never says whose it is', () => {
    const asked = gate({ employers: ['Nimbus S.L.'] }, nimbus);
    expect(asked).toMatchObject({
      ...{ code: 'CONFLICT', outcome: 'UNKNOWN' },
      forLab:
        'Works for “Nimbus S.L.”, which is written like “Nimbus Labs, Inc.” among your competitors. They are asked who owns it.',
    });
    expect(asked?.forExpert).toContain('Say who owns it');
    for (const standing of ['NO', 'YES', 'UNSETTLED', 'CLEARED', 'RAISED'] as const)
      expect(gate(declared(standing), nimbus)?.forExpert).not.toContain('Labs');
    expect(asked?.forExpert).not.toContain('Labs');
    expect(gate({ employers: ['Cumulus Labs'] }, nimbus)).toBeUndefined();
  });

  it.each([
    ['NO', 'PASS', 'Declared on 2027-01-04 by the expert not to be part of it.'],
    ['CLEARED', 'PASS', 'One of you decided that it is no conflict.'],
    ['YES', 'FAIL', 'is, or belongs to, “Nimbus Labs, Inc.”'],
    ['RAISED', 'FAIL', 'one of you decided that it is a conflict'],
    ['UNSETTLED', 'UNKNOWN', 'You decide'],
  ] as const)('takes what was declared and decided: %s is %s', (standing, outcome, words) => {
    expect(gate(declared(standing), nimbus)).toMatchObject({ code: 'CONFLICT', outcome });
    expect(gate(declared(standing), nimbus)?.forLab).toContain(words);
  });

  it('asks anew of another affiliation, of another competitor and for another lab', () => {
    for (const more of [{ organisation: 'Nimbus Weather' }, { competitor: 'Zephyr' }, { labId: 'lab-2' }])
      expect(gate(declared('NO', more), nimbus)).toMatchObject({ outcome: 'UNKNOWN' });
    const longer = { competitors: ['Nimbus Labs', 'Nimbus Weather'] };
    expect(gate(declared('NO'), longer)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(conflictQuestions({ ...expert, ...declared('NO') }, { ...opening, ...longer })).toEqual([
      { organisation: 'Nimbus S.L.', competitors: ['Nimbus Weather'] },
    ]);
  });

  it('lets no declaration stand against a name that is the same', () => {
    const same = { ...declared('NO', { organisation: 'Nimbus Labs' }), employers: ['Nimbus Labs'] };
    expect(gate(same, nimbus)).toMatchObject({ code: 'CONFLICT', outcome: 'FAIL' });
    expect(conflictQuestions({ ...expert, ...same }, { ...opening, ...nimbus })).toEqual([]);
  });

  it.each([
    ['SUBMITTED', 'UNKNOWN', 'is being verified', 'You have nothing to do until it is decided'],
    ['IN_REVIEW', 'UNKNOWN', 'is being verified', 'You have nothing to do until it is decided'],
    ['DRAFT', 'UNKNOWN', 'is not submitted', 'Submit your licence under Credentials'],
    ['EXPIRING', 'FAIL', 'ends before 1 February 2027', 'Add the renewed one'],
    ['SUSPENDED', 'FAIL', 'is not verified at present', 'is suspended: a verifier, a person of our staff'],
    ['REVOKED', 'FAIL', 'is not verified at present', 'is revoked: a verifier, a person of our staff'],
    ['EXPIRED', 'FAIL', 'has expired', 'Renew it'],
    ['REJECTED', 'FAIL', 'is not verified at present', 'you can appeal: somebody else decides'],
    ['WITHDRAWN', 'FAIL', 'is missing', 'Add it under Credentials'],
  ])(
    'tells an expert how it stands with a credential that is %s, and what to do',
    (state, outcome, forLab, forExpert) => {
      const own = { id: 'c', type: 'L', label: 'licence', jurisdiction: null, state };
      const asked = {
        credentials: [{ type: 'L', label: 'licence', jurisdiction: null }],
        lastDay: day('2027-02-01'),
      };
      const told = gate({ credentials: [{ ...own, expiresOn: day('2027-01-01') }] }, asked);
      expect(told).toMatchObject({ outcome, forLab: `licence ${forLab}.` });
      expect(told?.forExpert).toContain(forExpert);
      if (['SUSPENDED', 'REVOKED'].includes(state))
        expect(told?.forExpert).toContain('appeal there: add evidence and submit it again');
    },
  );

  it('takes a credential from an accepted issuer only', () => {
    const held = {
      id: 'c',
      type: 'CERTIFICATION',
      label: 'C',
      jurisdiction: null,
      state: 'VERIFIED',
      expiresOn: null,
    };
    const required = { type: 'CERTIFICATION', label: 'Certification', jurisdiction: null };
    const asked = { credentials: [{ ...required, issuers: ['CFA Institute', 'ACCA'] }] };
    expect(gate({ credentials: [{ ...held, issuer: 'cfa institute, Inc.' }] }, asked)).toMatchObject({
      outcome: 'PASS',
    });
    expect(gate({ credentials: [{ ...held, issuer: 'Some school' }] }, asked)).toMatchObject({
      outcome: 'FAIL',
      forLab: 'Certification from CFA Institute or ACCA is missing.',
    });
  });
});

import type { ExpertDocument, OpeningDocument } from '../documents';
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

  it('sees a competitor however its name is written', () => {
    const competitors = { competitors: ['Nimbus Labs, Inc.'] };
    expect(gate({ employers: ['NIMBUS LABS'] }, competitors)).toMatchObject({
      code: 'CONFLICT',
      outcome: 'FAIL',
    });
    expect(gate({ employers: ['Cumulus Labs'] }, competitors)).toBeUndefined();
  });

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

import fc from 'fast-check';
import type { ExpertDocument, OpeningDocument } from './documents';
import { gatesOf, isEligible } from './gates/gates';
import { BrokenLine, rankOpenings, readExperts, readOpenings } from './rank/rank';
import { HAND_WEIGHTS } from './scoring/model';
import { Snapshot } from './snapshot';

const expert = (id: string, more: Partial<ExpertDocument> = {}): ExpertDocument => ({
  id,
  headline: '',
  bio: '',
  titles: [],
  skills: [],
  evidence: [],
  languages: [],
  country: 'US',
  ...more,
});
const opening: OpeningDocument = {
  id: 'o',
  title: 'Cardiologist',
  description: 'Review answers about heart disease and ECG reading.',
  titles: [],
  skills: [{ label: 'Cardiology', isRequired: true }],
};
const PEOPLE = [
  expert('c', {
    headline: 'Cardiologist',
    skills: ['Cardiology', 'ECG'],
    evidence: [{ title: 'Heart disease in adults', text: 'ECG reading' }],
  }),
  expert('a', { headline: 'Tax lawyer', skills: ['Tax law'] }),
  expert('b', { headline: 'Cardiology nurse', skills: ['Nursing'] }),
  expert('d', { headline: 'Tax lawyer', skills: ['Tax law'] }),
];

describe('a ranking', () => {
  it('puts who fits first and gives ties to the smaller id', () => {
    expect(new Snapshot(PEOPLE).rank(opening).map(({ expertId }) => expertId)).toEqual(['c', 'b', 'a', 'd']);
  });

  it('is the same for the same experts, whatever order they come in', () => {
    const ranked = (people: ExpertDocument[]) =>
      new Snapshot(people).rank(opening).map(({ expertId, score }) => `${expertId} ${score.toFixed(6)}`);
    expect(ranked([...PEOPLE].reverse())).toEqual(ranked(PEOPLE));
  });

  it('is made of parts that sum to the score and weights that sum to one', () => {
    expect(Object.values(HAND_WEIGHTS.weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    for (const fit of new Snapshot(PEOPLE).shortlist(opening).fits) {
      expect(fit.parts.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(
        fit.steps.linear,
        6,
      );
      expect(fit.parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
      expect(fit.score).toBeGreaterThanOrEqual(0);
      expect(fit.score).toBeLessThanOrEqual(1);
    }
  });

  it('finds other spellings and other languages of a title', () => {
    const people = [
      expert('x', { headline: 'Softwareentwickler für Datenbanken' }),
      expert('y', { headline: 'Gärtner' }),
    ];
    expect(
      new Snapshot(people).rank({ ...opening, title: 'Datenbankentwickler', description: '', skills: [] })[0]
        ?.expertId,
    ).toBe('x');
  });

  it('names each snapshot by what is in it', () => {
    expect(new Snapshot(PEOPLE).id).toBe(new Snapshot(PEOPLE).id);
    expect(new Snapshot(PEOPLE).id).not.toBe(new Snapshot(PEOPLE.slice(1)).id);
  });
});

describe('a credential', () => {
  const licence = (state: string) => ({
    id: 'l',
    type: 'US_MEDICAL_LICENSE',
    label: 'US medical licence',
    jurisdiction: 'US-CA',
    state,
    expiresOn: new Date('2030-01-28'),
  });
  const people = [expert('with', { credentials: [licence('VERIFIED')] }), expert('without')];
  const scores = (credentials: OpeningDocument['credentials']) => {
    const ranked = new Snapshot(people).rank({ ...opening, credentials });
    return new Map(ranked.map(({ expertId, score }) => [expertId, score]));
  };
  const wanted = (type: string, jurisdiction: string | null) => [{ type, label: type, jurisdiction }];

  it('raises the score only where the opening asks for it', () => {
    for (const asked of [undefined, wanted('US_BAR_ADMISSION', null), wanted('US_MEDICAL_LICENSE', 'US-NY')])
      expect(scores(asked).get('with')).toBe(scores(asked).get('without'));
    const asked = scores(wanted('US_MEDICAL_LICENSE', 'US-CA'));
    expect(asked.get('with')).toBeGreaterThan(asked.get('without') ?? 1);
  });

  it('speaks for somebody only where the opening asks for it, with its last day in words', () => {
    const reasons = (credentials: OpeningDocument['credentials']) =>
      new Snapshot(people).openingsFor('with', [{ ...opening, credentials }])[0]?.reasons.for.join(' ');
    expect(reasons([])).toBe('');
    expect(
      reasons([{ type: 'US_MEDICAL_LICENSE', label: 'US medical licence', jurisdiction: 'US-CA' }]),
    ).toBe('US medical licence (US-CA) is verified, valid until 28 January 2030.');
  });
});

describe('a reason', () => {
  const work = { ...opening, currency: 'USD', rateMaxMinor: 10_000n, hoursPerWeek: 20 };
  const reasons = (more: Partial<ExpertDocument>) =>
    new Snapshot([expert('e', { rateCurrency: 'USD', ...more })]).openingsFor('e', [work])[0]?.reasons;

  it('says of rate and hours only what holds', () => {
    expect(reasons({ minimumRateMinor: 10_000n, hoursPerWeek: 20 })?.for).toEqual([
      'The hours cover what is wanted.',
      'The rate is inside the band.',
    ]);
    expect(reasons({ minimumRateMinor: 10_500n, hoursPerWeek: 19 })?.for).toEqual([]);
  });

  it('names the skills that are there and those that are missing', () => {
    expect(reasons({ skills: ['Cardiology'] })?.for).toContain('Has Cardiology.');
    expect(reasons({})?.against).toEqual([
      'Does not list Cardiology.',
      'The headline and titles share no word with the title of this work.',
      'The profile says little about this work.',
    ]);
  });
});

describe('a reason against somebody', () => {
  const work = { ...opening, title: 'Licensed cardiologist: review of valve disease on ultrasound' };
  const against = (headline: string) =>
    new Snapshot([expert('e', { headline })]).openingsFor('e', [work])[0]?.reasons.against.join(' ') ?? '';

  it('calls no title another one that shares a word with that of the work', () => {
    expect(against('Fellow in cardiology, 13 years in heart failure')).not.toContain('title');
    expect(against('Translator of contracts')).toContain('share no word with the title of this work');
  });

  it.each([
    ['Nurse', 'Nurse to review triage notes'],
    ['Rust engineer and Java developer', 'Rust and Java expert for code review'],
    ['Tax', 'Tax lawyer'],
    ['Steuerrecht', 'Anwalt für Steuern'],
    ['心脏病学医生', '审查心脏病学报告'],
  ])('sees that “%s” shares a word with “%s”, and not with what is only joined alike', (headline, title) => {
    const said = (own: string) =>
      new Snapshot([expert('e', { headline: own, titles: [] })])
        .openingsFor('e', [{ ...work, title }])[0]
        ?.reasons.against.join(' ');
    expect(said(headline)).not.toContain('share no word');
    expect(said('Beekeeper and of for the')).toContain('share no word');
  });
});

describe('a gate', () => {
  const lastDay = new Date('2026-12-31');
  const wanted = {
    ...opening,
    credentials: [{ type: 'US_MEDICAL_LICENSE', label: 'US medical licence', jurisdiction: 'US-CA' }],
    lastDay,
  };
  const licence = (state: string, end: Date) => ({
    id: 'l',
    type: 'US_MEDICAL_LICENSE',
    label: 'US medical licence',
    jurisdiction: 'US-CA',
    state,
    expiresOn: end,
  });

  it('never lets a licence pass that ends before the work does', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
        (end) => {
          return (
            isEligible(gatesOf(expert('e', { credentials: [licence('VERIFIED', end)] }), wanted)) ===
            end >= lastDay
          );
        },
      ),
    );
  });

  it('treats what is not known as a request for evidence, never as a pass', () => {
    const gates = gatesOf(
      expert('e', { credentials: [licence('SUBMITTED', new Date('2028-01-01'))] }),
      wanted,
    );
    expect(gates).toMatchObject([{ code: 'CREDENTIAL', outcome: 'UNKNOWN' }]);
    expect(isEligible(gates)).toBe(false);
  });

  it('tells the expert what is missing and how to mend it', () => {
    const fit = new Snapshot([expert('e')]).openingsFor('e', [wanted])[0];
    expect(fit?.isEligible).toBe(false);
    expect(fit?.reasons.change[0]).toBe(
      'This work requires a verified US medical licence (US-CA). Add it under Credentials.',
    );
  });

  it('removes people and says how many', () => {
    expect(new Snapshot(PEOPLE).shortlist({ ...opening, countries: ['RO'] })).toMatchObject({
      fits: [],
      eligible: 0,
      removed: [{ code: 'COUNTRY', count: 4 }],
    });
  });
});

describe('a rank file', () => {
  const experts = '{"id":"a","headline":"Nurse"}\n{"id":"b","titles":["Cardiologist"],"shoe":42}\n';
  const openings = '{"id":"q1","title":"Cardiologist"}\n';

  const linesOf = (people: string, work: string) =>
    [...rankOpenings(readExperts(people, 'e').documents, readOpenings(work, 'o').documents)]
      .map(({ lines }) => lines)
      .join('');

  it('has every expert for every opening, in TREC form', () => {
    expect(linesOf(experts, openings)).toMatch(
      /^q1 Q0 b 1 0\.\d{9} hand-2026-11e\nq1 Q0 a 2 0\.\d{9} hand-2026-11e\n$/,
    );
  });

  it('counts a credential for an opening that asks for it', () => {
    const held = `${experts}{"id":"z","credentials":[{"type":"PE_LICENSE","jurisdiction":"US-CA","state":"VERIFIED"}]}`;
    const ranked = (line: string) => linesOf(held, line);
    expect(ranked('{"id":"q","title":"Plumber"}')).toContain('q Q0 z 3 0.0');
    expect(
      ranked('{"id":"q","title":"Plumber","credentials":[{"type":"PE_LICENSE","jurisdiction":"US-CA"}]}'),
    ).toMatch(/^q Q0 z 1 0\.09/);
  });

  it('leaves unknown fields out and names them', () => {
    expect(readExperts(experts, 'e').unknown).toEqual(['shoe']);
  });

  it('names a broken line by its number', () => {
    expect(() => readExperts(`${experts}{"id":"a"}`, 'e.jsonl')).toThrow(
      new BrokenLine('e.jsonl, line 3: the id a is there twice.'),
    );
    expect(() => readExperts('{"id":"a","skills":"x"}', 'e.jsonl')).toThrow(
      'e.jsonl, line 1: skills must be a list of texts.',
    );
    expect(() => readOpenings('nonsense', 'o.jsonl')).toThrow('o.jsonl, line 1: this is not JSON.');
    expect(() => readOpenings('\n', 'o.jsonl')).toThrow('o.jsonl has no lines.');
  });
});

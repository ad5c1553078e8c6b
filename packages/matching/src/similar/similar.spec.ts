import type { ExpertDocument } from '../documents';
import { similarTo } from './similar';

const NOW = { now: new Date('2026-11-01T00:00:00Z') };
const expert = (id: string, more: Partial<ExpertDocument> = {}): ExpertDocument => ({
  ...{ id, headline: '', bio: '', titles: [], skills: [], evidence: [], languages: [], country: 'US' },
  ...more,
});
const licence = (more: object = {}) => ({
  ...{ id: 'c', type: 'LICENCE', label: 'Medical licence', jurisdiction: 'US-CA' },
  ...{ state: 'VERIFIED', expiresOn: null, ...more },
});

const ana = expert('ana', {
  headline: 'Cardiologist',
  skills: ['Echocardiography', 'ECG'],
  evidence: [
    { title: 'Arrhythmia in endurance athletes', text: 'Holter monitoring of ventricular arrhythmia.' },
  ],
  credentials: [licence()],
});
const twin = expert('twin', {
  headline: 'Heart specialist',
  skills: ['echocardiography'],
  evidence: [{ title: 'Ventricular arrhythmia', text: 'Holter monitoring at home.' }],
  credentials: [licence()],
});
const near = expert('near', { headline: 'Nurse', skills: ['ECG', 'Rust'] });
const far = expert('far', { headline: 'Compiler engineer', skills: ['Rust'], bio: 'Borrow checkers.' });

describe('similar experts', () => {
  it('come in the order of how much their work is alike, each with what is shared', () => {
    expect(similarTo(ana, [far, near, twin, ana], 5, NOW)).toEqual([
      {
        expertId: 'twin',
        shared: [
          'Both hold: Medical licence (US-CA).',
          'Both name: echocardiography.',
          'Their work has in common: arrhythmia, holter, monitoring, ventricular.',
        ],
      },
      { expertId: 'near', shared: ['Both name: ECG.'] },
    ]);
  });

  it('leave out who shares nothing that could be named, the expert themselves, and whoever is beyond the number', () => {
    expect(similarTo(ana, [far], 5, NOW)).toEqual([]);
    expect(similarTo(ana, [ana], 5, NOW)).toEqual([]);
    expect(similarTo(ana, [near, twin], 1, NOW)).toHaveLength(1);
  });

  it('share no credential that is not proven or has ended', () => {
    const holds = (more: object) =>
      similarTo(ana, [expert('x', { skills: ['ECG'], credentials: [licence(more)] })], 5, NOW)[0]?.shared;
    expect(holds({})).toContain('Both hold: Medical licence (US-CA).');
    for (const more of [
      { state: 'CLAIMED' },
      { expiresOn: new Date('2026-10-01') },
      { jurisdiction: 'US-NY' },
    ])
      expect(holds(more)).toEqual(['Both name: ECG.']);
  });

  it('are the same whatever the order, and whatever rate, hours, place or record somebody has', () => {
    const asked = similarTo(ana, [far, near, twin], 5, NOW);
    expect(similarTo(ana, [twin, near, far], 5, NOW)).toEqual(asked);
    const other = { minimumRateMinor: 99999n, hoursPerWeek: 1, country: 'RO', quality: 0.1, exposure: 9 };
    expect(similarTo({ ...ana, ...other }, [far, near, { ...twin, ...other }], 5, NOW)).toEqual(asked);
  });

  it('do not move when names of employers and schools are swapped, and are nobody who shares only these', () => {
    const at = (id: string, clinic: string, school: string, more: Partial<ExpertDocument> = {}) =>
      expert(id, {
        headline: `Heart specialist at ${clinic}`,
        bio: `Trained at ${school.toUpperCase()}; ten years with ${clinic} GmbH.`,
        titles: [`Consultant, ${clinic}`],
        skills: ['ECG'],
        evidence: [
          { title: `Consultant, ${clinic}`, text: 'Holter monitoring of ventricular arrhythmia.' },
          { title: `MD Cardiology, ${school}`, text: `Thesis at ${school} about the atrium.` },
        ],
        ...more,
      });
    const names = (clinic: string, school: string) => [`${clinic} GmbH`, school];
    const [north, south] = [
      ['Nordlicht Klinik', 'Universität Greifswald'],
      ['Hospital del Sol', 'Universidad de Málaga'],
    ] as const;
    const told = (own: readonly [string, string], theirs: readonly [string, string]) =>
      similarTo(at('ana', ...own), [at('twin', ...theirs), near, far], 5, {
        ...NOW,
        organisations: { ana: names(...own), twin: names(...theirs) },
      });
    const asked = told(north, north);
    expect(asked[0]).toMatchObject({ expertId: 'twin' });
    expect(JSON.stringify(asked)).not.toMatch(/nordlicht|klinik|greifswald|universit/i);
    expect(asked[0]?.shared[0]).toBe('The same title: Heart specialist, Consultant.');
    for (const [own, theirs] of [
      [north, south],
      [south, north],
      [south, south],
    ] as const)
      expect(told(own, theirs)).toEqual(asked);

    const work = { headline: '', titles: [], skills: [], bio: '' };
    const alike = (id: string, knows: string) =>
      at(id, ...north, { ...work, evidence: [{ title: `${knows}, Universität Greifswald`, text: '' }] });
    const organisations = { ana: names(...north), other: names(...north) };
    const others = [alike('other', 'Botany'), far];
    expect(similarTo(alike('ana', 'Medicine'), others, 5, { ...NOW, organisations })).toEqual([]);
  });

  it('share what they know by the name of its maker, though one of them worked there', () => {
    const knows = (id: string) => expert(id, { bio: 'Tuning of Oracle databases.', skills: ['Oracle'] });
    const organisations = { a: ['Oracle'], b: ['Oracle'] };
    expect(similarTo(knows('a'), [knows('b'), far], 5, { ...NOW, organisations })[0]?.shared).toEqual([
      'Both name: Oracle.',
      'Their work has in common: databases, oracle, tuning.',
    ]);
  });
});

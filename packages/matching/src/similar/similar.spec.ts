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
});

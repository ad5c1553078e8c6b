import fc from 'fast-check';
import type { ExpertDocument, OpeningDocument } from '../documents';
import { Snapshot } from '../snapshot';
import { interestOf, UNKNOWN_INTEREST } from './interest';
import { aboutBest, highest } from './best';
import { pairOrder, pairScore, pairSteps } from './pair-score';
import { evennessOf, shortlistOrder, type Showable } from './shortlist-order';
import { passRates, passShare, timelyShare } from './track-record';

const expert = (id: string, more: Partial<ExpertDocument> = {}): ExpertDocument => ({
  ...{ id, headline: '', bio: '', titles: [], skills: [], evidence: [], languages: [], country: 'US' },
  ...more,
});
const opening = (id: string, more: Partial<OpeningDocument> = {}): OpeningDocument => ({
  ...{ id, title: 'Cardiologist', description: '', titles: [], skills: [] },
  ...more,
});

describe('the score of a pair', () => {
  it('means the same for an opening that asks for what all have and for one that asks for what few have', () => {
    const common = Array.from({ length: 40 }, (_, at) =>
      expert(`n${at}`, { headline: 'Nurse', skills: ['Nursing'] }),
    );
    const rare = expert('z', { headline: 'Cardiologist', skills: ['Nursing'] });
    const snapshot = new Snapshot([...common, rare]);
    const asked = (id: string, title: string) =>
      opening(id, { title, skills: [{ label: 'Nursing', isRequired: true }] });
    const [best] = snapshot.openingsFor('z', [asked('nurse', 'Nurse'), asked('heart', 'Cardiologist')]);
    // Everybody here is a nurse: that says less than being the one cardiologist.
    expect(best?.openingId).toBe('heart');
    const nurse = snapshot.fitOf('n1', asked('nurse', 'Nurse'));
    expect(nurse?.steps.linear).toBeGreaterThan(best?.steps.linear ?? 1);
    expect(nurse?.score).toBeLessThan(best?.score ?? 0);
  });

  it('rises with the sum, falls with the average, and lies between 0 and 1', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, (a, b, average, interest) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const score = (linear: number, mean: number) => pairSteps(linear, mean, interest, null).score;
        expect(score(low, average)).toBeLessThanOrEqual(score(high, average));
        if (high < 0.99)
          expect(score(average, low)).toBeGreaterThanOrEqual(score(average, Math.min(high, 0.99)) - 1e-12);
        expect(score(a, average) >= 0 && score(a, average) <= 1).toBe(true);
      }),
    );
  });

  it('finds the best without working out every score', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const pairs = fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(pairs, share, fc.integer({ min: 1, max: 20 }), (all, average, limit) => {
        const scores = Float32Array.from(all, ([linear, interest]) =>
          pairScore(linear, average, interest, null),
        );
        const order = Float32Array.from(all, ([linear, interest]) =>
          pairOrder(linear, average, interest, null),
        );
        const found = aboutBest(order, limit);
        const best = [...scores.keys()].sort(
          (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
        );
        expect(found).toEqual(expect.arrayContaining(best.slice(0, limit)));
        expect([...highest(scores, limit)]).toEqual(best.slice(0, limit));
      }),
    );
  });

  it('looks at few more than the best', () => {
    const numbers = Float32Array.from({ length: 10_000 }, (_, at) => (at % 5000) / 5000);
    expect(aboutBest(numbers, 100).length).toBeLessThan(200);
    expect(aboutBest(new Float32Array(3), 2)).toEqual([0, 1, 2]);
  });

  it('is nothing where one side would gain nothing, and counts the lab for six tenths', () => {
    expect(pairSteps(0.9, 0.1, 0, null).score).toBe(0);
    const { chance, score } = pairSteps(0.9, 0.1, 0.5, { slope: 6, offset: -3 });
    expect(score).toBeCloseTo(chance ** 0.6 * 0.5 ** 0.4, 12);
  });

  it('takes the average over a sample that is the same however many are asked for', () => {
    const people = Array.from({ length: 900 }, (_, at) =>
      expert(`e${at}`, { headline: at % 9 === 0 ? 'Cardiologist' : 'Nurse' }),
    );
    const [one, all] = [new Snapshot(people), new Snapshot(people)];
    const single = one.fitOf('e9', opening('o'));
    expect(all.shortlist(opening('o')).fits.find(({ expertId }) => expertId === 'e9')?.score).toBe(
      single?.score,
    );
  });
});

describe('the interest of an expert', () => {
  it('is pay above the lowest rate and hours that are filled; unknown is a half', () => {
    expect(interestOf({ rate: 0, hours: undefined }, { rate: 5000, hours: 10 })).toBe(UNKNOWN_INTEREST);
    expect(interestOf({ rate: 5000, hours: undefined }, { rate: 5000, hours: 0 })).toBe(0.5);
    expect(interestOf({ rate: 5000, hours: undefined }, { rate: 20_000, hours: 0 })).toBe(1);
    expect(interestOf({ rate: 5000, hours: 20 }, { rate: 10_000, hours: 10 })).toBe(0.75);
  });

  it('puts who gains more above who gains less, all else alike', () => {
    const people = [expert('a', { minimumRateMinor: 9000n }), expert('b', { minimumRateMinor: 5000n })].map(
      (each) => ({ ...each, rateCurrency: 'USD', headline: 'Cardiologist' }),
    );
    const wanted = opening('o', { currency: 'USD', rateMaxMinor: 10_000n });
    const { fits } = new Snapshot(people).shortlist(wanted);
    expect(fits.map(({ expertId }) => expertId)).toEqual(['b', 'a']);
    expect(fits[0]?.steps.interest).toBeGreaterThan(fits[1]?.steps.interest ?? 1);
  });
});

describe('the order of a shortlist', () => {
  const ON = { openingId: 'o', modelId: 'm' };
  const candidate = (at: number, more: Partial<Showable> = {}): Showable => ({
    ...{ expertId: `e${at}`, score: 1 - at / 100, exposure: 0, isNewcomer: false },
    ...more,
  });
  const newcomers = (from: number) =>
    Array.from({ length: 60 }, (_, at) => candidate(at, { isNewcomer: at >= from }));

  it('is that of the scores where nobody is new and nobody was shown much', () => {
    const order = shortlistOrder(
      Array.from({ length: 60 }, (_, at) => candidate(at)),
      40,
      ON,
    );
    expect(order.map(({ expertId }) => expertId)).toEqual(Array.from({ length: 40 }, (_, at) => `e${at}`));
    expect(order.every(({ propensity, isKeptPlace }) => propensity === 1 && !isKeptPlace)).toBe(true);
  });

  it('keeps the fifth place and every seventh after it for newcomers, drawn with a known chance', () => {
    const order = shortlistOrder(newcomers(40), 40, ON);
    const kept = order.flatMap(({ isKeptPlace }, place) => (isKeptPlace ? [place] : []));
    expect(kept).toEqual([4, 11, 18, 25, 32, 39]);
    for (const place of kept) {
      expect(order[place]?.isNewcomer).toBe(true);
      expect(order[place]?.propensity).toBeGreaterThan(0);
      expect(order[place]?.propensity).toBeLessThan(1);
    }
    expect(new Set(order.map(({ expertId }) => expertId)).size).toBe(40);
  });

  it('draws the same for the same seed, others for other seeds, and as often as the chance says', () => {
    const drawn = (openingId: string) => shortlistOrder(newcomers(40), 5, { openingId, modelId: 'm' })[4];
    expect(drawn('o')).toEqual(drawn('o'));
    const seeds = Array.from({ length: 3000 }, (_, at) => drawn(`o${at}`));
    const first = seeds.filter((each) => each?.expertId === 'e40');
    expect(first.length / seeds.length).toBeCloseTo(first[0]?.propensity ?? 0, 1);
    expect(new Set(seeds.map((each) => each?.expertId)).size).toBe(10);
  });

  it('moves down who was shown many times an even share, by a tenth at most', () => {
    expect([evennessOf(0), evennessOf(3), evennessOf(12), evennessOf(25)]).toEqual([1, 1, 0.9, 0.9]);
    const order = shortlistOrder([candidate(0, { exposure: 12 }), candidate(5)], 2, ON);
    expect(order.map(({ expertId }) => expertId)).toEqual(['e5', 'e0']);
  });
});

describe('what is known of how somebody works', () => {
  const weeks = (passed: number, reduced: number, family = 'MEDICINE') => ({ family, passed, reduced });

  it('leans on what is known of everybody, the less the more they have worked', () => {
    const rates = passRates([weeks(80, 20), weeks(99, 1, 'LAW')]);
    expect(rates.families.get('MEDICINE')).toBeLessThan(rates.families.get('LAW') ?? 0);
    expect(passShare([], rates)).toBe(rates.all);
    const [one, many] = [passShare([weeks(1, 0)], rates), passShare([weeks(100, 0)], rates)];
    expect(one).toBeGreaterThan(rates.families.get('MEDICINE') ?? 1);
    expect(many).toBeGreaterThan(one);
    expect(many).toBeLessThan(1);
    // One week makes a twentieth of difference at most.
    expect(one - passShare([weeks(0, 1)], rates)).toBeLessThan(0.05);
  });

  it('is said of who has not worked as of most', () => {
    expect(timelyShare(0, 0)).toBe(0.9);
    expect(timelyShare(0, 10)).toBe(0.45);
  });

  it('raises a score by good work and never shows what others thought less of', () => {
    const people = [
      expert('good', { quality: 0.97, timeliness: 0.95, isNewcomer: false }),
      expert('weak', { quality: 0.5, timeliness: 0.5, isNewcomer: false }),
    ];
    const { fits } = new Snapshot(people).shortlist(opening('o'));
    expect(fits.map(({ expertId }) => expertId)).toEqual(['good', 'weak']);
    expect(fits[0]?.reasons.for).toContain('Nearly all weeks of work here were approved as logged.');
    expect(fits[1]?.reasons.against.join(' ')).not.toMatch(/week/);
  });

  it('says nothing of anybody before anything is known', () => {
    const { fits } = new Snapshot([expert('a')]).shortlist(opening('o', { hoursPerWeek: 20 }));
    const asked = fits[0]?.parts.filter(({ weight }) => weight > 0).map(({ name }) => name);
    expect(asked).toEqual(['profile', 'titles', 'hours']);
  });
});

describe('the parts beyond what a gate asks', () => {
  const valueOf = (name: string, person: Partial<ExpertDocument>, asked: Partial<OpeningDocument>) =>
    new Snapshot([expert('a'), expert('e', person)])
      .fitOf('e', opening('o', asked))
      ?.parts.find((part) => part.name === name)?.value;

  it('are a half where just what is asked is there, and more beyond', () => {
    const english = (level: string) => [{ language: 'English', level }];
    expect(valueOf('languages', { languages: english('B2') }, { languages: english('B2') })).toBe(0.5);
    expect(valueOf('languages', { languages: english('C2') }, { languages: english('B2') })).toBe(1);
    expect(valueOf('languages', {}, { languages: english('B2') })).toBe(0);
    const credential = (expiresOn: Date | null) => ({
      ...{ id: 'c', type: 'CPA', label: 'CPA', jurisdiction: null, state: 'VERIFIED', expiresOn },
    });
    const asks = {
      credentials: [{ type: 'CPA', label: 'CPA', jurisdiction: null }],
      lastDay: new Date('2027-01-01'),
    };
    const validity = (end: Date | null) => valueOf('validity', { credentials: [credential(end)] }, asks);
    expect(validity(new Date('2027-01-01'))).toBe(0.5);
    expect(validity(new Date('2028-01-01'))).toBe(1);
    expect(validity(null)).toBe(1);
    expect(validity(new Date('2026-12-01'))).toBe(0);
  });

  it('count hours that are free beside other work, and hours at the same time', () => {
    const free = { quality: 0.9, hoursPerWeek: 20, engagedHours: 15 };
    expect(valueOf('freeHours', free, { hoursPerWeek: 10 })).toBe(0.5);
    const schedule = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1020 };
    const overlap = { timeZone: 'UTC', fromMinute: 540, toMinute: 1020, leastHours: 20 };
    expect(valueOf('overlap', { schedule }, { overlap })).toBe(1);
    expect(valueOf('overlap', {}, { overlap })).toBe(0);
  });
});

import fc from 'fast-check';
import type { ExpertDocument, OpeningDocument } from '../documents';
import { statisticsOf } from '../index/statistics';
import { HAND_WEIGHTS } from '../scoring/model';
import { MOST_SCORED } from '../scoring/opening-scorer';
import type { Fit } from '../scoring/explained';
import { Snapshot } from '../snapshot';
import { OccupationIndex } from '../taxonomy/occupation-index';
import { statisticsFrom } from './count';
import { Gathered } from './gathered';
import { localDoor } from './local-door';
import { Shard } from './shard';
import { shardOf } from './shard-of';

const WORDS = ['heart', 'tax', 'law', 'ward', 'code', 'review', 'graph', 'steel', 'child', 'river', 'loan'];
const occupations = new OccupationIndex(
  WORDS.map((label, at) => ({
    ...{
      id: `o${at}`,
      label: `${label} worker`,
      aliases: [`${label} hand`],
      description: '',
      isRegulated: false,
    },
    groups: [`g${at % 3}`],
  })),
);
const words = (most: number) =>
  fc.array(fc.constantFrom(...WORDS), { maxLength: most }).map((each) => each.join(' '));
const profile = fc.record({
  headline: fc.oneof(
    words(4),
    fc.constantFrom(...WORDS).map((word) => `${word} worker`),
  ),
  bio: words(20),
  skills: fc.subarray(WORDS),
  evidence: fc.array(fc.record({ title: words(4), text: words(12) }), { maxLength: 3 }),
  minimumRateMinor: fc.option(fc.bigInt({ min: 1n, max: 20_000n }), { nil: undefined }),
  country: fc.constantFrom('US', 'KE', null),
});
const people = fc.array(profile, { minLength: 1, maxLength: 120 });
const expert = (at: number, more: Partial<ExpertDocument>): ExpertDocument => ({
  ...{ id: `e${String(at).padStart(4, '0')}`, headline: '', bio: '', titles: [], skills: [], evidence: [] },
  ...{ languages: [], country: 'US', rateCurrency: 'USD', ...more },
});
const work = fc
  .record({ title: fc.constantFrom(...WORDS).map((word) => `${word} worker`), description: words(20) })
  .map((each): OpeningDocument => ({
    ...{ ...each, id: 'o', titles: [], skills: [{ label: 'tax', isRequired: true }], countries: ['US'] },
    ...{ currency: 'USD', rateMaxMinor: 10_000n },
  }));
const listed = (all: readonly Partial<ExpertDocument>[]) => all.map((each, at) => expert(at, each));
const settingsFor = (all: readonly ExpertDocument[]) => ({
  ...{ occupations, statistics: statisticsOf(statisticsFrom(all)), model: HAND_WEIGHTS },
});
/** Several shards of some experts, with the statistics of all. */
const sharded = (all: readonly ExpertDocument[], shards: number, settings = settingsFor(all)) =>
  new Gathered(
    Array.from({ length: shards }, (_, number) =>
      localDoor(
        Shard.of(
          settings,
          all.filter(({ id }) => shardOf(id, shards) === number),
        ),
      ),
    ),
  );
const bytes = (value: unknown) =>
  JSON.stringify(value, (_key, each: unknown) =>
    each instanceof Map ? [...each].sort(([a], [b]) => (a < b ? -1 : 1)) : each,
  );

describe('shards', () => {
  it('answer as one index of everybody does, to the last bit, however many they are', async () => {
    await fc.assert(
      fc.asyncProperty(people, work, async (some, opening) => {
        const all = listed(some);
        const one = new Snapshot(all, occupations);
        const { fits, eligible, removed, averages } = one.shortlist(opening, 30);
        for (const shards of [1, 2, 4]) {
          const found = await sharded(all, shards).retrieve(opening, 30);
          expect(bytes(found.experts.map(({ expertId, parts }) => ({ expertId, parts })))).toBe(
            bytes(fits.map(({ expertId, parts }) => ({ expertId, parts }))),
          );
          found.experts.forEach(({ steps }, i) => expect(fits[i]?.steps).toMatchObject(steps));
          expect(found.averages).toEqual(averages);
          expect(found).toMatchObject({ snapshot: one.id, eligible, removed, size: all.length });
          const pairs = await sharded(all, shards).pairs([all[0]?.id ?? ''], [opening]);
          const { parts, steps } = one.fitOf(all[0]?.id ?? '', opening) as Fit;
          expect(pairs.scored[0]?.get(all[0]?.id ?? '')).toEqual({ parts, steps });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('choose whom to score whole from all of them together, where very many pass', async () => {
    const all = Array.from({ length: MOST_SCORED + 500 }, (_, at) =>
      expert(at, {
        id: `e${String(at).padStart(6, '0')}`,
        headline: at % 7 === 0 ? `${WORDS[at % WORDS.length]} worker` : `${WORDS[at % WORDS.length]}`,
        bio: WORDS.filter((_word, bit) => (at >> bit) & 1).join(' '),
        skills: at % 3 ? ['tax'] : [],
      }),
    );
    const opening = {
      ...{ id: 'o', title: 'Tax worker', description: 'river graph steel child loan', titles: [] },
      skills: [{ label: 'tax', isRequired: true }],
    };
    const settings = settingsFor(all);
    const [one, three] = await Promise.all(
      [1, 3].map((shards) => sharded(all, shards, settings).retrieve(opening, 200)),
    );
    expect(one?.eligible).toBe(all.length);
    expect(bytes(one)).toBe(bytes(three));
    const { fits } = new Snapshot(all, occupations).shortlist(opening);
    expect(one?.experts.map(({ expertId }) => expertId)).toEqual(fits.map(({ expertId }) => expertId));
  });

  it('give each expert to one of them, evenly', () => {
    const counts = [0, 0, 0, 0];
    for (let at = 0; at < 4000; at++) counts[shardOf(`expert-${at}`, 4)]! += 1;
    for (const count of counts) expect(count).toBeGreaterThan(850);
  });
});

describe('changes', () => {
  const change = fc.record({ at: fc.nat(150), to: fc.option(profile, { nil: undefined }) });

  it('give the bytes that an index of the same experts and statistics gives', async () => {
    await fc.assert(
      fc.asyncProperty(people, fc.array(change, { maxLength: 200 }), work, async (some, changes, opening) => {
        const settings = settingsFor(listed(some));
        const shard = Shard.of(settings, listed(some));
        const now = new Map(listed(some).map((each) => [each.id, each]));
        changes.forEach(({ at, to }, version) => {
          const { id } = expert(at, {});
          shard.apply([{ expertId: id, version, ...(to && { expert: expert(at, to) }) }]);
          if (to) now.set(id, expert(at, to));
          else now.delete(id);
        });
        const all = [...now.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        const fresh = Shard.of(settings, all);
        expect(shard.state).toEqual(fresh.state);
        const answers = async (of: Shard) => {
          const asked = new Gathered([localDoor(of)]);
          return bytes([await asked.retrieve(opening, 50), await asked.pairs([...now.keys()], [opening])]);
        };
        expect(await answers(shard)).toBe(await answers(fresh));
      }),
      { numRuns: 25 },
    );
  });

  it('that come twice, or after a later one, change nothing', async () => {
    const all = listed([{ headline: 'tax worker' }, { headline: 'law worker' }]);
    const shard = Shard.of(settingsFor(all), all);
    const ids = async () =>
      (
        await new Gathered([localDoor(shard)]).retrieve(
          { id: 'o', title: 'Steel worker', description: '', titles: [], skills: [] },
          10,
        )
      ).experts.map(({ expertId }) => expertId);
    expect(
      shard.apply([{ expertId: 'e0001', version: 7, expert: expert(1, { headline: 'steel worker' }) }]),
    ).toBe(1);
    const { state } = shard;
    expect(await ids()).toEqual(['e0001', 'e0000']);
    expect(shard.apply([{ expertId: 'e0001', version: 7, expert: all[1] }])).toBe(0);
    expect(shard.apply([{ expertId: 'e0001', version: 6 }])).toBe(0);
    expect(shard.state).toEqual(state);
    shard.apply([{ expertId: 'e0001', version: 8 }]);
    expect(await ids()).toEqual(['e0000']);
    expect(shard.state.size).toBe(1);
  });
});

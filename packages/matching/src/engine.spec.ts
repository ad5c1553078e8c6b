import fc from 'fast-check';
import type { ExpertDocument, OpeningDocument } from './documents';
import { ExpertIndexBuilder, skillKey } from './index/expert-index';
import { LinkRows, linksAt } from './index/link-rows';
import { Postings, PostingsBuilder } from './index/postings';
import { LEAST_WORDS, TextSample, TOPICS, Topics, TopicWriter } from './index/topics';
import { highest } from './scoring/best';
import { ExpertReader } from './scoring/expert-reader';
import { MOST_SCORED, OpeningScorer } from './scoring/opening-scorer';
import { Snapshot } from './snapshot';
import { MOST_LINKS, OccupationIndex } from './taxonomy/occupation-index';
import { occupationsOf, type TaxonomyEntry } from './taxonomy/taxonomy';
import { languageOf, termsOf } from './text/tokens';

const group = (id: string, broader: string[] = []): TaxonomyEntry => ({
  ...{ id, kind: 'GROUP', label: id, aliases: [], description: '', isRegulated: false, broader },
});
const occupation = (id: string, aliases: string[], broader: string, isRegulated = false): TaxonomyEntry => ({
  ...{ id, kind: 'OCCUPATION', label: id, aliases, description: `Work of a ${id}.`, isRegulated },
  broader: [broader],
});
const TAXONOMY = occupationsOf([
  group('health'),
  group('nursing', ['health']),
  group('medicine', ['health']),
  occupation('hospital nurse', ['ward nurse'], 'nursing'),
  occupation('care nurse', ['community nurse'], 'nursing'),
  occupation('licensed midwife', ['birth attendant'], 'nursing', true),
  occupation('heart specialist', ['cardiologist'], 'medicine', true),
]);
const occupations = new OccupationIndex(TAXONOMY);

const expert = (id: string, more: Partial<ExpertDocument> = {}): ExpertDocument => ({
  ...{ id, headline: '', bio: '', titles: [], skills: [], evidence: [], languages: [], country: 'US' },
  ...more,
});
const opening = (title: string, more: Partial<OpeningDocument> = {}): OpeningDocument => ({
  ...{ id: 'o', title, description: '', titles: [], skills: [] },
  ...more,
});
const WORDS = ['heart', 'tax', 'law', 'ward', 'code', 'review', 'graph', 'steel', 'child', 'river', 'loan'];
const words = (most: number) =>
  fc.array(fc.constantFrom(...WORDS), { maxLength: most }).map((each) => each.join(' '));
const people = fc.array(
  fc.record({
    headline: words(4),
    bio: words(20),
    skills: fc.subarray(WORDS),
    evidence: fc.array(fc.record({ title: words(4), text: words(12) }), { maxLength: 3 }),
    minimumRateMinor: fc.option(fc.bigInt({ min: 1n, max: 20_000n }), { nil: undefined }),
  }),
  { maxLength: 25 },
);
const work = fc.record({
  title: words(3),
  description: words(20),
  rateMaxMinor: fc.option(fc.bigInt({ min: 1n, max: 20_000n }), { nil: undefined }),
});
const listed = (all: readonly Partial<ExpertDocument>[]) =>
  all.map((each, at) => expert(String(at).padStart(3, '0'), { ...each, rateCurrency: 'USD' }));

describe('an occupation', () => {
  const rank = (title: string, headlines: string[]) => {
    const snapshot = new Snapshot(
      headlines.map((headline, at) => expert(String(at), { headline })),
      occupations,
    );
    return new Map(snapshot.rank(opening(title)).map(({ expertId, score }) => [headlines[+expertId], score]));
  };

  it('is found by another name, and by its group', () => {
    const scores = rank('Ward nurse', ['Hospital nurse', 'Community nurse', 'Plumber']);
    expect(scores.get('Hospital nurse')).toBeGreaterThan(scores.get('Community nurse') ?? 1);
    expect(scores.get('Community nurse')).toBeGreaterThan(scores.get('Plumber') ?? 1);
    expect(rank('Cardiologist', ['Heart specialist', 'Plumber']).get('Heart specialist')).toBeGreaterThan(
      0.3,
    );
  });

  it('that is regulated is never reached by way of its group', () => {
    const place = (id: string) => TAXONOMY.findIndex((each) => each.id === id);
    const worth = occupations.expanded(occupations.linksOf(['community nurse']));
    expect(worth.get(place('hospital nurse'))).toBeGreaterThan(0);
    expect(worth.get(place('licensed midwife')) ?? 0).toBe(0);
    expect(occupations.linksOf(['birth attendant']).get(place('licensed midwife'))).toBeGreaterThan(0);
  });

  it('is read back as it was kept, place by place', () => {
    const rows = new LinkRows();
    const many = Array.from({ length: 12 }, (_, at) => [at * 5000, (at + 1) / 12] as const);
    for (const links of [[[0, 1] as const], [], many]) rows.add(new Map(links));
    expect(linksAt(rows.view, 0)).toEqual([[0, 255]]);
    expect(linksAt(rows.view, 1)).toEqual([]);
    expect(linksAt(rows.view, 2)).toEqual(
      many.slice(0, MOST_LINKS).map(([at, weight]) => [at, Math.round(weight * 255)]),
    );
  });

  it('is not guessed from a title in a language that the taxonomy does not have', () => {
    expect([...occupations.linksOf(['Softwareentwickler'])]).toEqual([]);
  });
});

describe('a score', () => {
  it('is made of contributions that sum to it, of weights that sum to 1, and lies between 0 and 1', () => {
    fc.assert(
      fc.property(people, work, (all, asked) => {
        const snapshot = new Snapshot(listed(all), occupations);
        const { fits, eligible } = snapshot.shortlist(opening(asked.title, { ...asked, currency: 'USD' }));
        // Who passes is shown, however little fits.
        expect(fits).toHaveLength(eligible);
        for (const { parts, score, steps } of fits) {
          expect(parts.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(steps.linear, 6);
          expect(score > 0 && score < 1).toBe(true);
          expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6);
          for (const { value } of parts) expect(value >= 0 && value <= 1).toBe(true);
        }
      }),
    );
  });

  it('of a pair is the same on the shortlist, among the openings of the expert and in a ranking', () => {
    fc.assert(
      fc.property(people, work, (all, asked) => {
        const snapshot = new Snapshot(listed(all), occupations);
        const wanted = opening(asked.title, { ...asked, currency: 'USD' });
        const ranked = new Map(snapshot.rank(wanted).map((each) => [each.expertId, each.score]));
        for (const fit of snapshot.shortlist(wanted).fits) {
          const { evenness, isKeptPlace, propensity, ...steps } = fit.steps;
          expect([evenness, isKeptPlace, propensity]).toEqual([1, false, 1]);
          expect(snapshot.openingsFor(fit.expertId, [wanted])[0]).toEqual({ ...fit, steps });
          expect(ranked.get(fit.expertId)).toBeCloseTo(fit.score, 6);
        }
      }),
    );
  });

  it('of a pair is the same among the recommendations of everybody, and only what can be taken is there', () => {
    fc.assert(
      fc.property(people, fc.array(work, { maxLength: 6 }), (all, asked) => {
        const snapshot = new Snapshot(listed(all), occupations);
        const openings = asked.map((each, at) =>
          opening(each.title, {
            ...each,
            id: `o${at}`,
            currency: 'USD',
            countries: at % 3 ? ['US'] : ['KE'],
          }),
        );
        const recommended = snapshot.recommendations(openings, 3);
        listed(all).forEach(({ id }, place) => {
          const fits = snapshot.openingsFor(id, openings).filter(({ isEligible }) => isEligible);
          expect(recommended.of(place).map(({ opening: at, score }) => [openings[at]?.id, score])).toEqual(
            fits.slice(0, 3).map(({ openingId, score }) => [openingId, score]),
          );
        });
      }),
    );
  });

  it('depends on nothing that is not about the work: other ids, names and countries leave every score', () => {
    fc.assert(
      fc.property(people, work, fc.constantFrom('US', 'KE', null), (all, asked, country) => {
        const wanted = opening(asked.title, asked);
        const scores = (of: ExpertDocument[]) =>
          new Snapshot(of, occupations).rank(wanted).map(({ score }) => score);
        const other = listed(all).map((each) => ({
          ...each,
          id: `x${each.id}`,
          country,
          name: 'Somebody Else',
        }));
        expect(scores(other)).toEqual(scores(listed(all)));
      }),
    );
  });

  it('is the same to the last bit when it is worked out again', () => {
    fc.assert(
      fc.property(people, work, (all, asked) => {
        const fits = () => new Snapshot(listed(all), occupations).shortlist(opening(asked.title, asked)).fits;
        expect(JSON.stringify(fits())).toBe(JSON.stringify(fits()));
      }),
    );
  });

  it('of the best is the same where only those are scored whom the parts that are quick to tell put first', () => {
    const builder = new ExpertIndexBuilder(occupations);
    const size = 12_000;
    const wanted = opening('Heart review', {
      description: 'river graph steel child loan tax',
      ...{ rateMaxMinor: 20_000n, currency: 'USD', hoursPerWeek: 20 },
    });
    for (let at = 0; at < size; at++)
      builder.add(
        expert(String(at), {
          headline: 'Heart review',
          bio: WORDS.filter((_, word) => (at >> word) & 1).join(' '),
          // Hours and pay go with no words: the best are those for whom both are right.
          ...{ hoursPerWeek: (at % 19) + 1, minimumRateMinor: BigInt((at % 23) * 900), rateCurrency: 'USD' },
        }),
      );
    const scorer = new OpeningScorer(builder.build(), occupations);
    const places = Uint32Array.from({ length: size }, (_, at) => at);
    const best = (most: number) => {
      const scored = scorer.score(wanted, places, most);
      return scorer.best(wanted, scored, 200).map(({ at, score }) => [scored.places[at], score]);
    };
    expect(best(MOST_SCORED)).toEqual(best(size));
  });
});

describe('skills', () => {
  it('are found the same where few are asked of one by one and where all are walked', () => {
    const builder = new ExpertIndexBuilder(occupations);
    for (let at = 0; at < 70_000; at++)
      builder.add(expert(String(at), { skills: WORDS.filter((_, word) => (at * 7919) % (word + 2) === 0) }));
    const index = builder.build();
    const reader = new ExpertReader(index);
    const query = index.skills.prepare(new Map(WORDS.slice(0, 4).map((word) => [skillKey(word), 1])));
    const all = Uint32Array.from({ length: 70_000 }, (_, at) => at);
    const whole = reader.read(index.skills, query, all);
    for (const every of [1000, 61, 40]) {
      const few = all.filter((at) => at % every === 3);
      expect([...reader.read(index.skills, query, few)]).toEqual([...few].map((at) => whole[at]));
    }
  });
});

describe('a text', () => {
  it('is read in its own language, which its function words tell', () => {
    expect(languageOf('Ärztin für Kinder und Jugendliche')).toBe('de');
    expect(languageOf('ingeniero de sistemas y redes para la industria')).toBe('es');
    expect(languageOf('inginer de sisteme și rețele pentru industrie')).toBe('ro');
    expect(languageOf('Plumber')).toBe('en');
    expect(termsOf('Die Entwicklung von Systemen', 'de')).not.toContain('die');
  });

  it('is found whatever accents it is written with', () => {
    const snapshot = new Snapshot([
      expert('a', { headline: 'Técnico mecánico' }),
      expert('b', { headline: 'Jardinero' }),
    ]);
    expect(snapshot.rank(opening('Tecnico mecanico'))[0]).toMatchObject({ expertId: 'a' });
  });
});

describe('postings', () => {
  it('find every document over many blocks, as they find it in one', () => {
    const one = Postings.of([
      new Map([
        ['rare', 1],
        ['often', 2],
      ]),
    ]);
    expect(one.score(one.prepare(new Map([['rare', 1]])))[0]).toBeGreaterThan(0);
    const many = Postings.of(
      (function* () {
        for (let at = 0; at < 140_000; at++) yield new Map([[at === 131_072 ? 'rare' : 'often', 1]]);
      })(),
    );
    expect(many.blockCount).toBe(3);
    const scores = many.score(many.prepare(new Map([['rare', 1]])));
    expect([...highest(scores, 1)]).toEqual([131_072]);
    expect(scores.filter((score) => score > 0)).toHaveLength(1);
  });

  it('find a word exactly where it is, however far apart that is and however many have it', () => {
    const rare = new Set([0, 1, 255, 256, 511, 512, 1022, 1023, 40_000, 65_535, 65_536, 69_999]);
    const documents = Array.from(
      { length: 70_000 },
      (_, at) =>
        new Map([['all', 1], ...(rare.has(at) ? [['rare', 1] as const] : []), [at % 30 ? 'x' : 'often', 1]]),
    );
    for (const isWhole of [false, true]) {
      const postings = Postings.of(documents, isWhole);
      const found = (word: string) => {
        const scores = postings.score(postings.prepare(new Map([[word, 1]])));
        return [...scores.keys()].filter((at) => (scores[at] as number) > 0);
      };
      expect(found('rare')).toEqual([...rare]);
      expect(found('often')).toEqual([...documents.keys()].filter((at) => at % 30 === 0));
    }
  });
});

describe('among many', () => {
  function* many() {
    for (let at = 0; at < 21_000; at++)
      yield new Map([['common', 1], ...(at === 7 ? ([['rare', 1]] as const) : [])]);
  }

  it('a word that most have is left out of a query, and a skill that most have still counts', () => {
    const query = new Map([
      ['common', 1],
      ['rare', 1],
    ]);
    const [words, skills] = [Postings.of(many()), Postings.of(many(), true)];
    const scores = words.score(words.prepare(query));
    expect([...scores.keys()].filter((at) => (scores[at] as number) > 0)).toEqual([7]);
    expect(skills.score(skills.prepare(query))[8]).toBeGreaterThan(0);
  });
});

describe('topics', () => {
  const topicsOf = (texts: Map<string, number>[]) => {
    const [sample, builder] = [new TextSample(), new PostingsBuilder()];
    for (const text of texts) {
      sample.add(text);
      builder.add(text);
    }
    const vectors = new Int8Array(texts.length * TOPICS);
    const writer = new TopicWriter(sample.basis(), builder.terms);
    texts.forEach((_, at) => writer.write(builder.document(at), vectors, at));
    return new Topics(sample.basis(), vectors);
  };

  it('bring texts together that share no word but go with the same ones', () => {
    const texts = Array.from({ length: 80 }, (_, at) =>
      at % 2 === 0
        ? new Map([
            ['court', 1],
            ['judge', 1],
            [`case${at % 8}`, 1],
            ['appeal', 1],
            ['statute', 1],
          ])
        : new Map([
            ['enzyme', 1],
            ['protein', 1],
            [`assay${at % 8}`, 1],
            ['cell', 1],
            ['tissue', 1],
          ]),
    );
    const topics = topicsOf(texts);
    expect(topics.vectors).toHaveLength(80 * TOPICS);
    const vector = topics.vectorOf(
      new Map([
        ['judge', 1],
        ['appeal', 1],
      ]),
    );
    expect(topics.nearness(vector, 0)).toBeGreaterThan(0.5);
    expect(topics.nearness(vector, 1)).toBeLessThan(0.2);
    expect(LEAST_WORDS).toBeGreaterThan(1);
    expect(topicsOf(texts).vectors).toEqual(topics.vectors);
  });
});

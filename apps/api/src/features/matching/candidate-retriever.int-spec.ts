import {
  gatesOf,
  isEligible,
  type CandidateRetriever,
  type Candidates,
  type GateCode,
  type OpeningDocument,
} from '@tallystick/matching';
import { TestApi } from '../../../test/api';
import { insertExperts, insertOccupations, openingOf } from '../../../test/made-up-experts';
import { Config } from '../../platform/config/config';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { IndexKeeper } from './engine/index-keeper';
import { documentsNow } from './engine/own-shards';
import { Retriever } from './engine/retriever';
import { SearchKeeper } from './engine/search-keeper';
import type { CountedGate } from './engine/search-rows';
import { ShardQueues } from './engine/shard-queues';

const EXPERTS = 20_000;
const WANTED = 1000;
/** Of so many of the reference's best, this share is among those whom any adapter finds. */
const BEST = 200;
const LEAST_SHARE = 0.99;
const LAST_DAY = new Date('2027-06-01T00:00:00Z');

/** Openings of all fields and languages: such that nearly everybody passes, some hundreds do, and hardly anybody does. */
const OPENINGS: readonly OpeningDocument[] = [
  openingOf(0),
  openingOf(1, { countries: ['US', 'GB', 'DE'] }),
  openingOf(2, { languages: [{ language: 'English', level: 'B2' }] }),
  openingOf(4, { skills: [], description: '' }),
  openingOf(5, { rateMaxMinor: undefined, hoursPerWeek: undefined }),
  openingOf(8, { languages: [{ language: 'German', level: 'C1' }] }),
  openingOf(9, { rateMaxMinor: 14_000n, hoursPerWeek: 10 }),
  openingOf(11),
  openingOf(12, { title: 'Somebody who reads medical texts', skills: [] }),
  openingOf(13, {
    credentials: [{ type: 'US_MEDICAL_LICENSE', label: 'A licence', jurisdiction: 'US-CA' }],
    lastDay: LAST_DAY,
  }),
  openingOf(19, { countries: ['KE'], languages: [{ language: 'English', level: 'C2' }] }),
  // The first name is that of an employer, the second is only like that of one.
  openingOf(20, { competitors: ['Practice 17', 'Practice 20 Holding', 'Practice 120 Group'] }),
  openingOf(24, { title: 'Nothing that anybody says', description: '', skills: [] }),
];

/** How many do not pass a gate, and how many of them are only asked. */
function stoppedAt(code: GateCode, { removed }: Pick<Candidates, 'removed'>) {
  const found = removed.find((each) => each.code === code);
  return { count: found?.count ?? 0, unknown: found?.unknown ?? 0 };
}

/** What every adapter of the port keeps, whatever is behind it. */
describe('whoever finds experts', () => {
  let api: TestApi;
  let keeper: IndexKeeper;
  let reference: Retriever;
  const adapters: Record<string, Retriever> = {};
  beforeAll(async () => {
    api = await TestApi.start();
    await insertOccupations(api.owner());
    await insertExperts(api.owner(), EXPERTS);
    const unitOfWork = api.app.get(UnitOfWork);
    const made = (name: string) => {
      const config = new Config({ NODE_ENV: 'test', ...api.database.environment, MATCHING_RETRIEVER: name });
      const own = new IndexKeeper(unitOfWork, config);
      Object.assign(own, { threadsFrom: Infinity });
      if (name === 'index') keeper = own;
      return new Retriever(config, own, new SearchKeeper(unitOfWork, config), api.app.get(ShardQueues));
    };
    reference = made('index');
    adapters.index = reference;
    adapters.postgresql = made('postgresql');
    for (const each of Object.values(adapters)) await each.caughtUp([]);
  }, 600_000);
  afterAll(async () => {
    await keeper.onApplicationShutdown();
    await api.stop();
  });

  const ask = <T>(
    name: string,
    work: (retriever: CandidateRetriever) => Promise<T>,
    changed: string[] = [],
  ) => (adapters[name] as Retriever).reading(work, changed);
  const found = (name: string, opening: OpeningDocument, changed: string[] = []) =>
    ask(name, (retriever) => retriever.retrieve(opening, WANTED), changed);

  describe.each(['index', 'postgresql'])('%s', (name) => {
    it.each(OPENINGS.map((opening) => [opening.id, opening] as const))(
      'finds those who fit best, and nobody who fails a gate: %s',
      async (_id, opening) => {
        const best = await reference.reading((retriever) => retriever.retrieve(opening, BEST));
        const candidates = await found(name, opening);
        const ids = candidates.experts.map(({ expertId }) => expertId);
        const shared = best.experts.filter(({ expertId }) => ids.includes(expertId));
        expect(shared.length).toBeGreaterThanOrEqual(LEAST_SHARE * best.experts.length);
        expect(ids.length).toBe(Math.min(WANTED, best.eligible));
        expect(new Set(ids).size).toBe(ids.length);
        const documents = await documentsNow(api.app.get(UnitOfWork), ids);
        expect(documents).toHaveLength(ids.length);
        expect(documents.filter((expert) => !isEligible(gatesOf(expert, opening)))).toEqual([]);
        for (const code of ['RATE', 'LANGUAGE', 'COUNTRY', 'CREDENTIAL'] as const)
          expect([code, stoppedAt(code, candidates)]).toEqual([code, stoppedAt(code, best)]);
        expect(stoppedAt('CONFLICT', candidates).unknown > 0).toBe(stoppedAt('CONFLICT', best).unknown > 0);
        // Who is found by both has the very same score and parts.
        const theirs = new Map(candidates.experts.map((each) => [each.expertId, each]));
        for (const each of shared) expect(theirs.get(each.expertId)).toEqual(each);
      },
      120_000,
    );

    it('says at which gates it counted only those who pass the others', async () => {
      const rivals = OPENINGS.find(({ competitors }) => competitors) as OpeningDocument;
      const gates: readonly CountedGate[] = (await found(name, rivals)).removed;
      const inPart = gates.filter(({ isInPart }) => isInPart).map(({ code }) => code);
      expect(gates.map(({ code }) => code)).toContain('CONFLICT');
      expect(inPart.includes('CONFLICT')).toBe(name === 'postgresql');
      for (const code of ['RATE', 'LANGUAGE', 'COUNTRY', 'CREDENTIAL']) expect(inPart).not.toContain(code);
    });

    it('gives the same bytes to the same question, and names what it searched', async () => {
      const [opening] = OPENINGS as [OpeningDocument];
      const [one, two] = [await found(name, opening), await found(name, opening)];
      expect(one.snapshot).toMatch(/^[0-9a-f]{16}$/);
      expect(JSON.stringify(two)).toBe(JSON.stringify(one));
      expect((await found('index', opening)).snapshot).toBe(one.snapshot);
    });

    it('scores a pair as it scores it in a list', async () => {
      const opening = OPENINGS[1] as OpeningDocument;
      const { snapshot, experts } = await found(name, opening);
      const [first] = experts;
      const pairs = await ask(name, (from) => from.pairs([first?.expertId ?? ''], [opening]));
      expect(pairs.snapshot).toBe(snapshot);
      expect(pairs.scored[0]?.get(first?.expertId ?? '')).toEqual({
        parts: first?.parts,
        steps: first?.steps,
      });
    });

    it('follows who changes, who comes and who goes', async () => {
      const opening = OPENINGS[2] as OpeningDocument;
      const before = await found(name, opening);
      const best = before.experts[0]?.expertId ?? '';
      const last = (
        await api.owner().query(`SELECT id FROM expert WHERE state = 'SUSPENDED' ORDER BY id LIMIT 1`)
      ).rows[0].id as string;
      const states = async (gone: string, back: string) => {
        for (const [id, state] of [
          [gone, 'SUSPENDED'],
          [back, 'ACTIVE'],
        ])
          await api.owner().query('UPDATE expert SET state = $2 WHERE id = $1', [id, state]);
        await api
          .owner()
          .query(
            `UPDATE expert SET headline = $2, is_visible_to_labs = true, minimum_rate_minor = 0, hours_per_week = 20 WHERE id = $1`,
            [back, opening.title],
          );
        await api
          .owner()
          .query(
            `INSERT INTO expert_language (id, expert_id, language, level) VALUES (gen_random_uuid(), $1, 'English', 'C2') ON CONFLICT (expert_id, language) DO UPDATE SET level = 'C2'`,
            [back],
          );
      };
      await states(best, last);
      const after = await found(name, opening, [best, last]);
      expect(after.snapshot).not.toBe(before.snapshot);
      const ids = after.experts.map(({ expertId }) => expertId);
      expect(ids).not.toContain(best);
      expect(ids).toContain(last);
      await states(last, best);
      await found('index', opening, [best, last]);
      await found('postgresql', opening, [best, last]);
    });
  });
});

import type { CandidateRetriever, OpeningDocument } from '@tallystick/matching';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startRedisCluster, type RedisCluster } from '../../../../../tools/embedded/redis.mjs';
import { TestApi } from '../../../test/api';
import { idOf, insertExperts, insertOccupations, openingOf } from '../../../test/made-up-experts';
import { publishedOpening, vettedLab } from '../../../test/main-job';
import { startWorker, type WorkerProcess } from '../../../test/worker-process';
import { system } from '../../platform/access/actor';
import { Config } from '../../platform/config/config';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { openingDocuments } from '../eligibility/eligibility.public';
import { IndexKeeper } from './engine/index-keeper';
import { Retriever } from './engine/retriever';
import { SearchKeeper } from './engine/search-keeper';
import { ShardQueues } from './engine/shard-queues';
import { CountTrackRecords } from './use-cases/count-track-records';

const EXPERTS = 1500;
const SHARDS = 3;
const OPENINGS: readonly OpeningDocument[] = [
  openingOf(0),
  openingOf(3, { countries: ['US', 'GB', 'DE'] }),
  openingOf(8, { languages: [{ language: 'German', level: 'C1' }] }),
  openingOf(24, { title: 'Nothing that anybody says', description: '', skills: [] }),
];
const PLACES = ['PostgreSQL', 'Redis Cluster'] as const;
/** Longer than BullMQ waits for a job before it takes its connection for dead. */
const AWAY_MS = 7000;
/** So long a worker may take until it answers for its shard, milliseconds. */
const START_MS = 90_000;
const SHORTLIST = `query($id: ID!) { shortlist(openingId: $id, first: 50) {
  eligibleCount fits { edges { node { expertName score } } } } }`;

/** Experts spread over workers in processes of their own, which are asked by way of the queue. */
describe.each(PLACES)('shards over several workers, with the queue on %s', (name) => {
  const isCluster = name === 'Redis Cluster';
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-shards-'));
  let cluster: RedisCluster | undefined;
  let place: Record<string, string> = {};
  let api: TestApi;
  let unitOfWork: UnitOfWork;
  let whole: { retriever: Retriever; keeper: IndexKeeper };
  let spread: Retriever;
  let others: ShardQueues;
  const workers = new Map<number, WorkerProcess>();

  beforeAll(async () => {
    // One of its own: its nodes are killed.
    if (isCluster) cluster = await startRedisCluster(folder);
    if (cluster) place = { REDIS_CLUSTER: cluster.urls.join(',') };
    // This process keeps the first shard too, and asks for the others; it works on no queue.
    api = await TestApi.start({ MATCHING_SHARDS: String(SHARDS), MATCHING_OWN_SHARDS: '0', ...place });
    await insertOccupations(api.owner());
    await insertExperts(api.owner(), EXPERTS);
    // Counted now, nothing changes where an hour begins during the tests, and the workers count again.
    await api.app.get(CountTrackRecords).run();
    const config = new Config({ NODE_ENV: 'test', ...api.database.environment });
    unitOfWork = api.app.get(UnitOfWork);
    const keeper = new IndexKeeper(unitOfWork, config);
    others = api.app.get(ShardQueues);
    whole = {
      keeper,
      retriever: new Retriever(config, keeper, new SearchKeeper(unitOfWork, config), others),
    };
    spread = api.app.get(Retriever);
    others.patienceMs = START_MS;
    for (const number of [0, 1, 2]) workers.set(number, worker(number));
    await spread.reading((from) => from.retrieve(OPENINGS[0] as OpeningDocument, 1));
  }, 2 * START_MS);
  afterAll(async () => {
    for (const each of workers.values()) await each.kill();
    await whole.keeper.onApplicationShutdown();
    await api.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true });
  }, START_MS);

  const worker = (number: number) =>
    startWorker({
      ...api.database.environment,
      ...{ DATA_DIR: api.database.dataDir, DATABASE_POOL: '6', MATCHING_SHARDS: String(SHARDS) },
      ...{ MATCHING_OWN_SHARDS: String(number), ...place },
    });
  const both = async (
    work: (retriever: CandidateRetriever) => Promise<unknown>,
    changed: string[] = [],
  ): Promise<[string, string]> => {
    const bytes = async (retriever: Retriever) =>
      JSON.stringify(plain(await retriever.reading(work, changed)));
    return [await bytes(spread), await bytes(whole.retriever)];
  };

  it(
    'answer as one process does, to the last byte',
    async () => {
      for (const opening of OPENINGS) {
        const [one, other] = await both((from) => from.retrieve(opening, 300));
        expect(one).toBe(other);
        expect(JSON.parse(one).experts.length).toBeGreaterThan(10);
      }
      const ids = Array.from({ length: 40 }, (_, number) => idOf(number));
      const [one, other] = await both((from) => from.pairs(ids, OPENINGS));
      expect(one).toBe(other);
    },
    START_MS,
  );

  it(
    'follow whoever changes, in whichever shard they are',
    async () => {
      const opening = OPENINGS[0] as OpeningDocument;
      const found = async (changed: string[] = []) =>
        JSON.parse((await both((from) => from.retrieve(opening, 300), changed))[0]);
      const ids: string[] = (await found()).experts
        .slice(0, 6)
        .map((each: { expertId: string }) => each.expertId);
      await api.owner().query(`UPDATE expert SET state = 'SUSPENDED' WHERE id = ANY($1)`, [ids]);
      const [one, other] = await both((from) => from.retrieve(opening, 300), ids);
      expect(one).toBe(other);
      for (const id of ids) expect(one).not.toContain(id);
      await api.owner().query(`UPDATE expert SET state = 'ACTIVE' WHERE id = ANY($1)`, [ids]);
      expect(
        (await found(ids)).experts.slice(0, 6).map((each: { expertId: string }) => each.expertId),
      ).toEqual(ids);
    },
    START_MS,
  );

  (isCluster ? it : it.skip)(
    'answer the same, if later, while a node of the cluster is killed and comes back, each in its turn',
    async () => {
      let isAsking = true;
      const seen = { answered: 0, wrong: 0, late: 0 };
      const asking = async () => {
        for (let at = 0; isAsking; at++) {
          const opening = OPENINGS[at % OPENINGS.length] as OpeningDocument;
          const ask = (from: Retriever) => from.reading((each) => each.retrieve(opening, 300));
          const right = JSON.stringify(plain(await ask(whole.retriever)));
          const answer = await ask(spread).catch(() => undefined);
          if (answer === undefined) seen.late += 1;
          else if (JSON.stringify(plain(answer)) === right) seen.answered += 1;
          else seen.wrong += 1;
          await wait(50);
        }
      };
      others.patienceMs = 20_000;
      const all = asking();
      for (const at of [0, 1, 2]) {
        await cluster?.kill(at);
        await wait(AWAY_MS);
        await cluster?.revive(at);
        const { answered } = seen;
        await until('it is answered again', async () => seen.answered > answered + 1);
      }
      isAsking = false;
      await all;
      others.patienceMs = START_MS;
      expect(seen).toMatchObject({ wrong: 0 });
    },
    2 * START_MS,
  );

  it(
    'say so where nobody answers for a shard, and answer the question when another worker takes it over',
    async () => {
      await workers.get(1)?.kill();
      const opening = openingOf(1);
      const ask = () => spread.reading((from) => from.retrieve(opening, 300));
      others.patienceMs = 1500;
      await expect(ask()).rejects.toMatchObject({ name: 'Unanswered' });
      others.patienceMs = START_MS;
      const waiting = ask();
      await wait(300);
      workers.set(1, worker(1));
      const expected = await whole.retriever.reading((from) => from.retrieve(opening, 300));
      expect(JSON.stringify(plain(await waiting))).toBe(JSON.stringify(plain(expected)));
    },
    2 * START_MS,
  );

  it(
    'lose nothing and store nothing wrong when a worker is killed while they score',
    async () => {
      const lab = await vettedLab(api, 'Cumulus');
      const ids: string[] = [];
      for (const title of ['Cardiologist', 'Tax adviser', 'Software developer'])
        ids.push(await publishedOpening(lab, { title }));
      await workers.get(2)?.kill();
      workers.set(2, worker(2));
      await until('every opening has its list', async () => {
        for (const id of ids)
          if ((await lab.ask(SHORTLIST, { id })).shortlist.fits.edges.length === 0) return false;
        return true;
      });
      const openings = await unitOfWork.readAs(system('test'), ({ db, now }) =>
        openingDocuments(db, ids, now),
      );
      for (const opening of openings) {
        const { rows } = await api.owner().query(
          `SELECT state, snapshot_id, eligible_count, ARRAY(SELECT expert_id::text FROM fit f WHERE f.opening_id = s.opening_id) AS ids
           FROM shortlist s WHERE opening_id = $1`,
          [opening.id],
        );
        const { snapshot, eligible, experts } = await whole.retriever.reading((from) =>
          from.retrieve(opening, 1000),
        );
        expect(rows).toMatchObject([{ state: 'READY', snapshot_id: snapshot, eligible_count: eligible }]);
        const best = experts.map(({ expertId }) => expertId);
        expect(rows[0].ids.length).toBeGreaterThan(50);
        for (const id of rows[0].ids) expect(best).toContain(id);
      }
    },
    3 * START_MS,
  );
});

/** Maps as lists, in the order of their keys. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) =>
      each instanceof Map ? [...each].sort(([a], [b]) => (a < b ? -1 : 1)) : each,
    ),
  );
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 2 * START_MS; !(await holds()); await wait(500))
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
}

import { PART_NAMES, type Averages, type Fit } from '@tallystick/matching';
import { TestApi } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { system } from '../../platform/access/actor';
import type { Tx } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { replaceFits, replaceRecommendations } from './matching.repository';

const TEST = system('test');

const NONE = Object.fromEntries(PART_NAMES.map((name) => [name, 0])) as Averages;

/** Two workers who score the same at the same time. */
describe('lists that two score at once', () => {
  let api: TestApi;
  let fit: Fit;
  let labId = '';
  const facts = () => ({
    snapshotId: 'snapshot',
    modelId: 'model',
    modelHash: 'hash',
    scoredAt: api.clock.now(),
  });
  const owner = async (sql: string, values: unknown[] = []) => (await api.owner().query(sql, values)).rows;
  const isAnyoneWaiting = async () =>
    (
      await owner(
        'SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()',
      )
    ).length > 0;

  /** Writes the same twice: the second begins while the first has written and not committed. */
  const twiceAtOnce = async (write: (tx: Tx, score: number) => Promise<void>) => {
    const uow = api.app.get(UnitOfWork);
    let second: Promise<void> = Promise.resolve();
    await uow.run(TEST, { name: 'score-expert' }, async (tx) => {
      await write(tx, 10);
      second = uow.run(TEST, { name: 'score-expert' }, (other) => write(other, 20));
      second.catch(() => undefined);
      while (!(await isAnyoneWaiting())) await new Promise((done) => setTimeout(done, 20));
    });
    await second;
  };

  beforeAll(async () => {
    api = await TestApi.start();
    const lab = await vettedLab(api, 'Cumulus');
    await newExpert(api, 'Dr Ana');
    const openingId = await publishedOpening(lab, { title: 'Open review' });
    await api.runJobs();
    const [expert] = await owner(`SELECT id FROM expert WHERE display_name = 'Dr Ana'`);
    const [row] = await owner('SELECT lab_id AS id FROM fit');
    labId = row?.id;
    fit = {
      openingId,
      expertId: expert?.id,
      score: 0,
      steps: { linear: 0, average: 0, ahead: 0, chance: 0, interest: 0, score: 0 },
      isEligible: true,
      gates: [],
      parts: [],
      reasons: { for: [], against: [], change: [] },
    };
  });
  afterAll(() => api.stop());

  it('keep the openings of an expert as the later one scored them, and neither fails', async () => {
    await twiceAtOnce((tx, score) =>
      replaceRecommendations(tx.db, fit.expertId, [{ ...fit, score }], facts()),
    );
    expect(await owner('SELECT score::int FROM recommendation WHERE expert_id = $1', [fit.expertId])).toEqual(
      [{ score: 20 }],
    );
  });

  it('keep the shortlist of an opening as the later one scored it, and neither fails', async () => {
    const counts = { candidateCount: 1, eligibleCount: 1, gateCounts: [], averages: NONE };
    await twiceAtOnce((tx, score) =>
      replaceFits(tx.db, { id: fit.openingId, labId }, [{ ...fit, score }], { ...facts(), ...counts }),
    );
    expect(await owner('SELECT score::int FROM fit WHERE opening_id = $1', [fit.openingId])).toEqual([
      { score: 20 },
    ]);
  });
});

import { PART_NAMES, type Averages, type Fit } from '@tallystick/matching';
import { TestApi } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { system } from '../../platform/access/actor';
import type { Tx } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { replaceFits } from './matching.repository';
import { addRecommendations, replaceRecommendations } from './recommendation.repository';

const TEST = system('test');

const NONE = Object.fromEntries(PART_NAMES.map((name) => [name, 0])) as Averages;

/** Two workers who score the same at the same time. */
describe('lists that two score at once', () => {
  let api: TestApi;
  let fit: Fit;
  let labId = '';
  let lab: Awaited<ReturnType<typeof vettedLab>>;
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

  const write = (work: (tx: Tx) => Promise<void>) =>
    api.app.get(UnitOfWork).run(TEST, { name: 'score-expert' }, work);
  const scores = async () =>
    (
      await owner(
        'SELECT score::int FROM recommendation WHERE expert_id = $1 ORDER BY is_eligible DESC, score DESC, opening_id',
        [fit.expertId],
      )
    ).map(({ score }) => score);

  const added = { modelHash: 'hash', at: new Date() };

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
    lab = await vettedLab(api, 'Cumulus');
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
      replaceRecommendations(tx.db, fit.expertId, [fit.openingId], [{ ...fit, score }], facts()),
    );
    expect(await scores()).toEqual([20]);
  });

  it('keep an opening that was added while an expert was scored by what was open before', async () => {
    await write((tx) => addRecommendations(tx.db, [{ ...fit, score: 30 }], { ...added, most: 10 }));
    await write((tx) => replaceRecommendations(tx.db, fit.expertId, [], [], facts()));
    expect(await scores()).toEqual([30]);
  });

  it('are written by one row where an opening is added, best first, and the last one leaves a full list', async () => {
    const others = [
      await publishedOpening(lab, { title: 'Second' }),
      await publishedOpening(lab, { title: 'Third' }),
    ];
    const rows = () =>
      owner('SELECT opening_id, xmin::text FROM recommendation WHERE expert_id = $1', [fit.expertId]);
    const [first] = await rows();
    const add = (openingId: string, score: number, most: number) =>
      write((tx) =>
        addRecommendations(tx.db, [{ ...fit, openingId, score, isEligible: true }], { ...added, most }),
      );
    await add(others[0] ?? '', 40, 2);
    expect(await rows()).toContainEqual(first);
    expect(await scores()).toEqual([40, 30]);
    await add(others[1] ?? '', 35, 2);
    expect(await scores()).toEqual([40, 35]);
  });

  it('are not added to what another model scored: that list is scored anew as a whole', async () => {
    await write((tx) =>
      addRecommendations(tx.db, [{ ...fit, score: 90 }], { ...added, modelHash: 'another', most: 10 }),
    );
    expect(await scores()).toEqual([40, 35]);
  });

  it('keep no opening that has closed meanwhile', async () => {
    await owner(`UPDATE opening SET state = 'CLOSED' WHERE title = 'Second'`);
    const [closed] = await owner(`SELECT id FROM opening WHERE title = 'Second'`);
    await write((tx) =>
      replaceRecommendations(tx.db, fit.expertId, [closed?.id], [{ ...fit, openingId: closed?.id }], facts()),
    );
    expect(await scores()).toEqual([35]);
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

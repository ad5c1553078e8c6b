import path from 'node:path';
import type { OpeningDocument } from '@tallystick/matching';
import { TestApi, type Caller } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { Config } from '../../platform/config/config';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { IndexKeeper } from './engine/index-keeper';
import { Retriever } from './engine/retriever';
import { SearchKeeper } from './engine/search-keeper';
import { ShardQueues } from './engine/shard-queues';

const DAY_MS = 86_400_000;
const HOOK = path.join(__dirname, '../../../../../tools/jest/typescript-hook.cjs');
const LIST = `query($id: ID!) { shortlist(openingId: $id, first: 10) {
  eligibleCount fits { totalCount edges { node { expertName } } } } }`;
const MINE = '{ recommendations(isEligible: true, first: 50) { fits { totalCount } } }';
const WORK: OpeningDocument = { id: 'o', title: 'Tax review', description: '', titles: [], skills: [] };

/** How soon the index and the lists are as the record is. */
describe('who may be shown', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  const people: Record<string, Caller & { expertId: string }> = {};
  beforeAll(async () => {
    // Sessions last, since days pass.
    api = await TestApi.start({ SESSION_IDLE_SECONDS: '99999999', SESSION_MAX_SECONDS: '99999999' });
    lab = await vettedLab(api, 'Cumulus');
    for (const name of ['Ana', 'Ben', 'Cleo']) people[name] = await newExpert(api, `Dr ${name}`);
  });
  afterAll(() => api.stop());

  const idOf = (name: string) => people[name]?.expertId ?? '';
  const listed = async (id: string) => {
    const { shortlist } = await lab.ask(LIST, { id });
    const names = shortlist.fits.edges.map(({ node }: { node: { expertName: string } }) => node.expertName);
    expect(shortlist.fits.totalCount).toBe(names.length);
    return { names: names.sort(), eligible: shortlist.eligibleCount };
  };
  const sql = (text: string, values: unknown[]) => api.owner().query(text, values);

  it('is off every list as soon as a suspension is followed, before anything is scored', async () => {
    const openingId = await publishedOpening(lab, { title: 'Open review' });
    await api.runJobs();
    expect((await listed(openingId)).names).toEqual(['Dr Ana', 'Dr Ben', 'Dr Cleo']);
    await sql(`UPDATE expert SET state = 'SUSPENDED' WHERE id = $1`, [idOf('Cleo')]);
    // This one job, and none that scores.
    await api.job('matching', 'expert-changed', { expertId: idOf('Cleo') });
    expect((await listed(openingId)).names).toEqual(['Dr Ana', 'Dr Ben']);
    await api.runJobs();
    expect(await listed(openingId)).toEqual({ names: ['Dr Ana', 'Dr Ben'], eligible: 2 });
    await sql(`UPDATE expert SET state = 'ACTIVE' WHERE id = $1`, [idOf('Cleo')]);
    await api.job('matching', 'expert-changed', { expertId: idOf('Cleo') });
    await api.runJobs();
    expect((await listed(openingId)).names).toContain('Dr Cleo');
  });

  it('is off a list at the very instant from which a credential does not last to the end of the work', async () => {
    const now = new Date();
    const lastDay = new Date(Math.ceil(now.getTime() / DAY_MS + 35) * DAY_MS);
    await sql(
      `INSERT INTO credential (id, expert_id, type, claim, jurisdiction, state, expires_on, created_at)
       VALUES (gen_random_uuid(), $1, 'US_MEDICAL_LICENSE', '{}', 'US-CA', 'VERIFIED', $2, now())`,
      [idOf('Ben'), lastDay],
    );
    await api.job('matching', 'expert-changed', { expertId: idOf('Ben') });
    const openingId = await publishedOpening(lab, {
      title: 'Licensed review',
      weeks: 4,
      credentials: [{ type: 'US_MEDICAL_LICENSE', jurisdiction: 'US-CA' }],
    });
    await api.runJobs();
    // Work that begins on this day ends on the last day of the credential.
    const lapse = lastDay.getTime() - 28 * DAY_MS + DAY_MS;
    const eligible = async () => (await people.Ben?.ask(MINE))?.recommendations.fits.totalCount as number;
    api.clock.hold(new Date(lapse - 1000));
    expect((await listed(openingId)).names).toEqual(['Dr Ben']);
    const before = await eligible();
    // No job runs in between.
    api.clock.hold(new Date(lapse + 1));
    expect(await listed(openingId)).toEqual({ names: [], eligible: 1 });
    expect(await eligible()).toBe(before - 1);
    await api.job('scoring', 'score-lapsed');
    expect(await listed(openingId)).toEqual({ names: [], eligible: 0 });
    expect((await sql('SELECT 1 FROM recommendation WHERE lapses_at <= $1', [api.clock.now()])).rows).toEqual(
      [],
    );
    api.clock.hold(undefined);
  });

  it('is the same for a second process, which hears of changes by itself, and has the same snapshot', async () => {
    const keeper = new IndexKeeper(api.app.get(UnitOfWork), api.app.get(Config));
    const other = new Retriever(
      api.app.get(Config),
      keeper,
      api.app.get(SearchKeeper),
      api.app.get(ShardQueues),
    );
    const found = async (retriever: Retriever) =>
      retriever.reading(async (from) => {
        const { snapshot, experts } = await from.retrieve(WORK, 10);
        return { snapshot, first: experts[0]?.expertId };
      });
    const before = await found(other);
    expect(await found(api.app.get(Retriever))).toEqual(before);
    await people.Ana?.ask('mutation($input: EditProfileInput!) { editProfile(input: $input) { id } }', {
      input: {
        ...{ displayName: 'Dr Ana', headline: 'Tax review', bio: '', country: 'US', timeZone: 'UTC' },
        ...{ hoursPerWeek: 20, minimumRateMinor: '0', rateCurrency: 'USD', isVisibleToLabs: true },
        ...{ skills: [], languages: [], affiliations: [], evidence: [], idempotencyKey: 'edit-ana-1' },
      },
    });
    // No job ran: the outbox tells.
    const after = await found(other);
    expect(after).toMatchObject({ first: idOf('Ana') });
    expect(after.snapshot).not.toBe(before.snapshot);
    expect(await found(api.app.get(Retriever))).toEqual(after);
    await keeper.onApplicationShutdown();
  });

  it('is told while shards are made anew in threads, and by those once they are made', async () => {
    const keeper = new IndexKeeper(api.app.get(UnitOfWork), api.app.get(Config));
    Object.assign(keeper, { threadsFrom: 0, execArgv: ['--require', HOOK] });
    const retriever = new Retriever(
      api.app.get(Config),
      keeper,
      api.app.get(SearchKeeper),
      api.app.get(ShardQueues),
    );
    const read = () =>
      retriever.reading(async (from) => {
        const { snapshot, size } = await from.retrieve(WORK, 10);
        return { snapshot, size };
      });
    const first = await read();
    const statistics = async () =>
      (await sql('SELECT id FROM match_statistics ORDER BY place DESC LIMIT 1', [])).rows[0]?.id as string;
    const counted = await statistics();
    people.Dora = await newExpert(api, 'Dr Dora');
    // The change is there at once; that it wore the shards out is seen to aside.
    const during = await read();
    expect(during.size).toBe(first.size + 1);
    await keeper.settled();
    expect(await statistics()).not.toBe(counted);
    const after = await read();
    expect(after.size).toBe(during.size);
    expect(after.snapshot).not.toBe(during.snapshot);
    expect(
      await api.app.get(Retriever).reading(async (from) => (await from.retrieve(WORK, 10)).snapshot),
    ).toBe(after.snapshot);
    await keeper.onApplicationShutdown();
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { TestApi, type Caller } from '../../../test/api';
import { JobRegistry } from '../../platform/queue/jobs';
import { Questions } from '../../platform/queue/questions';
import { Queues } from '../../platform/queue/queues';
import { WorkerHost } from '../../platform/queue/worker-host';

const QUEUES = `{ jobQueues { name runningJobs { name progress { done of } } retriedJobs { name tries code nextTryAt }
  failedJobs { id name code tries setAside } } }`;
const ASIDE = 'mutation($id: ID!, $why: SetAsideReason!) { setJobAside(queue: "audit", id: $id, why: $why) }';
const RETRY = 'mutation($id: ID!) { retryJob(queue: "audit", id: $id) }';

/** What admins see of a queue and do with its jobs. */
describe('the queues as admins see them', () => {
  let api: TestApi;
  let admin: Caller;
  let host: WorkerHost;
  let hasEnded = false;
  beforeAll(async () => {
    api = await TestApi.start();
    admin = await api.staff('admin@example.org', ['ADMIN']);
    const jobs = new JobRegistry();
    jobs.add({
      queue: 'audit',
      name: 'made-to-fail',
      payload: z.object({}),
      run: async () => Promise.reject(new Error('Dr Ana, card 4242 4242 4242 4242')),
    });
    jobs.add({
      queue: 'payout',
      name: 'made-long',
      payload: z.object({}),
      run: async (_payload, told) => {
        told?.(40, 160);
        while (!hasEnded) await wait(20);
      },
    });
    const queues = api.app.get(Queues);
    host = new WorkerHost(queues, jobs, new Questions(queues));
    await host.onApplicationBootstrap();
    const row = { id: 7001n, payload: {}, availableAt: new Date() };
    await queues.addBulk('audit', [{ ...row, queue: 'audit', name: 'made-to-fail' }], 2);
    await queues.addBulk('payout', [{ ...row, queue: 'payout', name: 'made-long' }]);
  });
  afterAll(async () => {
    hasEnded = true;
    await host.beforeApplicationShutdown();
    await api.stop();
  });

  const queue = async (name: string) =>
    (await admin.ask(QUEUES)).jobQueues.find((each: { name: string }) => each.name === name);
  const failed = async () => (await queue('audit')).failedJobs;
  const id = 'outbox-7001';
  const until = async (holds: () => Promise<boolean>) => {
    for (const end = Date.now() + 15_000; !(await holds()); await wait(50))
      if (Date.now() > end) throw new Error('it never came to this');
  };

  it('say how far a long job is', async () => {
    await until(async () => (await queue('payout')).runningJobs[0]?.progress);
    expect((await queue('payout')).runningJobs).toEqual([
      { name: 'made-long', progress: { done: 40, of: 160 } },
    ]);
  });

  it('say by a code what failed, and neither there nor in the queue what an error said of anybody', async () => {
    await until(async () => (await failed()).length === 1);
    expect(await failed()).toEqual([{ id, name: 'made-to-fail', code: 'Error', tries: 2, setAside: null }]);
    const { rows } = await api.owner().query(`SELECT job::text FROM bullmq.job WHERE id = $1`, [id]);
    expect(JSON.stringify(rows)).toContain('made-to-fail');
    expect(JSON.stringify(rows)).not.toMatch(/Ana|4242/);
  });

  it('let a job be set aside for a reason, and tried again, each in the journal; others may do neither', async () => {
    expect(await admin.ask(ASIDE, { id, why: 'DONE_BY_HAND' })).toEqual({ setJobAside: true });
    expect(await admin.ask(ASIDE, { id, why: 'DONE_BY_HAND' })).toEqual({ setJobAside: true });
    expect(await failed()).toMatchObject([{ id, setAside: 'DONE_BY_HAND' }]);
    expect(await admin.ask(RETRY, { id })).toEqual({ retryJob: true });
    await until(async () => (await failed())[0]?.setAside === null);
    expect(await admin.refused(ASIDE, { id: 'outbox-7002', why: 'NOT_NEEDED' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const { rows } = await api
      .owner()
      .query(`SELECT from_state, to_state, facts FROM journal_entry WHERE subject_type = 'job' ORDER BY id`);
    expect(rows).toMatchObject([
      { from_state: 'FAILED', to_state: 'SET_ASIDE', facts: { jobId: id, why: 'DONE_BY_HAND' } },
      { from_state: 'SET_ASIDE', to_state: 'WAITING', facts: { jobId: id } },
    ]);
    const trust = await api.staff('trust@example.org', ['TRUST']);
    expect(await trust.refused(ASIDE, { id, why: 'NOT_NEEDED' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failed()).toMatchObject([{ id, setAside: null }]);
  });
});

import { GraphQLError } from 'graphql';
import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { ANONYMOUS, system } from '../access/actor';
import { Clock } from '../clock/clock';
import { Config } from '../config/config';
import { answerTo } from '../errors/database-refusals';
import { asJson } from '../errors/edge.filter';
import { Refused } from '../errors/refused';
import { formatError } from '../graphql/format-error';
import { Ids } from '../ids/ids';
import { Database } from './database';
import { UnitOfWork } from './unit-of-work';

const LAB = '11111111-1111-7111-8111-111111111111';
const PERSON = '22222222-2222-7222-8222-222222222222';

describe('a write that waits for a lock', () => {
  const KEY = 5066;
  let test: TestDatabase;
  let database: Database;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database(new Config({ NODE_ENV: 'test', ...test.environment, DATABASE_POOL: '2' }));
    unitOfWork = new UnitOfWork(database, new Clock(), new Ids());
  });
  beforeEach(() => test.owner.query(`SELECT pg_advisory_lock(${KEY})`));
  afterEach(() => test.owner.query('SELECT pg_advisory_unlock_all()'));
  afterAll(async () => {
    await database.onApplicationShutdown();
    await test.drop();
  });

  /** Takes the lock as a use case does, and says before each try which one it is. */
  const write = async (beforeTry: (attempt: number) => Promise<unknown>) => {
    let attempt = 0;
    await unitOfWork.run(system('test'), { name: 'wait' }, async ({ db }) => {
      await beforeTry(++attempt);
      await db.$executeRaw`SET LOCAL lock_timeout = '30ms'`;
      await db.$queryRaw`SELECT pg_advisory_xact_lock(${KEY})::text`;
    });
    return attempt;
  };

  it('is made again when the lock did not come in time', async () => {
    const free = (attempt: number) =>
      attempt === 2 ? test.owner.query('SELECT pg_advisory_unlock_all()') : Promise.resolve();
    expect(await write(free)).toBe(2);
  });

  it('tells the caller to try again where the lock never comes, and not that we made a mistake', async () => {
    const error = await write(() => Promise.resolve()).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(Refused);
    const answer = formatError(new GraphQLError('failed', { originalError: error as Error }));
    expect(answer.extensions.code).toBe('BUSY');
    expect(answer.message).toMatch(/Nothing was done: try again/);
    expect(asJson(answerTo(error))).toMatchObject({ status: 503, body: { code: 'BUSY' } });
  });
});

describe('a read', () => {
  let test: TestDatabase;
  let database: Database;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    test = await createTestDatabase();
    const config = new Config({ NODE_ENV: 'test', ...test.environment, DATABASE_POOL: '2' });
    database = new Database(config);
    unitOfWork = new UnitOfWork(database, new Clock(), new Ids());
    await test.owner.query(
      `INSERT INTO account (id, email, password_hash, name, created_at) VALUES ('${PERSON}', 'a@example.org', '-', 'A', now());
       INSERT INTO lab (id, name, legal_name, country, state, created_at) VALUES ('${LAB}', 'L', 'L', 'US', 'VETTED', now());
       INSERT INTO project (id, lab_id, title, summary, task_family, scarcity, sensitivity, control, channel, state, created_by_id, created_at, published_at)
       SELECT gen_random_uuid(), '${LAB}', state, '', 'CODE', 'LOW', 'LOW', 'LOW', 'MARKETPLACE', state, '${PERSON}', now(), published
       FROM (VALUES ('DRAFT', NULL::timestamptz), ('OPEN', now())) AS projects (state, published)`,
    );
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await test.drop();
  });

  const states = (actor: typeof ANONYMOUS | ReturnType<typeof system>) =>
    unitOfWork.readAs(actor, async ({ db }) =>
      (await db.project.findMany({ orderBy: { state: 'asc' } })).map(({ state }) => state),
    );

  it('of a visitor shows what is published, on connections that have just served somebody who sees all', async () => {
    expect(await Promise.all([states(system('test')), states(system('test'))])).toEqual([
      ['DRAFT', 'OPEN'],
      ['DRAFT', 'OPEN'],
    ]);
    expect(await Promise.all([1, 2, 3, 4].map(() => states(ANONYMOUS)))).toEqual([
      ['OPEN'],
      ['OPEN'],
      ['OPEN'],
      ['OPEN'],
    ]);
  });
});

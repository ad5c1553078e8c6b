import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { system } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { Ids } from '../../platform/ids/ids';
import { Database } from '../../platform/prisma/database';
import type { Tx } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  countAccounts,
  findAccount,
  findTransactions,
  listAccounts,
  postingsOfTransaction,
} from './book.repository';
import { post, rollUp, type Posted } from './ledger.repository';

const RAIL = 'rail_available:platform:USD';
const SUBJECT = '11111111-1111-7111-8111-111111111111';

/** Named after what went wrong elsewhere: numbers are issues and pull requests of Blnk, Formance and TigerBeetle. */
describe('what the ledger keeps', () => {
  let test: TestDatabase;
  let database: Database;
  let unitOfWork: UnitOfWork;
  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database(new Config({ NODE_ENV: 'test', ...test.environment, DATABASE_POOL: '16' }));
    unitOfWork = new UnitOfWork(database, new Clock(), new Ids());
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await test.drop();
  });

  const inOne = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    unitOfWork.run(system('test'), { name: 'test' }, work as never) as Promise<T>;
  /** Puts an amount on accounts, one line each. */
  const put = (codes: readonly string[], key = `test:${randomUUID()}`, kind = 'test-kept'): Promise<Posted> =>
    inOne((tx) =>
      post(tx, {
        ...{ key, kind, subjectType: 'test', subjectId: SUBJECT },
        lines: codes.map((credit) => ({
          ...{ phase: 'S', debit: RAIL.replace('USD', credit.slice(-3)), credit },
          ...{ currency: credit.slice(-3) as 'USD', amountMinor: 100n },
        })),
      }),
    );

  it('Formance #364: ids are given once, however many post at the same moment, and each answer has its own', async () => {
    const codes = Array.from({ length: 64 }, () => `lab_prepaid:${randomUUID()}:USD`);
    const shared = `lab_prepaid:${randomUUID()}:USD`;
    const posted = await Promise.all(codes.map((code, n) => put([code, shared], `364:${n}`)));
    const postings = posted.flatMap((each) => each.postings);
    expect(new Set(posted.map(({ id }) => id)).size).toBe(64);
    expect(new Set(postings).size).toBe(128);
    for (const [n, { id, postings: own }] of posted.entries()) {
      const found = await postingsOfTransaction(database.client, id);
      expect(found.map((each) => each.id)).toEqual(own);
      expect((await findTransactions(database.client, [id]))[0]?.idempotencyKey).toBe(`364:${n}`);
    }
    expect((await findAccount(database.client, shared))?.postedMinor).toBe(6_400n);
  });

  it('Blnk #57, #170: what a transaction and an account say of themselves stays, whatever moves on them later', async () => {
    const code = `expert_payable:${randomUUID()}:USD`;
    const { id } = await put([code], 'stays', 'test-first');
    const header = async () => (await findTransactions(database.client, [id]))[0];
    const account = async () => {
      const { postedMinor: _, heldMinor: __, ...rest } = (await findAccount(database.client, code))!;
      return rest;
    };
    const [before, opened] = [await header(), await account()];
    expect(before).toMatchObject({
      kind: 'test-first',
      subjectType: 'test',
      subjectId: SUBJECT,
      actor: 'system',
    });
    await Promise.all(Array.from({ length: 20 }, () => put([code])));
    await inOne(rollUp);
    expect([await header(), await account()]).toEqual([before, opened]);
    expect((await findAccount(database.client, code))?.postedMinor).toBe(2_100n);
  });

  it('TigerBeetle #2525: a filter of one owner finds all of theirs and nothing of another, with every other filter', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await put([`lab_prepaid:${one}:USD`, `lab_prepaid:${other}:USD`]);
    await put([`lab_prepaid:${one}:EUR`]);
    await put([`expert_payable:${one}:USD`]);
    const find = async (filter: Parameters<typeof countAccounts>[1]) => {
      const rows = await listAccounts(database.client, filter, 100);
      expect(await countAccounts(database.client, filter)).toBe(rows.length);
      return rows.map(({ kind, ownerId, currency }) =>
        [kind, ownerId === one ? 'one' : 'other', currency].join(' '),
      );
    };
    expect(await find({ ownerId: one })).toEqual([
      'expert_payable one USD',
      'lab_prepaid one EUR',
      'lab_prepaid one USD',
    ]);
    expect(await find({ ownerId: other })).toEqual(['lab_prepaid other USD']);
    expect(await find({ ownerId: one, currency: 'USD' })).toEqual([
      'expert_payable one USD',
      'lab_prepaid one USD',
    ]);
    expect(await find({ ownerId: one, kind: 'lab_prepaid', currency: 'EUR' })).toEqual([
      'lab_prepaid one EUR',
    ]);
    expect(await find({ ownerId: randomUUID() })).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { holdCaptured, type JournalLine } from '@tallystick/domain';
import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { system } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { Ids } from '../../platform/ids/ids';
import { Database } from '../../platform/prisma/database';
import type { Tx } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { balancesOf } from './balance.repository';
import { findAccount } from './book.repository';
import { post, postAll, reverse, rollUp, setCeiling, type LedgerFact } from './ledger.repository';

const RAIL = 'rail_available:platform:USD';
const FEE = 'platform_fee:platform:USD';

/** Named after what went wrong elsewhere: numbers are issues and pull requests of Blnk, Formance and TigerBeetle. */
describe('posting', () => {
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
  const money = (
    debit: string,
    credit: string,
    amountMinor: bigint,
    phase: 'S' | 'P' = 'S',
  ): JournalLine => ({
    phase,
    debit,
    credit,
    currency: 'USD',
    amountMinor,
  });
  const fact = (lines: readonly JournalLine[], key = `test:${randomUUID()}`): LedgerFact => ({
    key,
    kind: 'test',
    subjectType: 'test',
    subjectId: '11111111-1111-7111-8111-111111111111',
    lines,
  });
  const lab = async (minor: bigint) => {
    const code = `lab_prepaid:${randomUUID()}:USD`;
    await inOne((tx) => post(tx, fact([money(RAIL, code, minor)])).then(() => undefined));
    return {
      code,
      reserve: code.replace('lab_prepaid', 'work_reserve'),
      pay: `expert_payable:${randomUUID()}:USD`,
    };
  };
  const balance = async (code: string) => {
    const found = (await balancesOf(database.client, [code])).get(code);
    return found && [found.postedMinor, found.heldMinor];
  };
  const hold = (of: { code: string; reserve: string }, minor: bigint) =>
    inOne(async (tx) => (await post(tx, fact([money(of.code, of.reserve, minor, 'P')]))).postings[0] ?? 0n);
  /** How each ended: done, or the code of its refusal; in the order of the alphabet. */
  const settled = async (all: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(all))
      .map((end) => (end.status === 'fulfilled' ? 'done' : String((end.reason as { code?: string }).code)))
      .toSorted((one, other) => one.localeCompare(other));
  const resolve = (lines: readonly JournalLine[]) =>
    inOne((tx) => post(tx, fact(lines)).then(() => undefined));

  it('#181: six holds of 1,000 on a balance of 5,000, at the same moment: the sixth is refused', async () => {
    const it = await lab(5000n);
    const ends = await settled([1, 2, 3, 4, 5, 6].map(() => hold(it, 1000n)));
    expect(ends).toEqual(['done', 'done', 'done', 'done', 'done', 'INSUFFICIENT_BALANCE']);
    expect(await balance(it.code)).toEqual([5000n, 5000n]);
  });

  it('#41, #171: a hold resolves once, however it is tried: voided, taken and taken in part, at the same moment', async () => {
    const it = await lab(1000n);
    const id = await hold(it, 1000n);
    const part = { holdPostingId: id, heldMinor: 1000n, amountMinor: 400n };
    const ends = await settled([
      resolve([{ phase: 'V', pendingId: id }]),
      resolve([{ phase: 'V', pendingId: id }]),
      resolve([{ phase: 'C', pendingId: id }]),
      resolve(holdCaptured(part)),
      resolve(holdCaptured(part)),
    ]);
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect(ends.filter((end) => end === 'ALREADY_RESOLVED')).toHaveLength(4);
  });

  it('#62, #182: more than was held is not taken, nor from a hold that was refused', async () => {
    const it = await lab(1000n);
    const id = await hold(it, 600n);
    const more = [
      { phase: 'C', pendingId: id, amountMinor: 700n },
      { phase: 'R', pendingId: id, amountMinor: 1n },
    ] as const;
    await expect(resolve(more)).rejects.toThrow(/resolved whole/);
    await expect(resolve([{ phase: 'C', pendingId: id, amountMinor: 100n }])).rejects.toThrow(
      /resolved whole/,
    );
    await expect(resolve([{ phase: 'R', pendingId: id, amountMinor: 600n }])).rejects.toThrow(
      /resolved whole/,
    );
    await expect(resolve([{ phase: 'C', pendingId: 999_999_999n }])).rejects.toThrow();
    expect(await balance(it.code)).toEqual([1000n, 600n]);
  });

  it('takes a hold in parts: each rest is a hold of its own, and what is not taken is given back', async () => {
    const it = await lab(1000n);
    let id = await hold(it, 900n);
    for (const [heldMinor, amountMinor] of [
      [900n, 200n],
      [700n, 300n],
    ] as const) {
      const lines = holdCaptured({ holdPostingId: id, heldMinor, amountMinor });
      id = await inOne(async (tx) => (await post(tx, fact(lines))).postings[1] ?? 0n);
      expect(await balance(it.code)).toEqual([
        1000n - (900n - heldMinor) - amountMinor,
        heldMinor - amountMinor,
      ]);
    }
    await resolve([{ phase: 'V', pendingId: id }]);
    expect(await balance(it.code)).toEqual([500n, 0n]);
    expect(await balance(it.reserve)).toEqual([500n, 0n]);
  });

  it('#195, stack#1636: a batch holds, takes and posts at once; a key twice in it posts once; a key of something else stops all of it', async () => {
    const it = await lab(1000n);
    const id = await hold(it, 100n);
    const twice = `twice:${randomUUID()}`;
    const [first, again, taken] = await inOne(async (tx) =>
      (
        await postAll(tx, [
          fact([money(it.code, it.pay, 10n)], twice),
          fact([money(it.code, it.pay, 10n)], twice),
          fact([{ phase: 'C', pendingId: id }]),
        ])
      ).map((posted) => ({ ...posted, postings: posted.postings.map(String) })),
    );
    expect([first?.isNew, again?.isNew, taken?.isNew]).toEqual([true, false, true]);
    expect(again).toMatchObject({ id: first?.id, postings: first?.postings });
    expect(await balance(it.code)).toEqual([890n, 0n]);
    const other = [fact([money(it.code, it.pay, 5n)]), fact([money(it.code, it.pay, 11n)], twice)];
    await expect(inOne((tx) => postAll(tx, other).then(() => undefined))).rejects.toThrow(
      /used for something else/,
    );
    expect(await balance(it.code)).toEqual([890n, 0n]);
  });

  it('stack#1633: the same key fifty times at once posts once, and everybody is told the same', async () => {
    const it = await lab(1000n);
    const key = `again:${randomUUID()}`;
    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        inOne(async (tx) => {
          const { id, isNew } = await post(tx, fact([money(it.code, it.pay, 10n)], key));
          return { id, isNew };
        }),
      ),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await balance(it.code)).toEqual([990n, 0n]);
  });

  it('#315: takes a transaction back once, as a mirror, however many ask at once', async () => {
    const it = await lab(1000n);
    const { id } = await inOne(async (tx) => {
      const posted = await post(tx, fact([money(it.code, it.pay, 100n), money(it.code, FEE, 15n)]));
      return { id: posted.id };
    });
    const take = () =>
      inOne((tx) =>
        reverse(tx, {
          key: `back:${randomUUID()}`,
          kind: 'test-reversed',
          subjectType: 'test',
          subjectId: id,
          reversesId: id,
        }).then(() => undefined),
      );
    const ends = await settled([take(), take(), take(), take()]);
    expect(ends).toEqual(['ALREADY_REVERSED', 'ALREADY_REVERSED', 'ALREADY_REVERSED', 'done']);
    expect([await balance(it.code), await balance(it.pay)]).toEqual([
      [1000n, 0n],
      [0n, 0n],
    ]);
  });

  it('takes back only as a mirror: no other amount, line or account, and the whole of it', async () => {
    const it = await lab(1000n);
    const held = await hold(it, 300n);
    const lines = [
      ...holdCaptured({ holdPostingId: held, heldMinor: 300n, amountMinor: 100n }),
      money(it.code, it.pay, 40n),
      money(it.code, it.pay, 40n),
      money(it.code, FEE, 15n),
    ];
    const { id } = await inOne(async (tx) => ({ id: (await post(tx, fact(lines))).id }));
    const back = (moves: readonly JournalLine[], reversesId = id) =>
      inOne((tx) => post(tx, { ...fact(moves), reversesId }).then(() => undefined));
    const captured = money(it.reserve, it.code, 100n);
    const [first, second, fee] = [
      money(it.pay, it.code, 40n),
      money(it.pay, it.code, 40n),
      money(FEE, it.code, 15n),
    ];
    const mirror = [fee, captured, second, first];
    for (const [what, moves] of [
      ['a part', [captured, first, fee]],
      ['another amount', [captured, first, second, money(FEE, it.code, 14n)]],
      ['one sum for two lines', [captured, money(it.pay, it.code, 80n), fee]],
      ['one more line', [...mirror, money(FEE, it.code, 1n)]],
      ['another account', [captured, first, second, money(FEE, RAIL, 15n)]],
      ['the same again', [money(it.code, it.pay, 40n)]],
    ] as const) {
      const refusal = await back(moves).catch((error: Error) => /is no mirror/.test(error.message));
      expect([what, refusal]).toEqual([what, true]);
    }
    await expect(back(mirror, randomUUID())).rejects.toThrow(/reverses_id_fkey/);
    const before = await balance(it.code);
    await back(mirror);
    expect((await balance(it.code))![0]).toBe(before![0]! + 195n);
    expect(await settled([back(mirror)])).toEqual(['ALREADY_REVERSED']);
  });

  it('keeps a lab that pays later below its credit limit, what it has asked for included', async () => {
    const id = randomUUID();
    const owed = `lab_invoiced:${id}:USD`;
    const prepaid = `lab_prepaid:${id}:USD`;
    const draw = (minor: bigint) =>
      inOne((tx) => post(tx, fact([money(owed, prepaid, minor)])).then(() => undefined));
    await inOne((tx) => setCeiling(tx, owed, 1000n));
    expect(await settled([draw(600n), draw(600n)])).toEqual(['CREDIT_LIMIT', 'done']);
    await expect(inOne((tx) => setCeiling(tx, owed, 599n))).rejects.toMatchObject({ code: 'CREDIT_LIMIT' });
    await inOne((tx) => setCeiling(tx, owed, 10_600n));
    await draw(10_000n);
    expect(await balance(owed)).toEqual([10_600n, 0n]);
  });

  it('lets nobody take a credit limit away, nor owe anything by invoice without one', async () => {
    const owed = `lab_invoiced:${randomUUID()}:USD`;
    const lift = (limit: string) =>
      database.client.$queryRaw`SELECT ledger.set_ceiling(${owed}, ${limit}::bigint)::text`;
    const draw = () =>
      inOne((tx) =>
        post(tx, fact([money(owed, owed.replace('invoiced', 'prepaid'), 1n)])).then(() => undefined),
      );
    expect(await settled([draw()])).toEqual(['CREDIT_LIMIT']);
    await inOne((tx) => setCeiling(tx, owed, 0n));
    for (const limit of [null, '-1']) await expect(lift(limit as string)).rejects.toThrow(/credit_has_limit/);
    expect(await settled([draw()])).toEqual(['CREDIT_LIMIT']);
  });

  it('#1416, #2693: sums of an account without a running balance, and of any at an instant, are those of its postings', async () => {
    const it = await lab(10_000n);
    await resolve([money(it.code, FEE, 15n)]);
    const before = new Date(Date.now() + 5);
    await new Promise((done) => setTimeout(done, 20));
    const fees = async (at?: Date) => (await findAccount(database.client, FEE, at))?.postedMinor;
    const then = (await fees()) ?? 0n;
    for (let step = 0; step < 4; step++) {
      await resolve([money(it.code, FEE, 100n)]);
      await inOne((tx) => rollUp(tx).then(() => undefined));
      expect(await fees()).toBe(then + 100n * BigInt(step + 1));
    }
    const [{ upto }] = (await test.owner.query('SELECT upto_id::int AS upto FROM ledger.rollup')).rows;
    expect(upto).toBeGreaterThan(0);
    expect(await fees(before)).toBe(then);
    expect((await findAccount(database.client, it.code, before))?.postedMinor).toBe(9985n);
  });

  it('has nothing changed, added or opened by anybody but the posting function', async () => {
    const it = await lab(100n);
    const app = (sql: string) => database.client.$executeRawUnsafe(sql);
    for (const sql of [
      `INSERT INTO ledger.posting (transaction_id, line, debit_account, credit_account, currency, amount, phase) SELECT transaction_id, 9, debit_account, credit_account, currency, 1, 'S' FROM ledger.posting LIMIT 1`,
      'UPDATE ledger.balance SET credits_posted = credits_posted + 1',
      'DELETE FROM ledger.posting',
      'UPDATE ledger.rollup SET credits_posted = 0',
    ])
      await expect(app(sql)).rejects.toThrow(/permission denied/);
    // Whoever owns the tables is stopped by what stands in the database itself.
    const owner = (sql: string) => test.owner.query(sql);
    const line = (columns: string) =>
      `INSERT INTO ledger.posting (transaction_id, line, debit_account, credit_account, currency, amount, phase) SELECT ${columns} FROM ledger.posting p ORDER BY p.id LIMIT 1`;
    await expect(
      owner(line(`transaction_id, 9, debit_account, credit_account, currency, 1, 'S'`)),
    ).rejects.toThrow(/own commit/);
    await expect(
      owner(line(`transaction_id, 9, debit_account, credit_account, 'EUR', 1, 'S'`)),
    ).rejects.toThrow(/currency/);
    await expect(owner('UPDATE ledger.account SET currency = currency')).rejects.toThrow();
    await expect(
      owner(
        `INSERT INTO ledger.ledger_transaction (id, idempotency_key, request_hash, kind, subject_type, subject_id, effective_at, actor) SELECT gen_random_uuid(), 'empty', '', kind, subject_type, subject_id, now(), '' FROM ledger.ledger_transaction LIMIT 1`,
      ),
    ).rejects.toThrow(/no postings/);
    expect(await balance(it.code)).toEqual([100n, 0n]);
  });

  it('#244, #767 and the bank test: many hands move money between few accounts; nothing deadlocks, nothing is made or lost, nobody overdraws', async () => {
    const codes = await Promise.all([1, 2, 3, 4, 5].map(async () => (await lab(100n)).code));
    const pick = (seed: number, step: number) =>
      codes[(seed * 7 + step * 13 + ((seed * step) % 5)) % 5] ?? '';
    const hand = async (seed: number) => {
      const ends: string[] = [];
      for (let step = 0; step < 12; step++) {
        const lines = [0, 1, 2]
          .map((line) => [pick(seed, step + line), pick(seed + line, step + 1)] as const)
          .filter(([from, to]) => from !== to)
          .map(([from, to]) => money(from, to, BigInt(1 + ((seed * 11 + step * 17) % 90))));
        if (lines.length > 0)
          ends.push(...(await settled([inOne((tx) => post(tx, fact(lines)).then(() => undefined))])));
      }
      return ends;
    };
    const ends = (await Promise.all(Array.from({ length: 12 }, (_, seed) => hand(seed)))).flat();
    expect(new Set(ends)).toEqual(new Set(['done', 'INSUFFICIENT_BALANCE']));
    const all = await balancesOf(database.client, codes);
    const found = [...all.values()].map(({ postedMinor }) => postedMinor);
    expect(found.reduce((sum, each) => sum + each, 0n)).toBe(500n);
    expect(found.every((each) => each >= 0n)).toBe(true);
    const { rows } = await test.owner.query(`
      SELECT a.code FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') s
      WHERE (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending) IS DISTINCT FROM (s.debits_posted, s.credits_posted, s.debits_pending, s.credits_pending)`);
    expect(rows).toEqual([]);
  });
});

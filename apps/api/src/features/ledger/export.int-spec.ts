import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accountCode, plainAccountName, single, type PlainTextFormat } from '@tallystick/domain';
import { newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  putIn,
  running,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { programOf } from '../../../../../tools/embedded/debian.mjs';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { LedgerExport } from './export.queries';
import { post } from './ledger.repository';

/** How each of Debian's programs is asked whether it takes a file. */
const CHECKS: Readonly<Record<PlainTextFormat, { program: string; package: string; args: string[] }>> = {
  hledger: { program: 'hledger', package: 'hledger', args: ['check', '-s', '-f'] },
  ledger: { program: 'ledger', package: 'ledger', args: ['--strict', '--pedantic', 'bal', '-f'] },
  beancount: { program: 'bean-check', package: 'beancount', args: [] },
};
const FORMATS = Object.keys(CHECKS) as PlainTextFormat[];

describe('the book as plain-text accounting', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-book-'));
  let world: MoneyWorld;
  let [lab, expert] = [] as unknown as [Lab, Expert];

  const bookIn = async (format: PlainTextFormat) => {
    const parts: string[] = [];
    const done = await world.api.app.get(LedgerExport).run(format, async (text) => void parts.push(text));
    return { text: parts.join(''), ...done };
  };
  const taken = (format: PlainTextFormat, text: string) => {
    const { program, args, package: name } = CHECKS[format];
    const file = path.join(folder, `book.${format}`);
    writeFileSync(file, text);
    const env = { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder };
    const done = spawnSync(programOf(program, [name]), [...args, file], { encoding: 'utf8', env });
    return { isTaken: done.status === 0, said: done.stdout + done.stderr };
  };

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    await putIn(world, lab, '1000000');
    const engagement = await running(world, lab, expert, 'Case review');
    await chargedWeek(lab, expert, engagement, [
      ['08:00', '09:30'],
      ['10:00', '10:20'],
    ]);
    const { railAvailable, labPrepaid } = accountCode;
    for (const [currency, amountMinor] of [
      ['JPY', 100_000n],
      ['KWD', 1_234_567n],
    ] as const)
      await world.api.app.get(UnitOfWork).run(system('test'), { name: 'test' }, async (tx) => {
        const lines = [
          single(railAvailable(currency), labPrepaid(lab.labId, currency), { currency, amountMinor }),
        ];
        const subject = { subjectType: 'test', subjectId: tx.newId() };
        await post(tx, { key: `test:${currency}`, kind: 'funding-cleared', ...subject, lines });
      });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await world.stop();
  });

  it.each(FORMATS)('is taken by %s, and one changed cent is not', async (format) => {
    const { text, postings, accounts } = await bookIn(format);
    expect(postings).toBeGreaterThanOrEqual(7);
    expect(taken(format, text)).toMatchObject({ isTaken: true });
    expect(text.match(format === 'beancount' ? /^\S+ balance /gm : / = -?\d/g)).toHaveLength(accounts);
    const pay = /185\.18/;
    for (const changed of [
      // One leg.
      text.replace(pay, '185.19'),
      // Both legs of one posting: it balances, and the accounts do not.
      text.replace(pay, '185.19').replace(/-185\.18/, '-185.19'),
      // The smallest unit of a currency with three digits, on both legs.
      text.replace('1234.567 KWD', '1234.568 KWD').replace('-1234.567 KWD', '-1234.568 KWD'),
      // A balance.
      text.replace('226.33', '226.34'),
    ]) {
      expect(changed).not.toBe(text);
      expect(taken(format, changed)).toMatchObject({ isTaken: false });
    }
  });

  it('has the balances of the product, account by account', async () => {
    const { text } = await bookIn('hledger');
    taken('hledger', text);
    const { stdout } = spawnSync(
      'hledger',
      ['bal', '--flat', '-N', '-E', '-O', 'csv', '--layout=bare', '-f', path.join(folder, 'book.hledger')],
      { encoding: 'utf8' },
    );
    const told = new Map(
      stdout
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',').map((cell) => cell.replaceAll('"', '')))
        .map(([account, currency, balance]) => [`${account} ${currency}`, Number(balance)]),
    );
    const { rows } = await world.api.owner().query<{
      code: string;
      currency: string;
      balance: string;
      exponent: number;
    }>(`
      SELECT a.code, a.currency, s.debits_posted - s.credits_posted AS balance, c.exponent FROM ledger.account a
      JOIN ledger.currency c ON c.code = a.currency CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') s`);
    expect(rows.length).toBeGreaterThan(5);
    for (const { code, currency, balance, exponent } of rows)
      expect([code, told.get(`${plainAccountName(code, 'hledger')} ${currency}`) ?? 0]).toEqual([
        code,
        Number(balance) / 10 ** exponent,
      ]);
  });

  it('names accounts so that people can read them', () => {
    const id = 'f1a223ee-3d6a-7e19-9d0a-c5298839d0cb';
    expect(plainAccountName(`lab_prepaid:${id}:USD`, 'hledger')).toBe(`Liabilities:Lab:${id}:Prepaid`);
    expect(plainAccountName(`expert_payable:${id}:USD`, 'beancount')).toBe(
      `Liabilities:Expert:${id.toUpperCase()}:Payable`,
    );
    expect(plainAccountName('platform_fee:platform:USD', 'ledger')).toBe('Income:Platform:Fees');
    expect(plainAccountName('new_kind:platform:USD', 'ledger')).toBe('Equity:NewKind');
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Caller } from '../../../test/api';
import { asIntruder as intrude } from '../../../test/intruder';
import { newExpert, vettedLab } from '../../../test/main-job';
import { chargedWeek, moneyWorld, NOON, putIn, running, type MoneyWorld } from '../../../test/money-world';
import { chainPart } from './audit.repository';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { system } from '../../platform/access/actor';
import { SealingKey } from './sealing-key';
import { signaturesOffTheJournal } from './signature.repository';
import { faultsOf } from '../../../test/proof';
import { GENESIS, link, Seal } from './use-cases/seal';

const PROVE = 'mutation { proveBooks { checks { name looked faults } } }';

describe('the proof of the books', () => {
  let world: MoneyWorld;
  let auditor: Caller;

  const owner = (sql: string, ...values: unknown[]) => world.api.owner().query(sql, values);
  const faults = () => faultsOf(auditor);
  /** Runs statements behind the product's back, with the triggers of some tables off. */
  const behind = async (tables: string, ...statements: string[]) => {
    for (const table of tables.split(' ')) await owner(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const sql of statements) await owner(sql);
    for (const table of tables.split(' ')) await owner(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  };
  const asIntruder = (sql: string) => intrude(world.api.database, sql);
  const rootsFile = () => path.join(world.api.database.dataDir, 'seals', 'roots.jsonl');
  const seal = () => world.api.app.get(Seal).run();

  beforeAll(async () => {
    world = await moneyWorld({ SESSION_IDLE_SECONDS: '100000000', SESSION_MAX_SECONDS: '100000000' });
    const [lab, expert] = [await vettedLab(world.api, 'Cumulus'), await newExpert(world.api, 'Dr Ana')];
    await putIn(world, lab, '500000');
    await chargedWeek(lab, expert, await running(world, lab, expert, 'Work'), [['08:00', '09:30']]);
    auditor = await world.api.staff('auditor@example.org', ['AUDITOR']);
    await seal();
    world.api.clock.hold(new Date(NOON.getTime() + 600_000));
    await putIn(world, lab, '100000');
    await seal();
  }, 400_000);
  afterEach(async () => expect(await faults()).toEqual([]));
  afterAll(() => world.stop());

  it('holds where nothing is wrong, and says how many rows it looked at', async () => {
    const { checks } = (await auditor.ask(PROVE)).proveBooks;
    expect(checks.map(({ looked }: { looked: number }) => looked > 0)).toEqual([
      true, // balances
      true, // charges
      true, // fees
      true, // agreements
      true, // signatures of weeks
      false, // payouts: nobody was paid here yet
      true, // amounts kept beside the ledger
      true, // cover
      true, // chain
      true, // words
    ]);
  });

  it('says in the journal who acted, also when they signed in, and whom it is about', async () => {
    await world.api.signUp('signs.in@example.org', 'Sina Signs', 'a long enough password');
    await world.api.caller().ask('mutation($input: SignInInput!) { signIn(input: $input) }', {
      input: { email: 'signs.in@example.org', password: 'a long enough password' },
    });
    const JOURNAL =
      'query($command: String) { journal(first: 5, command: $command) { edges { node { actorName labName expertName } } } }';
    const newest = async (command: string) =>
      (await auditor.ask(JOURNAL, { command })).journal.edges[0].node as object;
    expect(await newest('sign-in')).toEqual({ actorName: 'Sina Signs', labName: null, expertName: null });
    expect(await newest('approve-lines')).toMatchObject({ labName: 'Cumulus', expertName: 'Dr Ana' });
  });

  it('names an account whose running sums are gone', async () => {
    await owner(
      `CREATE TABLE kept_balance AS SELECT b.* FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id WHERE a.kind = 'lab_prepaid'`,
    );
    await behind(
      'ledger.balance',
      'DELETE FROM ledger.balance WHERE account_id IN (SELECT account_id FROM kept_balance)',
    );
    expect(await faults()).toContainEqual(
      expect.stringMatching(/^the balance of lab_prepaid:.* is not the sum/),
    );
    await owner('INSERT INTO ledger.balance SELECT * FROM kept_balance');
  });

  it('names a charge that the ledger has with another amount', async () => {
    const change = (sign: string) =>
      `UPDATE ledger.posting p SET amount = amount ${sign} 1 FROM ledger.account a WHERE a.id = p.credit_account AND a.kind = 'expert_payable'`;
    await behind('ledger.posting', change('+'));
    expect(await faults()).toContainEqual(expect.stringMatching(/^charge .* differs from the ledger$/));
    await behind('ledger.posting', change('-'));
  });

  it.each([
    [
      'the lab’s fee with another cent',
      `UPDATE fee_assessment SET charged_minor = charged_minor + 1 WHERE side = 'LAB'`,
      /^the lab’s fee of charge \S+ is assessed with US\$27\.79, the ledger has US\$27\.78$/,
    ],
    [
      'the expert’s fee with another cent',
      `UPDATE fee_assessment SET charged_minor = charged_minor + 1, computed_minor = computed_minor + 1 WHERE side = 'EXPERT'`,
      /^the expert’s fee of charge \S+ is assessed with US\$0\.01, the ledger has US\$0\.00$/,
    ],
    [
      'a fee that is other before its bounds',
      `UPDATE fee_assessment SET computed_minor = computed_minor - 1 WHERE side = 'LAB'`,
      /^the lab’s fee of charge \S+ is not what its inputs give$/,
    ],
    [
      'a fee of another amount',
      'UPDATE fee_assessment SET basis_minor = basis_minor + 1',
      /^the lab’s fee of charge \S+ is assessed for another line than it was charged for$/,
    ],
    [
      'a fee without its assessment',
      `DELETE FROM fee_assessment WHERE side = 'EXPERT'`,
      /^the expert’s fee of charge \S+ is without its assessment$/,
    ],
  ])('names %s first, though nothing else was changed', async (_what, change, named) => {
    await owner('CREATE TABLE kept_fee AS SELECT * FROM fee_assessment');
    await asIntruder(change);
    expect((await faults())[0]).toMatch(named);
    await asIntruder('DELETE FROM fee_assessment; INSERT INTO fee_assessment SELECT * FROM kept_fee');
    await owner('DROP TABLE kept_fee');
  });

  it.each([
    [
      'a charge that is gone',
      'charge',
      'DELETE FROM charge',
      /^ledger transaction .* is without its charge$/,
    ],
    ['a line that is gone', 'time_entry', 'DELETE FROM time_entry', /^charge .* is without its line$/],
    [
      'a line that was made longer',
      'time_entry',
      `UPDATE time_entry SET ends_at = ends_at + interval '30 minutes'`,
      /^charge .* is not the hours of its line$/,
    ],
    [
      'a line that counts less',
      'time_entry',
      'UPDATE time_entry SET counted_seconds = counted_seconds - 60',
      /^charge .* is not the hours of its line$/,
    ],
    [
      'a rate that was changed after it was signed',
      'engagement',
      'UPDATE engagement SET rate_minor_per_hour = rate_minor_per_hour + 100',
      /^the terms of engagement .* are not those that were signed$/,
    ],
    [
      'a take rate that was changed afterwards',
      'take_rate_policy',
      'UPDATE take_rate_policy SET lab_fee_ppm = 100000',
      /^take-rate policy .* is not what was set and agreed$/,
    ],
    [
      'a signature of a week that was taken away',
      'signed_week',
      'DELETE FROM signed_week',
      /^the signature of engagement .* for the week of [-\d]+, version 1, is gone, though the journal knows it$/,
    ],
    [
      'a signature of a week that was put in another’s place',
      'signed_week',
      `UPDATE signed_week SET root = repeat('0', 64)`,
      /^the signature of engagement .* for the week of [-\d]+, version 1, is not one that the journal knows$/,
    ],
    [
      'words that were rewritten',
      'journal_words',
      `UPDATE journal_words SET words = '{"note": "other"}'`,
      /^the words beside journal row \d+ are not those that were written$/,
    ],
    [
      'a payout that the ledger does not have',
      'payout',
      `INSERT INTO payout (id, run_id, expert_id, currency, amount_minor, state, blocks, created_at, transferred_at)
       SELECT gen_random_uuid(), gen_random_uuid(), id, 'USD', 1000, 'PAID', '[]', now(), now() FROM expert LIMIT 1`,
      /^payout .* is not what the ledger paid$/,
    ],
  ])('names %s', async (_name, table, plant, said) => {
    await owner(`CREATE TABLE kept_rows AS SELECT * FROM ${table}`);
    // The owner of the tables may not switch off what keeps them whole; who broke in as superuser may.
    await asIntruder(plant);
    expect(await faults()).toContainEqual(expect.stringMatching(said));
    await asIntruder(
      `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_rows; DROP TABLE kept_rows`,
    );
  });

  it('misses no signature by a key that is not of here: what the demo world brings along is signed anew', async () => {
    await owner('CREATE TABLE kept_rows AS SELECT * FROM signed_week');
    await asIntruder('DELETE FROM signed_week');
    const { faults: missed } = await world.api.app
      .get(UnitOfWork)
      .readAs(system('test'), ({ db }) => signaturesOffTheJournal(db, ['another key']));
    expect(missed).toEqual([]);
    expect((await faults()).join()).toContain('is gone');
    await asIntruder('INSERT INTO signed_week SELECT * FROM kept_rows; DROP TABLE kept_rows');
  });

  it('names what is owed and not there, and what the rail does not have', async () => {
    const change = (sign: string) =>
      `UPDATE ledger.balance b SET debits_posted = debits_posted ${sign} 100000 FROM ledger.account a WHERE a.id = b.account_id AND a.kind = 'rail_available'`;
    await behind('ledger.balance', change('-'));
    const found = (await faults()).join('\n');
    expect(found).toMatch(/is owed and .* is there/);
    expect(found).toMatch(/the rail has .*, the books say/);
    await behind('ledger.balance', change('+'));
  });

  it.each([
    ['journal row', 'JOURNAL'],
    ['ledger transaction', 'LEDGER'],
  ])('names a %s that lost its seal, and covers up no trace', async (name, kind) => {
    const { rows } = await owner(
      `SELECT subject_id FROM seal_item WHERE kind = $1 ORDER BY seq LIMIT 1`,
      kind,
    );
    const before = readFileSync(rootsFile(), 'utf8');
    await owner(
      'CREATE TABLE kept_item AS SELECT * FROM seal_item WHERE subject_id = $1'.replace(
        '$1',
        `'${rows[0].subject_id}'`,
      ),
    );
    await behind('seal_item', 'DELETE FROM seal_item WHERE seq IN (SELECT seq FROM kept_item)');
    const found = await faults();
    expect(found).toContain(`${name} ${rows[0].subject_id} is not sealed, though later ones are`);
    expect(found).toContainEqual(expect.stringMatching(/^row \d+ of the chain is missing$/));
    expect(readFileSync(rootsFile(), 'utf8')).toBe(before);
    await behind('seal_item', 'INSERT INTO seal_item SELECT * FROM kept_item');
    await owner('DROP TABLE kept_item');
  });

  it('names a row that was written behind the product’s back, older than what is sealed', async () => {
    await owner(
      `INSERT INTO journal_entry (at, actor_kind, command, subject_type, subject_id, facts)
       SELECT at - interval '1 day', 'SYSTEM', 'planted', subject_type, subject_id, '{}' FROM journal_entry WHERE id = 1`,
    );
    expect(await faults()).toContainEqual(expect.stringMatching(/^journal row \d+ is not sealed, though/));
    await behind('journal_entry', `DELETE FROM journal_entry WHERE command = 'planted'`);
  });

  it('names the last row of the journal where it was deleted', async () => {
    await seal();
    await owner(`CREATE TABLE kept_row AS SELECT * FROM journal_entry ORDER BY id DESC LIMIT 1`);
    const { rows } = await owner('SELECT id FROM kept_row');
    await behind('journal_entry', 'DELETE FROM journal_entry WHERE id IN (SELECT id FROM kept_row)');
    expect(await faults()).toContain(`journal row ${rows[0].id} was deleted`);
    await owner('INSERT INTO journal_entry SELECT * FROM kept_row');
  });

  it('seals nothing on an end that is not the one kept outside, and names the seal that is gone', async () => {
    await faults();
    await seal();
    const before = readFileSync(rootsFile(), 'utf8');
    await owner('CREATE TABLE kept_seal AS SELECT * FROM seal ORDER BY to_seq DESC LIMIT 1');
    await owner(
      'CREATE TABLE kept_items AS SELECT * FROM seal_item WHERE seal_id IN (SELECT id FROM kept_seal)',
    );
    await behind(
      'seal seal_item',
      'DELETE FROM seal_item WHERE seq IN (SELECT seq FROM kept_items)',
      'DELETE FROM seal WHERE id IN (SELECT id FROM kept_seal)',
    );
    expect(await seal()).toMatch(/^nothing is sealed any more/);
    const found = (await faults()).join('\n');
    expect(found).toMatch(/nothing is sealed any more/);
    expect(found).toMatch(/the seal up to row \d+ was kept outside and is gone from the database/);
    expect(readFileSync(rootsFile(), 'utf8')).toBe(before);
    await owner('INSERT INTO seal SELECT * FROM kept_seal');
    await behind('seal_item', 'INSERT INTO seal_item SELECT * FROM kept_items');
  });

  it('makes good a root that was not kept only because the process ended before', async () => {
    await faults();
    await seal();
    const before = readFileSync(rootsFile(), 'utf8');
    writeFileSync(rootsFile(), before.replace(/[^\n]+\n$/, ''));
    await seal();
    expect(readFileSync(rootsFile(), 'utf8').startsWith(before)).toBe(true);
  });

  it('finds a change though everything after it was hashed anew and signed with the stolen key', async () => {
    await faults();
    await seal();
    const before = (await owner('SELECT * FROM seal ORDER BY to_seq')).rows;
    for (const table of ['seal', 'seal_item'])
      await owner(`CREATE TABLE kept_${table}_all AS SELECT * FROM ${table}`);
    await behind('journal_entry', `UPDATE journal_entry SET command = command || 'x' WHERE id = 3`);
    await behind('seal seal_item', ...(await hashedAnew(before)));
    const found = (await faults()).join('\n');
    expect(found).not.toMatch(/was changed|not signed|does not lead/);
    expect(found).toMatch(/the root up to row \d+ is not the one that was kept outside the database/);
    await behind('journal_entry', `UPDATE journal_entry SET command = left(command, -1) WHERE id = 3`);
    await behind(
      'seal seal_item',
      'UPDATE seal_item i SET hash = k.hash FROM kept_seal_item_all k WHERE k.seq = i.seq',
      'UPDATE seal s SET root = k.root, previous_root = k.previous_root, signature = k.signature FROM kept_seal_all k WHERE k.id = s.id',
    );
  });

  /** Statements that hash the whole chain as its rows are today, and sign its seals with the product's own key. */
  async function hashedAnew(seals: { id: string; from_seq: string; to_seq: string }[]): Promise<string[]> {
    const key = world.api.app.get(SealingKey);
    const part = await world.api.app
      .get(UnitOfWork)
      .readAs(system('test'), ({ db }) => chainPart(db, 1n, 100_000));
    let [hash, previousRoot] = [GENESIS, GENESIS];
    const hashes = new Map<bigint, string>();
    for (const { seq, body } of part) hashes.set(seq, (hash = link(hash, body ?? '')));
    const items = [...hashes].map(
      ([seq, each]) => `UPDATE seal_item SET hash = '${each}' WHERE seq = ${seq}`,
    );
    return seals.reduce((statements, { id, from_seq, to_seq }) => {
      const root = hashes.get(BigInt(to_seq)) ?? '';
      const range = { fromSeq: BigInt(from_seq), toSeq: BigInt(to_seq), previousRoot, root };
      const sql = `UPDATE seal SET root = '${root}', previous_root = '${previousRoot}', signature = '${key.sign(range)}' WHERE id = '${id}'`;
      previousRoot = root;
      return [...statements, sql];
    }, items);
  }

  it.each(['journal_entry', 'charge', 'seal', 'seal_item', 'ledger.ledger_transaction', 'ledger.posting'])(
    'rests on rows that the database itself lets nobody change or delete: %s',
    async (table) => {
      const column = table === 'seal_item' ? 'hash' : table === 'ledger.posting' ? 'amount' : 'id';
      await expect(owner(`UPDATE ${table} SET ${column} = ${column}`)).rejects.toThrow('append-only');
      await expect(owner(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
    },
  );

  it('reads a long journal part by part, and names a change far from its beginning', async () => {
    await owner(
      `INSERT INTO journal_entry (at, actor_kind, command, subject_type, subject_id, facts)
       SELECT $1::timestamptz, 'SYSTEM', 'many', 'test', gen_random_uuid(), '{}' FROM generate_series(1, 3500)`,
      world.api.clock.now(),
    );
    expect(await faults()).toEqual([]);
    const { rows } = await owner(`SELECT max(id) AS id FROM journal_entry WHERE command = 'many'`);
    await behind('journal_entry', `UPDATE journal_entry SET command = 'few' WHERE id = ${rows[0].id}`);
    expect(await faults()).toContain(`journal row ${rows[0].id} was changed`);
    await behind('journal_entry', `UPDATE journal_entry SET command = 'many' WHERE id = ${rows[0].id}`);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canonicalJson, dayOf, dayWords, promisedDay } from '@tallystick/domain';
import { startDemoStage, type DemoStage } from '../../../test/demo-stage';
import { ProveBooks } from '../../features/audit/use-cases/prove-books';
import { seenHashOf } from '../../features/credential/use-cases/decide-credential';
import { sha256 } from '../../platform/crypto/digest';
import { recordOf } from '../cast-record';
import { calendarBefore, makeWorld, plansOf } from '../make-world';
import { personOf } from '../stage';
import { dumpFiles, dumpTables } from './dump';
import { loadWorld } from './load';
import { readWorld, writeWorld, type World } from './world-file';

const REFERENCE = '2026-03-02T00:00:00Z';
const SEED = 7;
const SIZE = { experts: 16, projects: 10, engagements: 1 };
/** Three weeks and some days after the reference: the history must end three weeks later. */
const LATER = new Date('2026-03-26T15:00:00Z');
const MOVED_MS = 21 * 86_400_000;
const FIRST = new Date('2025-12-01T00:00:00Z');

/**
 * A payout of which a bank's day was promised. Whether anybody's pay passes every gate in so small a history is chance.
 * Three weeks later, banks are closed on a day between: Presidents' Day.
 */
const PROMISED = `
  INSERT INTO payout (id, run_id, expert_id, currency, amount_minor, state, blocks, created_at, requested_at, promised_on)
  SELECT gen_random_uuid(), r.id, e.id, 'USD', 100, 'GATED', '[]', at, at, '2026-01-26'
  FROM payout_run r, expert e, (SELECT '2026-01-22T17:00:00Z'::timestamptz AS at) asked LIMIT 1`;

/** Tables in which a history of thirteen weeks always has rows. */
const FILLED = [
  'ledger.account',
  'ledger.balance',
  'ledger.ledger_transaction',
  'ledger.posting',
  'public.account',
  'public.affiliation',
  'public.application',
  'public.charge',
  'public.credential',
  'public.engagement',
  'public.engagement_week',
  'public.evidence_item',
  'public.expert',
  'public.expert_language',
  'public.expert_skill',
  'public.funding',
  'public.journal_entry',
  'public.journal_words',
  'public.lab',
  'public.lab_member',
  'public.lab_owner',
  'public.lab_refund',
  'public.mail',
  'public.notification',
  'public.offer',
  'public.opening',
  'public.opening_skill',
  'public.payout',
  'public.payout_account',
  'public.payout_run',
  'public.project',
  'public.rail_event',
  'public.staff_role',
  'public.take_rate_policy',
  'public.time_entry',
  'public.timesheet',
  'public.verification',
  'sandbox.event',
  'sandbox.object',
];

type Row = Record<string, unknown>;

describe('a history that was played, and its snapshot loaded three weeks later', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-snapshot-'));
  let [played, loaded] = [] as unknown as [DemoStage, DemoStage];
  let [before, after] = [] as unknown as [World['tables'], World['tables']];

  beforeAll(async () => {
    [played, loaded] = [await startDemoStage(), await startDemoStage()];
    const end = new Date(REFERENCE);
    const plans = plansOf(SEED, SIZE, calendarBefore(end));
    const cast = await makeWorld(played.until(end), plans, SIZE.engagements, () => undefined);
    await played.superuser.query(PROMISED);
    before = await dumpTables(played.superuser);
    const file = path.join(folder, 'world.jsonl.br');
    writeWorld(file, {
      header: { reference: REFERENCE, seed: SEED, size: SIZE, sources: '' },
      cast: recordOf(cast, plans),
      files: dumpFiles(before, path.join(played.api.database.dataDir, 'files')),
      tables: before,
    });
    expect(readWorld(file).tables).toEqual(before);
    await loadWorld(loaded.superuserUrl, file, path.join(loaded.api.database.dataDir, 'files'), LATER);
    after = await dumpTables(loaded.superuser);
  }, 300_000);
  afterAll(async () => {
    await played.stop();
    await loaded.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the same tables, and rows in each that a history fills', () => {
    const names = (tables: World['tables']) => tables.map(({ name }) => name);
    expect(names(after)).toEqual(names(before));
    const filled = before.filter(({ rows }) => rows.length > 0).map(({ name }) => name);
    expect(FILLED.filter((name) => !filled.includes(name))).toEqual([]);
  });

  it('has every row again, the history three weeks later and biography where it was', () => {
    let moved = 0;
    for (const [at, { name, rows }] of before.entries()) {
      const again = (after[at]?.rows ?? []).map((row) => plain(JSON.parse(row) as Row));
      const expected = rows.map((row) => plain(later(JSON.parse(row)) as Row));
      moved += rows.filter(
        (row) => JSON.stringify(later(JSON.parse(row))) !== JSON.stringify(JSON.parse(row)),
      ).length;
      expect([name, again]).toEqual([name, expected]);
    }
    expect(moved).toBeGreaterThan(500);
    expect(rowsOf(after, 'public.affiliation')).toEqual(rowsOf(before, 'public.affiliation'));
  });

  it('has banks closed on the days of the calendar, not of the history, and promises none of them', async () => {
    const CLOSED = 'SELECT currency, day::text, name FROM bank_holiday ORDER BY 1, 2';
    const { rows: closed } = await loaded.superuser.query(CLOSED);
    expect(closed).toEqual((await played.superuser.query(CLOSED)).rows);
    expect(closed).toContainEqual({ currency: 'USD', day: '2026-11-26', name: 'Thanksgiving Day' });
    const { rows } = await loaded.superuser.query(
      'SELECT currency, requested_at AS at, promised_on::text AS day FROM payout WHERE promised_on IS NOT NULL',
    );
    expect(rows.map(({ day }) => day as string)).toContain('2026-02-17');
    for (const { currency, at, day } of rows) {
      const own = closed.filter((each) => each.currency === currency).map((each) => each.day as string);
      const calendar = { cutOffMinute: 0, bankDays: 2, holidays: new Set(own) };
      expect(day).toBe(dayOf(promisedDay(at as Date, calendar)));
    }
  });

  it('has commitments that hold: words of the journal, and what verifiers saw last', () => {
    const facts = new Map(rowsOf(after, 'public.journal_entry').map((row) => [row.id, row.facts as Row]));
    const words = rowsOf(after, 'public.journal_words');
    expect(words.length).toBeGreaterThan(20);
    for (const { entry_id: id, salt, words: said } of words)
      expect(facts.get(id)?.wordsHash).toBe(
        sha256(`${salt as string}${canonicalJson(said)}`).toString('hex'),
      );
    const credentials = rowsOf(after, 'public.credential').filter(({ state }) => state === 'VERIFIED');
    let dated = 0;
    for (const credential of credentials) {
      const seen = { ...credential, submittedAt: new Date(credential.submitted_at as string) };
      const files = rowsOf(after, 'public.credential_evidence').filter(
        (each) => each.credential_id === credential.id,
      );
      const decisions = rowsOf(after, 'public.verification').filter(
        (each) => each.credential_id === credential.id && each.seen_hash !== null,
      );
      if (credential.expires_on !== null) dated++;
      expect(decisions.map((each) => each.seen_hash)).toContain(
        seenHashOf(
          seen as unknown as Parameters<typeof seenHashOf>[0],
          files as unknown as Parameters<typeof seenHashOf>[1],
        ),
      );
    }
    expect(dated).toBeGreaterThan(0);
  });

  it('has books that are proven, as those of the history are', async () => {
    for (const { api } of [played, loaded]) {
      const { rows } = await api
        .owner()
        .query(`SELECT account_id AS id FROM staff_role WHERE role = 'ADMIN'`);
      const admin = personOf({
        accountId: rows[0].id,
        name: 'Admin',
        email: 'a@example.org',
        staffRoles: ['ADMIN'],
      });
      const checks = await api.app.get(ProveBooks, { strict: false }).run(admin);
      expect(checks.flatMap(({ faults }) => faults)).toEqual([]);
      expect(checks.every(({ looked }) => looked > 0)).toBe(true);
    }
  });

  it('numbers on where the snapshot ends', async () => {
    for (const table of ['journal_entry']) {
      const { rows } = await loaded.superuser.query(
        `SELECT nextval(pg_get_serial_sequence('${table}', 'id')) > max(id) AS is_next FROM ${table}`,
      );
      expect(rows[0].is_next).toBe(true);
    }
  });

  it('is never loaded over people', async () => {
    const file = path.join(folder, 'world.jsonl.br');
    await expect(loadWorld(loaded.superuserUrl, file, folder, LATER)).rejects.toThrow('people already');
    expect(await dumpTables(loaded.superuser)).not.toEqual([]);
  });
});

function rowsOf(tables: World['tables'], name: string): Row[] {
  return (tables.find((table) => table.name === name)?.rows ?? []).map((row) => JSON.parse(row) as Row);
}

/** A value three weeks later, worked out from its instants and not from its text. */
function later(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => later(each));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, later(each, name)]));
  if (typeof value === 'number' && ['created', 'available_on', 'arrival_date'].includes(key))
    return value * 1000 >= FIRST.getTime() ? value + MOVED_MS / 1000 : value;
  if (typeof value !== 'string') return value;
  if (/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|\+00:00))?$/.test(value)) return value.replace(/^.{10}/, laterDay);
  // Days in sentences and keys.
  return value
    .replace(/\b20\d\d-\d\d-\d\d\b/g, laterDay)
    .replace(/\b\d{1,2} [A-Z][a-z]+ 20\d\d\b/g, (words) =>
      dayWords(new Date(`${laterDay(new Date(`${words} UTC`).toISOString().slice(0, 10))}T00:00:00Z`)),
    );
}

function laterDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return at < FIRST ? day : new Date(at.getTime() + MOVED_MS).toISOString().slice(0, 10);
}

/** A row without what is worked out again where it ends up: hashes of moved words, days that banks promise. Tests of their own are about them. */
function plain(row: Row): Row {
  const facts = row.facts as Row | undefined;
  const others = {
    ...row,
    ...('seen_hash' in row && { seen_hash: '' }),
    ...('promised_on' in row && { promised_on: '' }),
  };
  return facts === undefined ? others : { ...others, facts: { ...facts, wordsHash: '', seenHash: '' } };
}

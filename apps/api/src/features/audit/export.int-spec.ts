import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import request from 'supertest';
import type { Caller } from '../../../test/api';
import { newExpert, vettedLab } from '../../../test/main-job';
import { chargedWeek, moneyWorld, putIn, running, type MoneyWorld } from '../../../test/money-world';

/** The files of a ZIP archive, read by its directory as unzip does. */
function unzipped(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const tail = archive.length - 22;
  expect(archive.readUInt32LE(tail)).toBe(0x06054b50);
  let at = archive.readUInt32LE(tail + 16);
  for (let count = archive.readUInt16LE(tail + 8); count > 0; count--) {
    const [packed, names, offset] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.subarray(at + 46, at + 46 + names).toString();
    const from = offset + 30 + archive.readUInt16LE(offset + 26);
    const data = inflateRawSync(archive.subarray(from, from + packed));
    expect(data.length).toBe(archive.readUInt32LE(at + 24));
    files.set(name, data);
    at += 46 + names;
  }
  return files;
}

const bytes = (response: request.Response, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};

describe('lists of the audit, taken away', () => {
  let world: MoneyWorld;
  let [auditor, lab] = [] as unknown as [Caller, Caller & { labId: string }];

  const get = (caller: Caller, address: string) =>
    request(world.api.app.getHttpServer())
      .get(address)
      .set({ authorization: `Bearer ${caller.token}` });
  const taken = async (address: string) => {
    const { body } = await get(auditor, address).buffer(true).parse(bytes).expect(200);
    const files = unzipped(body as Buffer);
    const manifest = JSON.parse(String(files.get('manifest.json'))) as Record<string, unknown>;
    return {
      manifest,
      data: files.get([...files.keys()][0] ?? '') ?? Buffer.alloc(0),
      names: [...files.keys()],
    };
  };

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    const expert = await newExpert(world.api, 'Dr Ana');
    await putIn(world, lab, '1000000');
    const engagement = await running(world, { ...lab }, expert, 'Case review');
    await chargedWeek(lab, expert, engagement, [
      ['08:00', '09:30'],
      ['10:00', '10:20'],
    ]);
    auditor = await world.api.staff('auditor@example.org', ['AUDITOR']);
  });
  afterAll(() => world.stop());

  it('hold every row, and a manifest with their number, hash, query and instant', async () => {
    const { manifest, data, names } = await taken(`/exports/charges.csv?labId=${lab.labId}`);
    expect(names).toEqual(['charges.csv', 'manifest.json']);
    const rows = data.toString().trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^id,kind,timeEntryId,/);
    expect(manifest).toMatchObject({
      list: 'charges',
      format: 'csv',
      query: { labId: lab.labId },
      rows: 2,
      sha256: createHash('sha256').update(data).digest('hex'),
      asOf: world.api.clock.now().toISOString(),
    });
    expect(manifest.snapshot).toMatch(/^\d+:\d+:/);
    const all = await world.api.owner().query('SELECT count(*)::int AS n FROM ledger.posting');
    const postings = await taken('/exports/postings.jsonl');
    const parsed = postings.data
      .toString()
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row));
    expect(parsed).toHaveLength(all.rows[0].n);
    expect(postings.manifest.rows).toBe(all.rows[0].n);
    expect(parsed.find(({ phase }) => phase === 'S')).toMatchObject({
      currency: 'USD',
      amountMinor: '1000000',
    });
    const fee = await taken('/exports/postings.csv?account=platform_fee:platform:USD');
    expect(fee.manifest.rows).toBe(2);
    expect((await taken('/exports/payouts.csv')).manifest.rows).toBe(0);
  });

  /** The rows of a list as JSON, after a look at their number and hash in the manifest. */
  const rows = async (address: string) => {
    const { manifest, data } = await taken(`/exports/${address}`);
    expect(manifest.sha256).toBe(createHash('sha256').update(data).digest('hex'));
    const parsed = data
      .toString()
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((row) => JSON.parse(row));
    expect(manifest.rows).toBe(parsed.length);
    return parsed;
  };

  it('are the views of money, too, each as its page filters it', async () => {
    // An hour and a half, and twenty minutes, at 123.45 an hour; fees of 15 %.
    const checks = await rows('contract-checks.jsonl');
    const sums = checks.map(({ agreedMinor, feeTakenMinor }) => `${agreedMinor} ${feeTakenMinor}`);
    expect(new Set(sums)).toEqual(new Set(['18518 2778', '4115 617']));
    expect(await rows('contract-checks.jsonl?isDifferent=true')).toEqual([]);
    expect(await rows('take-rate-periods.jsonl?period=week')).toMatchObject([
      { name: 'Cumulus', lines: 2, agreedMinor: `${18518 + 4115}`, feeMinor: `${2778 + 617}` },
    ]);
    expect(await rows('margins.jsonl')).toMatchObject([
      { labName: 'Cumulus', feeMinor: `${2778 + 617}`, railOutMinor: '0' },
    ]);
    expect(await rows('waiting-items.jsonl?kind=expert_payable')).toHaveLength(2);
    expect(await rows('paid-lines.jsonl')).toEqual([]);
    await world.api.owner().query(
      `INSERT INTO reconciliation_break (id, about, class, state, currency, rail_minor, ledger_minor, found_at)
         SELECT gen_random_uuid(), about, 'AMOUNT_DIFF', state, 'USD', 100, 99, $1::timestamptz - days * interval '1 day'
         FROM (VALUES ('one', 'OPEN', 0), ('two', 'OPEN', 5), ('three', 'CLEARED', 0)) b (about, state, days)`,
      [world.api.clock.now()],
    );
    const breaks = async (query: string) => (await rows(`breaks.jsonl${query}`)).map(({ about }) => about);
    expect(await breaks('')).toHaveLength(3);
    expect(await breaks('?state=OPEN&kind=AMOUNT_DIFF')).toEqual(['one', 'two']);
    expect(await breaks('?age=DAYS_4_7')).toEqual(['two']);
    expect(await breaks('?isMine=true')).toEqual([]);
    expect(await rows('overrides.jsonl?kind=TAKE_RATE')).toEqual([]);
  });

  it('are what a recompute of fees found, as its page filters it: of the newest, or of one before', async () => {
    const RUN = 'mutation { recomputeFees { id drifted findings { chargeId } } }';
    const DRIFTS =
      'query($runId: ID, $kind: String, $labId: ID, $to: DateTime, $first: Int, $after: String) { feeDrifts(runId: $runId, kind: $kind, labId: $labId, to: $to, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } edges { node { kind sentence chargeId labName expertName fee { minor } } } } }';
    const shown = async (filter: object = {}) => (await auditor.ask(DRIFTS, filter)).feeDrifts;
    expect(await auditor.refused(DRIFTS, { labId: 'NOPE' })).toMatchObject({ code: 'INVALID_INPUT' });
    const admin = await world.api.staff('recomputes@example.org', ['FINANCE']);
    const behind = async (change: string) => {
      const owner = world.api.owner();
      await owner.query('ALTER TABLE fee_assessment DISABLE TRIGGER USER');
      await owner.query(change);
      await owner.query('ALTER TABLE fee_assessment ENABLE TRIGGER USER');
    };
    const change = (sign: string) =>
      behind(
        `UPDATE fee_assessment SET charged_minor = charged_minor ${sign} 2 WHERE side = 'LAB' AND basis_minor = 18518`,
      );
    await change('+');
    const { recomputeFees: first } = await admin.ask(RUN);
    expect(first).toMatchObject({ drifted: 1, findings: [{}, {}] });
    // The cent itself, and that it is not what was charged.
    const both = await shown();
    expect(both).toMatchObject({ totalCount: 2 });
    expect(both.edges.map(({ node }: { node: object }) => node)).toMatchObject([
      { kind: 'OVERRIDE', labName: 'Cumulus', expertName: 'Dr Ana', fee: { minor: '2778' } },
      { kind: 'OVERRIDE', chargeId: first.findings[0].chargeId },
    ]);
    const one = await shown({ first: 1 });
    expect(one).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const next = await shown({ first: 1, after: one.pageInfo.endCursor });
    expect(next.edges[0].node.sentence).toBe('What was charged is not what was assessed.');
    expect(await shown({ kind: 'POLICY' })).toMatchObject({ totalCount: 0 });
    expect(await shown({ labId: first.id })).toMatchObject({ totalCount: 0 });
    expect(await shown({ to: '2026-01-01T00:00:00Z' })).toMatchObject({ totalCount: 0 });
    expect(await rows(`fee-drift.jsonl?kind=OVERRIDE&labId=${lab.labId}`)).toMatchObject([
      { runId: first.id, place: 1, currency: 'USD', agreedMinor: '18518', feeMinor: '2778' },
      { place: 2, sentence: 'What was charged is not what was assessed.' },
    ]);
    expect(await rows('fee-drift.jsonl?kind=POLICY')).toEqual([]);
    const file = await taken('/exports/fee-drift.csv');
    expect(file.names).toEqual(['fee-drift.csv', 'manifest.json']);
    expect(file.data.toString()).toMatch(/^runId,place,foundAt,chargeId,kind,sentence,/);
    await change('-');
    world.api.clock.hold(new Date(world.api.clock.now().getTime() + 60_000));
    await admin.ask(RUN);
    expect(await shown()).toMatchObject({ totalCount: 0 });
    expect(await rows('fee-drift.jsonl')).toEqual([]);
    expect(await shown({ runId: first.id })).toMatchObject({ totalCount: 2 });
    expect(await rows(`fee-drift.jsonl?runId=${first.id}`)).toHaveLength(2);
    await get(auditor, '/exports/fee-drift.csv?kind=NOTHING').expect(400);
  });

  it('are journalled: who took what, before the first row and after the last', async () => {
    const { manifest } = await taken('/exports/charges.jsonl');
    const { rows } = await world.api
      .owner()
      .query(`SELECT to_state, facts, actor_id FROM journal_entry WHERE subject_id = $1 ORDER BY id`, [
        manifest.export,
      ]);
    expect(rows.map(({ to_state: state }) => state)).toEqual(['BEGUN', 'MADE']);
    expect(rows[1].facts).toMatchObject({ rows: 2, sha256: manifest.sha256 });
    expect(rows[0].actor_id).toBe(manifest.madeBy);
  });

  it('are for auditors only, and refuse what cannot be asked', async () => {
    await get(lab, '/exports/charges.csv').expect(404);
    await get(auditor, '/exports/people.csv').expect(404);
    await get(auditor, '/exports/charges.xls').expect(404);
  });

  it.each([
    ['charges', 'labId=1', 'labId', 'The filter labId is not right: it is not an id; copy it whole'],
    ['charges', 'from=yesterday', 'from', 'The filter from is not right: write a day and a time in UTC'],
    ['charges', 'colour=red', 'colour', 'The list charges has no filter colour; it has labId, expertId'],
    ['margins', 'currency=usd', 'currency', 'The filter currency is not right: write USD, EUR'],
    ['margins', 'currency=USD&currency=EUR', 'currency', 'The filter currency is not right: write it once'],
    ['invoices', 'state=LATE', 'state', 'The filter state is not right: write OPEN, PAID, or VOID.'],
    ['waiting-items', 'fromDays=soon', 'fromDays', 'The filter fromDays is not right: write a whole number.'],
    ['waiting-items', 'fromDays=-1', 'fromDays', 'The filter fromDays is not right: write 0 or more.'],
    [
      'waiting-items',
      'kind=NOPE',
      'kind',
      'The filter kind is not right: write rail_pending, refund_clearing',
    ],
    ['breaks', 'kind=NOPE', 'kind', 'The filter kind is not right: write MISSING_IN_LEDGER, DUPLICATE'],
    ['postings', 'account=zz', 'account', 'The filter account is not right: it is not a code; copy it whole'],
    ['year-totals', '', 'year', 'The filter year is not right: write a whole number.'],
    ['postings', 'from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z', 'to', 'The last day must come after'],
    ['overrides', 'from=2026-11-24T00:00:00Z&to=2026-11-24T00:00:00Z', 'to', 'The last day must come after'],
  ])('of %s, asked by %s, name the filter and what is wrong', async (list, query, field, words) => {
    const { body } = await get(auditor, `/exports/${list}.jsonl?${query}`).expect(400);
    const code = words.startsWith('The last day') ? 'DATES_BACKWARDS' : 'INVALID_INPUT';
    expect(body).toMatchObject({ code, field, message: expect.stringContaining(words) });
  });
});

import { createServer } from 'node:net';
import { assessLine, CREDENTIAL_STATE_WORDS, RUNGS } from '@tallystick/domain';
import { readExperts, readOpenings, runLines } from '@tallystick/matching';
import { TestApi } from '../../test/api';
import { ExportQueries } from '../features/matching/export.queries';
import { ReceiveEvent } from '../features/rail/use-cases/receive-event';
import { ProveBooks } from '../features/audit/use-cases/prove-books';
import { makeWorld } from './make-world';
import { personOf, Stage } from './stage';
import { Chance } from './random';
import { RailWithin } from './rail-within';

const SECRET = 'a secret of this test run';
/** A Thursday afternoon: the week of the first start is half done. */
const START = new Date('2026-11-26T15:00:00Z');
const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** It plays three months, which takes minutes: it runs where DEMO_TEST is set. */
const playing = process.env.DEMO_TEST ? describe : describe.skip;

playing('the demo world, a small one', () => {
  let api: TestApi;
  let rail: RailWithin;
  let signIns: Awaited<ReturnType<typeof makeWorld>>;
  const rows = async (sql: string) => (await api.owner().query(sql)).rows as Record<string, any>[];
  const states = async (table: string) =>
    (await rows(`SELECT DISTINCT state FROM ${table}`)).map(({ state }) => state as string).sort();

  beforeAll(async () => {
    const port = await freePort();
    api = await TestApi.start({ SANDBOX_URL: `http://127.0.0.1:${port}`, SANDBOX_SECRET: SECRET });
    const { SANDBOX_DATABASE_URL: databaseUrl = '' } = api.database.environment;
    rail = await RailWithin.open(
      { databaseUrl, secret: SECRET, port },
      api.app.get(ReceiveEvent, { strict: false }),
    );
    await rail.set('delays', { payment: 0, onboarding: 0, payout: 0 });
    const stage = new Stage(api.app, rail, new Chance(7), START);
    signIns = await makeWorld(stage, { experts: 44, projects: 12, engagements: 5 }, () => undefined);
  }, 600_000);
  afterAll(async () => {
    await rail.close();
    await api.stop();
  });

  it('has books that are proven: balances, charges, cover and seals', async () => {
    const [staff] = await rows(`SELECT account_id AS id FROM staff_role WHERE role = 'ADMIN'`);
    const admin = personOf({
      accountId: staff!.id as string,
      name: 'Admin',
      email: 'a@example.org',
      staffRoles: ['ADMIN'],
    });
    const checks = await api.app.get(ProveBooks, { strict: false }).run(admin);
    expect(checks.flatMap(({ faults }) => faults)).toEqual([]);
    expect(checks.every(({ looked }) => looked > 0)).toBe(true);
  });

  it('has credentials in every state, labs in every state, openings on every rung', async () => {
    expect(await states('credential')).toEqual(Object.keys(CREDENTIAL_STATE_WORDS).sort());
    expect(await states('lab')).toEqual(['PENDING_VETTING', 'REFUSED', 'VETTED']);
    const rungs = await rows(`SELECT DISTINCT rung FROM opening WHERE published_at IS NOT NULL`);
    expect(rungs.map(({ rung }) => rung as string).sort()).toEqual(Object.keys(RUNGS).sort());
  });

  it('has charges whose price is pay and fee, worked out again from hours, rate and take rate', async () => {
    const charges = await rows(
      `SELECT rate_minor_per_hour AS rate, seconds, lab_fee_ppm, expert_fee_ppm, rounding, price_minor, pay_minor, fee_minor FROM charge`,
    );
    expect(charges.length).toBeGreaterThan(50);
    for (const each of charges) {
      const again = assessLine({
        rateMinorPerHour: BigInt(each.rate),
        seconds: Number(each.seconds),
        terms: { labFeePpm: each.lab_fee_ppm, expertFeePpm: each.expert_fee_ppm, rounding: each.rounding },
      });
      expect([each.price_minor, each.pay_minor, each.fee_minor].map(BigInt)).toEqual([
        again.priceMinor,
        again.payMinor,
        again.feeMinor,
      ]);
      expect(BigInt(each.price_minor)).toBe(BigInt(each.pay_minor) + BigInt(each.fee_minor));
    }
    expect(new Set(charges.map(({ lab_fee_ppm: fee }) => fee)).size).toBeGreaterThan(1);
  });

  it('has NPIs that nobody has: they begin with 2', async () => {
    const npis = await rows(`SELECT claim->>'npi' AS npi FROM credential WHERE claim ? 'npi'`);
    expect(npis.length).toBeGreaterThan(2);
    expect(npis.filter(({ npi }) => !/^2\d{9}$/.test(npi as string))).toEqual([]);
  });

  it('has three months of history and nothing after the start', async () => {
    const [span] = await rows(`SELECT min(at) AS first, max(at) AS last FROM journal_entry`);
    expect(span!.first.toISOString().slice(0, 10)).toBe('2026-08-31');
    expect(span!.last.getTime()).toBeLessThanOrEqual(Date.now());
    const [late] = await rows(
      `SELECT count(*)::int AS n FROM time_entry WHERE ends_at > '${START.toISOString()}'`,
    );
    expect(late!.n).toBe(0);
  });

  it('is ranked offline as it is stored: eligible experts of every opening come in the same order', async () => {
    const { experts, openings } = await api.app.get(ExportQueries, { strict: false }).run();
    const text = (lines: object[]) => lines.map((line) => JSON.stringify(line)).join('\n');
    const [people, work] = [readExperts(text(experts), 'experts'), readOpenings(text(openings), 'openings')];
    expect([people.unknown, work.unknown]).toEqual([[], []]);
    const stored = new Map<string, string[]>();
    for (const { opening_id: id, expert_id: expert } of await rows(
      'SELECT * FROM fit ORDER BY opening_id, rank',
    ))
      stored.set(id, [...(stored.get(id) ?? []), expert]);
    expect(stored.size).toBeGreaterThan(5);
    for (const lines of runLines(people.documents, work.documents)) {
      const run = lines
        .trim()
        .split('\n')
        .map((line) => line.split(' '));
      expect(run).toHaveLength(experts.length);
      const fits = stored.get(run[0]![0]!) ?? [];
      expect(run.map(([, , expert]) => expert!).filter((expert) => fits.includes(expert))).toEqual(fits);
    }
  });

  it('has something to see for each who is printed at the start', async () => {
    const counted = async (sql: string) => Number((await rows(sql))[0]?.count ?? 0);
    const emailOf = (who: string) => signIns.find((each) => each.who === who)?.email ?? '';
    const expert = `(SELECT e.id FROM expert e JOIN account a ON a.id = e.account_id WHERE a.email = '${emailOf('expert')}')`;
    const lab = `(SELECT m.lab_id FROM lab_member m JOIN account a ON a.id = m.account_id WHERE a.email = '${emailOf('lab owner')}')`;
    expect(signIns.map(({ who }) => who).sort()).toEqual([
      'admin',
      'expert',
      'finance',
      'lab owner',
      'lab reviewer',
      'verifier',
    ]);
    for (const [what, sql] of [
      [
        'a verified licence',
        `SELECT count(*) FROM credential WHERE expert_id = ${expert} AND state = 'VERIFIED'`,
      ],
      [
        'a funded week',
        `SELECT count(*) FROM engagement_week WHERE expert_id = ${expert} AND state = 'HELD' AND week_start = '2026-11-23'`,
      ],
      [
        'drafts of this week',
        `SELECT count(*) FROM time_entry WHERE expert_id = ${expert} AND state = 'DRAFT' AND starts_at >= '2026-11-23'`,
      ],
      ['charges', `SELECT count(*) FROM charge WHERE expert_id = ${expert}`],
      ['a payout', `SELECT count(*) FROM payout WHERE expert_id = ${expert} AND state = 'PAID'`],
      [
        'an opening out of reach',
        `SELECT count(*) FROM recommendation WHERE expert_id = ${expert} AND NOT is_eligible`,
      ],
      ['a shortlist', `SELECT count(*) FROM fit WHERE lab_id = ${lab}`],
      [
        'an application to answer',
        `SELECT count(*) FROM application WHERE lab_id = ${lab} AND state = 'APPLIED'`,
      ],
    ] as const)
      expect([what, (await counted(sql)) > 0]).toEqual([what, true]);
  });
});

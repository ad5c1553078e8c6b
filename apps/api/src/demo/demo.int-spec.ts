import { assessLine, CREDENTIAL_STATE_WORDS, OUTCOME_KINDS, RUNGS } from '@tallystick/domain';
import { occupationsOf, rankOpenings, readExperts, readOpenings } from '@tallystick/matching';
import path from 'node:path';
import { startDemoStage, type DemoStage } from '../../test/demo-stage';
import { resolveTakeRateForAll } from '../features/billing/billing.public';
import { ExportQueries } from '../features/matching/export.queries';
import { ImpactQueries } from '../features/matching/impact.queries';
import { MatchingQueries } from '../features/matching/matching.queries';
import { ModelQueries } from '../features/matching/model.queries';
import { PastFitQueries } from '../features/matching/past-fit.queries';
import { CountTrackRecords } from '../features/matching/use-cases/count-track-records';
import { Score } from '../features/matching/use-cases/score';
import { occupationEntries } from '../features/taxonomy/taxonomy.public';
import { system, type Person } from '../platform/access/actor';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import { ProveBooks } from '../features/audit/use-cases/prove-books';
import { SignIn as SignInWithPassword } from '../features/account/use-cases/sign-in';
import { LoadOwnTaxonomy } from '../features/taxonomy/use-cases/load-own-taxonomy';
import { castOf } from './cast-record';
import { readTaxonomyText, WORLD_FILE } from './content';
import { finishWorld, type SignIn } from './finish-world';
import { calendarBefore, plansOf, playOf } from './make-world';
import { loadWorld } from './snapshot/load';
import { readWorld } from './snapshot/world-file';
import { personOf } from './stage';

/** A Thursday afternoon some weeks after the snapshot: the week of the first start is half done. */
const START = new Date('2027-01-14T15:00:00Z');
const MONDAY = '2027-01-11';

type Row = Record<string, any>;

describe('the demo world that is shipped, on its first start', () => {
  let stage: DemoStage;
  let signIns: SignIn[];
  const rows = async (sql: string) => (await stage.api.owner().query(sql)).rows as Row[];
  const states = async (table: string) =>
    (await rows(`SELECT DISTINCT state FROM ${table}`)).map(({ state }) => state as string).sort();
  const count = async (sql: string) => Number((await rows(`SELECT count(*) FROM ${sql}`))[0]?.count);

  const admin = async () => {
    const [staff] = await rows(`SELECT account_id AS id FROM staff_role WHERE role = 'ADMIN'`);
    return personOf({
      accountId: staff!.id as string,
      name: 'Admin',
      email: 'a@example.org',
      staffRoles: ['ADMIN'],
    });
  };

  beforeAll(async () => {
    stage = await startDemoStage();
    await loadWorld(stage.superuserUrl, WORLD_FILE, path.join(stage.api.database.dataDir, 'files'), START);
    stage.api.clock.hold(new Date(START.getTime() - 5 * 3_600_000));
    await stage.api.app.get(LoadOwnTaxonomy, { strict: false }).run(readTaxonomyText());
    const { header, cast } = readWorld(WORLD_FILE);
    const calendar = calendarBefore(new Date(header.reference));
    const made = castOf(cast, plansOf(header.seed, header.size, calendar));
    const play = playOf(stage.until(START), made, calendar, header.size.engagements);
    signIns = await finishWorld(play, () => undefined);
  }, 300_000);
  afterAll(() => stage.stop());

  it('has 300 experts over 12 fields, 12 labs, 40 openings', async () => {
    expect(await count('expert')).toBeGreaterThanOrEqual(300);
    expect(await count('lab')).toBe(12);
    expect(await count(`opening WHERE published_at IS NOT NULL`)).toBeGreaterThanOrEqual(40);
    const { header, cast } = readWorld(WORLD_FILE);
    const plans = plansOf(header.seed, header.size, calendarBefore(new Date(header.reference)));
    expect(new Set(cast.experts.map(({ number }) => plans.experts[number]?.field.id)).size).toBe(12);
    expect(
      await count(`expert_skill s WHERE concept_id IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM taxonomy_concept c WHERE c.id::text = s.concept_id::text)`),
    ).toBe(0);
    expect(await count('expert_skill WHERE concept_id IS NOT NULL')).toBeGreaterThan(600);
  });

  it('has offers, engagements, payouts, questions and take rates in every state that people ask about', async () => {
    const has = async (table: string, wanted: string[]) => {
      const found = await states(table);
      expect([table, wanted.filter((state) => !found.includes(state))]).toEqual([table, []]);
    };
    await has('offer', ['SENT', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN']);
    await has('engagement', ['ACTIVE', 'NOTICE', 'ENDED']);
    await has('payout', ['PAID', 'IN_TRANSIT', 'FAILED', 'RETURNED', 'GATED']);
    await has('application', ['APPLIED', 'DECLINED', 'ENGAGED', 'OFFERED', 'WITHDRAWN']);
    await has('timesheet', ['OPEN', 'SUBMITTED', 'CHARGED']);
    await has('funding', ['CLEARED', 'FAILED']);
    expect(await count('line_question WHERE resolved_at IS NULL')).toBeGreaterThan(0);
    expect(await count('line_question WHERE resolved_at IS NOT NULL')).toBeGreaterThan(10);
    expect(await count('take_rate_policy')).toBeGreaterThanOrEqual(4);
  });

  it('keeps the published default in force, beside rates for a lab, a pair and a time', async () => {
    const { explanation } = await stage.api.app
      .get(UnitOfWork, { strict: false })
      .readAs(system('demo-world'), (read) => resolveTakeRateForAll(read));
    expect(explanation).toBe(
      '15.00 % of agreed pay, paid by the lab on top; nothing is taken from the expert. This is the default for everybody.',
    );
    const scopes = await rows('SELECT DISTINCT scope FROM take_rate_policy ORDER BY 1');
    expect(scopes.map(({ scope }) => scope as string)).toEqual(['DEFAULT', 'LAB', 'LAB_EXPERT', 'PROMO']);
    expect(await count(`engagement WHERE take_rate_explanation LIKE '% This is %'`)).toBe(0);
  });

  it('promises payouts for days on which banks work, by the calendar of its own days', async () => {
    expect(await count(`bank_holiday WHERE name = 'Christmas Day' AND extract(month FROM day) <> 12`)).toBe(
      0,
    );
    expect(await count('payout WHERE promised_on IS NOT NULL')).toBeGreaterThan(100);
    expect(
      await count(`payout p WHERE extract(isodow FROM p.promised_on) > 5
        OR EXISTS (SELECT 1 FROM bank_holiday h WHERE h.currency = p.currency AND h.day = p.promised_on)`),
    ).toBe(0);
  });

  it('has a password for everybody who is printed, and nobody else', async () => {
    for (const { email, password } of signIns)
      expect(
        await stage.api.app.get(SignInWithPassword, { strict: false }).run({ email, password }, '127.0.0.1'),
      ).toBeTruthy();
    expect(await count(`account WHERE password_hash <> '!'`)).toBe(signIns.length);
  });

  it('has books that are proven: balances, charges, cover and seals', async () => {
    const checks = await stage.api.app.get(ProveBooks, { strict: false }).run(await admin());
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

  it('has three months of history that end at the start', async () => {
    const [span] = await rows(`SELECT min(at) AS first, max(at) AS last FROM journal_entry`);
    expect(span!.first.toISOString().slice(0, 10)).toBe('2026-10-12');
    expect(span!.last.getTime()).toBeLessThanOrEqual(START.getTime());
    for (const [table, column] of [
      ['time_entry', 'ends_at'],
      ['charge', 'charged_at'],
      ['notification', 'created_at'],
      ['ledger.ledger_transaction', 'effective_at'],
      ['sandbox.object', 'created_at'],
    ]) {
      const { rows: late } = await stage.superuser.query(
        `SELECT count(*)::int AS n FROM ${table} WHERE ${column} > $1`,
        [START],
      );
      expect([table, late[0].n]).toEqual([table, 0]);
    }
  });

  it('has somebody who passes every gate of each opening that is published', async () => {
    const empty =
      await rows(`SELECT o.title, o.currency, s.gate_counts FROM opening o LEFT JOIN shortlist s ON s.opening_id = o.id
      WHERE o.state = 'OPEN' AND COALESCE(s.eligible_count, 0) = 0`);
    expect(empty).toEqual([]);
    expect(await count(`opening WHERE state = 'OPEN'`)).toBeGreaterThan(0);
  });

  it('is ranked offline as it is stored: eligible experts of every opening come in the same order', async () => {
    const { experts, openings } = await stage.api.app.get(ExportQueries, { strict: false }).run();
    const text = (lines: object[]) => lines.map((line) => JSON.stringify(line)).join('\n');
    const [people, work] = [readExperts(text(experts), 'experts'), readOpenings(text(openings), 'openings')];
    expect([people.unknown, work.unknown]).toEqual([[], []]);
    const stored = new Map<string, string[]>();
    for (const { opening_id: id, expert_id: expert } of await rows(
      // By the scores alone: on a shortlist newcomers have places of their own.
      'SELECT * FROM fit ORDER BY opening_id, score DESC, expert_id',
    ))
      stored.set(id, [...(stored.get(id) ?? []), expert]);
    expect(stored.size).toBe(await count(`opening WHERE state = 'OPEN'`));
    const unitOfWork = stage.api.app.get(UnitOfWork, { strict: false });
    const concepts = await unitOfWork.readAs(system('test'), ({ db }) => occupationEntries(db));
    const occupations = occupationsOf(concepts);
    for (const { lines } of rankOpenings(people.documents, work.documents, { occupations })) {
      const run = lines
        .trim()
        .split('\n')
        .map((line) => line.split(' '));
      expect(run).toHaveLength(experts.length);
      const fits = stored.get(run[0]![0]!) ?? [];
      expect(run.map(([, , expert]) => expert!).filter((expert) => fits.includes(expert))).toEqual(fits);
    }
  });

  it('moves no score when everything is counted and scored again', async () => {
    const scores = async () =>
      new Map(
        (
          await rows(`SELECT 'lab' AS side, opening_id, expert_id, score FROM fit
            UNION ALL SELECT 'expert', opening_id, expert_id, score FROM recommendation`)
        ).map((each) => [`${each.side} ${each.opening_id} ${each.expert_id}`, Number(each.score).toFixed(6)]),
      );
    const first = await scores();
    await stage.api.app.get(CountTrackRecords, { strict: false }).run();
    const score = stage.api.app.get(Score, { strict: false });
    for (const { id } of await rows(`SELECT id FROM opening WHERE state = 'OPEN'`)) await score.opening(id);
    await score.allExperts();
    const again = await scores();
    expect(again.size).toBe(first.size);
    expect([...again].filter(([pair, value]) => first.get(pair) !== value)).toEqual([]);
  });

  it('scores anew what another model scored, and nothing twice', async () => {
    const score = stage.api.app.get(Score, { strict: false });
    expect(await score.outdated()).toBe(0);
    await stage.superuser.query(
      `UPDATE shortlist SET model_hash = 'older' WHERE opening_id = (SELECT min(opening_id::text)::uuid FROM fit)`,
    );
    expect(await score.outdated()).toBe(1);
    expect(await score.outdated()).toBe(0);
  });

  it('tells the expert on which openings they work, after those that can be taken', async () => {
    const email = signIns.find(({ who }) => who === 'expert')?.email ?? '';
    const [own] = await rows(
      `SELECT e.id, e.account_id FROM expert e JOIN account a ON a.id = e.account_id WHERE a.email = '${email}'`,
    );
    const person: Person = {
      ...{ kind: 'PERSON', accountId: own!.account_id, sessionId: own!.account_id, name: '', email },
      ...{ timeZone: 'UTC', expertId: own!.id, staffRoles: [] },
    };
    const queries = stage.api.app.get(MatchingQueries, { strict: false });
    const { fits } = await queries.recommended(person, {}, { first: 100 });
    const engaged = new Map(
      (await rows(`SELECT id, opening_id FROM engagement WHERE expert_id = '${own!.id}'`)).map((each) => [
        each.opening_id as string,
        each.id as string,
      ]),
    );
    const shown = fits.edges.map(({ node }) => node);
    const worked = shown.filter(({ openingId }) => engaged.has(openingId));
    expect(worked.length).toBeGreaterThan(0);
    for (const { openingId, standing } of worked) {
      expect(['ENGAGED', 'ENDED']).toContain(standing?.state);
      expect(standing?.engagementId).toBe(engaged.get(openingId));
    }
    const isFree = shown.map(({ isEligible, standing }) => isEligible && standing === null);
    expect(isFree.lastIndexOf(true)).toBeLessThan(shown.findIndex(({ standing }) => standing !== null));
  });

  it('has labs that read their lists all along: how evenly experts were shown is counted, and how groups fared', async () => {
    const person = await admin();
    const exposure = await stage.api.app.get(ModelQueries, { strict: false }).exposure(person);
    expect(exposure.shown).toBeGreaterThan(50);
    expect(exposure.shown).toBeLessThan(exposure.experts);
    expect(exposure.gini).toBeGreaterThan(0);
    const tables = await stage.api.app.get(ImpactQueries, { strict: false }).tables(person);
    // By both answers together the groups of the demo are so small that what remains would tell of a few.
    expect(tables.map(({ question, stage: at }) => `${question} ${at}`)).toEqual(
      ['SEX', 'ETHNICITY'].flatMap((question) =>
        ['SHOWN', 'INVITED', 'ENGAGED'].map((at) => `${question} ${at}`),
      ),
    );
    for (const { groups } of tables) expect(groups.length).toBeGreaterThan(1);
  });

  it('has past fits of all kinds, nearly all with their score, each computed again to the very same', async () => {
    const kinds = await rows('SELECT DISTINCT kind FROM fit_outcome ORDER BY 1');
    expect(kinds.map(({ kind }) => kind as string)).toEqual([...OUTCOME_KINDS].sort());
    const { edges } = await stage.api.app
      .get(PastFitQueries, { strict: false })
      .list(await admin(), {}, { first: 100 });
    const replays = edges.map(({ node }) => node.replay);
    expect(new Set(replays)).toEqual(new Set(['SAME']));
    const all = await count('fit_outcome');
    expect(await count('fit_outcome WHERE parts IS NULL')).toBeLessThan(all / 50);
  });

  it('has behind the bell of each who is printed only what came after they last looked', async () => {
    const unread = await rows(
      `SELECT a.email, count(n.id) FILTER (WHERE n.read_at IS NULL)::int AS unread, count(n.id)::int AS told
      FROM account a LEFT JOIN notification n ON n.account_id = a.id GROUP BY a.email`,
    );
    for (const { who, email } of signIns) {
      const own = unread.find((each) => each.email === email);
      expect([who, own?.told > 0, own?.unread < 20]).toEqual([who, true, true]);
    }
    expect(unread.filter((each) => each.unread > 0).length).toBeGreaterThan(5);
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
        `SELECT count(*) FROM engagement_week WHERE expert_id = ${expert} AND state = 'HELD' AND week_start = '${MONDAY}'`,
      ],
      [
        'drafts of this week',
        `SELECT count(*) FROM time_entry WHERE expert_id = ${expert} AND state = 'DRAFT' AND starts_at >= '${MONDAY}'`,
      ],
      ['charges', `SELECT count(*) FROM charge WHERE expert_id = ${expert}`],
      ['a payout', `SELECT count(*) FROM payout WHERE expert_id = ${expert} AND state = 'PAID'`],
      [
        'an opening out of reach',
        `SELECT count(*) FROM recommendation WHERE expert_id = ${expert} AND NOT is_eligible`,
      ],
      ['a week to review', `SELECT count(*) FROM timesheet WHERE lab_id = ${lab} AND state = 'SUBMITTED'`],
      ['a shortlist', `SELECT count(*) FROM fit WHERE lab_id = ${lab}`],
      [
        'an application to answer',
        `SELECT count(*) FROM application WHERE lab_id = ${lab} AND state = 'APPLIED'`,
      ],
    ] as const)
      expect([what, (await counted(sql)) > 0]).toEqual([what, true]);
  });
});

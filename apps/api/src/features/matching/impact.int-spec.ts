import { TestApi, type Caller } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { ExportQueries } from './export.queries';

const VOLUNTEER = 'mutation($input: VolunteerGroupInput!) { volunteerGroup(input: $input) }';
const WITHDRAW = 'mutation { withdrawVolunteeredGroup }';
const MINE = '{ myVolunteeredGroup { sex ethnicity } }';
const IMPACT = `{ matchModels { impact { days leastInGroup tables { question stage
  groups { group people selected rate ratio isBelowFourFifths isSignificant } } } } }`;

describe('groups that experts volunteer', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  let ana: Caller & { expertId: string };
  let ben: Caller & { expertId: string };
  let admin: Caller;
  let openingId: string;
  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Cumulus');
    ana = await newExpert(api, 'Dr Ana');
    ben = await newExpert(api, 'Dr Ben');
    admin = await api.staff('admin@example.org', ['ADMIN', 'AUDITOR', 'TRUST']);
    openingId = await publishedOpening(lab);
    await api.runJobs();
  });
  afterAll(() => api.stop());

  const query = async (sql: string, ...values: unknown[]) => (await api.owner().query(sql, values)).rows;
  const volunteer = (who: Caller, more: object) => who.ask(VOLUNTEER, { input: { consents: true, ...more } });
  /** Everything that ranking reads, writes and gives out, as text. */
  const ranking = async () => {
    await api.job('scoring', 'score-shortlist', { openingId });
    await api.runJobs();
    return JSON.stringify({
      files: await api.app.get(ExportQueries).run(),
      fits: await query(
        'SELECT expert_id, rank, score, parts, gates, reasons, steps FROM fit ORDER BY expert_id',
      ),
      recommendations: await query(
        'SELECT expert_id, score, parts, reasons FROM recommendation ORDER BY expert_id',
      ),
      snapshot: await query('SELECT snapshot_id FROM shortlist'),
    });
  };

  it('are kept with consent only, and erased when it is withdrawn', async () => {
    expect(await ana.refused(VOLUNTEER, { input: { sex: 'FEMALE', consents: false } })).toMatchObject({
      code: 'CONSENT_MISSING',
    });
    expect(await ana.refused(VOLUNTEER, { input: { consents: true } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await query('SELECT * FROM volunteered_group')).toEqual([]);
    await volunteer(ana, { sex: 'FEMALE', ethnicity: 'ASIAN' });
    await volunteer(ana, { ethnicity: 'WHITE' });
    expect(await ana.ask(MINE)).toEqual({ myVolunteeredGroup: { sex: null, ethnicity: 'WHITE' } });
    await ana.ask(WITHDRAW);
    await ana.ask(WITHDRAW);
    expect(await ana.ask(MINE)).toEqual({ myVolunteeredGroup: null });
    expect(await query('SELECT * FROM volunteered_group')).toEqual([]);
    const journal = JSON.stringify(
      await query(`SELECT to_jsonb(j) AS row FROM journal_entry j WHERE subject_type = 'volunteered-group'`),
    );
    expect(journal).toContain('WITHDRAWN');
    expect(journal).not.toMatch(/WHITE|FEMALE|ASIAN/);
  });

  it('are in no index, no file of ranking and no score: nothing moves, and who scores cannot read them', async () => {
    const before = await ranking();
    await volunteer(ana, { sex: 'FEMALE', ethnicity: 'PACIFIC' });
    await volunteer(ben, { sex: 'MALE', ethnicity: 'NATIVE' });
    const after = await ranking();
    expect(after).toBe(before);
    expect(after).not.toMatch(/PACIFIC|NATIVE"|FEMALE|sex|ethnicity/);
    const seenBy = (actor: Parameters<UnitOfWork['readAs']>[0], rows: 'own' | 'both-sides' = 'own') =>
      api.app.get(UnitOfWork).readAs(actor, ({ db }) => db.volunteeredGroup.count(), rows);
    expect(await query('SELECT * FROM volunteered_group')).toHaveLength(2);
    expect(await seenBy(system('matching'))).toBe(0);
    expect(await seenBy(system('matching'), 'both-sides')).toBe(0);
    expect(await ben.ask(MINE)).toEqual({ myVolunteeredGroup: { sex: 'MALE', ethnicity: 'NATIVE' } });
  });

  it('are told to staff as counts, and groups of fewer than ten not at all', async () => {
    expect((await admin.ask(IMPACT)).matchModels.impact).toEqual({ days: 365, leastInGroup: 10, tables: [] });
    await manyVolunteer();
    const { tables } = (await admin.ask(IMPACT)).matchModels.impact;
    const of = (stage: string) =>
      tables.find(
        (each: { stage: string; question: string }) => each.stage === stage && each.question === 'SEX',
      );
    // 20 women and 20 men may be seen, 10 and 20 were shown, 5 and 10 of those invited; two others are too few to tell.
    expect(of('SHOWN').groups).toMatchObject([
      { group: 'Female', people: 20, selected: 10, ratio: 0.5, isBelowFourFifths: true, isSignificant: true },
      { group: 'Male', people: 20, selected: 20, ratio: 1, isBelowFourFifths: false },
    ]);
    expect(of('INVITED').groups).toMatchObject([
      { group: 'Female', people: 10, selected: 5, ratio: 1, isBelowFourFifths: false },
      { group: 'Male', people: 20, selected: 10, ratio: 1 },
    ]);
    expect(JSON.stringify(tables)).not.toMatch(/Another/);
    await query(`DELETE FROM volunteered_group WHERE expert_id IN (
      SELECT expert_id FROM volunteered_group WHERE sex = 'FEMALE' ORDER BY expert_id LIMIT 11)`);
    expect(JSON.stringify((await admin.ask(IMPACT)).matchModels.impact)).not.toContain('Female');
  });

  it('are told to staff alone', async () => {
    for (const who of [ana, lab, api.caller()]) await who.refused(IMPACT);
  });

  /** 20 women, of whom 10 were shown and 5 of them invited; 20 men, all shown, 10 invited; two of another sex. */
  async function manyVolunteer(): Promise<void> {
    await query('DELETE FROM volunteered_group');
    await query('ALTER TABLE fit_outcome DISABLE TRIGGER USER');
    await query('DELETE FROM fit_outcome');
    await query(`INSERT INTO account (id, email, password_hash, name, created_at)
      SELECT gen_random_uuid(), 'many' || n || '@example.org', 'x', 'Many ' || n, now() FROM generate_series(1, 42) n`);
    await query(`INSERT INTO expert (id, account_id, display_name, country, is_visible_to_labs, created_at, updated_at)
      SELECT gen_random_uuid(), id, name, 'US', true, now(), now() FROM account WHERE email LIKE 'many%'`);
    await query(`INSERT INTO volunteered_group (expert_id, sex, consented_at)
      SELECT id, CASE WHEN n <= 20 THEN 'FEMALE' WHEN n <= 40 THEN 'MALE' ELSE 'OTHER' END, now()
      FROM (SELECT id, substr(display_name, 6)::int AS n FROM expert WHERE display_name LIKE 'Many %') e`);
    await query(
      `INSERT INTO fit_outcome (opening_id, expert_id, kind, lab_id, at, rank, score, parts, model_hash, propensity)
       SELECT $1, id, kind, $2, now(), 1, 0.5, '[]', 'x', 1
       FROM (SELECT id, substr(display_name, 6)::int AS n FROM expert WHERE display_name LIKE 'Many %') e,
         (VALUES ('SHOWN'), ('INVITED')) k (kind)
       WHERE CASE kind WHEN 'SHOWN' THEN n BETWEEN 11 AND 42 ELSE n BETWEEN 16 AND 30 END`,
      openingId,
      lab.labId,
    );
  }
});

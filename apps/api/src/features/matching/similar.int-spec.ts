import path from 'node:path';
import { TestApi, type Caller } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { ShardServer } from './engine/shard-server';
import { SimilarQueries } from './similar.queries';

const HOOK = path.join(__dirname, '../../../../../tools/jest/typescript-hook.cjs');
const SIMILAR = `query($openingId: ID!, $expertId: ID!) { similarExperts(openingId: $openingId, expertId: $expertId) {
  expertId expertName rank score shared } }`;
const SHORTLIST = 'query($id: ID!) { shortlist(openingId: $id) { fits { edges { node { expertId } } } } }';

type Expert = Caller & { expertId: string };

describe('others like a candidate', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  let ana: Expert;
  let ben: Expert;
  let eva: Expert;
  let openingId: string;
  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Cumulus');
    ana = await newExpert(api, 'Dr Ana');
    ben = await newExpert(api, 'Dr Ben');
    eva = await newExpert(api, 'Dr Eva');
    await query(`UPDATE expert SET hours_per_week = 20, is_visible_to_labs = true, rate_currency = 'USD',
      headline = CASE display_name WHEN 'Dr Eva' THEN 'Compiler engineer' ELSE 'Cardiologist' END`);
    for (const { expertId, label } of [
      { expertId: ana.expertId, label: 'Echocardiography' },
      { expertId: ben.expertId, label: 'Echocardiography' },
      { expertId: eva.expertId, label: 'Rust' },
    ])
      await query(
        'INSERT INTO expert_skill (id, expert_id, label) VALUES (gen_random_uuid(), $1, $2)',
        expertId,
        label,
      );
    openingId = await publishedOpening(lab);
    await scored();
  });
  afterAll(() => api.stop());

  const query = async (sql: string, ...values: unknown[]) => (await api.owner().query(sql, values)).rows;
  const scored = async () => {
    for (const { expertId } of [ana, ben, eva]) await api.job('matching', 'expert-changed', { expertId });
    await api.runJobs();
  };
  const asked = async () => (await lab.ask(SIMILAR, { openingId, expertId: ana.expertId })).similarExperts;

  it('are of the same shortlist, with their place and what is shared; who shares nothing is none', async () => {
    const { shortlist } = await lab.ask(SHORTLIST, { id: openingId });
    expect(shortlist.fits.edges).toHaveLength(3);
    expect(await asked()).toEqual([
      {
        expertId: ben.expertId,
        expertName: 'Dr Ben',
        rank: expect.any(Number),
        score: expect.any(Number),
        shared: ['The same title: Cardiologist.', 'Both name: Echocardiography.'],
      },
    ]);
    expect(await asked()).toEqual(await asked());
  });

  it('are the same where many are compared, in a thread that nobody else waits for', async () => {
    const expected = await asked();
    const queries = api.app.get(SimilarQueries);
    queries.execArgv = ['--require', HOOK];
    queries.comparedHere = 0;
    const here = jest.spyOn(ShardServer.prototype, 'run');
    expect(await asked()).toEqual(expected);
    expect(await asked()).toEqual(expected);
    expect(here).not.toHaveBeenCalled();
    here.mockRestore();
    queries.comparedHere = 1000;
    expect(await asked()).toEqual(expected);
  });

  it('do not move when names are swapped', async () => {
    const before = await asked();
    await query(
      `UPDATE expert SET display_name = CASE display_name WHEN 'Dr Ben' THEN 'Dr Eva' WHEN 'Dr Eva' THEN 'Dr Ben' ELSE 'Zoe' END`,
    );
    await scored();
    expect(await asked()).toEqual(before.map((each: object) => ({ ...each, expertName: 'Dr Eva' })));
    await query(
      `UPDATE expert SET display_name = CASE display_name WHEN 'Dr Ben' THEN 'Dr Eva' WHEN 'Dr Eva' THEN 'Dr Ben' ELSE 'Dr Ana' END`,
    );
  });

  it('do not move when names of employers and schools are swapped', async () => {
    const before = await asked();
    const at = async ({ expertId }: Expert, [clinic, school]: readonly [string, string]) => {
      for (const table of ['affiliation', 'evidence_item'])
        await query(`DELETE FROM ${table} WHERE expert_id = $1`, expertId);
      await query(
        `INSERT INTO affiliation (id, expert_id, organisation) VALUES (gen_random_uuid(), $1, $2)`,
        expertId,
        clinic,
      );
      await query(
        `INSERT INTO evidence_item (id, expert_id, kind, title, text) VALUES (gen_random_uuid(), $1, 'EDUCATION', $2, $3)`,
        expertId,
        `MD, ${school}`,
        `At ${clinic} and ${school}`,
      );
    };
    const [north, south] = [
      ['Nordlicht Klinik', 'Greifswald Academy'],
      ['Sonnen Klinik', 'Malaga Academy'],
    ] as const;
    for (const [ofAna, ofBen, ofEva] of [
      [north, north, south],
      [north, south, north],
    ] as const) {
      await at(ana, ofAna);
      await at(ben, ofBen);
      await at(eva, ofEva);
      await scored();
      const now = await asked();
      expect(now.map(({ shared }: { shared: string[] }) => shared)).toEqual(
        before.map(({ shared }: { shared: string[] }) => shared),
      );
    }
    for (const table of ['affiliation', 'evidence_item']) await query(`DELETE FROM ${table}`);
    await scored();
  });

  it('pass the gates of the opening at this moment, whatever the list still says', async () => {
    await query(`UPDATE expert SET state = 'SUSPENDED' WHERE id = $1`, ben.expertId);
    expect(await asked()).toEqual([]);
    await query(`UPDATE expert SET state = 'ACTIVE', is_visible_to_labs = false WHERE id = $1`, ben.expertId);
    expect(await asked()).toEqual([]);
    await query('UPDATE expert SET is_visible_to_labs = true WHERE id = $1', ben.expertId);
    expect(await asked()).toHaveLength(1);
  });

  it('are told of nobody who is not on the list, and to no other lab', async () => {
    await query('DELETE FROM fit WHERE expert_id = $1', ben.expertId);
    expect(await asked()).toEqual([]);
    const of = { openingId, expertId: ben.expertId };
    expect(await lab.refused(SIMILAR, of)).toMatchObject({ code: 'NOT_FOUND' });
    const other = await vettedLab(api, 'Stratus');
    for (const who of [other, ana, ben])
      expect(await who.refused(SIMILAR, { openingId, expertId: ana.expertId })).toMatchObject({
        code: 'NOT_FOUND',
      });
  });
});

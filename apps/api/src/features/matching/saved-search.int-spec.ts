import { TestApi, type Caller } from '../../../test/api';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { untoldDaily } from './saved-search.repository';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const SAVE = 'mutation($input: SaveSearchInput!) { saveSearch(input: $input) }';
const CHANGE = 'mutation($input: ChangeSearchInput!) { changeSearch(input: $input) }';
const LOOK = 'mutation($id: ID!) { lookAtSearch(id: $id) }';
const FORGET = 'mutation($id: ID!) { forgetSearch(id: $id) }';
const MINE = '{ savedSearches { id name openingTitle howOften newCount risenCount link } }';
const BELL = '{ notifications { edges { node { kind title body link } } } }';

type Expert = Caller & { expertId: string };

describe('saved searches', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  let ana: Expert;
  let openingId: string;
  beforeEach(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Cumulus');
    ana = await expert('Dr Ana');
    openingId = await publishedOpening(lab, { title: 'Heart review' });
    await api.runJobs();
  });
  afterEach(() => api.stop());

  const query = async (sql: string, ...values: unknown[]) => (await api.owner().query(sql, values)).rows;
  const expert = async (name: string) => {
    const made = await newExpert(api, name);
    await query(
      `UPDATE expert SET hours_per_week = 20, is_visible_to_labs = true, rate_currency = 'USD', headline = 'Cardiologist'
      WHERE id = $1`,
      made.expertId,
    );
    await api.job('matching', 'expert-changed', { expertId: made.expertId });
    await api.runJobs();
    return made;
  };
  const save = async (who: Caller, more: object = {}) =>
    (await who.ask(SAVE, { input: { name: 'Heart', howOften: 'AT_ONCE', ...more } })).saveSearch as string;
  const lookedThrough = async () => {
    await api.job('matching', 'look-through-searches');
    await api.runJobs();
  };
  const told = async (who: Caller) =>
    (await who.ask(BELL)).notifications.edges
      .map(({ node }: { node: { kind: string } }) => node)
      .filter(({ kind }: { kind: string }) => kind.startsWith('SEARCH_FOUND'));
  const mailsAbout = (part: string) => query(`SELECT * FROM mail WHERE subject LIKE '%' || $1 || '%'`, part);

  it('tell an expert at once, by bell and mail, of what is new and matches, and of each thing once', async () => {
    await save(ana, { words: 'review', isEligible: true });
    await lookedThrough();
    expect(await told(ana)).toEqual([]);
    await publishedOpening(lab, { title: 'Lung review' });
    await publishedOpening(lab, { title: 'Lung grading' });
    await api.runJobs();
    await lookedThrough();
    await lookedThrough();
    await query(`UPDATE saved_search SET checked_at = 'epoch'`);
    await lookedThrough();
    expect(await told(ana)).toMatchObject([
      {
        title: '1 new opening for “Heart”',
        body: expect.stringContaining('Lung review'),
        link: '/expert/openings?search=review&show=yes',
      },
    ]);
    expect(await mailsAbout('for “Heart”')).toHaveLength(1);
  });

  it('tell a lab of somebody new on a shortlist who fits as well as asked, without a name', async () => {
    await save(lab, { openingId, leastScore: 1 });
    await save(lab, { name: 'Perfect', openingId, leastScore: 100 });
    await expert('Dr Ben');
    await lookedThrough();
    expect(await told(lab)).toMatchObject([
      {
        title: '1 new candidate for “Heart”',
        body: expect.stringMatching(/^For Heart review\. The best fits \d+ of 100\./),
        link: `/lab/openings/${openingId}?view=shortlist`,
      },
    ]);
    expect(JSON.stringify(await mailsAbout('for “Heart”'))).not.toContain('Ben');
    const { savedSearches } = await lab.ask(MINE);
    expect(savedSearches).toMatchObject([
      { name: 'Heart', newCount: 1, openingTitle: 'Heart review' },
      { name: 'Perfect', newCount: 0 },
    ]);
    await lab.ask(LOOK, { id: savedSearches[0].id });
    expect((await lab.ask(MINE)).savedSearches[0].newCount).toBe(0);
  });

  it('tell who was on the list with a lower fit as one who fits now, not as new, when the list is scored anew', async () => {
    const scoredAs = async (score: number) => {
      await query('UPDATE fit SET score = $1', score);
      await query(`UPDATE shortlist SET scored_at = now() + interval '1 minute' * $1::float8`, score);
      await lookedThrough();
    };
    await save(lab, { openingId, leastScore: 91 });
    await save(lab, { name: 'Higher', openingId, leastScore: 96 });
    await scoredAs(0.92);
    expect(await told(lab)).toMatchObject([
      {
        title: '1 candidate now fits at least 91 for “Heart”',
        body: expect.stringContaining('1 was on the list before with a lower fit'),
      },
    ]);
    await expert('Dr Ben');
    await scoredAs(0.97);
    await scoredAs(0.98);
    const titles = (await told(lab)).map(({ title }: { title: string }) => title);
    expect(titles.sort()).toEqual([
      '1 candidate now fits at least 91 for “Heart”',
      '1 new candidate for “Heart”',
      '1 new candidate, and 1 more now fits at least 96, for “Higher”',
    ]);
    expect((await lab.ask(MINE)).savedSearches).toMatchObject([
      { name: 'Heart', newCount: 1, risenCount: 1 },
      { name: 'Higher', newCount: 1, risenCount: 1 },
    ]);
  });

  it('mail in the morning what a daily search found: nothing of who fits less, and who rose not as new', async () => {
    await save(lab, { openingId, leastScore: 91, howOften: 'DAILY' });
    const [{ account_id: accountId }] = await query('SELECT account_id FROM saved_search');
    const waiting = async () =>
      api.app.get(UnitOfWork).readAs(system('test'), ({ db }) => untoldDaily(db, accountId));
    await query(`UPDATE saved_search SET checked_at = 'epoch'`);
    await lookedThrough();
    expect(await waiting()).toEqual([]);
    await query('UPDATE fit SET score = 0.92');
    await query(`UPDATE saved_search SET checked_at = 'epoch'`);
    await lookedThrough();
    expect(await waiting()).toMatchObject([{ name: 'Heart', count: 0, risen: 1 }]);
  });

  it('tell nobody of what they may not see: who hides, a suspended account, a member who left', async () => {
    await save(lab, { openingId });
    await save(ana);
    const ben = await expert('Dr Ben');
    await query('UPDATE expert SET is_visible_to_labs = false WHERE id = $1', ben.expertId);
    await publishedOpening(lab, { title: 'Lung review' });
    await api.runJobs();
    await query(
      `UPDATE account SET state = 'SUSPENDED' WHERE id = (SELECT account_id FROM expert WHERE id = $1)`,
      ana.expertId,
    );
    await lookedThrough();
    await query(`UPDATE account SET state = 'ACTIVE'`);
    expect([...(await told(lab)), ...(await told(ana))]).toEqual([]);
    await query('UPDATE expert SET is_visible_to_labs = true WHERE id = $1', ben.expertId);
    await query('UPDATE lab_member SET removed_at = now()');
    await query(`UPDATE saved_search SET checked_at = 'epoch'`);
    await lookedThrough();
    expect(await query(`SELECT * FROM notification WHERE kind = 'SEARCH_FOUND_CANDIDATES'`)).toEqual([]);
    expect(await told(ana)).toHaveLength(1);
  });

  it('count what is new and tell nothing where nobody wants to be told; a change tells nothing late', async () => {
    const id = await save(ana, { howOften: 'NEVER' });
    await publishedOpening(lab, { title: 'Lung review' });
    await api.runJobs();
    await lookedThrough();
    expect(await ana.ask(MINE)).toMatchObject({ savedSearches: [{ newCount: 1, howOften: 'NEVER' }] });
    await ana.ask(CHANGE, { input: { id, name: 'Lung', howOften: 'AT_ONCE' } });
    await lookedThrough();
    expect(await told(ana)).toEqual([]);
    expect((await ana.ask(MINE)).savedSearches[0].name).toBe('Lung');
    await ana.ask(FORGET, { id });
    expect(await ana.ask(MINE)).toEqual({ savedSearches: [] });
    expect(await query('SELECT * FROM saved_find')).toEqual([]);
  });

  it('are at most twenty a person, each under its own name, and nobody else touches them', async () => {
    const id = await save(ana);
    expect(await ana.refused(SAVE, { input: { name: 'HEART', howOften: 'NEVER' } })).toMatchObject({
      code: 'NAME_TAKEN',
      field: 'name',
    });
    for (let n = 2; n <= 20; n++) await save(ana, { name: `Search ${n}` });
    expect(await ana.refused(SAVE, { input: { name: 'One more', howOften: 'NEVER' } })).toMatchObject({
      code: 'TOO_MANY_SEARCHES',
    });
    for (const [document, variables] of [
      [LOOK, { id }],
      [FORGET, { id }],
      [CHANGE, { input: { id, name: 'Mine', howOften: 'NEVER' } }],
    ] as const)
      expect(await lab.refused(document, variables)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ana.refused(SAVE, { input: { name: 'X', howOften: 'NEVER', openingId } })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const other = await vettedLab(api, 'Stratus');
    expect(await other.refused(SAVE, { input: { name: 'X', howOften: 'NEVER', openingId } })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

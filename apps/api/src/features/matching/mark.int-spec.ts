import { TestApi, type Caller } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const LIST = `query($id: ID!, $marked: String) { shortlist(openingId: $id, first: 10, marked: $marked) {
  fits { totalCount edges { node { expertName rank score mark { kind reasonWords note } } } } } }`;
const MARK = 'mutation($input: MarkCandidateInput!) { markCandidate(input: $input) }';

describe('what a lab thinks of a candidate', () => {
  let api: TestApi;
  let [lab, other] = [] as unknown as (Caller & { labId: string })[];
  let [ana, ben] = [] as unknown as (Caller & { expertId: string })[];
  let [own, elsewhere] = ['', ''];
  beforeAll(async () => {
    api = await TestApi.start();
    [lab, other] = [await vettedLab(api, 'Cumulus'), await vettedLab(api, 'Borealis')];
    [ana, ben] = [await newExpert(api, 'Dr Ana'), await newExpert(api, 'Dr Ben')];
    [own, elsewhere] = [await publishedOpening(lab!), await publishedOpening(other!)];
    await api.runJobs();
  });
  afterAll(() => api.stop());

  const list = async (by: Caller, id: string, marked: string | null = null) => {
    const { fits } = (await by.ask(LIST, { id, marked })).shortlist;
    expect(fits.totalCount).toBe(fits.edges.length);
    return fits.edges.map(({ node }: { node: { expertName: string } }) => node);
  };
  const names = async (marked: string) =>
    (await list(lab!, own, marked)).map(({ expertName }: { expertName: string }) => expertName);
  const mark = (more: object) => ({ input: { openingId: own, expertId: ben!.expertId, ...more } });

  it('keeps, passes over with a reason and takes back; the list shows whom it is asked for', async () => {
    expect(await lab!.refused(MARK, mark({ kind: 'PASSED_OVER' }))).toMatchObject({
      code: 'REASON_MISSING',
      field: 'reason',
    });
    expect(await lab!.refused(MARK, mark({ kind: 'PASSED_OVER', reason: 'OTHER' }))).toMatchObject({
      field: 'note',
    });
    await lab!.ask(MARK, mark({ kind: 'PASSED_OVER', reason: 'OTHER_FIELD', note: 'Writes on lungs.' }));
    await lab!.ask(MARK, mark({ expertId: ana!.expertId, kind: 'KEPT' }));
    expect([await names('KEPT'), await names('PASSED_OVER'), await names('NEITHER')]).toEqual([
      ['Dr Ana'],
      ['Dr Ben'],
      [],
    ]);
    expect(await list(lab!, own)).toContainEqual(
      expect.objectContaining({
        expertName: 'Dr Ben',
        mark: { kind: 'PASSED_OVER', reasonWords: 'Works in another field', note: 'Writes on lungs.' },
      }),
    );
    await lab!.ask(MARK, mark({ expertId: ana!.expertId }));
    expect(await names('NEITHER')).toEqual(['Dr Ana']);
  });

  it('is beside whom the lab has done with, who can be left out of the list and of its count', async () => {
    const WITHOUT = `query($id: ID!, $ids: [ID!], $marked: String) {
      shortlist(openingId: $id, first: 10, exceptIds: $ids, marked: $marked) { fits { totalCount edges { node { expertName } } } } }`;
    const without = async (ids: string[], marked?: string) =>
      (await lab!.ask(WITHOUT, { id: own, ids, marked })).shortlist.fits;
    expect(await without([ana!.expertId])).toEqual({
      totalCount: 1,
      edges: [{ node: { expertName: 'Dr Ben' } }],
    });
    // Ben was passed over before.
    expect((await without([ana!.expertId], 'NEITHER')).totalCount).toBe(0);
    expect((await without([])).totalCount).toBe(2);
  });

  it('is seen by no other lab, moves no score, there or here, and stops nobody from applying', async () => {
    const before = [await list(lab!, own), await list(other!, elsewhere)];
    await lab!.ask(MARK, mark({ kind: 'PASSED_OVER', reason: 'TOO_JUNIOR' }));
    await api
      .owner()
      .query(`UPDATE expert SET bio = bio || ' ', updated_at = now() WHERE id = $1`, [ben!.expertId]);
    await api.job('matching', 'expert-changed', { expertId: ben!.expertId });
    await api.runJobs();
    const plain = (rows: object[]) => rows.map((row) => ({ ...row, mark: null }));
    expect(plain(await list(lab!, own))).toEqual(plain(before[0]!));
    expect(await list(other!, elsewhere)).toEqual(plain(before[1]!));
    expect(await other!.refused(MARK, mark({}))).toMatchObject({ code: 'NOT_FOUND' });
    const { rows } = await api
      .owner()
      .query('SELECT count(*)::int AS n FROM notification WHERE account_id = $1', [
        (await api.owner().query('SELECT account_id FROM expert WHERE id = $1', [ben!.expertId])).rows[0]
          .account_id,
      ]);
    expect(rows).toEqual([{ n: 0 }]);
    const apply = 'mutation($input: ApplyInput!) { apply(input: $input) }';
    const input = { openingId: own, note: '', idempotencyKey: 'mark-apply' };
    expect((await ben!.ask(apply, { input })).apply).toEqual(expect.any(String));
    // Whoever has applied gets an answer, and is not passed over in silence.
    expect(await lab!.refused(MARK, mark({ kind: 'PASSED_OVER', reason: 'TIME' }))).toMatchObject({
      code: 'HAS_APPLIED',
    });
  });

  it('is refused for who is not on the shortlist', async () => {
    const late = await newExpert(api, 'Dr Late');
    expect(await lab!.refused(MARK, mark({ expertId: late.expertId, kind: 'KEPT' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

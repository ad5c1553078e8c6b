import { TestApi, type Caller } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const VISIBILITY = `{ visibility { isVisible seenFor gates { code outcome openings alone mendPath }
  places { title place isEligible wasSeen missing } } }`;
const LIST = 'query($id: ID!) { shortlist(openingId: $id, first: 5) { fits { totalCount } } }';

describe('where labs see an expert', () => {
  let api: TestApi;
  let lab: Caller;
  let ana: Caller;
  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Cumulus');
    ana = await newExpert(api, 'Dr Ana');
    await newExpert(api, 'Dr Ben');
    const open = await publishedOpening(lab, { title: 'Open review' });
    await publishedOpening(lab, { title: 'German review', languages: [{ language: 'German', level: 'B2' }] });
    await publishedOpening(lab, {
      title: 'German review from Romania',
      languages: [{ language: 'German', level: 'B2' }],
      countries: ['RO'],
    });
    await api.runJobs();
    await lab.ask(LIST, { id: open });
  });
  afterAll(() => api.stop());
  const visibility = async () => (await ana.ask(VISIBILITY)).visibility;

  it('is told with the place, whether a lab looked, and what is missing for the others', async () => {
    const looked = async () => (await visibility()).seenFor === 1;
    for (let turn = 0; turn < 40 && !(await looked()); turn++)
      await new Promise((done) => setTimeout(done, 100));
    const found = await visibility();
    expect(found).toMatchObject({
      isVisible: true,
      seenFor: 1,
      gates: [
        { code: 'LANGUAGE', outcome: 'UNKNOWN', openings: 2, alone: 1, mendPath: '/expert/profile' },
        { code: 'COUNTRY', outcome: 'FAIL', openings: 1, alone: 0, mendPath: '/expert/profile' },
      ],
    });
    const place = (title: string) => found.places.find((each: { title: string }) => each.title === title);
    expect(place('Open review')).toMatchObject({
      place: expect.any(Number),
      isEligible: true,
      wasSeen: true,
    });
    expect(place('Open review').missing).toEqual([]);
    expect(place('German review')).toMatchObject({
      place: null,
      wasSeen: false,
      missing: ['This work needs German at B2. Add it to your profile if you speak it.'],
    });
  });

  it('is nowhere for who hides, and says so', async () => {
    await api.owner().query(`UPDATE expert SET is_visible_to_labs = false WHERE display_name = 'Dr Ana'`);
    const { rows } = await api.owner().query(`SELECT id FROM expert WHERE display_name = 'Dr Ana'`);
    await api.job('matching', 'expert-changed', { expertId: rows[0].id });
    await api.runJobs();
    const found = await visibility();
    expect(found.isVisible).toBe(false);
    expect(found.places.map(({ place }: { place: number | null }) => place)).toEqual([null, null, null]);
    expect(found.gates[0]).toMatchObject({ code: 'CONSENT', openings: 3, mendPath: '/expert/profile' });
  });

  it('tells a rate above the band from one in another currency', async () => {
    const cora = await newExpert(api, 'Dr Cora');
    await publishedOpening(lab, { title: 'Review in euros', currency: 'EUR' });
    await api
      .owner()
      .query(`UPDATE expert SET minimum_rate_minor = 20000, rate_currency = 'USD' WHERE id = $1`, [
        cora.expertId,
      ]);
    await api.job('matching', 'expert-changed', { expertId: cora.expertId });
    await api.runJobs();
    const { gates } = (await cora.ask(VISIBILITY)).visibility;
    expect(gates.filter(({ code }: { code: string }) => code === 'RATE')).toMatchObject([
      { outcome: 'FAIL', openings: 3, alone: 1, mendPath: '/expert/profile' },
      { outcome: 'UNKNOWN', openings: 1, alone: 1, mendPath: '/expert/profile' },
    ]);
  });
});

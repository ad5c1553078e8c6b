import { TestApi, type Caller } from '../../../test/api';
import { engaged, key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const APPLY = 'mutation($input: ApplyInput!) { apply(input: $input) }';
const OFFER = 'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id } }';
const EDIT = 'mutation($input: EditProfileInput!) { editProfile(input: $input) { id } }';
const OPENING =
  'query($id: ID!) { publicOpening(id: $id) { isExclusive evaluatedWorks overlap { hours timeZone } } }';
const PROFILE = {
  ...{ displayName: 'Dr Ana', headline: 'Cardiologist', bio: '', country: 'US', timeZone: 'Europe/Berlin' },
  ...{ hoursPerWeek: 20, minimumRateMinor: '0', rateCurrency: 'USD', isVisibleToLabs: true },
  ...{ skills: [], languages: [], affiliations: [], evidence: [] },
};

/** What every opening asks for at the moments that bind, read from the database. */
describe('the gates', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Cumulus');
  });
  afterAll(() => api.stop());

  const asked = (openingId: string) => ({ input: { openingId, note: 'Hello', idempotencyKey: key() } });
  const edit = (expert: Caller, more: object) =>
    expert.ask(EDIT, { input: { ...PROFILE, ...more, idempotencyKey: key() } });

  it.each([
    [
      'a language that is not in the profile',
      'LANGUAGE_MISSING',
      { languages: [{ language: 'German', level: 'B2' }] },
      { languages: [{ language: 'german', level: 'C1' }] },
    ],
    [
      'the right to work that was not declared',
      'AUTHORISATION_MISSING',
      { needsAuthorisation: true },
      { authorisedIn: ['US', 'RO'] },
    ],
    [
      'hours that lie apart',
      'HOURS_APART',
      { overlap: { hours: 10, timeZone: 'America/New_York', fromMinute: 540, toMinute: 1020 } },
      { workHours: { days: [1, 2, 3, 4, 5], fromMinute: 600, toMinute: 1080 } },
    ],
    [
      'a work of their own',
      'OWN_WORK',
      { evaluatedWorks: ['10.1000/182'] },
      { evidence: [] },
      { evidence: [{ kind: 'PUBLICATION', title: 'On gates', text: 'doi:10.1000/182' }] },
    ],
    [
      'a country other than that of the lab',
      'COUNTRY_NOT_ALLOWED',
      { isOnshore: true, countries: ['RO'] },
      {},
      { country: 'RO' },
    ],
  ])(
    'refuse an application for %s, and let it pass once that is mended',
    async (_, code, opening, mended, before: object = {}) => {
      const expert = await newExpert(api, 'Dr Ana');
      await edit(expert, before);
      const openingId = await publishedOpening(lab, opening);
      expect(await expert.refused(APPLY, asked(openingId))).toMatchObject({ code });
      await edit(expert, mended);
      expect((await expert.ask(APPLY, asked(openingId))).apply).toEqual(expect.any(String));
    },
  );

  it('let people agree whose lowest rate is in another currency than the work is paid in: both read what is paid', async () => {
    const expert = await newExpert(api, 'Dr Ana');
    await edit(expert, { minimumRateMinor: '700000', rateCurrency: 'EUR' });
    const openingId = await publishedOpening(lab, {});
    const { apply: applicationId } = await expert.ask(APPLY, asked(openingId));
    const startsOn = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const offer = {
      ...{ applicationId, rateMinorPerHour: '9000', weeklyCapHours: 10, noticeDays: 7, startsOn },
      idempotencyKey: key(),
    };
    const { id } = (await lab.ask(OFFER, { input: offer })).sendOffer;
    const ACCEPT = 'mutation($id: ID!, $k: String!) { acceptOffer(id: $id, idempotencyKey: $k) { id } }';
    expect((await expert.ask(ACCEPT, { id, k: key() })).acceptOffer).toEqual({ id: expect.any(String) });
  });

  it('bind who does exclusive work, at application and offer, until it ends, and never say to which lab', async () => {
    const other = await vettedLab(api, 'Borealis');
    const [ana, ben] = [await newExpert(api, 'Dr Ana'), await newExpert(api, 'Dr Ben')];
    const [elsewhere, exclusive] = [
      await publishedOpening(lab, { title: 'Open review' }),
      await publishedOpening(other, { title: 'Exclusive review', seats: 2 }),
    ];
    const { apply } = await ana.ask(APPLY, asked(elsewhere));
    const engagementId = await engaged(api, other, ana, exclusive);
    // Accepting exclusive work would have taken the application back: the gate stands where one is left all the same.
    await api.owner().query('UPDATE opening SET is_exclusive = true WHERE id = $1', [exclusive]);
    const offer = {
      ...{ applicationId: apply, rateMinorPerHour: '9000', weeklyCapHours: 10, noticeDays: 7 },
      startsOn: api.clock.now().toISOString().slice(0, 10),
    };
    const send = () => lab.refused(OFFER, { input: { ...offer, idempotencyKey: key() } });
    const refusal = await send();
    expect(refusal).toMatchObject({
      code: 'BOUND_ELSEWHERE',
      message: 'Is bound to other work that is exclusive.',
    });
    expect(JSON.stringify(refusal)).not.toContain('Borealis');
    const third = await publishedOpening(lab, { title: 'Another review' });
    expect(await ana.refused(APPLY, asked(third))).toMatchObject({ code: 'BOUND_ELSEWHERE' });

    await api.owner().query(`UPDATE engagement SET state = 'ENDED' WHERE id = $1`, [engagementId]);
    expect((await ana.ask(APPLY, asked(third))).apply).toEqual(expect.any(String));
    expect((await lab.ask(OFFER, { input: { ...offer, idempotencyKey: key() } })).sendOffer.id).toEqual(
      expect.any(String),
    );

    // Nobody takes exclusive work beside other work.
    await engaged(api, lab, ben, await publishedOpening(lab, { title: 'Beside' }));
    expect(await ben.refused(APPLY, asked(exclusive))).toMatchObject({ code: 'BOUND_ELSEWHERE' });
  });

  it('take back, when work is accepted, the applications that exclusive work rules out, and say so before', async () => {
    const other = await vettedLab(api, 'Altocumulus');
    const RULED_OUT = 'query($id: ID!) { applicationsRuledOut(offerId: $id) { openingTitle } }';
    const ACCEPT = 'mutation($id: ID!, $k: String!) { acceptOffer(id: $id, idempotencyKey: $k) { id } }';
    const STATES = '{ myApplications { openingTitle state } }';
    const offered = async (expert: Caller, openingId: string) => {
      const { apply: applicationId } = await expert.ask(APPLY, asked(openingId));
      const terms = { applicationId, rateMinorPerHour: '9000', weeklyCapHours: 10, noticeDays: 7 };
      const startsOn = api.clock.now().toISOString().slice(0, 10);
      const input = { ...terms, startsOn, idempotencyKey: key() };
      return (await other.ask(OFFER, { input })).sendOffer.id as string;
    };
    const ruledOut = async (expert: Caller, id: string) =>
      (await expert.ask(RULED_OUT, { id })).applicationsRuledOut.map(
        (each: { openingTitle: string }) => each.openingTitle,
      );
    const states = async (expert: Caller) =>
      Object.fromEntries(
        (await expert.ask(STATES)).myApplications.map((each: { openingTitle: string; state: string }) => [
          each.openingTitle,
          each.state,
        ]),
      );
    const openings = {
      open: await publishedOpening(lab, { title: 'Open' }),
      bound: await publishedOpening(lab, { title: 'Bound', isExclusive: true }),
      same: await publishedOpening(other, { title: 'Same lab' }),
    };
    const all = async (expert: Caller) => {
      for (const id of Object.values(openings)) await expert.ask(APPLY, asked(id));
    };

    const ana = await newExpert(api, 'Dr Ana');
    await all(ana);
    const exclusive = await publishedOpening(other, { title: 'Exclusive', isExclusive: true });
    const id = await offered(ana, exclusive);
    expect((await ruledOut(ana, id)).sort()).toEqual(['Bound', 'Open']);
    await ana.ask(ACCEPT, { id, k: key() });
    expect(await states(ana)).toEqual({
      Exclusive: 'ENGAGED',
      Bound: 'WITHDRAWN',
      Open: 'WITHDRAWN',
      'Same lab': 'APPLIED',
    });
    const news = (
      await lab.ask('{ notifications(first: 20) { edges { node { kind body } } } }')
    ).notifications.edges
      .map(({ node }: { node: { kind: string; body: string } }) => node)
      .filter(({ kind }: { kind: string }) => kind === 'WITHDRAWN');
    expect(news[0].body).toContain('one of the two is exclusive');
    expect(JSON.stringify(news)).not.toContain('Altocumulus');

    // Work that is not exclusive rules out only what is.
    const ben = await newExpert(api, 'Dr Ben');
    await all(ben);
    const free = await offered(ben, await publishedOpening(other, { title: 'Free' }));
    expect(await ruledOut(ben, free)).toEqual(['Bound']);
    await ben.ask(ACCEPT, { id: free, k: key() });
    expect(await states(ben)).toMatchObject({ Bound: 'WITHDRAWN', Open: 'APPLIED' });
  });

  it('ask for a credential over the days that are agreed, at the offer and at its acceptance', async () => {
    const inDays = (days: number) =>
      new Date(api.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const expert = await newExpert(api, 'Dr Ana');
    const sql = `INSERT INTO credential (id, expert_id, type, claim, jurisdiction, state, expires_on, created_at)
      VALUES (gen_random_uuid(), $1, 'US_MEDICAL_LICENSE', '{}', 'US-CA', 'VERIFIED', $2, now())`;
    await api.owner().query(sql, [expert.expertId, inDays(60)]);
    const credentials = [{ type: 'US_MEDICAL_LICENSE', jurisdiction: 'US-CA' }];
    const openingId = await publishedOpening(lab, { title: 'Licensed', credentials, weeks: 4 });
    const { apply: applicationId } = await expert.ask(APPLY, asked(openingId));
    const offer = (startsOn: string) => ({
      input: {
        ...{ applicationId, rateMinorPerHour: '9000', weeklyCapHours: 10, noticeDays: 7, startsOn },
        idempotencyKey: key(),
      },
    });
    expect(await lab.refused(OFFER, offer(inDays(180)))).toMatchObject({ code: 'CREDENTIAL_MISSING' });
    const { id } = (await lab.ask(OFFER, offer(inDays(10)))).sendOffer;
    // It ends sooner than was known: inside the days that were agreed, and after those of the opening from today on.
    await api
      .owner()
      .query('UPDATE credential SET expires_on = $2 WHERE expert_id = $1', [expert.expertId, inDays(33)]);
    const ACCEPT = 'mutation($id: ID!, $k: String!) { acceptOffer(id: $id, idempotencyKey: $k) { id } }';
    expect(await expert.refused(ACCEPT, { id, k: key() })).toMatchObject({ code: 'CREDENTIAL_MISSING' });
  });

  it('tell which works are evaluated to the lab alone', async () => {
    const works = ['On gates and fences'];
    const overlap = { hours: 5, timeZone: 'Europe/Berlin', fromMinute: 540, toMinute: 1020 };
    const openingId = await publishedOpening(lab, { evaluatedWorks: works, isExclusive: true, overlap });
    const seen = { isExclusive: true, overlap: { hours: 5, timeZone: 'Europe/Berlin' } };
    const expert = await newExpert(api, 'Dr Ana');
    expect((await expert.ask(OPENING, { id: openingId })).publicOpening).toEqual({
      ...seen,
      evaluatedWorks: [],
    });
    const sql = 'SELECT project_id AS id FROM opening WHERE id = $1';
    const { id } = (await api.owner().query(sql, [openingId])).rows[0];
    const PROJECT = 'query($id: ID!) { project(id: $id) { openings { evaluatedWorks } } }';
    expect((await lab.ask(PROJECT, { id })).project).toEqual({ openings: [{ evaluatedWorks: works }] });
  });

  it('refuse a window that is shorter than the hours that are asked for, and name the field', async () => {
    const overlap = { hours: 30, timeZone: 'UTC', fromMinute: 540, toMinute: 600 };
    await expect(publishedOpening(lab, { overlap })).rejects.toThrow('openings.0.overlap.hours');
  });
});

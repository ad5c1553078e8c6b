import { TestApi, type Caller } from '../../../test/api';
import { engaged, key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const INVITE = 'mutation($input: InviteExpertInput!) { inviteExpert(input: $input) }';
const APPLY = 'mutation($input: ApplyInput!) { apply(input: $input) }';
const INVITATIONS = '{ myInvitations { id state } }';

describe('ways out of an opening', () => {
  let api: TestApi;
  let lab: Awaited<ReturnType<typeof vettedLab>>;
  const kinds = async (caller: Caller) =>
    (await caller.ask('{ notifications { edges { node { kind title } } } }')).notifications.edges.map(
      ({ node }: { node: { kind: string } }) => node.kind,
    ) as string[];
  const invited = async (openingId: string, expertId: string) =>
    lab.ask(INVITE, { input: { openingId, expertId, message: 'Come', idempotencyKey: key() } });

  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Way Out Labs');
  });
  afterAll(() => api.stop());

  it('lets an expert decline an invitation, tells the lab, and lets nobody else do it', async () => {
    const openingId = await publishedOpening(lab);
    const [ana, bea] = [await newExpert(api, 'Ana'), await newExpert(api, 'Bea')];
    await invited(openingId, ana.expertId);
    const id = (await ana.ask(INVITATIONS)).myInvitations[0].id;
    const decline = 'mutation($id: ID!) { declineInvitation(id: $id) }';
    expect(await bea.refused(decline, { id })).toMatchObject({ code: 'NOT_FOUND' });
    await ana.ask(decline, { id });
    expect((await ana.ask(INVITATIONS)).myInvitations[0].state).toBe('DECLINED');
    expect(await ana.refused(decline, { id })).toMatchObject({ code: 'STATE_CHANGED' });
    expect(await kinds(lab)).toContain('INVITATION_DECLINED');
    const { rows } = await api
      .owner()
      .query(`SELECT to_state FROM journal_entry WHERE subject_id = $1 ORDER BY id`, [id]);
    expect(rows.map(({ to_state }) => to_state)).toEqual(['SENT', 'DECLINED']);
  });

  it('lets a lab take an invitation back, and tells the expert', async () => {
    const openingId = await publishedOpening(lab);
    const cat = await newExpert(api, 'Cat');
    await invited(openingId, cat.expertId);
    const query = 'query($id: ID!) { openingInvitations(openingId: $id) { id state } }';
    const [{ id }] = (await lab.ask(query, { id: openingId })).openingInvitations;
    const other = await vettedLab(api, 'Other Labs');
    const withdraw = 'mutation($id: ID!) { withdrawInvitation(id: $id) }';
    expect(await other.refused(withdraw, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await other.refused(query, { id: openingId })).toMatchObject({ code: 'NOT_FOUND' });
    await lab.ask(withdraw, { id });
    expect(await kinds(cat)).toContain('INVITATION_WITHDRAWN');
  });

  it('tells everybody who waits when a project is closed; an offer that was sent can still be accepted', async () => {
    const openingId = await publishedOpening(lab, { seats: 2 });
    const [dan, eve, fay] = [
      await newExpert(api, 'Dan'),
      await newExpert(api, 'Eve'),
      await newExpert(api, 'Fay'),
    ];
    const apply = async (expert: Caller) =>
      (await expert.ask(APPLY, { input: { openingId, note: '', idempotencyKey: key() } })).apply as string;
    await apply(dan);
    const eves = await apply(eve);
    await invited(openingId, fay.expertId);
    const { sendOffer } = await lab.ask(
      'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id } }',
      {
        input: {
          applicationId: eves,
          rateMinorPerHour: '9000',
          weeklyCapHours: 10,
          noticeDays: 7,
          startsOn: new Date().toISOString().slice(0, 10),
          idempotencyKey: key(),
        },
      },
    );
    const { rows } = await api.owner().query('SELECT project_id FROM opening WHERE id = $1', [openingId]);
    const close = 'mutation($id: ID!) { closeProject(id: $id) { state openings { state } } }';
    const id = rows[0].project_id as string;
    const other = await vettedLab(api, 'Third Labs');
    expect(await other.refused(close, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await lab.ask(close, { id })).closeProject).toEqual({
      state: 'CLOSED',
      openings: [{ state: 'CLOSED' }],
    });
    await api.runJobs();
    expect(await kinds(dan)).toContain('OPENING_CLOSED');
    expect(await kinds(fay)).toContain('OPENING_CLOSED');
    expect(await kinds(eve)).not.toContain('OPENING_CLOSED');
    expect((await dan.ask('{ myApplications { state declineReason } }')).myApplications).toEqual([
      { state: 'DECLINED', declineReason: expect.stringContaining('closed') },
    ]);
    expect(await fay.refused(APPLY, { input: { openingId, note: '', idempotencyKey: key() } })).toMatchObject(
      { code: 'OPENING_CLOSED' },
    );
    const accept = 'mutation($id: ID!, $k: String!) { acceptOffer(id: $id, idempotencyKey: $k) { state } }';
    await eve.ask(accept, { id: sendOffer.id, k: key() });
  });

  it('shows both sides how this week and the next are funded, and what to do', async () => {
    const openingId = await publishedOpening(lab);
    const gil = await newExpert(api, 'Gil');
    const id = await engaged(api, lab, gil, openingId);
    const query = `query($id: ID!) { engagement(id: $id) {
      thisWeekFunding { state action sentence actionPath amount { minor } } nextWeekFunding { state } } }`;
    const ofLab = (await lab.ask(query, { id })).engagement;
    expect(ofLab.thisWeekFunding).toMatchObject({
      state: 'FAILED',
      action: 'ADD_FUNDS',
      actionPath: '/lab/billing',
      sentence: expect.stringContaining('Add funds'),
    });
    expect(BigInt(ofLab.thisWeekFunding.amount.minor)).toBeGreaterThan(0n);
    expect(['NOT_DUE', 'FAILED']).toContain(ofLab.nextWeekFunding.state);
    expect((await gil.ask(query, { id })).engagement.thisWeekFunding).toMatchObject({
      state: 'FAILED',
      action: 'DO_NOT_WORK',
      actionPath: null,
    });
  });

  it('says where an expert mends what is missing, and since when scoring waits', async () => {
    const hal = await newExpert(api, 'Hal');
    const waiting = '{ recommendations { state waitingSince } }';
    expect((await hal.ask(waiting)).recommendations).toMatchObject({
      state: 'WAITING',
      waitingSince: expect.any(String),
    });
    const openingId = await publishedOpening(lab, {
      credentials: [{ type: 'US_MEDICAL_LICENSE', jurisdiction: 'US-CA' }],
    });
    const shortlist = 'query($id: ID!) { shortlist(openingId: $id) { state waitingSince } }';
    expect((await lab.ask(shortlist, { id: openingId })).shortlist).toMatchObject({
      state: 'WAITING',
      waitingSince: expect.any(String),
    });
    await api.runJobs();
    expect((await lab.ask(shortlist, { id: openingId })).shortlist).toEqual({
      state: 'READY',
      waitingSince: null,
    });
    expect((await hal.ask(waiting)).recommendations).toEqual({ state: 'READY', waitingSince: null });
    const { fitForMe } = await hal.ask(
      'query($id: ID!) { fitForMe(openingId: $id) { gates { code outcome sentence mendPath } } }',
      { id: openingId },
    );
    expect(fitForMe.gates).toContainEqual({
      code: 'CREDENTIAL',
      outcome: 'FAIL',
      sentence: expect.stringContaining('Add it under Credentials'),
      mendPath: '/expert/credentials',
    });
  });
});

import { TestApi } from '../../../test/api';
import { key, newExpert, publishedOpening, until, vettedLab } from '../../../test/main-job';

const INVITE = 'mutation($input: InviteExpertInput!) { inviteExpert(input: $input) }';
const DECLINE = 'mutation($id: ID!, $reason: String) { declineInvitation(id: $id, reason: $reason) }';
const FOUND = `query($search: String, $isEligible: Boolean) {
  recommendations(search: $search, isEligible: $isEligible) {
    fits { totalCount edges { node { isEligible opening { title labName unpaidParts } } } }
  }
}`;

describe('what an expert is asked and finds', () => {
  let api: TestApi;
  beforeAll(async () => (api = await TestApi.start()));
  afterAll(() => api.stop());

  it('declines an invitation once, with a reason that the lab reads', async () => {
    const lab = await vettedLab(api, 'Cumulus');
    const expert = await newExpert(api, 'Dr Ana');
    const openingId = await publishedOpening(lab);
    await lab.ask(INVITE, {
      input: { openingId, expertId: expert.expertId, message: 'Please', idempotencyKey: key() },
    });
    const { myInvitations } = await expert.ask('{ myInvitations { id state opening { labName } } }');
    expect(myInvitations).toEqual([
      { id: expect.any(String), state: 'SENT', opening: { labName: 'Cumulus' } },
    ]);
    const [{ id }] = myInvitations;
    await expert.ask(DECLINE, { id, reason: 'I am away until May' });
    const { notifications } = await lab.ask('{ notifications { edges { node { title body } } } }');
    expect(notifications.edges[0].node).toEqual({
      title: 'An invitation was declined',
      body: expect.stringContaining('The reason: I am away until May. '),
    });
    expect((await expert.refused(DECLINE, { id })).code).toBe('STATE_CHANGED');
    const other = await newExpert(api, 'Dr Ben');
    expect((await other.refused(DECLINE, { id })).code).toBe('NOT_FOUND');
  });

  it('finds openings by a part of their title or skills, and those to take apart from those with something missing', async () => {
    const lab = await vettedLab(api, 'Stratus');
    const expert = await newExpert(api, 'Dr Cleo');
    await publishedOpening(lab, {
      title: 'Kidney 100% review',
      skills: [{ label: 'Nephrology', isRequired: true }],
    });
    await publishedOpening(lab, {
      title: 'Licensed kidney review',
      skills: [],
      credentials: [{ type: 'US_MEDICAL_LICENSE', jurisdiction: null }],
    });
    const titles = async (wanted: object): Promise<string[]> => {
      const { recommendations } = await expert.ask(FOUND, wanted);
      const { edges, totalCount } = recommendations.fits;
      expect(totalCount).toBe(edges.length);
      return edges.map(({ node }: { node: { opening: { title: string } } }) => node.opening.title).sort();
    };
    await until(async () => {
      await api.runJobs();
      return (await titles({ search: 'kidney' })).length === 2;
    });
    expect(await titles({ search: 'KIDNEY', isEligible: true })).toEqual(['Kidney 100% review']);
    expect(await titles({ search: 'kidney', isEligible: false })).toEqual(['Licensed kidney review']);
    expect(await titles({ search: 'nephro' })).toEqual(['Kidney 100% review']);
    expect(await titles({ search: '100%' })).toEqual(['Kidney 100% review']);
    expect(await titles({ search: '100_' })).toEqual([]);
  });

  it('shows openings that the expert applied to after those that can be taken, and where they stand', async () => {
    const lab = await vettedLab(api, 'Altostratus');
    const expert = await newExpert(api, 'Dr Dora');
    const fits = { skills: [], seats: 2 };
    const left = await publishedOpening(lab, { ...fits, title: 'Spleen review' });
    const asked = await publishedOpening(lab, { ...fits, title: 'Spleen atlas' });
    await publishedOpening(lab, { ...fits, title: 'Spleen work' });
    const standing = 'node { id openingTitle standing { state appliedAt engagementId } }';
    const list = async (variables: object = {}) => {
      const { recommendations } = await expert.ask(
        `query($after: String, $isEligible: Boolean, $first: Int) {
          recommendations(search: "spleen", first: $first, after: $after, isEligible: $isEligible) {
            fits { totalCount pageInfo { endCursor } edges { ${standing} } }
          }
        }`,
        variables,
      );
      return recommendations.fits;
    };
    const titles = (found: { edges: { node: { openingTitle: string } }[] }) =>
      found.edges.map(({ node }) => node.openingTitle);
    for (const openingId of [asked, left])
      await expert.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
        input: { openingId, note: 'Hello', idempotencyKey: key() },
      });
    const { myApplications } = await expert.ask('{ myApplications { id openingId } }');
    const { id } = myApplications.find((each: { openingId: string }) => each.openingId === left);
    await expert.ask('mutation($id: ID!) { withdrawApplication(id: $id) }', { id });
    await until(async () => {
      await api.runJobs();
      return (await list()).totalCount === 3;
    });
    const all = await list();
    expect(titles(all)[0]).toBe('Spleen work');
    const standings = new Map(
      all.edges.map(({ node }: { node: { openingTitle: string; standing: object } }) => [
        node.openingTitle,
        node.standing,
      ]),
    );
    const appliedAt = expect.any(String);
    expect(standings.get('Spleen work')).toBeNull();
    expect(standings.get('Spleen atlas')).toEqual({ state: 'APPLIED', appliedAt, engagementId: null });
    expect(standings.get('Spleen review')).toEqual({ state: 'WITHDRAWN', appliedAt, engagementId: null });
    expect(titles(await list({ isEligible: true }))).toEqual(['Spleen work']);
    expect(titles(await list({ isEligible: false }))).toEqual([]);
    const { pageInfo } = await list({ first: 1 });
    expect(titles(await list({ first: 2, after: pageInfo.endCursor }))).toEqual(titles(all).slice(1));
  });

  it('tells the lab before it offers that a gate closed since, in the words of the refusal, and no more', async () => {
    const lab = await vettedLab(api, 'Nimbostratus');
    const [ana, ben, cleo] = [
      await newExpert(api, 'Dr Ana'),
      await newExpert(api, 'Dr Ben'),
      await newExpert(api, 'Dr Cleo'),
    ];
    const sql = (text: string, ...values: unknown[]) => api.owner().query(text, values);
    const credentials = [{ type: 'US_MEDICAL_LICENSE', jurisdiction: 'US-CA' }];
    const openingId = await publishedOpening(lab, { title: 'Licensed', credentials, seats: 3 });
    for (const expert of [ana, ben, cleo]) {
      await sql(
        `INSERT INTO credential (id, expert_id, type, claim, jurisdiction, state, created_at)
         VALUES (gen_random_uuid(), $1, 'US_MEDICAL_LICENSE', '{}', 'US-CA', 'VERIFIED', now())`,
        expert.expertId,
      );
      await expert.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
        input: { openingId, note: 'Hello', idempotencyKey: key() },
      });
    }
    const PIPELINE = 'query($id: ID!) { pipeline(openingId: $id) { id expertName state whyNoOffer } }';
    const seen = async () =>
      new Map<string, { id: string; state: string; whyNoOffer: string | null }>(
        (await lab.ask(PIPELINE, { id: openingId })).pipeline.map(
          ({ expertName, ...each }: { expertName: string; id: string; state: string; whyNoOffer: null }) => [
            expertName,
            each,
          ],
        ),
      );
    for (const each of (await seen()).values()) expect(each).toMatchObject({ whyNoOffer: null });

    await sql(`UPDATE expert SET state = 'SUSPENDED' WHERE id = $1`, ana.expertId);
    await sql(`UPDATE credential SET state = 'EXPIRED' WHERE expert_id = $1`, ben.expertId);
    const now = await seen();
    const offer = (name: string) => ({
      input: {
        ...{ applicationId: now.get(name)?.id, rateMinorPerHour: '9000', weeklyCapHours: 10, noticeDays: 7 },
        ...{ startsOn: api.clock.now().toISOString().slice(0, 10), idempotencyKey: key() },
      },
    });
    const OFFER = 'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id } }';
    for (const name of ['Dr Ana', 'Dr Ben']) {
      const { message } = await lab.refused(OFFER, offer(name));
      expect(now.get(name)).toMatchObject({ state: 'APPLIED', whyNoOffer: message });
    }
    expect(now.get('Dr Ana')?.whyNoOffer).toBe('The account is suspended.');
    expect(now.get('Dr Ben')?.whyNoOffer).toBe('US medical licence (US-CA) has expired.');
    expect(now.get('Dr Cleo')?.whyNoOffer).toBeNull();

    // An offer that is out stays as it is, and whoever is active again can be offered.
    await lab.ask(OFFER, offer('Dr Cleo'));
    await sql(`UPDATE expert SET state = 'SUSPENDED' WHERE id = $1`, cleo.expertId);
    await sql(`UPDATE expert SET state = 'ACTIVE' WHERE id = $1`, ana.expertId);
    const then = await seen();
    expect(then.get('Dr Cleo')).toMatchObject({ state: 'OFFERED', whyNoOffer: null });
    expect(then.get('Dr Ana')?.whyNoOffer).toBeNull();
    const { myApplications } = await ben.ask('{ myApplications { whyNoOffer } }');
    expect(myApplications).toEqual([{ whyNoOffer: null }]);
  });
});

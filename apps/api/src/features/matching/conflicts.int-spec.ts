import { TestApi, type Caller } from '../../../test/api';
import { key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const APPLY = 'mutation($input: ApplyInput!) { apply(input: $input) }';
const OFFER = 'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id } }';
const EDIT = 'mutation($input: EditProfileInput!) { editProfile(input: $input) { id } }';
const DECLARE = 'mutation($input: DeclareOwnershipInput!) { declareOwnership(input: $input) }';
const DECIDE = 'mutation($input: DecideConflictInput!) { decideConflict(input: $input) }';
const VETTING = 'mutation($input: EditVettingInput!) { editVetting(input: $input) { id } }';
const MINE = `{ myConflicts { questions { openingId labName organisation }
  declarations { organisation competitor belongsTo standing decision { isConflict reason decidedByName } } } }`;
const OF_LAB = `{ conflictDeclarations(first: 20) { totalCount edges { node { id expertName organisation competitor belongsTo words
  standing decision { isConflict decidedByName } } } } }`;
const SHORTLIST = `query($id: ID!) { shortlist(openingId: $id, first: 20) { candidateCount eligibleCount
  removed { code count wouldPass unknown } fits { edges { node { expertId gates { code outcome sentence } } } } } }`;
const SHOWN = '{ visibility { gates { code mendPath } places { openingId isEligible missing } } }';
const BELL = '{ notifications(first: 50) { edges { node { kind title body link } } } }';
const PROFILE = {
  ...{ headline: 'Cardiologist', bio: '', country: 'US', timeZone: 'UTC' },
  ...{ hoursPerWeek: 20, minimumRateMinor: '0', rateCurrency: 'USD', isVisibleToLabs: true },
  ...{ skills: [{ label: 'Cardiology' }], languages: [], evidence: [] },
};
type Expert = Caller & { readonly expertId: string; readonly name: string };
const WORDS = 'It is owned by its three founders, and by nobody else.';

/** Names that are only alike: asked about, declared, decided by people; the same for the index, the database and both sides. */
describe('an organisation whose name is like that of a competitor', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  let openingId: string;
  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Cumulus');
    openingId = await publishedOpening(lab, { seats: 9 });
  });
  afterAll(() => api.stop());

  const asked = () => ({ input: { openingId, note: 'Hello', idempotencyKey: key() } });
  const worksFor = async (expert: Expert, ...organisations: string[]) => {
    const affiliations = organisations.map((organisation) => ({ organisation, title: 'Doctor' }));
    const { name: displayName } = expert;
    await expert.ask(EDIT, { input: { ...PROFILE, displayName, affiliations, idempotencyKey: key() } });
    await followed(expert);
  };
  const followed = async ({ expertId }: { expertId: string }) => {
    await api.job('matching', 'expert-changed', { expertId });
    await api.runJobs();
    await api.job('scoring', 'score-shortlist', { openingId });
  };
  const expertAt = async (name: string, ...organisations: string[]) => {
    const expert = { ...(await newExpert(api, name)), name };
    await worksFor(expert, ...organisations);
    return expert;
  };
  const declare = (organisation: string, belongsTo: string[] = []) => ({
    input: { openingId, organisation, belongsTo, words: WORDS, idempotencyKey: key() },
  });
  const mine = async (expert: Caller) => (await expert.ask(MINE)).myConflicts;
  const ofLab = async (name: string) =>
    (await lab.ask(OF_LAB)).conflictDeclarations.edges
      .map(({ node }: { node: { expertName: string } }) => node)
      .find((each: { expertName: string }) => each.expertName === name);
  const shortlist = async () => (await lab.ask(SHORTLIST, { id: openingId })).shortlist;
  const listed = async ({ expertId }: { expertId: string }) =>
    (await shortlist()).fits.edges.find(
      ({ node }: { node: { expertId: string } }) => node.expertId === expertId,
    )?.node;
  const gatesOn = async () =>
    (await shortlist()).removed.find(({ code }: { code: string }) => code === 'CONFLICT') ?? null;
  const nameCompetitors = async (...competitors: string[]) => {
    const owners = [{ name: 'Ana Pop', shareBasisPoints: 10000 }];
    await lab.ask(VETTING, { input: { owners, competitors, idempotencyKey: key() } });
    await api.runJobs();
    await api.job('scoring', 'score-shortlist', { openingId });
  };
  const decide = (declarationId: string, isConflict: boolean) =>
    lab.ask(DECIDE, {
      input: { declarationId, isConflict, reason: 'Our lawyers looked at it.', idempotencyKey: key() },
    });
  const terms = (applicationId: string) => ({
    input: {
      ...{ applicationId, rateMinorPerHour: '9000', weeklyCapHours: 10, noticeDays: 7 },
      startsOn: api.clock.now().toISOString().slice(0, 10),
      idempotencyKey: key(),
    },
  });

  it('is asked about, kept off until it is answered, and offered work after a no that the lab sees', async () => {
    const ana = await expertAt('Dr Ana', 'Nimbus S.L.');
    expect(await ana.refused(APPLY, asked())).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
    expect(await listed(ana)).toBeUndefined();
    expect(await gatesOn()).toMatchObject({ count: 1, unknown: 1, wouldPass: 1 });
    const { visibility } = await ana.ask(SHOWN);
    expect(visibility.gates).toContainEqual({ code: 'CONFLICT', mendPath: '/expert/conflicts' });
    expect(visibility.places[0].missing[0]).toContain('Say who owns it and whom it belongs to');
    expect((await mine(ana)).questions).toEqual([
      { openingId, labName: 'Cumulus', organisation: 'Nimbus S.L.' },
    ]);

    await ana.ask(DECLARE, declare('NIMBUS', ['Borealis SRL']));
    await followed(ana);
    expect((await mine(ana)).questions).toEqual([]);
    expect(await ana.refused(DECLARE, declare('Nimbus S.L.'))).toMatchObject({ code: 'NOTHING_ASKED' });
    expect(await ofLab('Dr Ana')).toMatchObject({
      ...{ organisation: 'Nimbus S.L.', competitor: 'Nimbus Labs', words: WORDS },
      ...{ belongsTo: ['Borealis SRL'], standing: 'NO', decision: null },
    });
    expect((await listed(ana)).gates.find(({ code }: { code: string }) => code === 'CONFLICT')).toMatchObject(
      {
        outcome: 'PASS',
        sentence: expect.stringContaining('by the expert not to be part of it'),
      },
    );
    expect(await gatesOn()).toBeNull();
    const { apply } = await ana.ask(APPLY, asked());
    expect((await lab.ask(OFFER, terms(apply))).sendOffer.id).toEqual(expect.any(String));
  });

  it('removes who says that it is one, as a name that is the same does', async () => {
    const ben = await expertAt('Dr Ben', 'Nimbus');
    await ben.ask(DECLARE, declare('Nimbus', ['The NIMBUS-LABS, Inc.']));
    await followed(ben);
    expect(await ofLab('Dr Ben')).toMatchObject({ standing: 'YES' });
    expect((await ben.refused(APPLY, asked())).message).toContain('belongs to an organisation');
    expect(await listed(ben)).toBeUndefined();
    const gate = await gatesOn();
    expect([gate.count, gate.unknown]).toEqual([1, null]);
  });

  it('waits for a person at the lab where the answer is alike again, who decides either way and may change it', async () => {
    const eva = await expertAt('Dr Eva', 'Nimbus');
    await eva.ask(DECLARE, declare('Nimbus', ['Grupo Nimbus']));
    const declared = await ofLab('Dr Eva');
    expect(declared).toMatchObject({ standing: 'UNSETTLED' });
    expect((await eva.refused(APPLY, asked())).message).toContain('A person at the lab decides');
    await decide(declared.id, false);
    await followed(eva);
    expect(await listed(eva)).toBeDefined();
    const { apply } = await eva.ask(APPLY, asked());
    await decide(declared.id, true);
    await followed(eva);
    expect(await listed(eva)).toBeUndefined();
    expect(await lab.refused(OFFER, terms(apply))).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
    expect(await ofLab('Dr Eva')).toMatchObject({
      standing: 'RAISED',
      decision: { isConflict: true, decidedByName: expect.stringMatching(/./) },
    });
    // The expert reads the reason, and learns neither which competitor it is nor who decided.
    expect((await mine(eva)).declarations).toEqual([
      {
        ...{ organisation: 'Nimbus', competitor: null, belongsTo: ['Grupo Nimbus'], standing: 'RAISED' },
        decision: { isConflict: true, reason: 'Our lawyers looked at it.', decidedByName: null },
      },
    ]);
    const bell = await eva.ask(BELL);
    expect(JSON.stringify(bell)).toContain('CONFLICT_DECIDED');
    expect(JSON.stringify([bell, await mine(eva), await eva.ask(SHOWN)])).not.toContain('Nimbus Labs');
  });

  it('is asked about anew when the lab names another competitor, or the expert works elsewhere', async () => {
    const cleo = await expertAt('Dr Cleo', 'Nimbus');
    await cleo.ask(DECLARE, declare('Nimbus'));
    const { apply } = await cleo.ask(APPLY, asked());
    await nameCompetitors('Nimbus Labs', 'Nimbus Robotics');
    expect(await lab.refused(OFFER, terms(apply))).toMatchObject({
      code: 'CONFLICT_OF_INTEREST',
      message: expect.stringContaining('“Nimbus Robotics”'),
    });
    expect((await mine(cleo)).questions).toMatchObject([{ organisation: 'Nimbus' }]);
    expect(await listed(cleo)).toBeUndefined();
    await nameCompetitors('Nimbus Labs');
    expect((await mine(cleo)).questions).toEqual([]);
    await worksFor(cleo, 'Nimbus', 'Labs of Nimbus');
    expect((await mine(cleo)).questions).toMatchObject([{ organisation: 'Labs of Nimbus' }]);
    expect(await lab.refused(OFFER, terms(apply))).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
    await worksFor(cleo, 'Nimbus');
    expect((await lab.ask(OFFER, terms(apply))).sendOffer.id).toEqual(expect.any(String));
  });

  it('is written once, and journalled with who said what of whom', async () => {
    for (const table of ['conflict_declaration', 'conflict_decision']) {
      await expect(api.owner().query(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
      await expect(api.owner().query(`UPDATE ${table} SET lab_id = lab_id`)).rejects.toThrow('append-only');
    }
    const { rows } = await api
      .owner()
      .query(
        `SELECT j.to_state, count(*)::int AS n FROM journal_entry j WHERE j.subject_type = 'conflict-declaration' GROUP BY 1 ORDER BY 1`,
      );
    expect(rows.map((each) => Object.values(each)[0])).toEqual([
      'CLEARED',
      'NO',
      'RAISED',
      'UNSETTLED',
      'YES',
    ]);
  });

  it('is the business of its own lab alone', async () => {
    const other = await vettedLab(api, 'Borealis');
    const found = await ofLab('Dr Ana');
    expect((await other.ask(OF_LAB)).conflictDeclarations.totalCount).toBe(0);
    const input = {
      declarationId: found.id,
      isConflict: true,
      reason: 'Not ours to decide.',
      idempotencyKey: key(),
    };
    expect(await other.refused(DECIDE, { input })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

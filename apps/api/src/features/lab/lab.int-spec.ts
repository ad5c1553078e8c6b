import { TestApi, type Caller } from '../../../test/api';
import { key, newExpert, vettedLab } from '../../../test/main-job';

const LAB =
  'id name legalName website country state vettingReason vettedAt version owners { name shareBasisPoints } competitors members { id email role } invitations { id email role }';
const CREATE = `mutation($input: CreateLabInput!) { createLab(input: $input) { ${LAB} } }`;
const EDIT = `mutation($input: EditVettingInput!) { editVetting(input: $input) { ${LAB} } }`;
const MINE = `{ myLab { ${LAB} } }`;
const INVITE = 'mutation($input: InviteMemberInput!) { inviteLabMember(input: $input) }';
const CARD = 'query($token: String!) { labInvitation(token: $token) { labName email role } }';
const JOIN = 'mutation($token: String!) { joinLab(token: $token) }';
const REVOKE = `mutation($id: ID!) { revokeLabInvitation(id: $id) { ${LAB} } }`;
const ROLE = `mutation($input: ChangeMemberRoleInput!) { changeLabMemberRole(input: $input) { ${LAB} } }`;
const REMOVE = `mutation($id: ID!) { removeLabMember(memberId: $id) { ${LAB} } }`;
const VET = 'mutation($input: VetLabInput!) { vetLab(input: $input) { state version } }';
const LABS =
  'query($state: String, $search: String, $first: Int, $after: String) { labs(state: $state, search: $search, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { name state } } } }';
const SHOWN = 'query($id: ID!) { labCard(id: $id) { name country website vettedAt } }';
const REASON = 'The register names other owners.';

const lab = (more: object = {}) => ({
  input: {
    name: 'Aurora Labs',
    legalName: 'Aurora Labs Inc.',
    website: 'https://aurora.example',
    country: 'US',
    owners: [{ name: 'Ana Pop', shareBasisPoints: 6000 }],
    competitors: ['Nimbus', 'Nimbus', 'Zephyr'],
    idempotencyKey: key(),
    ...more,
  },
});

describe('a lab', () => {
  let api: TestApi;
  let trust: Caller;
  const mine = async (who: Caller) => (await who.ask(MINE)).myLab;
  const invite = (who: Caller, email: string, role = 'REVIEWER') =>
    who.ask(INVITE, { input: { email, role, idempotencyKey: key() } });
  /** The secret of the latest link that was mailed to an address. */
  const linkOf = async (email: string) => {
    await api.runJobs();
    const mail = await api
      .owner()
      .query(
        `SELECT body FROM mail WHERE to_address = $1 AND body LIKE '%/join#%' ORDER BY created_at DESC, id DESC LIMIT 1`,
        [email],
      );
    return /\/join#([\w-]+)/.exec(mail.rows[0].body as string)?.[1];
  };
  const joined = async (owner: Caller, email: string, role: string) => {
    await invite(owner, email, role);
    const member = await api.signUp(email);
    await member.ask(JOIN, { token: await linkOf(email) });
    return member;
  };
  const decide = (labId: string, decision: string, more: object = {}) => ({
    input: { labId, decision, reason: REASON, idempotencyKey: key(), ...more },
  });
  const bell = async (who: Caller) =>
    (await who.ask('{ notifications(first: 50) { edges { node { title } } } }')).notifications.edges.map(
      (edge: { node: { title: string } }) => edge.node.title,
    ) as string[];

  beforeAll(async () => {
    api = await TestApi.start();
    trust = await api.staff('trust@example.org', ['TRUST']);
  });
  // More people sign up here than one address may in an hour.
  beforeEach(() => api.owner().query('DELETE FROM rate_limit'));
  afterAll(() => api.stop());

  it.each([
    ['owners', { owners: [] }, 'OWNERS_MISSING'],
    [
      'owners',
      {
        owners: [
          { name: 'A', shareBasisPoints: 6000 },
          { name: 'B', shareBasisPoints: 4001 },
        ],
      },
      'SHARES_TOO_MUCH',
    ],
    ['owners.0', { owners: [{ name: ' ', shareBasisPoints: 100 }] }, 'OWNER_UNREADABLE'],
    ['country', { country: 'USA' }, 'INVALID_INPUT'],
    ['country', { country: 'XX' }, 'INVALID_INPUT'],
    ['website', { website: 'javascript:alert(1)' }, 'INVALID_INPUT'],
    ['name', { name: 'A' }, 'INVALID_INPUT'],
  ])('is refused at the field that is wrong (%s), and nothing is made', async (field, change, code) => {
    const person = await api.signUp(`wrong-${key()}@example.org`);
    expect(await person.refused(CREATE, lab(change))).toMatchObject({ code, field });
    expect(await person.refused(MINE)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is made once by a person, who becomes its owner, and waits for staff', async () => {
    const owner = await api.signUp('owner@example.org');
    const same = lab();
    const answers = await Promise.all([same, same, lab()].map((variables) => owner.raw(CREATE, variables)));
    const made = answers.flatMap(({ errors, data }) => (errors ? [] : [data.createLab.id as string]));
    expect(new Set(made).size).toBe(1);
    for (const { errors } of answers) if (errors) expect(errors[0]?.extensions.code).toBe('LAB_EXISTS');
    expect(await mine(owner)).toMatchObject({
      state: 'PENDING_VETTING',
      competitors: ['Nimbus', 'Zephyr'],
      owners: [{ name: 'Ana Pop', shareBasisPoints: 6000 }],
      members: [{ email: 'owner@example.org', role: 'OWNER' }],
      invitations: [],
    });
    expect(await bell(trust)).toContain('A lab waits to be vetted');
  });

  it('that was refused is corrected by its owner and looked at again; both sides hear of it', async () => {
    const owner = await api.signUp('answering@example.org');
    const { id, version } = (await owner.ask(CREATE, lab({ name: 'Borealis' }))).createLab;
    expect(await owner.refused(VET, decide(id, 'VET'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await trust.refused(VET, decide(id, 'REFUSE', { reason: 'no' }))).toMatchObject({
      field: 'reason',
    });
    await trust.ask(VET, decide(id, 'REFUSE', { version }));
    expect(await mine(owner)).toMatchObject({ state: 'REFUSED', vettingReason: REASON });
    expect(await bell(owner)).toContain('Your lab was not vetted yet');
    expect(await trust.refused(VET, decide(id, 'VET'))).toMatchObject({ code: 'STATE_CHANGED' });

    const owners = [{ name: 'Ion Rusu', shareBasisPoints: 10000 }];
    const correction = {
      owners,
      competitors: [],
      legalName: 'Borealis SRL',
      country: 'RO',
      website: '',
      idempotencyKey: key(),
    };
    const { editVetting } = await owner.ask(EDIT, { input: correction });
    expect(editVetting).toMatchObject({
      state: 'PENDING_VETTING',
      name: 'Borealis',
      legalName: 'Borealis SRL',
      country: 'RO',
      website: null,
      owners,
      competitors: [],
    });
    expect(await bell(trust)).toContain('A lab waits to be vetted again');
    expect(await trust.refused(VET, decide(id, 'VET', { version }))).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    await trust.ask(VET, decide(id, 'VET', { version: editVetting.version }));
    expect(await bell(owner)).toContain('Your lab is vetted');
    const steps = await api
      .owner()
      .query('SELECT to_state FROM journal_entry WHERE subject_id = $1 ORDER BY id', [id]);
    expect(steps.rows.map((row) => row.to_state)).toEqual([
      'PENDING_VETTING',
      'REFUSED',
      'PENDING_VETTING',
      'VETTED',
    ]);
  });

  it('is never vetted by one of its own', async () => {
    const owner = await api.staff('own-vetter@example.org', ['TRUST']);
    const { id } = (await owner.ask(CREATE, lab())).createLab;
    expect(await owner.refused(VET, decide(id, 'VET'))).toMatchObject({ code: 'OWN_LAB' });
  });

  it('invites by mail: the link shows what it is for and works once, for its address', async () => {
    const owner = await vettedLab(api, 'Inviting');
    const input = { email: 'bea@example', role: 'REVIEWER', idempotencyKey: key() };
    expect(await owner.refused(INVITE, { input })).toMatchObject({
      code: 'EMAIL_UNREADABLE',
      field: 'email',
    });
    expect(await owner.refused(INVITE, { input: { ...input, role: 'KING' } })).toMatchObject({
      field: 'role',
    });
    await invite(owner, 'Bea@Example.org');
    const token = await linkOf('bea@example.org');
    expect((await api.caller().ask(CARD, { token })).labInvitation).toEqual({
      labName: 'Inviting',
      email: 'bea@example.org',
      role: 'REVIEWER',
    });
    expect(await api.caller().refused(JOIN, { token })).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    const other = await api.signUp('other@example.org');
    const refusal = await other.refused(JOIN, { token });
    expect(refusal).toMatchObject({ code: 'INVITED_OTHER' });
    expect(refusal.message).toContain('bea@example.org');
    const bea = await api.signUp('bea@example.org');
    await bea.ask(JOIN, { token });
    expect(await mine(bea)).toMatchObject({ id: owner.labId, invitations: [] });
    expect(await bell(owner)).toContain('bea joined your lab');
    expect(await api.caller().refused(CARD, { token })).toMatchObject({ code: 'LINK_USED' });
    expect(await owner.refused(INVITE, { input: { ...input, email: 'bea@example.org' } })).toMatchObject({
      code: 'ALREADY_MEMBER',
      field: 'email',
    });
    for (const [document, variables] of [
      [INVITE, { input }],
      [EDIT, lab()],
      [REMOVE, { id: 'x' }],
    ] as const)
      expect((await bea.raw(document, variables)).errors).toBeDefined();
    expect(await bea.refused(INVITE, { input })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('withdraws an invitation, and a newer one replaces it; old links do nothing', async () => {
    const owner = await vettedLab(api, 'Withdrawing');
    const stranger = await vettedLab(api, 'Stranger');
    await invite(owner, 'cat@example.org');
    const first = await linkOf('cat@example.org');
    await invite(owner, 'cat@example.org', 'FINANCE');
    const { invitations } = await mine(owner);
    expect(invitations).toMatchObject([{ email: 'cat@example.org', role: 'FINANCE' }]);
    const second = await linkOf('cat@example.org');
    const cat = await api.signUp('cat@example.org');
    expect(await cat.refused(JOIN, { token: first })).toMatchObject({ code: 'LINK_USED' });
    for (const id of [invitations[0].id, 'nonsense'])
      expect(await stranger.refused(REVOKE, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await owner.ask(REVOKE, { id: invitations[0].id })).revokeLabInvitation.invitations).toEqual([]);
    expect(await owner.refused(REVOKE, { id: invitations[0].id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await cat.refused(JOIN, { token: second })).toMatchObject({ code: 'LINK_USED' });
    expect(await cat.refused(MINE)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps an owner, whatever its owners do to each other at the same time', async () => {
    const owner = await vettedLab(api, 'Two owners');
    const second = await joined(owner, 'second-owner@example.org', 'OWNER');
    const { members } = await mine(owner);
    const [a, b] = members as { id: string }[];
    await Promise.all([second.raw(REMOVE, { id: a?.id }), owner.raw(REMOVE, { id: b?.id })]);
    const left = await api
      .owner()
      .query("SELECT 1 FROM lab_member WHERE lab_id = $1 AND role = 'OWNER' AND removed_at IS NULL", [
        owner.labId,
      ]);
    expect(left.rowCount).toBe(1);
  });

  it('changes roles and ends memberships; the last owner stays', async () => {
    const owner = await vettedLab(api, 'Changing');
    const member = await joined(owner, 'dan@example.org', 'REVIEWER');
    const members = async () => (await mine(owner)).members as { id: string; email: string; role: string }[];
    const [self, dan] = await members();
    const role = (memberId: string | undefined, to: string) => ({
      input: { memberId, role: to, idempotencyKey: key() },
    });
    expect(await owner.refused(ROLE, role(self?.id, 'REVIEWER'))).toMatchObject({ code: 'LAST_OWNER' });
    expect(await owner.refused(REMOVE, { id: self?.id })).toMatchObject({ code: 'LAST_OWNER' });
    expect(await owner.refused('mutation { leaveLab }')).toMatchObject({ code: 'LAST_OWNER' });
    expect(await owner.refused(ROLE, role('nonsense', 'OWNER'))).toMatchObject({ code: 'NOT_FOUND' });
    await owner.ask(ROLE, role(dan?.id, 'MANAGER'));
    expect((await members())[1]).toMatchObject({ email: 'dan@example.org', role: 'MANAGER' });
    expect(await bell(member)).toContain('Your role at Changing changed');
    await owner.ask(REMOVE, { id: dan?.id });
    expect(await bell(member)).toContain('You no longer act for Changing');
    expect(await member.refused(MINE)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await owner.refused(REMOVE, { id: dan?.id })).toMatchObject({ code: 'NOT_FOUND' });
    await invite(owner, 'dan@example.org', 'FINANCE');
    await member.ask(JOIN, { token: await linkOf('dan@example.org') });
    expect((await mine(member)).members).toHaveLength(2);
    await member.ask('mutation { leaveLab }');
    expect(await members()).toHaveLength(1);
    expect(await bell(owner)).toContain('dan left your lab');
  });

  it('is found by staff only, by state and a part of its name, in pages', async () => {
    await (
      await api.signUp('list@example.org')
    ).ask(CREATE, lab({ name: '100% Listing', legalName: 'Quokka Ltd' }));
    const names = async (variables: object) =>
      (await trust.ask(LABS, variables)).labs.edges.map(
        (edge: { node: { name: string } }) => edge.node.name,
      ) as string[];
    expect(await names({ search: '100%' })).toEqual(['100% Listing']);
    expect(await names({ search: 'quokka', state: 'PENDING_VETTING' })).toEqual(['100% Listing']);
    expect(await names({ search: 'quokka', state: 'VETTED' })).toEqual([]);
    expect(await trust.refused(LABS, { state: 'HAPPY' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'state',
    });
    const all = await names({ first: 100 });
    const { labs: page } = await trust.ask(LABS, { first: 2 });
    expect(page.totalCount).toBe(all.length);
    expect(await names({ first: 100, after: page.pageInfo.endCursor })).toEqual(all.slice(2));
    const owner = await vettedLab(api, 'Nosy');
    expect(await owner.refused(LABS, {})).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('shows experts its public side once it is vetted, and nothing before', async () => {
    const expert = await newExpert(api, 'Curious');
    const vetted = await vettedLab(api, 'Open book');
    expect((await expert.ask(SHOWN, { id: vetted.labId })).labCard).toMatchObject({
      name: 'Open book',
      country: 'US',
      vettedAt: expect.any(String),
    });
    expect(
      (await expert.raw('query($id: ID!) { labCard(id: $id) { owners { name } } }', { id: vetted.labId }))
        .errors,
    ).toBeDefined();
    const { id } = (await (await api.signUp('hidden@example.org')).ask(CREATE, lab())).createLab;
    expect(await expert.refused(SHOWN, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await expert.refused(SHOWN, { id: 'nonsense' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await expert.refused('query($id: ID!) { lab(id: $id) { name } }', { id })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const stranger = await vettedLab(api, 'Neighbour');
    expect(
      await stranger.refused('query($id: ID!) { lab(id: $id) { name } }', { id: vetted.labId }),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});

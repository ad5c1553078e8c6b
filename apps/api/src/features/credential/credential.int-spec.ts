import { readdirSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { TestApi, type Caller } from '../../../test/api';
import { key, newExpert, vettedLab } from '../../../test/main-job';

const CASE =
  'id state expiresOn seenHash claim { name value } evidence { id fileName mediaType sizeBytes } verifications { method outcome reason }';
const ADD = `mutation($input: AddCredentialInput!) { addCredential(input: $input) { ${CASE} } }`;
const MINE = `{ myCredentials { ${CASE} } }`;
const CHANGE = (name: string) => `mutation($id: ID!) { ${name}(id: $id) { state } }`;
const DECIDE = 'mutation($input: DecideCredentialInput!) { decideCredential(input: $input) { state } }';
const OPEN = `query($id: ID!) { credentialCase(id: $id) { ${CASE} } }`;
const QUEUE =
  'query($type: String, $state: String, $search: String, $first: Int, $after: String) { verificationQueue(type: $type, state: $state, search: $search, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id state } } } }';
const PDF = Buffer.from('%PDF-1.7 a licence');
const REASON = 'Found on the register of the board.';
const LICENCE = { state: 'CA', licenceNumber: 'A 12345', npi: '1234567893', expiresOn: '2027-06-30' };
const DEGREE = { degree: 'PhD', subject: 'Physics', institution: 'Uni Cluj', year: '2019' };

describe('a credential', () => {
  let api: TestApi;
  let expert: Awaited<ReturnType<typeof newExpert>>;
  let first: Caller;
  let second: Caller;
  const now = new Date('2026-11-24T10:00:00Z');

  const input = (type: string, claim: Record<string, string>) => ({
    input: {
      type,
      claim: Object.entries(claim).map(([name, value]) => ({ name, value })),
      idempotencyKey: key(),
    },
  });
  const add = async (type: string, claim: Record<string, string>, who: Caller = expert) =>
    (await who.ask(ADD, input(type, claim))).addCredential.id as string;
  const submitted = async (type: string, claim: Record<string, string>, who: Caller = expert) => {
    const id = await add(type, claim, who);
    await who.ask(CHANGE('submitCredential'), { id });
    return id;
  };
  const decision = async (who: Caller, id: string, outcome: string, reason = REASON) => ({
    input: {
      credentialId: id,
      outcome,
      reason,
      seenHash: (await who.ask(OPEN, { id })).credentialCase.seenHash,
      idempotencyKey: key(),
    },
  });
  const upload = (who: Caller, id: string, body: Buffer, type = 'application/pdf') =>
    request(api.app.getHttpServer())
      .post(`/files/credential-evidence/${id}`)
      .set('authorization', `Bearer ${who.token}`)
      .set('content-type', type)
      .set('x-file-name', encodeURIComponent('Diplomă.pdf'))
      .set('x-tallystick', '1')
      .send(body);
  const download = (who: Caller, id: string) =>
    request(api.app.getHttpServer())
      .get(`/files/credential-evidence/${id}`)
      .set('authorization', `Bearer ${who.token}`);
  const stateOf = async (id: string) =>
    (await api.owner().query('SELECT state FROM credential WHERE id = $1', [id])).rows[0].state as string;
  const bell = async (who: Caller) =>
    (
      await who.ask('{ notifications(first: 100) { edges { node { title body link } } } }')
    ).notifications.edges.map((edge: { node: { title: string } }) => edge.node.title) as string[];

  beforeAll(async () => {
    api = await TestApi.start({ SESSION_IDLE_SECONDS: '100000000', SESSION_MAX_SECONDS: '100000000' });
    api.clock.hold(now);
    expert = await newExpert(api, 'Dr. Maria Ionescu');
    first = await api.staff('first@example.org', ['VERIFIER']);
    second = await api.staff('second@example.org', ['VERIFIER']);
  });
  beforeEach(() => api.clock.hold(now));
  afterAll(() => api.stop());

  it.each([
    ['a wrong check digit', { ...LICENCE, npi: '1234567890' }, 'NPI_CHECK_DIGIT', 'npi'],
    ['too few digits', { ...LICENCE, npi: '12345' }, 'NPI_LENGTH', 'npi'],
    ['no number', { ...LICENCE, licenceNumber: ' ' }, 'CLAIM_INCOMPLETE', 'licenceNumber'],
    ['a state that is none', { ...LICENCE, state: 'ZZ' }, 'STATE_UNKNOWN', 'state'],
    ['a last day that has passed', { ...LICENCE, expiresOn: '2026-11-23' }, 'CREDENTIAL_LAPSED', 'expiresOn'],
    ['a field that it does not have', { ...LICENCE, constructor: 'x' }, 'CLAIM_UNKNOWN_FIELD', 'constructor'],
  ])('with %s is refused at the field, and nothing is kept', async (_, claim, code, field) => {
    expect(await expert.refused(ADD, input('US_MEDICAL_LICENSE', claim))).toMatchObject({ code, field });
    expect((await expert.ask(MINE)).myCredentials).toEqual([]);
  });

  it('takes files that are what they say, from its expert only, and gives them back as attachments', async () => {
    const id = await add('US_MEDICAL_LICENSE', LICENCE);
    const other = await newExpert(api, 'Somebody else');
    expect((await upload(expert, id, Buffer.from('<html>'))).body).toMatchObject({
      code: 'FILE_KIND',
      field: 'file',
    });
    expect((await upload(expert, id, PDF, 'image/png')).body).toMatchObject({ code: 'FILE_KIND' });
    expect((await upload(expert, 'nonsense', PDF)).status).toBe(404);
    expect((await upload(other, id, PDF)).status).toBe(404);
    expect((await upload(api.caller(), id, PDF)).status).toBe(401);
    const foreign = await upload(expert, id, PDF).set('sec-fetch-site', 'cross-site');
    expect(foreign.body).toMatchObject({ code: 'FOREIGN_REQUEST' });
    const tooLarge = await upload(expert, id, Buffer.concat([PDF, Buffer.alloc(5_000_001)]));
    expect(tooLarge.status).toBe(413);
    const kept = path.join(api.database.dataDir, 'files', 'credential-evidence');
    expect(() => readdirSync(kept)).toThrow();

    const evidenceId = (await upload(expert, id, PDF, 'application/pdf; name=x')).body.id as string;
    for (const who of [expert, first]) {
      const file = await download(who, evidenceId);
      expect(file.status).toBe(200);
      expect(file.headers['x-content-type-options']).toBe('nosniff');
      expect(file.headers['content-disposition']).toContain("attachment; filename*=UTF-8''Diplom");
      expect(Buffer.from(file.body as Buffer).equals(PDF)).toBe(true);
    }
    const finance = await api.staff('finance@example.org', ['FINANCE']);
    for (const who of [other, finance, await vettedLab(api, 'Curious Lab')])
      expect((await download(who, evidenceId)).status).toBe(404);
    expect((await download(api.caller(), evidenceId)).status).toBe(401);

    const uploads = await Promise.all(Array.from({ length: 6 }, () => upload(expert, id, PDF)));
    expect(uploads.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(readdirSync(kept)).toHaveLength(5);
    await expert.ask(CHANGE('submitCredential'), { id });
    expect((await upload(expert, id, PDF)).body).toMatchObject({ code: 'STATE_CHANGED' });
    expect(readdirSync(kept)).toHaveLength(5);
    await expert.ask(CHANGE('withdrawCredential'), { id });
  });

  it('of regulated work takes two verifiers; the second sees the reason of the first', async () => {
    const id = await submitted('US_MEDICAL_LICENSE', LICENCE);
    expect(await bell(first)).toContain('A US medical licence waits for you');
    expect(await first.refused(DECIDE, await decision(first, id, 'APPROVE', 'ok'))).toMatchObject({
      code: 'REASON_MISSING',
      field: 'reason',
    });
    expect(await expert.refused(DECIDE, await decision(first, id, 'APPROVE'))).toMatchObject({
      code: 'NOT_FOUND',
    });
    const old = await decision(first, id, 'APPROVE');
    old.input.seenHash = '0'.repeat(64);
    expect(await first.refused(DECIDE, old)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await first.ask(DECIDE, await decision(first, id, 'APPROVE'));
    expect(await stateOf(id)).toBe('IN_REVIEW');
    expect(await first.refused(DECIDE, await decision(first, id, 'APPROVE'))).toMatchObject({
      code: 'SECOND_VERIFIER',
    });
    const { credentialCase } = await second.ask(OPEN, { id });
    expect(credentialCase.verifications).toContainEqual({
      method: 'HUMAN_REVIEW',
      outcome: 'APPROVE',
      reason: REASON,
    });
    expect(credentialCase.claim).toContainEqual({ name: 'npi', value: '1234567893' });
    await second.ask(DECIDE, await decision(second, id, 'APPROVE'));
    expect(await stateOf(id)).toBe('VERIFIED');
    expect(await bell(expert)).toContain('US medical licence: verified');
    const steps = await api
      .owner()
      .query(
        'SELECT to_state FROM journal_entry WHERE subject_id = $1 AND to_state IS NOT NULL ORDER BY id',
        [id],
      );
    expect(steps.rows.map((row) => row.to_state)).toEqual(['DRAFT', 'SUBMITTED', 'IN_REVIEW', 'VERIFIED']);
    expect(await api.runJobs()).toContain('expert-changed');
  });

  it('tells a verifier, and nobody else, who claims the same number and what else the person claims', async () => {
    const BESIDE =
      'query($id: ID!) { credentialCase(id: $id) { sameOfOthers { expertName state } alsoOfExpert { type } } }';
    const other = await newExpert(api, 'Sam Same');
    const claim = { ...LICENCE, npi: '1679576722', state: 'NY', licenceNumber: 'B 1' };
    const own = await submitted('US_MEDICAL_LICENSE', claim);
    const theirs = await submitted(
      'US_MEDICAL_LICENSE',
      { ...claim, state: 'TX', licenceNumber: 'C 1' },
      other,
    );
    const degree = await submitted('DEGREE', DEGREE, other);
    const seen = (await first.ask(BESIDE, { id: theirs })).credentialCase;
    expect(seen.sameOfOthers).toEqual([{ expertName: expect.any(String), state: 'SUBMITTED' }]);
    expect(seen.alsoOfExpert).toEqual([{ type: 'DEGREE' }]);
    expect((await first.ask(BESIDE, { id: own })).credentialCase.sameOfOthers).toHaveLength(1);
    await other.ask(CHANGE('withdrawCredential'), { id: theirs });
    expect((await first.ask(BESIDE, { id: own })).credentialCase.sameOfOthers).toEqual([]);
    expect((await other.refused(BESIDE, { id: theirs })).code).toBe('NOT_FOUND');
    await other.ask(CHANGE('withdrawCredential'), { id: degree });
    await expert.ask(CHANGE('withdrawCredential'), { id: own });
  });

  it('keeps the code of the reason of each decision, and takes only codes of that decision', async () => {
    const id = await submitted('DEGREE', DEGREE);
    const { input: given } = await decision(first, id, 'REJECT');
    expect(
      await first.refused(DECIDE, { input: { ...given, reasonCode: 'REGISTER_MATCHES' } }),
    ).toMatchObject({ code: 'REASON_UNKNOWN', field: 'reasonCode' });
    await first.ask(DECIDE, { input: { ...given, idempotencyKey: key(), reasonCode: 'NOT_IN_REGISTER' } });
    const CODES =
      'query($id: ID!) { credentialCase(id: $id) { verifications { outcome reasonCode isOwn } } }';
    const seenBy = async (who: Caller) => (await who.ask(CODES, { id })).credentialCase.verifications;
    expect(await seenBy(first)).toContainEqual({
      outcome: 'REJECT',
      reasonCode: 'NOT_IN_REGISTER',
      isOwn: true,
    });
    expect(await seenBy(second)).toContainEqual({
      outcome: 'REJECT',
      reasonCode: 'NOT_IN_REGISTER',
      isOwn: false,
    });
  });

  it('is never decided on by its own expert, who does not see it in the list either', async () => {
    const id = await submitted('DEGREE', DEGREE);
    const account = await api.owner().query('SELECT account_id FROM expert WHERE id = $1', [expert.expertId]);
    await api
      .owner()
      .query("INSERT INTO staff_role VALUES ($1, 'VERIFIER', now())", [account.rows[0].account_id]);
    expect(await expert.refused(DECIDE, await decision(first, id, 'APPROVE'))).toMatchObject({
      code: 'OWN_CREDENTIAL',
    });
    expect((await expert.ask(QUEUE, {})).verificationQueue.totalCount).toBe(0);
    await api.owner().query('DELETE FROM staff_role WHERE account_id = $1', [account.rows[0].account_id]);
    expect((await first.ask(QUEUE, {})).verificationQueue.totalCount).toBe(1);
    await first.ask(DECIDE, await decision(first, id, 'APPROVE'));
    expect(await stateOf(id)).toBe('VERIFIED');
  });

  it('that was rejected can be appealed; somebody else decides', async () => {
    const id = await submitted('DEGREE', DEGREE);
    await first.ask(DECIDE, await decision(first, id, 'REJECT', 'The diploma names somebody else.'));
    expect(await stateOf(id)).toBe('REJECTED');
    expect(await expert.refused(CHANGE('submitCredential'), { id })).toMatchObject({ code: 'STATE_CHANGED' });
    expect((await upload(expert, id, PDF)).status).toBe(201);
    await expert.ask(CHANGE('appealCredential'), { id });
    for (const outcome of ['APPROVE', 'REJECT'])
      expect(await first.refused(DECIDE, await decision(first, id, outcome))).toMatchObject({
        code: 'APPEAL_TO_OTHER',
      });
    await second.ask(DECIDE, await decision(second, id, 'APPROVE'));
    expect(await stateOf(id)).toBe('VERIFIED');
  });

  it('that does not hold is stopped by a verifier; its expert reads who, why and how, and another decides on what follows', async () => {
    const STOP = 'mutation($input: StopCredentialInput!) { stopCredential(input: $input) { state } }';
    const stop = (id: string, event: string, more: object = {}) => ({
      input: {
        credentialId: id,
        event,
        reason: 'The register of the board says so.',
        idempotencyKey: key(),
        ...more,
      },
    });
    const id = await submitted('DEGREE', DEGREE);
    expect(await first.refused(STOP, stop(id, 'SUSPEND'))).toMatchObject({ code: 'STATE_CHANGED' });
    await second.ask(DECIDE, await decision(second, id, 'APPROVE'));
    expect(await first.refused(STOP, stop(id, 'SUSPEND', { reasonCode: 'NOT_SHOWN' }))).toMatchObject({
      code: 'REASON_UNKNOWN',
      field: 'reasonCode',
    });
    expect(await first.refused(STOP, stop(id, 'SUSPEND', { reason: 'No.' }))).toMatchObject({
      field: 'reason',
    });
    await first.ask(STOP, stop(id, 'SUSPEND', { reasonCode: 'SUSPENDED_AT_SOURCE' }));
    expect(await stateOf(id)).toBe('SUSPENDED');
    const { edges } = (await expert.ask('{ notifications(first: 50) { edges { node { kind body } } } }'))
      .notifications;
    const told = edges.find(({ node }: { node: { kind: string } }) => node.kind === 'CREDENTIAL_STOPPED');
    for (const part of [
      'A verifier, a person of our staff, decided on 24 November 2026',
      'The register of the issuer shows it as suspended.',
      'The register of the board says so.',
      'pay for work done stays due',
      'Another verifier decides then.',
    ])
      expect(told.node.body).toContain(part);

    api.clock.hold(new Date(now.getTime() + 3_600_000));
    expect((await upload(expert, id, PDF)).status).toBe(201);
    await expert.ask(CHANGE('submitCredential'), { id });
    expect(await first.refused(DECIDE, await decision(first, id, 'APPROVE'))).toMatchObject({
      code: 'APPEAL_TO_OTHER',
    });
    await second.ask(DECIDE, await decision(second, id, 'APPROVE'));
    await second.ask(STOP, stop(id, 'REVOKE', { reasonCode: 'ISSUER_DENIES' }));
    expect(await stateOf(id)).toBe('REVOKED');
  });

  it('of a verifier is not stopped by themselves', async () => {
    const twoHats = await newExpert(api, 'Dr Two Hats');
    await api
      .owner()
      .query(`INSERT INTO staff_role SELECT account_id, 'VERIFIER', now() FROM expert WHERE id = $1`, [
        twoHats.expertId,
      ]);
    const id = await submitted('DEGREE', { ...DEGREE, year: '2018' }, twoHats);
    await second.ask(DECIDE, await decision(second, id, 'APPROVE'));
    const STOP = 'mutation($input: StopCredentialInput!) { stopCredential(input: $input) { state } }';
    const asked = {
      credentialId: id,
      event: 'REVOKE',
      reason: 'For my own good reasons.',
      idempotencyKey: key(),
    };
    expect(await twoHats.refused(STOP, { input: asked })).toMatchObject({ code: 'OWN_CREDENTIAL' });
  });

  it('waits in a list that is filtered, searched and paged, oldest first', async () => {
    const other = await newExpert(api, 'Ola Nowak 100%');
    api.clock.hold(new Date('2026-11-24T11:00:00Z'));
    const degree = await submitted('DEGREE', { ...DEGREE, institution: 'Wrocław' }, other);
    api.clock.hold(new Date('2026-11-24T12:00:00Z'));
    const licence = await submitted(
      'US_NURSING_LICENSE',
      { state: 'NY', licenceNumber: 'RN_77', expiresOn: '2028-01-01' },
      other,
    );
    const ids = async (filter: object) =>
      (await first.ask(QUEUE, filter)).verificationQueue.edges.map(
        (edge: { node: { id: string } }) => edge.node.id,
      ) as string[];
    expect(await ids({})).toEqual([degree, licence]);
    expect(await ids({ type: 'DEGREE' })).toEqual([degree]);
    expect(await ids({ search: 'wrocł' })).toEqual([degree]);
    expect(await ids({ search: 'n_7' })).toEqual([licence]);
    expect(await ids({ search: 'nowak 100%' })).toEqual([degree, licence]);
    expect(await ids({ search: 'licenceNumber' })).toEqual([]);
    expect(await ids({ state: 'IN_REVIEW' })).toEqual([]);
    expect(await ids({ state: 'VERIFIED', search: 'ionescu' })).toHaveLength(3);
    const { verificationQueue: page } = await first.ask(QUEUE, { first: 1 });
    expect(page).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    expect(await ids({ first: 1, after: page.pageInfo.endCursor })).toEqual([licence]);
    expect(await first.refused(QUEUE, { type: 'PIGEON' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'type',
    });
    expect(await first.refused(QUEUE, { state: 'HAPPY' })).toMatchObject({ field: 'state' });
    expect(await other.refused(QUEUE, {})).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of others looks as if it were not there', async () => {
    const other = await newExpert(api, 'Third');
    const id = await add('DEGREE', DEGREE);
    for (const each of [id, 'nonsense']) {
      expect(await other.refused(CHANGE('submitCredential'), { id: each })).toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await other.refused(OPEN, { id: each })).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await stateOf(id)).toBe('DRAFT');
  });

  it('says sixty days ahead that it ends, ends after its last day, and cannot come back', async () => {
    const holder = await newExpert(api, 'Holder');
    const verified = async (expiresOn: string) => {
      const id = await submitted(
        'CERTIFICATION',
        { title: 'CFA', issuer: 'CFA Institute', expiresOn },
        holder,
      );
      await first.ask(DECIDE, await decision(first, id, 'APPROVE'));
      return id;
    };
    const soon = await verified('2027-02-10');
    const late = await verified('2027-09-01');
    // Many that are said already must not keep the next one from being seen.
    await api.owner().query(
      `INSERT INTO credential (id, expert_id, type, claim, state, expires_on, created_at)
       SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'CERTIFICATION', '{}', 'EXPIRING', '2027-01-20', now() FROM generate_series(1, 501) n`,
      [holder.expertId],
    );
    api.clock.hold(new Date('2026-12-01T00:00:00Z'));
    await api.job('engagement', 'expire-credentials');
    expect(await stateOf(soon)).toBe('VERIFIED');
    api.clock.hold(new Date('2026-12-14T00:00:00Z'));
    await api.job('engagement', 'expire-credentials');
    expect(await stateOf(soon)).toBe('EXPIRING');
    expect((await bell(holder)).filter((title) => title === 'Certification expires soon')).toHaveLength(1);
    await api.owner().query("DELETE FROM credential WHERE id::text LIKE '00000000-0000-7000-8000-%'");
    api.clock.hold(new Date('2027-02-11T00:00:00Z'));
    await api.job('engagement', 'expire-credentials');
    await api.job('engagement', 'expire-credentials');
    expect(await stateOf(soon)).toBe('EXPIRED');
    expect(await stateOf(late)).toBe('VERIFIED');
    expect((await bell(holder)).filter((title) => title === 'Certification has expired')).toHaveLength(1);
    expect(await holder.refused(CHANGE('submitCredential'), { id: soon })).toMatchObject({
      code: 'CREDENTIAL_LAPSED',
    });
  });
});

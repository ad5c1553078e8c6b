import { TestApi, type Caller } from '../../../test/api';
import { DECIDE, decision, waitingFor } from '../../../test/approvals';

const GRANT = 'mutation($email: String!, $role: String!) { grantStaffRole(email: $email, role: $role) }';
const REVOKE = 'mutation($id: ID!, $role: String!) { revokeStaffRole(accountId: $id, role: $role) }';
const FORGOTTEN = 'mutation($email: String!) { requestPasswordReset(email: $email) }';
const RESET = 'mutation($input: ResetPasswordInput!) { resetPassword(input: $input) }';
const GRANT_ROLE = 'staff.grant-role';
const PASSWORD = 'another long password';

describe('a staff role', () => {
  let api: TestApi;
  let admin: Caller;
  const owner = async (sql: string, values: unknown[] = []) => (await api.owner().query(sql, values)).rows;
  const rolesOf = async (name: string) =>
    (
      await owner(
        `SELECT role FROM staff_role JOIN account a ON a.id = account_id WHERE a.email = $1 ORDER BY role`,
        [`${name}@example.org`],
      )
    ).map(({ role }) => role as string);
  const give = async (name: string, role: string, by = admin) =>
    (await by.ask(GRANT, { email: `${name}@example.org`, role })).grantStaffRole as boolean;
  const factsOf = async (name: string) =>
    (
      await owner(
        `SELECT facts FROM journal_entry j JOIN account a ON a.id = j.subject_id
         WHERE a.email = $1 AND j.facts->>'grantedById' IS NOT NULL ORDER BY j.id DESC LIMIT 1`,
        [`${name}@example.org`],
      )
    )[0].facts;
  const waiting = async (by: Caller, words: string) => {
    const request = (await waitingFor(by, GRANT_ROLE)).find(({ summary }) => summary.includes(words));
    if (!request) throw new Error(`nothing waits for ${words}`);
    return request;
  };
  /** Signs up, and sets a password by the mailed link: they read mail at their address. */
  const proven = async (name: string): Promise<Caller> => {
    const email = `${name}@example.org`;
    const person = await api.signUp(email);
    await person.ask(FORGOTTEN, { email });
    const [mail] = await owner(
      `SELECT body FROM mail WHERE to_address = $1 AND body LIKE '%reset-password#%'`,
      [email],
    );
    const token = /#([\w-]+)/.exec(mail.body as string)?.[1];
    await api.caller().ask(RESET, { input: { token, password: PASSWORD } });
    return api.signIn(email, PASSWORD);
  };

  beforeAll(async () => {
    api = await TestApi.start();
    admin = await api.staff('admin@example.org', ['ADMIN']);
  });
  afterAll(() => api.stop());

  it('is given only to who has shown that they read mail at their address', async () => {
    await api.signUp('puppet@example.org');
    for (const role of ['VERIFIER', 'FINANCE'])
      expect(await admin.refused(GRANT, { email: 'puppet@example.org', role })).toMatchObject({
        code: 'EMAIL_UNPROVEN',
        field: 'email',
      });
    expect(await rolesOf('puppet')).toEqual([]);
    await proven('vera');
    expect(await give('vera', 'VERIFIER')).toBe(true);
    expect(await rolesOf('vera')).toEqual(['VERIFIER']);
  });

  it('that decides is given by one person while nobody else could decide, and the journal says so', async () => {
    await proven('fina');
    expect(await give('fina', 'FINANCE')).toBe(true);
    expect(await rolesOf('fina')).toEqual(['FINANCE']);
    expect(await factsOf('fina')).toMatchObject({ staffRole: 'FINANCE', isAlone: true });
  });

  it('that decides is given by two people from then on, neither of them who is to have it', async () => {
    const fina = await api.signIn('fina@example.org', PASSWORD);
    const tess = await proven('tess');
    for (const role of ['TRUST', 'FINANCE', 'ADMIN']) expect(await give('tess', role)).toBe(false);
    expect(await rolesOf('tess')).toEqual([]);
    expect(await admin.refused(GRANT, { email: 'tess@example.org', role: 'TRUST' })).toMatchObject({
      code: 'ASKED_ALREADY',
    });
    const trust = await waiting(fina, 'the staff role trust');
    expect(trust.summary).toBe('Give tess (tess@example.org) the staff role trust.');
    expect(await admin.refused(DECIDE, decision(trust))).toMatchObject({ code: 'OWN_REQUEST' });
    await fina.ask(DECIDE, decision(await waiting(fina, 'the staff role finance')));
    expect(await rolesOf('tess')).toEqual(['FINANCE']);
    expect(await factsOf('tess')).toMatchObject({
      staffRole: 'FINANCE',
      approvalRequestId: expect.any(String),
    });
    // She could decide now, but not on what makes her an admin.
    expect(await tess.refused(DECIDE, decision(await waiting(fina, 'the staff role admin')))).toMatchObject({
      code: 'OWN_MATTER',
    });
    expect(await rolesOf('tess')).toEqual(['FINANCE']);
    expect(await give('tess', 'FINANCE')).toBe(true);
  });

  it('lets nobody decide on what the one who gave it had asked for before', async () => {
    const fina = await api.signIn('fina@example.org', PASSWORD);
    await proven('early');
    await give('early', 'TRUST');
    const puppet = await proven('late');
    await give('late', 'FINANCE');
    await fina.ask(DECIDE, decision(await waiting(fina, 'Give late')));
    const early = await waiting(fina, 'Give early');
    expect(await puppet.refused(DECIDE, decision(early))).toMatchObject({ code: 'ROLE_TOO_NEW' });
    await proven('after');
    await give('after', 'TRUST');
    await puppet.ask(DECIDE, decision(await waiting(fina, 'Give after')));
    expect(await rolesOf('after')).toEqual(['TRUST']);
    await fina.ask(DECIDE, decision(early));
    expect(await rolesOf('early')).toEqual(['TRUST']);
  });

  it('that one person gave meanwhile is not given once more by what another was asked before', async () => {
    const deciding = `staff_role WHERE role IN ('FINANCE', 'TRUST', 'ADMIN')`;
    const others = (state: string) =>
      owner(
        `UPDATE account SET state = $1 WHERE email <> 'admin@example.org' AND id IN (SELECT account_id FROM ${deciding})`,
        [state],
      );
    await proven('next');
    expect(await give('next', 'TRUST')).toBe(false);
    await others('SUSPENDED');
    expect(await give('next', 'TRUST')).toBe(true);
    await others('ACTIVE');
    expect(
      await owner(
        `SELECT state FROM approval_request WHERE summary LIKE 'Give next (%the staff role trust.'`,
      ),
    ).toEqual([{ state: 'OVERTAKEN' }]);
  });

  it('is not given alone by who has just taken the roles of the others', async () => {
    for (const { account_id: id } of await owner(`SELECT account_id FROM staff_role WHERE role = 'FINANCE'`))
      await admin.ask(REVOKE, { id, role: 'FINANCE' });
    await proven('alone');
    expect(await give('alone', 'ADMIN')).toBe(false);
    expect(await rolesOf('alone')).toEqual([]);
  });
});

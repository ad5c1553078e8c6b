import { TestApi, type Caller } from '../../../test/api';

const PASSWORD = 'a long enough password';
const CHANGE = 'mutation($input: ChangePasswordInput!) { changePassword(input: $input) }';
const SIGN_IN = 'mutation($input: SignInInput!) { signIn(input: $input) }';
const ACCOUNTS =
  'query($search: String, $role: String) { accounts(search: $search, role: $role) { totalCount edges { node { id name email staffRoles labName expertId lastSeenAt } } } }';
const REVOKE = 'mutation($id: ID!, $role: String!) { revokeStaffRole(accountId: $id, role: $role) }';

describe('a person', () => {
  let api: TestApi;
  beforeAll(async () => (api = await TestApi.start()));
  afterAll(() => api.stop());
  const isSignedIn = async (caller: Caller) => (await caller.ask('{ viewer { id } }')).viewer !== null;

  it('changes the password with the old one; other devices are signed out, this one stays', async () => {
    const ana = await api.signUp('ana@example.org');
    await api.caller().ask(SIGN_IN, { input: { email: 'ana@example.org', password: PASSWORD } });
    const newPassword = 'quite another password';
    expect(
      await ana.refused(CHANGE, { input: { currentPassword: 'not the password', newPassword } }),
    ).toMatchObject({ code: 'PASSWORD_WRONG', field: 'currentPassword' });
    expect(
      await ana.refused(CHANGE, { input: { currentPassword: PASSWORD, newPassword: 'short' } }),
    ).toMatchObject({ code: 'PASSWORD_TOO_SHORT', field: 'newPassword' });
    await ana.ask(CHANGE, { input: { currentPassword: PASSWORD, newPassword } });
    expect(await isSignedIn(ana)).toBe(true);
    const { rows } = await api.owner().query('SELECT count(*)::int AS n FROM session');
    expect(rows[0].n).toBe(1);
    await api.caller().refused(SIGN_IN, { input: { email: 'ana@example.org', password: PASSWORD } });
    await api.caller().ask(SIGN_IN, { input: { email: 'ana@example.org', password: newPassword } });
    const mail = await api.owner().query(`SELECT subject FROM mail WHERE to_address = 'ana@example.org'`);
    expect(mail.rows).toEqual([{ subject: 'Your password was changed' }]);
  });

  it('signs out everywhere', async () => {
    const bea = await api.signUp('bea@example.org');
    const other = await api.signUp('other@example.org');
    await bea.ask('mutation { signOutEverywhere }');
    expect(await isSignedIn(bea)).toBe(false);
    expect(await isSignedIn(other)).toBe(true);
  });

  it('is told in a sentence what to fill in, with the field beside it', async () => {
    const input = { email: 'x@example.org', password: PASSWORD, name: ' ', timeZone: 'UTC' };
    expect(
      await api.caller().refused('mutation($input: SignUpInput!) { signUp(input: $input) }', { input }),
    ).toEqual({ code: 'INVALID_INPUT', message: 'Tell us your name.', field: 'name' });
  });

  it('is listed for admins, who find them by name, and each look is journalled', async () => {
    const admin = await api.staff('admin@example.org', ['ADMIN']);
    const vera = await api.staff('vera@example.org', ['VERIFIER']);
    expect(await vera.refused(ACCOUNTS)).toMatchObject({ code: 'NOT_FOUND' });
    const found = (await admin.ask(ACCOUNTS, { search: 'vera@' })).accounts;
    expect(found.totalCount).toBe(1);
    expect(found.edges[0].node).toMatchObject({ name: 'vera', staffRoles: ['VERIFIER'] });
    expect((await admin.ask(ACCOUNTS, { role: 'STAFF' })).accounts.totalCount).toBe(2);
    expect((await admin.ask(ACCOUNTS, { search: '%' })).accounts.totalCount).toBe(0);
    const looks = await api
      .owner()
      .query(`SELECT facts->>'event' AS event FROM journal_entry WHERE command = 'view-accounts'`);
    expect(looks.rows.length).toBe(3);
  });

  it('loses a staff role when an admin takes it; the last admin stays one', async () => {
    const admin = (await api.owner().query(`SELECT account_id FROM staff_role WHERE role = 'ADMIN'`)).rows[0];
    const second = await api.staff('second@example.org', ['ADMIN']);
    await second.ask(REVOKE, { id: admin.account_id, role: 'ADMIN' });
    const { id } = (await second.ask('{ viewer { id } }')).viewer;
    expect(await second.refused(REVOKE, { id, role: 'ADMIN' })).toMatchObject({ code: 'LAST_ADMIN' });
    expect(await second.refused(REVOKE, { id, role: 'FINANCE' })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

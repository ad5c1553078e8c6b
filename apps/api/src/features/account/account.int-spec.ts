import { TestApi } from '../../../test/api';

const SIGN_IN = 'mutation($input: SignInInput!) { signIn(input: $input) }';
const SIGN_UP = 'mutation($input: SignUpInput!) { signUp(input: $input) }';
const ME = '{ viewer { name email timeZone labId staffRoles } }';

describe('an account', () => {
  let api: TestApi;
  beforeAll(async () => (api = await TestApi.start()));
  afterAll(() => api.stop());

  it('is refused with the field that is wrong, and nothing is made', async () => {
    const input = { email: 'ana@example.org', password: 'short', name: 'Ana', timeZone: 'UTC' };
    expect(await api.caller().refused(SIGN_UP, { input })).toMatchObject({
      code: 'PASSWORD_TOO_SHORT',
      field: 'password',
    });
    expect(
      await api
        .caller()
        .refused(SIGN_UP, { input: { ...input, password: 'a long enough password', email: 'ana' } }),
    ).toMatchObject({ code: 'EMAIL_UNREADABLE', field: 'email' });
    expect(
      await api
        .caller()
        .refused(SIGN_UP, { input: { ...input, password: 'a long enough password', timeZone: 'Mars' } }),
    ).toMatchObject({ field: 'timeZone' });
    expect((await api.owner().query('SELECT 1 FROM account')).rowCount).toBe(0);
  });

  it('is made once for an address, and signed in', async () => {
    const ana = await api.signUp('ana@example.org', 'Ana');
    expect((await ana.ask(ME)).viewer).toEqual({
      name: 'Ana',
      email: 'ana@example.org',
      timeZone: 'UTC',
      labId: null,
      staffRoles: [],
    });
    const input = {
      email: 'ANA@example.org',
      password: 'a long enough password',
      name: 'Ana',
      timeZone: 'UTC',
    };
    expect(await api.caller().refused(SIGN_UP, { input })).toMatchObject({
      code: 'EMAIL_TAKEN',
      field: 'email',
    });
  });

  it('answers a wrong address and a wrong password alike', async () => {
    await api.signUp('bea@example.org');
    const wrong = await api
      .caller()
      .refused(SIGN_IN, { input: { email: 'bea@example.org', password: 'not the password' } });
    const unknown = await api
      .caller()
      .refused(SIGN_IN, { input: { email: 'nobody@example.org', password: 'not the password' } });
    expect(wrong).toEqual(unknown);
    expect(wrong.code).toBe('SIGN_IN_REFUSED');
  });

  it('is locked for a while after ten wrong tries', async () => {
    await api.signUp('cat@example.org');
    const input = { email: 'cat@example.org', password: 'not the password' };
    for (let n = 0; n < 10; n++) await api.caller().refused(SIGN_IN, { input });
    expect(await api.caller().refused(SIGN_IN, { input })).toMatchObject({ code: 'TOO_MANY_TRIES' });
  });

  it('ends its session on the server when signed out', async () => {
    const dan = await api.signUp('dan@example.org');
    await dan.ask('mutation { signOut }');
    expect((await dan.ask(ME)).viewer).toBeNull();
  });

  it('gets a new password by a mailed link that works once and ends old sessions', async () => {
    const eve = await api.signUp('eve@example.org');
    const ask = 'mutation($email: String!) { requestPasswordReset(email: $email) }';
    const known = await api.caller().ask(ask, { email: 'eve@example.org' });
    expect(await api.caller().ask(ask, { email: 'nobody@example.org' })).toEqual(known);
    await api.runJobs();
    const mail = await api.owner().query(`SELECT body, state FROM mail WHERE to_address = 'eve@example.org'`);
    expect(mail.rows[0].state).toBe('KEPT');
    const token = /#([\w-]+)/.exec(mail.rows[0].body as string)?.[1];
    const reset = 'mutation($input: ResetPasswordInput!) { resetPassword(input: $input) }';
    const input = { token, password: 'another long password' };
    await api.caller().ask(reset, { input });
    expect((await eve.ask(ME)).viewer).toBeNull();
    expect(await api.caller().refused(reset, { input })).toMatchObject({ code: 'LINK_USED' });
    await api.caller().ask(SIGN_IN, { input: { email: 'eve@example.org', password: input.password } });
  });

  it('keeps neither password nor token in the database', async () => {
    const fay = await api.signUp('fay@example.org');
    const sessions = await api.owner().query(`SELECT encode(token_hash, 'escape') AS t FROM session`);
    expect(sessions.rows.map((row) => row.t as string).join()).not.toContain(fay.token);
    const accounts = await api.owner().query('SELECT password_hash FROM account');
    for (const row of accounts.rows)
      expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

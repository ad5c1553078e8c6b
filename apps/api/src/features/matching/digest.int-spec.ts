import request from 'supertest';
import { TestApi, type Caller } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const SET = 'mutation($input: MailSettingInput!) { setMailSetting(input: $input) }';
const SETTING = '{ mailSetting { isDigestOn digestHour isAlertOn } }';
const SAVE = 'mutation($input: SaveSearchInput!) { saveSearch(input: $input) }';

type Expert = Caller & { expertId: string };

describe('the daily mail', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  let ana: Expert;
  beforeEach(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Cumulus');
    ana = await newExpert(api, 'Dr Ana');
    await query(
      `UPDATE expert SET hours_per_week = 20, is_visible_to_labs = true, rate_currency = 'USD', headline = 'Cardiologist'`,
    );
    await publishedOpening(lab, { title: 'Heart review' });
    await api.job('matching', 'expert-changed', { expertId: ana.expertId });
    await api.runJobs();
  });
  afterEach(() => api.stop());

  const query = async (sql: string, ...values: unknown[]) => (await api.owner().query(sql, values)).rows;
  const want = (who: Caller, more: object = {}) =>
    who.ask(SET, { input: { isDigestOn: true, digestHour: 0, isAlertOn: true, ...more } });
  const morning = async () => {
    await api.job('matching', 'send-digests');
    await api.runJobs();
  };
  const nextDay = () => query('UPDATE digest_day SET day = day - 1');
  const mails = () =>
    query(
      `SELECT subject, body, to_address, unsubscribe_token FROM mail WHERE subject LIKE 'New %' ORDER BY created_at, id`,
    );

  it('tells an expert of new openings with the reasons, once a day, and nothing where nothing is new', async () => {
    await morning();
    expect(await mails()).toEqual([]);
    await want(ana);
    await Promise.all([morning(), morning()]);
    await morning();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail.subject).toBe('New for you: Heart review');
    expect(mail.body).toMatch(/- Heart review \(Cumulus\), fit \d+ of 100\n {2}\+ /);
    expect(mail.body).toContain('/unsubscribe/');
    await nextDay();
    await morning();
    expect(await mails()).toHaveLength(1);
    await nextDay();
    await publishedOpening(lab, { title: 'Lung review' });
    await api.runJobs();
    await morning();
    expect((await mails()).map(({ subject }) => subject)).toEqual([
      'New for you: Heart review',
      'New for you: Lung review',
    ]);
  });

  it('tells a lab of new candidates by opening, without names', async () => {
    await want(lab);
    await morning();
    const [mail] = await mails();
    expect(mail.subject).toBe('New candidates: Heart review');
    expect(mail.body).toMatch(/- Heart review: 1 new, the best fits \d+ of 100/);
    expect(mail.body).not.toContain('Ana');
  });

  it('comes at the hour of the person’s own day', async () => {
    const { hour } = (await query(`SELECT extract(hour FROM now() AT TIME ZONE 'UTC')::int AS hour`))[0];
    // A zone in which it is 5 o'clock or so, whatever it is here: Etc/GMT+h lies h hours behind.
    const behind = (hour - 5 + 24) % 24;
    const zone = behind <= 12 ? `Etc/GMT+${behind}` : `Etc/GMT-${24 - behind}`;
    await query('UPDATE account SET time_zone = $1', zone);
    await want(ana, { digestHour: 7 });
    await morning();
    expect(await mails()).toEqual([]);
    await want(ana, { digestHour: 4 });
    await morning();
    expect(await mails()).toHaveLength(1);
  });

  it('goes to no suspended account, and holds what daily searches found', async () => {
    await ana.ask(SAVE, { input: { name: 'Lungs', howOften: 'DAILY', words: 'Lung' } });
    await publishedOpening(lab, { title: 'Lung review' });
    await api.runJobs();
    await api.job('matching', 'look-through-searches');
    await query(`INSERT INTO mail_setting (account_id, digest_hour) SELECT account_id, 0 FROM expert`);
    await query(`UPDATE account SET state = 'SUSPENDED'`);
    await morning();
    expect(await mails()).toEqual([]);
    await query(`UPDATE account SET state = 'ACTIVE'`);
    await morning();
    await nextDay();
    await morning();
    const sent = await mails();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ subject: 'New for your saved searches: Lungs' });
    expect(sent[0].body).toContain('- Lungs: 1 new');
  });

  it('ends by its own address without signing in: by POST, not by looking at it, and for that person alone', async () => {
    await want(ana);
    await want(lab);
    await morning();
    const token = (await mails()).find(({ subject }) => subject.includes('for you'))?.unsubscribe_token;
    const http = request(api.app.getHttpServer());
    await http.get(`/unsubscribe/${token}`);
    expect(await ana.ask(SETTING)).toMatchObject({ mailSetting: { isDigestOn: true } });
    await http.post(`/unsubscribe/${'x'.repeat(64)}`).expect(404);
    const click = () =>
      http.post(`/unsubscribe/${token}`).type('form').send('List-Unsubscribe=One-Click').expect(200);
    await click();
    await click();
    expect(await ana.ask(SETTING)).toEqual({
      mailSetting: { isDigestOn: false, digestHour: 0, isAlertOn: false },
    });
    expect(await lab.ask(SETTING)).toMatchObject({ mailSetting: { isDigestOn: true } });
    await nextDay();
    await publishedOpening(lab, { title: 'Lung review' });
    await api.runJobs();
    await morning();
    expect((await mails()).filter(({ subject }) => subject.includes('for you'))).toHaveLength(1);
  });
});

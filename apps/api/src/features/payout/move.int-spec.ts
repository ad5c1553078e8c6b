import request from 'supertest';
import { newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  NOON,
  putIn,
  running,
  type Expert,
  type MoneyWorld,
} from '../../../test/money-world';

const HOUR_MS = 3_600_000;
const STANDING =
  '{ payoutStanding { accountState country currency pastAccounts { country } earnings { earned { minor } payable { minor } heldBack { minor } onItsWay { minor } paid { minor } blocks { gate reason decidedBy until } } } }';
const MOVE =
  'mutation($country: String!) { movePayoutAccount(input: { country: $country, currency: "EUR" }) { accountState } }';
const PART = `mutation($minor: String!) { payOutPart(input: { amountMinor: $minor, currency: "USD", idempotencyKey: $minor }) }`;

const OPEN = 'mutation { openBankDetails { url expiresAt } }';
const WAITS = '{ payoutStanding { accountState currency bankWaitsUntil coolDownHours } }';

/** One expert in the United States with 700.00, of which 100.00 are on their way when they move to Germany; then another who gives bank details. */
describe('where an expert is paid', () => {
  let world: MoneyWorld;
  let expert: Expert;
  let lab: Awaited<ReturnType<typeof vettedLab>>;
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const standing = async () => (await expert.ask(STANDING)).payoutStanding;
  const money = async () => (await standing()).earnings[0];
  const account = async () =>
    (await owner('SELECT rail_account_id AS id FROM payout_account'))[0]?.id as string;
  const payouts = () =>
    owner(
      'SELECT state, amount_minor::int AS minor, rail_account_id AS account FROM payout ORDER BY amount_minor',
    );
  const hours = (n: number) => world.api.clock.hold(new Date(NOON.getTime() + n * HOUR_MS));
  const sentTo = async (id: string) =>
    (
      await world.books.query(
        `SELECT coalesce(sum((body->>'amount')::int), 0)::int AS minor FROM sandbox.object WHERE kind = 'transfer' AND body->>'destination' = $1`,
        [id],
      )
    ).rows[0].minor as number;
  let old: string;

  beforeAll(async () => {
    world = await moneyWorld({ SESSION_IDLE_SECONDS: '9999999', SESSION_MAX_SECONDS: '9999999' });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    await putIn(world, lab, '500000');
    await chargedWeek(lab, expert, await running(world, lab, expert, 'Heart review'), [['08:00', '14:00']]);
    expect(await expert.refused(MOVE, { country: 'DE' })).toMatchObject({ code: 'NO_PAYOUT_ACCOUNT' });
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(async () => (await standing()).accountState === 'ACTIVE');
    await world.control('delays', { payout: 3600, onboarding: 3600 });
    old = await account();
    await expert.ask(PART, { minor: '10000' });
    await world.settle(async () => (await payouts())[0]?.state === 'IN_TRANSIT');
  }, 400_000);
  afterAll(() => world.stop());

  it('keeps the balance to the cent, and waits at gates that say why, who decides and until when', async () => {
    const { earned, payable } = await money();
    // Asked for, and not heard of by the rail: it waits for the new account.
    expect((await expert.ask(PART, { minor: '20000' })).payOutPart).toBe(1);
    expect(await expert.refused(MOVE, { country: 'US' })).toMatchObject({
      code: 'SAME_COUNTRY',
      field: 'country',
    });
    expect(await expert.refused(MOVE, { country: 'XX' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'country',
      message: 'Choose a country from the list.',
    });
    expect(await expert.refused(MOVE, { country: 'KP' })).toEqual({
      code: 'COUNTRY_SANCTIONED',
      field: 'country',
      message:
        "North Korea is on a list of places to which payments need a person's decision, so your payouts cannot be moved there. Nothing was changed: your account (United States) and your balance are kept.",
    });
    expect([await account(), await world.atRail('account')]).toEqual([old, 1]);
    // A double click moves once.
    await Promise.allSettled([1, 2].map(() => expert.ask(MOVE, { country: 'DE' })));
    expect(await standing()).toMatchObject({
      accountState: 'ONBOARDING',
      country: 'DE',
      currency: 'EUR',
      pastAccounts: [{ country: 'US' }],
    });
    await world.api.runJobs();
    const after = await money();
    expect(after).toMatchObject({
      earned,
      payable: { minor: '0' },
      heldBack: { minor: payable.minor },
      onItsWay: { minor: '10000' },
      blocks: [
        { gate: 'PAYOUT_ACCOUNT', reason: expect.stringContaining('18 November 2026'), decidedBy: 'EXPERT' },
        { gate: 'BANK_CHANGE', decidedBy: 'TIME', until: '2026-11-21T12:00:00.000Z' },
      ],
    });
    expect([await sentTo(old), await world.atRail('account')]).toEqual([10_000, 2]);
    expect(await owner('SELECT country FROM expert')).toEqual([{ country: 'DE' }]);
    expect(
      await owner(`SELECT count(*)::int AS n FROM mail WHERE subject LIKE 'Your payouts move%'`),
    ).toEqual([{ n: 1 }]);
  });

  it('never pays an account that was left, whoever writes it, and keeps it as it was', async () => {
    await expect(owner('UPDATE payout_account SET rail_account_id = $1', [old])).rejects.toThrow('was left');
    await expect(owner('DELETE FROM past_payout_account')).rejects.toThrow();
  });

  it('follows what was on its way to the old account until it is paid', async () => {
    expect(await payouts()).toContainEqual({ state: 'IN_TRANSIT', minor: 10_000, account: old });
    await world.books.query(
      `UPDATE sandbox.due SET due_at = due_at - interval '1 day' WHERE what LIKE 'payout%'`,
    );
    await world.settle(async () => (await money()).paid.minor === '10000');
    expect((await payouts())[0]).toEqual({ state: 'PAID', minor: 10_000, account: old });
  });

  it('pays the new account once it is ready and has waited, and the old one gets nothing more', async () => {
    await world.control('actions', { action: 'activate', objectId: await account() });
    hours(1);
    await world.settle(async () => (await standing()).accountState === 'ACTIVE');
    // The wait begins when the new bank account is there.
    expect((await money()).blocks).toMatchObject([
      { gate: 'BANK_CHANGE', until: '2026-11-21T13:00:00.000Z' },
    ]);
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(0);
    hours(74);
    await world.api.job('payout', 'send-what-lies-at-rail');
    const { earned } = await money();
    await world.control('delays', { payout: 0 });
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(1);
    await world.settle(async () => (await money()).paid.minor === earned.minor);
    expect([await sentTo(old), await sentTo(await account())]).toEqual([
      10_000,
      Number(earned.minor) - 10_000,
    ]);
    expect(await world.drift()).toEqual([]);
  });

  it('asks for other bank details of the account that was left where a bank sent back what went there', async () => {
    const LEFT =
      '{ payoutStanding { pastAccounts { id needsBankDetails } earnings { blocks { gate reason decidedBy until } } } }';
    const left = async () => (await expert.ask(LEFT)).payoutStanding;
    expect((await left()).pastAccounts).toEqual([{ id: old, needsBankDetails: false }]);
    const [first] = await owner('SELECT rail_payout_id AS id FROM payout ORDER BY amount_minor LIMIT 1');
    await world.control('actions', { action: 'fail_payout', objectId: first.id });
    await world.settle(async () => (await payouts())[0]?.state === 'RETURNED');
    expect(await left()).toMatchObject({
      pastAccounts: [{ id: old, needsBankDetails: true }],
      earnings: [
        {
          blocks: [
            {
              gate: 'RETURNED',
              decidedBy: 'EXPERT',
              reason: expect.stringContaining('you have given other bank details for that account'),
            },
          ],
        },
      ],
    });
    const OPEN_LEFT = 'mutation($id: ID!) { openBankDetails(pastAccountId: $id) { url } }';
    const stranger = await newExpert(world.api, 'Dr Eve');
    expect(await stranger.refused(OPEN_LEFT, { id: old })).toMatchObject({ code: 'NOT_FOUND' });
    const { url } = (await expert.ask(OPEN_LEFT, { id: old })).openBankDetails;
    await request(world.api.app.getHttpServer())
      .post(url)
      .type('form')
      .send({ currency: 'usd', number: '000123456789' })
      .expect(303);
    await world.settle(async () => !(await left()).pastAccounts[0].needsBankDetails);
    expect((await left()).earnings[0].blocks).toMatchObject([{ gate: 'RETURNED', decidedBy: 'TIME' }]);
    hours(74 + 73);
    await world.api.job('payout', 'send-what-lies-at-rail');
    await world.settle(async () => (await payouts())[0]?.state === 'PAID');
    hours(74);
  });

  it('leads an expert to the page for bank details and back, there and again after the bank has closed the account', async () => {
    const bea = await newExpert(world.api, 'Dr Bea');
    await chargedWeek(lab, bea, await running(world, lab, bea, 'Lung review'), [['08:00', '09:00']]);
    const waits = async () => (await bea.ask(WAITS)).payoutStanding;
    const own = async () => (await bea.ask(STANDING)).payoutStanding.earnings[0];
    const http = () => request(world.api.app.getHttpServer());
    const open = async () => (await bea.ask(OPEN)).openBankDetails.url as string;
    const save = (url: string, number: string, currency = 'usd') =>
      http().post(url).type('form').send({ currency, number });
    const links = async (title: string) =>
      owner(`SELECT DISTINCT link FROM notification WHERE title LIKE $1`, [title]);

    const first = await open();
    const page = await http().get(first).expect(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('United States');
    const refused = await save(first, '<b>').expect(400);
    expect(refused.text).toContain('4 to 34 letters and digits');
    expect((await waits()).accountState).toBe('ONBOARDING');
    const back = await save(first, '000111111113').expect(303);
    expect(back.headers.location).toBe('/expert/bank-details?from=given');
    expect((await save(first, '000111111113').expect(303)).headers.location).toContain('?from=late');
    await world.settle(async () => (await waits()).accountState === 'ACTIVE');
    // The first account is no change: nothing waits for it.
    expect(await waits()).toMatchObject({ currency: 'USD', bankWaitsUntil: null });

    hours(80);
    await bea.ask('mutation { payOutNow }');
    await world.settle(async () => (await waits()).accountState === 'RESTRICTED');
    expect(await links('%came back from your bank')).toEqual([{ link: '/expert/bank-details' }]);
    const { returned } = (await bea.ask('{ payoutStanding { earnings { returned { minor } } } }'))
      .payoutStanding.earnings[0];
    expect(BigInt(returned.minor)).toBeGreaterThan(0n);

    expect((await http().get(first)).headers.location).toContain('?from=late');
    await save(await open(), 'DE89 3704 0044 0532 0130 00', 'eur').expect(303);
    await world.settle(async () => (await waits()).accountState === 'ACTIVE');
    await world.settle(async () => (await links('Another bank account was set%')).length === 1);
    const until = new Date(NOON.getTime() + (80 + 72) * HOUR_MS).toISOString();
    expect(await waits()).toMatchObject({ currency: 'EUR', bankWaitsUntil: until, coolDownHours: 72 });
    expect(await links('Another bank account was set%')).toEqual([{ link: '/expert/bank-details' }]);
    hours(80 + 73);
    expect(await waits()).toMatchObject({ bankWaitsUntil: null });
    await world.api.job('payout', 'send-what-lies-at-rail');
    await world.settle(async () => (await own()).paid.minor === returned.minor);
    expect(await lab.refused(OPEN)).toMatchObject({ code: 'NOT_FOUND' });
    await http().get('/_sandbox/onboarding/nonsense').expect(404);
    expect(await world.drift()).toEqual([]);
  });
});

import request from 'supertest';
import { newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  NOON,
  putIn,
  running,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import type { Caller } from '../../../test/api';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';

const HOUR_MS = 3_600_000;
const STANDING =
  '{ payoutStanding { accountState earnings { earned { minor } payable { minor } heldBack { minor } onItsWay { minor } paid { minor } returned { minor } blocks { gate reason decidedBy since } } } }';
const PAYOUTS =
  '{ myPayouts { edges { node { id state paidAt returnedAt failureReason amount { minor } } } } }';
const HOUR = 12_345;
const CAME_BACK = new Date(NOON.getTime() + 80 * HOUR_MS).toISOString();
interface Minor {
  readonly minor: string;
}

/** One expert with two payouts that arrived; the bank returns the first after it was paid. */
describe('a payout that the bank returns after it was paid', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let finance: Caller;
  let engagementId: string;
  /** The rail's number of the first payout. */
  let early: string;

  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const standing = async () => (await expert.ask(STANDING)).payoutStanding;
  /** Where the money is; to the cent, always. */
  const money = async () => {
    const [found] = (await standing()).earnings;
    if (!found) return found;
    const parts = [found.payable, found.heldBack, found.onItsWay, found.paid];
    expect(parts.reduce((sum, { minor }) => sum + Number(minor), 0)).toBe(Number(found.earned.minor));
    return found;
  };
  /** What the statement of the month says, and the year. */
  const statement = async () => {
    const address = '/statements/earnings/period.json?from=2026-11-01&to=2026-11-30';
    const { body } = await request(world.api.app.getHttpServer())
      .get(address)
      .set({ authorization: `Bearer ${expert.token}` })
      .expect(200);
    const [sum] = body.sums;
    const [year] = body.years;
    return {
      month: ['earned', 'paid', 'onItsWay', 'cameBack', 'other', 'after'].map((each) =>
        Number(sum[`${each}Minor`]),
      ),
      year: ['payments', 'paidMinor', 'onItsWayMinor', 'reversedMinor', 'netMinor'].map((each) =>
        Number(year[each]),
      ),
    };
  };
  const payouts = async (): Promise<Record<string, unknown>[]> =>
    (await expert.ask(PAYOUTS)).myPayouts.edges.map(({ node }: { node: object }) => node).reverse();
  const told = async () =>
    (
      await expert.ask('{ notifications(first: 100) { edges { node { kind title body } } } }')
    ).notifications.edges.map(({ node }: { node: object }) => node);
  const act = (action: string, objectId: string) => world.control('actions', { action, objectId });
  /** An hour of work that is charged and paid out. Returns the rail's number of the payout. */
  const paidHour = async (from: string, to: string): Promise<string> => {
    const before = Number((await money())?.paid.minor ?? 0);
    await chargedWeek(lab, expert, engagementId, [[from, to]]);
    await expert.ask('mutation { payOutNow }');
    await world.settle(async () => Number((await money()).paid.minor) === before + HOUR);
    return (await world.newestAtRail('payout')).id;
  };
  const reconciled = async () => {
    await finance.ask('mutation { reconcileRail }');
    await world.api.runJobs();
    const [run] = (await finance.ask('{ reconciliationRuns { openBreaks proofs { difference { minor } } } }'))
      .reconciliationRuns;
    return run;
  };
  /** So many hours after the beginning, when the rail has been told that nothing waits any more. */
  const coolDownOver = async (hours: number) => {
    world.api.clock.hold(new Date(NOON.getTime() + hours * HOUR_MS));
    await world.api.job('payout', 'send-what-lies-at-rail');
  };
  const CLEAN = { openBreaks: 0, proofs: [{ difference: { minor: '0' } }] };

  beforeAll(async () => {
    world = await moneyWorld({ SESSION_IDLE_SECONDS: '9999999', SESSION_MAX_SECONDS: '9999999' });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await world.control('fees', { payout_fixed: 25 });
    await putIn(world, lab, '500000');
    engagementId = await running(world, lab, expert, 'Heart review');
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(async () => (await standing()).accountState === 'ACTIVE');
    early = await paidHour('08:00', '09:00');
    world.api.clock.hold(new Date(NOON.getTime() + HOUR_MS));
    await paidHour('09:00', '10:00');
    expect(await reconciled()).toEqual(CLEAN);
    // As of accounts from before the rail told: its first news of the bank account is that it was closed.
    await owner('UPDATE payout_account SET rail_bank_id = NULL');
  }, 400_000);
  afterAll(() => world.stop());

  it('is paid no more: its money is in the account at the rail, the expert and the journal know, the gate is closed', async () => {
    const posted = () => owner('SELECT count(*)::int AS n FROM ledger.posting');
    const [before, entries] = [await money(), await posted()];
    world.api.clock.hold(new Date(NOON.getTime() + 80 * HOUR_MS));
    await act('fail_payout', early);
    await world.settle(async () => (await money()).returned.minor === `${HOUR}`);
    expect(await money()).toMatchObject({
      earned: before.earned,
      ...{ payable: { minor: '0' }, heldBack: { minor: `${HOUR}` }, onItsWay: { minor: '0' } },
      ...{ paid: { minor: `${HOUR}` }, returned: { minor: `${HOUR}` } },
      // It waits since it came back, not since it was earned.
      blocks: [{ gate: 'RETURNED', decidedBy: 'EXPERT', since: CAME_BACK }],
    });
    expect((await standing()).accountState).toBe('RESTRICTED');
    expect(await payouts()).toMatchObject([
      {
        state: 'RETURNED',
        paidAt: null,
        returnedAt: CAME_BACK,
        failureReason: 'The bank account has been closed.',
      },
      { state: 'PAID', paidAt: expect.any(String) },
    ]);
    expect(await told()).toContainEqual({
      kind: 'PAYOUT_RETURNED',
      title: 'US$123.45 came back from your bank',
      body: expect.stringMatching(
        /^We told you that it was paid; .* since\. The bank account has been closed\. .*other bank details/,
      ),
    });
    expect(
      await owner(
        `SELECT from_state, to_state, facts->>'railPayoutId' AS rail FROM journal_entry WHERE subject_type = 'payout' AND to_state = 'RETURNED'`,
      ),
    ).toEqual([{ from_state: 'PAID', to_state: 'RETURNED', rail: early }]);
    expect(await statement()).toEqual({
      month: [2 * HOUR, 2 * HOUR, 0, HOUR, 0, HOUR],
      year: [2, 2 * HOUR, 0, HOUR, HOUR],
    });
    // Nobody set another bank account: no alarm, and no wait for it.
    expect((await told()).map(({ kind }: { kind: string }) => kind)).not.toContain('BANK_CHANGED');
    // Also where a later payout arrived.
    const { homeForExpert } = await expert.ask('{ homeForExpert { kind } }');
    expect(homeForExpert).toContainEqual({ kind: 'PAYOUT_RETURNED' });
    // It left the books with its transfer and has not come back to the platform.
    expect(await posted()).toEqual(entries);
    expect(await world.drift()).toEqual([]);
    expect(await reconciled()).toEqual(CLEAN);
  });

  it('stays returned, whatever the rail tells again of how it was', async () => {
    const { rows } = await world.books.query(
      `SELECT id FROM sandbox.event WHERE body->'data'->'object'->>'id' = $1 ORDER BY created_at`,
      [early],
    );
    expect(rows.length).toBeGreaterThanOrEqual(3);
    const handled = async () =>
      (
        await owner(
          'SELECT count(*)::int AS n FROM rail_event WHERE object_id = $1 AND outcome IS NOT NULL',
          [early],
        )
      )[0]?.n;
    await world.settle(async () => (await handled()) === rows.length);
    await owner('DELETE FROM rail_event WHERE object_id = $1', [early]);
    for (const { id } of rows) await act('send_again', id);
    await world.settle(async () => (await handled()) === rows.length);
    expect((await payouts()).map(({ state }) => state)).toEqual(['RETURNED', 'PAID']);
    expect((await told()).filter(({ kind }: { kind: string }) => kind === 'PAYOUT_RETURNED')).toHaveLength(1);
    // Each payment was told once, however often the rail told of it.
    expect((await told()).filter(({ kind }: { kind: string }) => kind === 'PAID')).toHaveLength(2);
  });

  it('is sent again to other bank details with what was earned since, and paid once', async () => {
    await chargedWeek(lab, expert, engagementId, [['10:00', '11:00']]);
    expect((await money()).blocks).toMatchObject([
      { gate: 'PAYOUT_ACCOUNT', decidedBy: 'EXPERT', since: CAME_BACK },
      { gate: 'RETURNED', decidedBy: 'EXPERT' },
    ]);
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(0);
    await act('change_bank', (await world.newestAtRail('account')).id);
    await world.settle(async () => (await standing()).accountState === 'ACTIVE');
    await coolDownOver(153);
    await world.settle(async () => (await money()).paid.minor === `${2 * HOUR}`);
    expect((await payouts()).slice(0, 2)).toMatchObject([
      { state: 'PAID', paidAt: expect.any(String), failureReason: null },
      { state: 'PAID' },
    ]);
    expect(await statement()).toEqual({
      month: [3 * HOUR, 3 * HOUR, 0, HOUR, 0, HOUR],
      year: [3, 3 * HOUR, 0, HOUR, 2 * HOUR],
    });
    expect((await standing()).accountState).toBe('ACTIVE');
    world.api.clock.hold(new Date(NOON.getTime() + 200 * HOUR_MS));
    await expert.ask('mutation { payOutNow }');
    await world.settle(async () => (await money()).paid.minor === `${3 * HOUR}`);
    expect(await world.atRail('transfer')).toBe(3);
    expect(await world.drift()).toEqual([]);
    expect(await reconciled()).toEqual(CLEAN);
  });

  it('says nothing about another bank account that was set meanwhile: the gate stays open, and it is sent there', async () => {
    const kinds = async (wanted: string) =>
      (await told())
        .filter(({ kind }: { kind: string }) => kind === wanted)
        .map(({ body }: { body: string }) => body);
    // That the bank closed the account was no change of it.
    expect(await kinds('BANK_CHANGED')).toHaveLength(1);
    const late = (await world.newestAtRail('payout')).id;
    await act('change_bank', (await world.newestAtRail('account')).id);
    await world.settle(async () => (await kinds('BANK_CHANGED')).length === 2);
    await world.control('delays', { payout: 3600 });
    await act('fail_payout', late);
    await world.settle(async () => (await kinds('PAYOUT_RETURNED')).length === 2);
    expect((await kinds('PAYOUT_RETURNED'))[0]).toContain('Another bank account has been set');
    await coolDownOver(273);
    await world.settle(async () => (await money()).onItsWay.minor === `${HOUR}`);
    // What was sent a second time is on its way; the first sending was paid, and came back.
    const { year } = await statement();
    expect(year).toEqual([5, 4 * HOUR, HOUR, 2 * HOUR, 3 * HOUR]);
    await world.books.query(
      `UPDATE sandbox.due SET due_at = due_at - interval '1 day' WHERE what LIKE 'payout%'`,
    );
    await world.settle(async () => (await money()).paid.minor === `${3 * HOUR}`);
    expect((await standing()).accountState).toBe('ACTIVE');
    expect((await payouts()).map(({ state }) => state)).toEqual(['PAID', 'PAID', 'PAID']);
    expect(
      await owner(
        `SELECT to_state FROM journal_entry WHERE subject_type = 'payout-account' AND to_state = 'RESTRICTED'`,
      ),
    ).toHaveLength(1);
    expect(await world.atRail('transfer')).toBe(3);
    expect(await reconciled()).toEqual(CLEAN);
  });

  it('has cost the rail’s fee each time that it was sent; what names no payout is no lab’s; margins are what the books say', async () => {
    expect(
      await owner(
        'SELECT rail_fee_minor::int AS fee, past_rail_fee_minor::int AS past, rail_fee_currency AS code FROM payout ORDER BY created_at',
      ),
    ).toEqual([
      { fee: 50, past: 25, code: 'USD' },
      { fee: 25, past: 0, code: 'USD' },
      { fee: 50, past: 25, code: 'USD' },
    ]);
    // The rail takes a fee of many payouts in one.
    await world.books.query(
      `INSERT INTO sandbox.object (id, kind, body, created_at)
       SELECT 'txn_many', kind, body || '{"id": "txn_many", "source": null, "amount": -40, "net": -40}', now()
       FROM sandbox.object WHERE kind = 'balance_transaction' AND body->>'type' = 'stripe_fee' LIMIT 1`,
    );
    await world.books.query(
      `UPDATE sandbox.object SET body = jsonb_set(body, '{available}', to_jsonb((body->>'available')::bigint - 40)) WHERE id = 'bal_platform_usd'`,
    );
    expect(await reconciled()).toEqual(CLEAN);
    const booked = await owner(
      `SELECT t.kind, sum(p.amount)::int AS minor FROM ledger.posting p JOIN ledger.ledger_transaction t ON t.id = p.transaction_id
       JOIN ledger.account d ON d.id = p.debit_account WHERE d.kind = 'rail_fee_expense' GROUP BY 1 ORDER BY 1`,
    );
    expect(booked).toEqual([
      { kind: 'payout-fee', minor: 125 },
      { kind: 'rail-fee', minor: 40 },
    ]);
    const { edges } = (
      await finance.ask(
        '{ margins(first: 50) { edges { node { labName railIn { minor } railOut { minor } } } } }',
      )
    ).margins;
    const taken = (name: string | null) =>
      edges
        .map(({ node }: { node: { labName: string | null; railIn: Minor; railOut: Minor } }) => node)
        .filter(({ labName }: { labName: string | null }) => labName === name)
        .map(({ railIn, railOut }: { railIn: Minor; railOut: Minor }) => [railIn.minor, railOut.minor]);
    expect([taken('Cumulus'), taken(null)]).toEqual([[['0', '125']], [['40', '0']]]);
  });

  it('is found out by the day where the message of it was lost', async () => {
    await world.control('delays', { payout: 0 });
    const { id } = await world.newestAtRail('payout');
    await world.control('webhooks', { delay: 86_400 });
    await act('fail_payout', id);
    await world.api.runJobs();
    expect((await money()).returned.minor).toBe('0');
    await world.api.job('payout', 'poll-returned-payouts');
    expect(await money()).toMatchObject({
      ...{ paid: { minor: `${2 * HOUR}` }, returned: { minor: `${HOUR}` } },
    });
    await world.api.job('payout', 'poll-returned-payouts');
    expect((await standing()).accountState).toBe('RESTRICTED');
    expect((await told()).filter(({ kind }: { kind: string }) => kind === 'PAYOUT_RETURNED')).toHaveLength(3);
  });

  it('a second transfer for one payout is named as a duplicate at once, and its amount with it', async () => {
    await world.control('webhooks', { delay: 0 });
    const [payout] = await owner(
      `SELECT p.id, a.rail_account_id AS "recipientId" FROM payout p JOIN payout_account a USING (expert_id) ORDER BY p.created_at LIMIT 1`,
    );
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const again = {
      amountMinor: 500n,
      currency: 'USD',
      recipientId: payout.recipientId,
      payoutId: payout.id,
    };
    expect((await rail.transfer(again, 'another-key')).kind).toBe('done');
    world.api.clock.hold(new Date(world.api.clock.now().getTime() + HOUR_MS));
    expect(await reconciled()).toMatchObject({ openBreaks: 1 });
    const FOUND = '{ reconciliationBreaks(state: "OPEN") { edges { node { kind rail { minor } } } } }';
    expect((await finance.ask(FOUND)).reconciliationBreaks.edges).toEqual([
      { node: { kind: 'DUPLICATE', rail: { minor: '-500' } } },
    ]);
  });
});

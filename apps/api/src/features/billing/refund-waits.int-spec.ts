import type { Caller } from '../../../test/api';
import { DECIDE, decision, waitingFor } from '../../../test/approvals';
import { key, vettedLab } from '../../../test/main-job';
import { moneyWorld, NOON, putIn, type Lab, type MoneyWorld } from '../../../test/money-world';

const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const REFUNDS =
  '{ labRefunds { edges { node { id state failureReason } } } labBalances { prepaid { minor } } }';
const WITHDRAW = 'mutation($id: ID!) { withdrawRefund(id: $id) }';
const BELL = '{ notifications(first: 100) { edges { node { kind title body } } } }';

/** The rail keeps its fee of what arrives, so the platform may have less there than it owes a lab. */
describe('a refund that the platform’s balance at the rail does not cover', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let neighbour: Lab;
  let finance: Caller;
  let minutes = 0;
  const shown = async () => {
    const { labRefunds, labBalances } = await lab.ask(REFUNDS);
    const { id: _id, ...refund } = labRefunds.edges[0].node;
    return { ...refund, prepaid: labBalances[0].prepaid.minor };
  };
  const told = async (by: Caller, kind: string) =>
    (await by.ask(BELL)).notifications.edges
      .map(({ node }: { node: { kind: string } }) => node)
      .filter((each: { kind: string }) => each.kind === kind);
  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const poll = async () => {
    world.api.clock.hold(new Date(NOON.getTime() + (minutes += 2) * 60_000));
    await world.api.job('rail', 'poll-refunds');
    await world.api.runJobs();
  };
  beforeAll(async () => {
    world = await moneyWorld({ REFUND_APPROVAL_ABOVE: 'USD:500' });
    lab = await vettedLab(world.api, 'Cumulus');
    neighbour = await vettedLab(world.api, 'Nimbus');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await world.control('fees', { payment_ppm: 10_000 });
    await putIn(world, lab, '50000');
    await world.control('fees', { payment_ppm: 0 });
  }, 400_000);
  afterAll(() => world.stop());

  it('waits on the platform’s side: the lab reads nothing of that balance, finance what to do, once', async () => {
    const input = { amountMinor: '50000', currency: 'USD', idempotencyKey: key() };
    await lab.ask(REFUND, { input });
    await world.api.runJobs();
    await poll();
    await poll();
    const waits = 'It waits on our side and is sent as soon as it can be. The money is kept for you.';
    expect(await shown()).toMatchObject({ state: 'WAITING', failureReason: waits });
    expect(await told(lab, 'REFUND_WAITS')).toEqual([
      expect.objectContaining({ title: 'US$500.00 goes back to you a little later' }),
    ]);
    expect(JSON.stringify(await lab.ask(BELL))).not.toMatch(/insufficient|available funds/i);
    expect(await told(finance, 'REFUND_WAITS')).toEqual([
      expect.objectContaining({ body: expect.stringContaining('Top its balance up there') }),
    ]);
    expect([await world.atRail('refund'), await world.drift()]).toEqual([0, []]);
  });

  it('is withdrawn by its lab while nothing has left: the money is free again, and finance need not top up', async () => {
    const { id } = (await lab.ask(REFUNDS)).labRefunds.edges[0].node;
    expect(await neighbour.refused(WITHDRAW, { id })).toMatchObject({ code: 'NOT_FOUND' });
    const answers = await Promise.all([lab.raw(WITHDRAW, { id }), lab.raw(WITHDRAW, { id })]);
    const codes = answers.flatMap(({ errors }) => (errors ?? []).map(({ extensions }) => extensions.code));
    expect(codes).toEqual(['STATE_CHANGED']);
    expect(await shown()).toEqual({ state: 'WITHDRAWN', failureReason: null, prepaid: '50000' });
    expect(await told(lab, 'REFUND_WITHDRAWN')).toEqual([
      expect.objectContaining({ title: 'US$500.00 does not go back: it was withdrawn' }),
    ]);
    expect(await told(finance, 'REFUND_WITHDRAWN')).toEqual([
      expect.objectContaining({ title: 'Cumulus withdrew a refund of US$500.00' }),
    ]);
    expect(
      await owner(`SELECT from_state, to_state FROM journal_entry WHERE command = 'withdraw-refund'`),
    ).toEqual([{ from_state: 'WAITING', to_state: 'WITHDRAWN' }]);
    expect([await world.posted('refund-withdrawn'), await world.drift()]).toEqual([1, []]);
  });

  it('can be asked for again: what was withdrawn went nowhere, so all of it may go back within the day', async () => {
    const input = { amountMinor: '50000', currency: 'USD', idempotencyKey: key() };
    expect((await lab.ask(REFUND, { input })).requestRefund).toHaveLength(1);
    await world.api.runJobs();
    await poll();
    expect(await shown()).toMatchObject({ state: 'WAITING', prepaid: '0' });
  });

  it('is not withdrawn while it is handed to the rail, for it may have left, nor by any other way', async () => {
    const { id } = (await lab.ask(REFUNDS)).labRefunds.edges[0].node;
    await owner(`UPDATE lab_refund SET state = 'REQUESTED', version = version + 1 WHERE id = '${id}'`);
    expect(await lab.refused(WITHDRAW, { id })).toMatchObject({
      code: 'REFUND_GONE',
      message: expect.stringContaining('it may have left already'),
    });
    await expect(owner(`UPDATE lab_refund SET state = 'WITHDRAWN' WHERE id = '${id}'`)).rejects.toMatchObject(
      {
        constraint: 'state_kept',
      },
    );
  });

  it('goes back once, by itself, when the balance covers it; what was withdrawn before does not go', async () => {
    await putIn(world, neighbour, '60000');
    await poll();
    await world.settle(async () => (await shown()).state === 'SUCCEEDED');
    expect(await shown()).toEqual({ state: 'SUCCEEDED', failureReason: null, prepaid: '0' });
    await poll();
    expect(await world.atRail('refund')).toBe(1);
    expect(await told(lab, 'REFUND_SENT')).toHaveLength(1);
    expect(await told(lab, 'REFUND_FAILED')).toEqual([]);
    const { id } = (await lab.ask(REFUNDS)).labRefunds.edges[0].node;
    expect(await lab.refused(WITHDRAW, { id })).toMatchObject({
      code: 'REFUND_GONE',
      message: expect.stringContaining('It is back with you already'),
    });
  });

  it('is withdrawn too while it waits for a person of the platform: nobody decides on it any more', async () => {
    const ASKED = '{ waitingRefunds { id amount { minor } } labBalances { available { minor } } }';
    const input = { amountMinor: '60000', currency: 'USD', idempotencyKey: key() };
    expect((await neighbour.ask(REFUND, { input })).requestRefund).toEqual([]);
    const [request] = await waitingFor(finance, 'refund.send');
    if (!request) throw new Error('nothing waits');
    const { id } = request;
    expect((await neighbour.ask(ASKED)).waitingRefunds).toEqual([{ id, amount: { minor: '60000' } }]);
    expect(await lab.refused(WITHDRAW, { id })).toMatchObject({ code: 'NOT_FOUND' });
    await neighbour.ask(WITHDRAW, { id });
    expect(await neighbour.ask(ASKED)).toEqual({
      waitingRefunds: [],
      labBalances: [{ available: { minor: '60000' } }],
    });
    expect(await finance.refused(DECIDE, decision(request))).toMatchObject({ code: 'APPROVAL_CLOSED' });
    expect(await neighbour.refused(WITHDRAW, { id })).toMatchObject({
      code: 'STATE_CHANGED',
      message: expect.stringContaining('This refund is already withdrawn.'),
    });
    expect(await told(finance, 'REFUND_WITHDRAWN')).toEqual(
      expect.arrayContaining([expect.objectContaining({ title: 'Nimbus withdrew a refund of US$600.00' })]),
    );
    expect(await world.atRail('refund')).toBe(1);
  });
});

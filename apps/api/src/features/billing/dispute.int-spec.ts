import { formatAmount } from '@tallystick/domain';
import type { Caller } from '../../../test/api';
import { approve, DECIDE, decision, waitingFor } from '../../../test/approvals';
import { asIntruder } from '../../../test/intruder';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  NOON,
  putIn,
  running,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';

const LIST =
  '{ disputes { totalCount edges { node { id labName state railStatus evidenceDueAt ageDays amount { minor } left { minor } } } } }';
const ONE = `query($id: ID!) { dispute(id: $id) { state railStatus repaid { minor } writtenOff { minor } left { minor }
  railNotes { type } moves { kind amount { minor } } waitingWeeks waiting { minor } } }`;
const TAKE_BACK = `mutation { requestRefund(input: { amountMinor: "1000", currency: "USD", idempotencyKey: "KEY" }) { id } }`;
const OWN = '{ labDisputes { state amount { minor } repaid { minor } writtenOff { minor } left { minor } } }';
const AT_RAIL = '{ sandboxState { objects { kind ownerName status actions } } }';
const WRITE_OFF = 'mutation($input: WriteOffDisputeInput!) { writeOffDispute(input: $input) }';
const OWES =
  '{ labBalances { invoiced { minor } lost { minor } } labMovements(first: 100) { edges { node { owes { minor } } } } }';
const WEEKS =
  'query($id: ID!) { engagement(id: $id) { nextWeekFunding { state action sentence actionPath triedAt } } }';
const REASONS = 'query($id: ID!) { engagement(id: $id) { weeks { state failureReason } } }';
const BELL = '{ notifications { edges { node { title body } } } }';

/** Payments that somebody told their bank were not right: one that the balance covers, and one that it does not. */
describe('disputed payments', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let finance: Caller;
  let other: Caller;
  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    other = await world.api.staff('other@example.org', ['FINANCE']);
  });
  afterAll(() => world.stop());

  const listed = async () =>
    (await finance.ask(LIST)).disputes.edges.map(({ node }: { node: object }) => node);
  const newest = async () => (await listed())[0];
  const is = (state: string, count = 1) =>
    world.settle(async () => (await listed()).length === count && (await newest()).state === state);
  const act = async (action: string, kind: string) =>
    world.control('actions', { action, objectId: (await world.newestAtRail(kind)).id });
  const free = async () =>
    Number((await lab.ask('{ labBalances { available { minor } } }')).labBalances[0].available.minor);
  const told = async (by: Caller, words: string) =>
    (await by.ask(BELL)).notifications.edges.filter(({ node }: { node: { title: string; body: string } }) =>
      `${node.title} ${node.body}`.includes(words),
    ).length;
  /** What waits on a home page, of disputes. */
  const waits = async (by: Caller, side: 'Lab' | 'Staff') =>
    (await by.ask(`{ home: homeFor${side} { kind title link due count } }`)).home.filter(
      ({ kind }: { kind: string }) => /DISPUTE|DEBT/.test(kind),
    );
  const stopped = async () =>
    (await lab.ask('{ labBalances { weeksStopped } }')).labBalances.map(
      ({ weeksStopped }: { weeksStopped: string | null }) => weeksStopped,
    );
  const takeBackRefused = () => lab.refused(TAKE_BACK.replace('KEY', key()));
  const wish = (disputeId: string) => ({
    input: { disputeId, reason: 'The lab has closed its business.', idempotencyKey: key() },
  });

  it('says what the rail says, until when it takes evidence, and what it means for the lab’s work', async () => {
    await putIn(world, lab, '30000');
    await act('dispute', 'payment_intent');
    await is('OPEN');
    expect(await listed()).toEqual([
      {
        ...{ id: expect.any(String), labName: 'Cumulus', state: 'OPEN', railStatus: 'needs_response' },
        ...{
          evidenceDueAt: expect.any(String),
          ageDays: 0,
          amount: { minor: '30000' },
          left: { minor: '0' },
        },
      },
    ]);
    // At the rail it is on top, with the lab's name, and its payment cannot be disputed again.
    const { objects } = (await finance.ask(AT_RAIL)).sandboxState;
    expect(objects.slice(0, 2)).toEqual([
      {
        kind: 'dispute',
        ownerName: 'Cumulus',
        status: 'needs_response',
        actions: ['win_dispute', 'lose_dispute'],
      },
      { kind: 'payment_intent', ownerName: 'Cumulus', status: 'disputed', actions: [] },
    ]);
    expect(await told(lab, 'Your payment of US$300.00 is disputed')).toBe(1);
    expect(await told(lab, 'new weeks are not held until it is settled')).toBe(1);
    // Staff read which lab it is, and what they can do about it.
    expect(await told(finance, 'A payment of US$300.00 by Cumulus is disputed')).toBe(1);
    expect(await told(finance, 'Send evidence to the payment provider')).toBe(1);
    expect(await told(finance, 'your payment')).toBe(0);
    // It stands on both home pages until the bank has decided.
    expect(await waits(lab, 'Lab')).toMatchObject([
      { kind: 'PAYMENT_DISPUTED', title: 'A payment of yours is disputed', link: '/lab/billing', count: 1 },
    ]);
    expect(await waits(finance, 'Staff')).toMatchObject([
      {
        ...{ kind: 'DISPUTE_TO_ANSWER', title: 'A payment of Cumulus is disputed' },
        ...{ link: `/admin/disputes/${(await newest()).id}`, due: (await newest()).evidenceDueAt },
      },
    ]);
    const terms = { amountMinor: '100000', currency: 'USD', dueDays: 30, reason: 'A lab that we know well.' };
    await finance.ask('mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }', {
      input: { ...terms, labId: lab.labId, idempotencyKey: key() },
    });
    const issue = 'mutation($input: IssueInvoiceInput!) { issueInvoice(input: $input) }';
    const invoice = { amountMinor: '10000', currency: 'USD', idempotencyKey: key() };
    expect(await lab.refused(issue, { input: invoice })).toMatchObject({ code: 'PAYMENT_DISPUTED' });
    expect(await stopped()).toEqual([
      'No new week can start until the bank has decided on your disputed payment.',
    ]);
    // The payment might leave twice: by the bank, and by us.
    expect(await takeBackRefused()).toMatchObject({ code: 'PAYMENT_DISPUTED' });
    const bonuses = { file: 'any', name: 'bonuses.csv', idempotencyKey: key() };
    expect(
      await lab.refused('mutation($input: PayBonusesInput!) { payBonuses(input: $input) }', {
        input: bonuses,
      }),
    ).toMatchObject({ code: 'PAYMENT_DISPUTED' });
    const { dispute } = await finance.ask(ONE, { id: (await newest()).id });
    expect(dispute.railNotes.map(({ type }: { type: string }) => type)).toContain('charge.dispute.created');
    expect(dispute.moves).toContainEqual({ kind: 'dispute-moved', amount: { minor: '30000' } });
    expect(await finance.refused(WRITE_OFF, wish((await newest()).id))).toMatchObject({
      code: 'DISPUTE_NOT_OWED',
    });
    await act('lose_dispute', 'dispute');
    await is('LOST');
    // What is free covers it: it is paid at once, and nothing stays owed.
    expect(await free()).toBe(0);
    expect([await waits(lab, 'Lab'), await waits(finance, 'Staff')]).toEqual([[], []]);
    expect(await stopped()).toEqual([null]);
    expect((await lab.ask(OWN)).labDisputes).toEqual([
      {
        ...{ state: 'LOST', amount: { minor: '30000' }, repaid: { minor: '30000' } },
        ...{ writtenOff: { minor: '0' }, left: { minor: '0' } },
      },
    ]);
    // The payment itself says that it was taken back, and when.
    const { fundings } = await lab.ask(
      '{ fundings { edges { node { state amount { minor } takenBackAt takenBack { minor } } } } }',
    );
    const taken = fundings.edges.filter(({ node }: { node: { takenBackAt: string } }) => node.takenBackAt);
    expect(taken).toEqual([
      {
        node: {
          ...{ state: 'CLEARED', amount: { minor: '30000' }, takenBack: { minor: '30000' } },
          takenBackAt: world.api.clock.now().toISOString(),
        },
      },
    ]);
  });

  it('collects what the balance does not cover from the next payments, in parts; experts are paid all the same', async () => {
    const expert = await newExpert(world.api, 'Dr Ana');
    await putIn(world, lab, '150000');
    const payment = await world.newestAtRail('payment_intent');
    world.api.clock.hold(new Date(NOON.getTime() + 300_000));
    const engagementId = await running(world, lab, expert, 'Heart review');
    await world.api.runJobs();
    const rest = await free();
    expect(rest).toBeGreaterThan(0);
    await world.control('actions', { action: 'dispute', objectId: payment.id });
    await act('lose_dispute', 'dispute');
    await is('LOST', 2);
    expect(await free()).toBe(0);
    const { id } = await newest();
    const owed = async () => Number((await finance.ask(ONE, { id })).dispute.left.minor);
    expect(await owed()).toBe(150_000 - rest);
    // One number everywhere: the balance, the notice and the movements.
    const owes = await lab.ask(OWES);
    expect(owes.labBalances).toEqual([{ invoiced: { minor: '0' }, lost: { minor: `${150_000 - rest}` } }]);
    const moved = owes.labMovements.edges.map(
      ({ node }: { node: { owes: { minor: string } } }) => node.owes.minor,
    );
    expect(moved.reduce((sum: number, minor: string) => sum + Number(minor), 0)).toBe(150_000 - rest);
    expect(await stopped()).toEqual(['No new week can start until what the bank took back is paid.']);
    // The engagement's page promises neither side the next week, and says what to do.
    const nextWeek = async (by: Caller) =>
      (await by.ask(WEEKS, { id: engagementId })).engagement.nextWeekFunding;
    expect(await nextWeek(lab)).toEqual({
      ...{ state: 'STOPPED', action: 'ADD_FUNDS', actionPath: '/lab/billing', triedAt: null },
      sentence: `No new week can start until what the bank took back is paid. Add funds: what you owe is taken first, then weeks are held again.`,
    });
    expect(await nextWeek(expert)).toEqual({
      ...{ state: 'STOPPED', action: 'DO_NOT_WORK', actionPath: null, triedAt: null },
      sentence: expect.stringMatching(/^No new week can start while a payment of the lab is disputed\./),
    });
    // Nor is a week begun that is due now: each side is told why, and not that the balance is too low.
    const eve = await newExpert(world.api, 'Dr Eve');
    const begun = await running(world, lab, eve, 'Kidney review');
    const { weeks } = (await eve.ask(REASONS, { id: begun })).engagement;
    expect(weeks.at(-1)).toEqual({
      state: 'FAILED',
      failureReason: 'No new week can start while a payment of the lab is disputed.',
    });
    expect(await told(lab, 'No new week can start until what the bank took back is paid.')).toBeGreaterThan(
      0,
    );
    expect(await told(eve, 'No new week can start while a payment of the lab is disputed.')).toBe(
      weeks.length,
    );
    expect(await told(finance, 'The lab owes this amount')).toBe(2);
    expect(await told(finance, 'You owe')).toBe(0);
    expect(await takeBackRefused()).toMatchObject({ code: 'PAYMENT_DISPUTED' });
    await chargedWeek(lab, expert, engagementId, [['09:00', '10:00']]);
    const { myCharges } = await expert.ask('{ myCharges { edges { node { tally { pay { minor } } } } } }');
    expect(myCharges.edges).toEqual([{ node: { tally: { pay: { minor: '12345' } } } }]);
    await world.api.runJobs();
    const before = await owed();
    await putIn(world, lab, '20000');
    expect(await owed()).toBe(before - 20_000);
    expect(await free()).toBe(0);
    // The notice of the payment says where it went.
    expect(
      await told(lab, 'US$200.00 was taken for what you owe of a payment that the bank took back.'),
    ).toBe(1);
    expect(await waits(lab, 'Lab')).toMatchObject([{ kind: 'DEBT_OWED', link: '/lab/billing' }]);
    expect(await waits(finance, 'Staff')).toMatchObject([
      { kind: 'DEBT_TO_COLLECT', title: 'Cumulus owes for a lost dispute', link: `/admin/disputes/${id}` },
    ]);
    // What becomes free without any payment goes there at once, and the lab reads so.
    const [charge] = (await expert.ask('{ myCharges { edges { node { id } } } }')).myCharges.edges;
    await finance.ask('mutation($input: TakeBackChargeInput!) { takeBackCharge(input: $input) }', {
      input: { chargeId: charge.node.id, reason: 'Logged twice.', idempotencyKey: key() },
    });
    await world.api.runJobs();
    expect(await owed()).toBe(before - 20_000 - 14_197);
    expect(await free()).toBe(0);
    expect(await told(lab, 'US$141.97 of your balance went to what you owe')).toBe(1);
    expect(await world.drift()).toEqual([]);
  });

  it('lets two people write off what is owed now, and never more than that', async () => {
    const { id } = await newest();
    const left = async () => (await finance.ask(ONE, { id })).dispute.left.minor;
    await finance.ask(WRITE_OFF, wish(id));
    const [request] = await waitingFor(finance, 'dispute.write-off');
    if (!request) throw new Error('nothing waits');
    expect(request.summary).toMatch(/^Write off US\$.* that Cumulus owes from a lost dispute\.$/);
    expect(await finance.refused(DECIDE, decision(request))).toMatchObject({ code: 'OWN_REQUEST' });
    await putIn(world, lab, '1000');
    const owed = await left();
    await other.ask(DECIDE, decision(request));
    // The lab has paid a part since: what was approved is not what is owed.
    expect(await left()).toBe(owed);
    expect(await told(finance, 'The lab has paid a part since')).toBe(1);
    await finance.ask(WRITE_OFF, wish(id));
    await approve(other, 'dispute.write-off');
    const { dispute } = await finance.ask(ONE, { id });
    expect(dispute).toMatchObject({ state: 'LOST', left: { minor: '0' }, writtenOff: { minor: owed } });
    expect(dispute.moves.at(-1)).toEqual({ kind: 'dispute-written-off', amount: { minor: owed } });
    expect(await told(lab, 'You no longer owe')).toBe(1);
    const { rows } = await world.api.owner().query(
      `SELECT sum(s.debits_posted - s.credits_posted)::text AS lost FROM ledger.account a CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') s
       WHERE a.code = 'dispute_loss:platform:USD'`,
    );
    expect(rows).toEqual([{ lost: owed }]);
    await expect(
      asIntruder(world.api.database, `UPDATE lab_dispute SET approval_request_id = NULL WHERE id = '${id}'`),
    ).rejects.toThrow('lab_dispute_written_off_by_two');
    await putIn(world, lab, '1000');
    expect(await free()).toBe(1000);
    const { proveBooks } = await finance.ask('mutation { proveBooks { isProven checks { name faults } } }');
    // What the platform bears is its own money to put in: the proof says so, and names nothing else.
    const faults = proveBooks.checks.flatMap((each: { faults: string[] }) => each.faults);
    expect(faults).toEqual([
      expect.stringMatching(/is owed and .* is there: put US\$.* of the platform’s own money in/),
    ]);
  });

  it('is settled by the payment that covers it: the notice says what was taken and what is free, and both sides are told', async () => {
    const debtor = await vettedLab(world.api, 'Stratus');
    const expert = await newExpert(world.api, 'Dr Bob');
    await putIn(world, debtor, '150000');
    const payment = await world.newestAtRail('payment_intent');
    world.api.clock.hold(new Date(NOON.getTime() + 600_000));
    await running(world, debtor, expert, 'Lung review');
    await world.api.runJobs();
    await world.control('actions', { action: 'dispute', objectId: payment.id });
    await act('lose_dispute', 'dispute');
    await is('LOST', 3);
    const { id } = await newest();
    const owed = Number((await finance.ask(ONE, { id })).dispute.left.minor);
    expect(owed).toBeGreaterThan(0);
    await putIn(world, debtor, `${owed + 5000}`);
    const words = formatAmount({ minor: BigInt(owed), currency: 'USD' });
    const notice = `${words} was taken for what you owe of a payment that the bank took back. US$50.00 can be held for work now.`;
    expect(await told(debtor, notice)).toBe(1);
    expect(await told(debtor, 'You owe nothing more of the US$1,500.00 that the bank took back')).toBe(1);
    expect(await told(finance, 'Stratus has paid the US$1,500.00 that the bank took back')).toBe(1);
    expect([await waits(debtor, 'Lab'), await waits(finance, 'Staff')]).toEqual([[], []]);
  });
});

import type { Caller } from '../../../test/api';
import { DECIDE, decision, waitingFor } from '../../../test/approvals';
import { key, vettedLab } from '../../../test/main-job';
import { moneyWorld, putIn, type Lab, type MoneyWorld } from '../../../test/money-world';

const TERMS = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const WITHDRAW = 'mutation($id: ID!) { withdrawApproval(id: $id) { id state outcome } }';
const SHOWN =
  '{ approvalRequests(first: 50) { edges { node { id state outcome mayWithdraw decisions { decision } } } } }';

/** Limits are ten whole units, so that 5,000 needs two people and 50 needs one. */
describe('what somebody of staff asked for and does not want any more', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let asker: Caller;
  let second: Caller;
  let third: Caller;
  const input = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const shown = async (by: Caller, id: string) =>
    (await by.ask(SHOWN)).approvalRequests.edges
      .map(({ node }: { node: { id: string } }) => node)
      .find((node: { id: string }) => node.id === id);
  const asked = async (amountMinor: string) => {
    const terms = { labId: lab.labId, amountMinor, currency: 'USD', dueDays: 30 };
    await asker.ask(TERMS, input({ ...terms, reason: 'Two years of paid invoices.' }));
    const [request] = await waitingFor(second, 'credit.set-terms');
    if (!request) throw new Error('nothing waits');
    return request;
  };

  beforeAll(async () => {
    world = await moneyWorld({ REFUND_APPROVAL_ABOVE: '10', CREDIT_APPROVAL_ABOVE: '10' });
    lab = await vettedLab(world.api, 'Cumulus');
    asker = await world.api.staff('asker@example.org', ['FINANCE']);
    second = await world.api.staff('second@example.org', ['FINANCE']);
    third = await world.api.staff('third@example.org', ['FINANCE', 'ADMIN']);
    await putIn(world, lab, '90000');
  }, 400_000);
  afterAll(() => world.stop());

  it('is withdrawn by who asked and by nobody else, stays in the history, and cannot be approved any more', async () => {
    const request = await asked('5000');
    expect(await shown(second, request.id)).toMatchObject({ state: 'PENDING', mayWithdraw: false });
    expect(await second.refused(WITHDRAW, { id: request.id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await third.refused(WITHDRAW, { id: request.id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await shown(asker, request.id)).toMatchObject({ state: 'PENDING', mayWithdraw: true });
    const { withdrawApproval } = await asker.ask(WITHDRAW, { id: request.id });
    const outcome = 'Who asked for it does not want it any more.';
    expect(withdrawApproval).toEqual({ id: request.id, state: 'WITHDRAWN', outcome });
    expect(await shown(second, request.id)).toMatchObject({ state: 'WITHDRAWN', outcome });
    expect(await shown(asker, request.id)).toMatchObject({ mayWithdraw: false });
    expect(await second.refused(DECIDE, decision(request))).toMatchObject({ code: 'APPROVAL_CLOSED' });
    const journal = await world.api
      .owner()
      .query(
        `SELECT from_state, to_state, command, actor_id IS NOT NULL AS by_a_person FROM journal_entry WHERE subject_id = $1 ORDER BY id DESC LIMIT 1`,
        [request.id],
      );
    expect(journal.rows).toEqual([
      { from_state: 'PENDING', to_state: 'WITHDRAWN', command: 'withdraw-request', by_a_person: true },
    ]);
  });

  it('is withdrawn while a second approval is missing, and not once it is decided', async () => {
    const large = await asked('100000');
    await second.ask(DECIDE, decision(large));
    await asker.ask(WITHDRAW, { id: large.id });
    expect(await shown(third, large.id)).toMatchObject({
      state: 'WITHDRAWN',
      decisions: [{ decision: 'APPROVE' }],
    });
    expect(await third.refused(DECIDE, decision(large))).toMatchObject({ code: 'APPROVAL_CLOSED' });
    const small = await asked('5000');
    await second.ask(DECIDE, decision(small, 'DECLINE'));
    expect(await asker.refused(WITHDRAW, { id: small.id })).toMatchObject({ code: 'STATE_CHANGED' });
    expect((await world.api.owner().query('SELECT 1 FROM credit_terms')).rows).toEqual([]);
  });

  it('is not how a lab takes back its own refund, also where its owner is of staff', async () => {
    await lab.ask(REFUND, input({ amountMinor: '5000', currency: 'USD' }));
    const [request] = await waitingFor(second, 'refund.send');
    const { viewer } = await lab.ask('{ viewer { id } }');
    await world.api.owner().query(`INSERT INTO staff_role VALUES ($1, 'AUDITOR', now())`, [viewer.id]);
    expect(await shown(lab, request?.id ?? '')).toMatchObject({ state: 'PENDING', mayWithdraw: false });
    expect(await lab.refused(WITHDRAW, { id: request?.id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

import type { Caller } from '../../../test/api';
import { DECIDE, decision, waitingFor } from '../../../test/approvals';
import { key, vettedLab } from '../../../test/main-job';
import { moneyWorld, putIn, type Lab, type MoneyWorld } from '../../../test/money-world';

const TERMS = 'mutation($input: SetCreditTermsInput!) { setCreditTerms(input: $input) }';
const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const SHOWN =
  '{ approvalRequests(first: 50) { edges { node { id state outcome fault barred hindrance } } } }';
const BELL = '{ notifications(first: 100) { edges { node { title body } } } }';

/** Roles and memberships end; what was asked for with them waits for up to seven days. Limits are ten whole units. */
describe('what was asked for by somebody who may not ask for it any more', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let asker: Caller;
  let finance: Caller;
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const input = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const emailOf = async (by: Caller) => (await by.ask('{ viewer { email } }')).viewer.email as string;
  const shown = async (id: string) =>
    (await finance.ask(SHOWN)).approvalRequests.edges
      .map(({ node }: { node: { id: string } }) => node)
      .find((node: { id: string }) => node.id === id);
  const told = async (by: Caller, words: string) =>
    (await by.ask(BELL)).notifications.edges.filter(({ node }: { node: { title: string; body: string } }) =>
      `${node.title} ${node.body}`.includes(words),
    ).length;
  const asked = async (action: string) => {
    const [request] = await waitingFor(finance, action);
    if (!request) throw new Error(`nothing waits for ${action}`);
    return request;
  };
  const askTerms = async () => {
    const terms = { labId: lab.labId, amountMinor: '5000', currency: 'USD', dueDays: 30 };
    await asker.ask(TERMS, input({ ...terms, reason: 'Two years of paid invoices.' }));
    return asked('credit.set-terms');
  };
  const terms = () => owner('SELECT limit_minor FROM credit_terms');

  beforeAll(async () => {
    world = await moneyWorld({ REFUND_APPROVAL_ABOVE: '10', CREDIT_APPROVAL_ABOVE: '10' });
    lab = await vettedLab(world.api, 'Cumulus');
    asker = await world.api.staff('asker@example.org', ['FINANCE']);
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await putIn(world, lab, '90000');
  }, 400_000);
  afterAll(() => world.stop());

  it('is not carried out where they lost their staff role; the approver reads so before and after', async () => {
    const request = await askTerms();
    expect(await shown(request.id)).toMatchObject({ fault: null, barred: null });
    await owner(`DELETE FROM staff_role WHERE account_id = (SELECT id FROM account WHERE email = $1)`, [
      'asker@example.org',
    ]);
    const why = 'asker asked for this, and does not have the role for it any more.';
    expect(await shown(request.id)).toMatchObject({ fault: why, barred: null });
    const { decideApproval } = await finance.ask(DECIDE, decision(request));
    expect(decideApproval).toEqual({ id: request.id, state: 'FAILED', outcome: why });
    expect(await terms()).toEqual([]);
    expect(await shown(request.id)).toMatchObject({ state: 'FAILED', outcome: why, fault: null });
    expect(await told(finance, `Not carried out: what you approved`)).toBe(1);
    expect(await told(finance, why)).toBe(1);
    expect(
      await owner(
        `SELECT facts->>'refusal' AS refusal FROM journal_entry WHERE subject_id = $1 AND to_state = 'FAILED'`,
        [request.id],
      ),
    ).toEqual([{ refusal: 'ASKER_MAY_NOT' }]);
  });

  it('is not carried out where they became a member of the lab that it is about', async () => {
    await owner(`INSERT INTO staff_role SELECT id, 'FINANCE', now() FROM account WHERE email = $1`, [
      'asker@example.org',
    ]);
    const request = await askTerms();
    await owner(
      `INSERT INTO lab_member (id, lab_id, account_id, role, created_at) SELECT gen_random_uuid(), $1, id, 'REVIEWER', now() FROM account WHERE email = $2`,
      [lab.labId, 'asker@example.org'],
    );
    await finance.ask(DECIDE, decision(request));
    expect(await terms()).toEqual([]);
    expect(await shown(request.id)).toMatchObject({
      state: 'FAILED',
      outcome: 'asker asked for this, and by now it is about them or their lab.',
    });
  });

  it('sends no refund that was asked for by who has left the lab, or its money', async () => {
    const amount = { amountMinor: '5000', currency: 'USD' };
    const back = async (change: string) => {
      await lab.ask(REFUND, input(amount));
      const request = await asked('refund.send');
      await owner(
        `UPDATE lab_member SET ${change} WHERE account_id = (SELECT id FROM account WHERE email = $1)`,
        [await emailOf(lab)],
      );
      await finance.ask(DECIDE, decision(request));
      return shown(request.id);
    };
    const lost = {
      state: 'FAILED',
      outcome: expect.stringContaining('does not have the role for it any more'),
    };
    expect(await back(`role = 'REVIEWER'`)).toMatchObject(lost);
    await owner(`UPDATE lab_member SET role = 'OWNER'`);
    expect(await back('removed_at = now()')).toMatchObject(lost);
    await owner('UPDATE lab_member SET removed_at = NULL');
    const other = await vettedLab(world.api, 'Nimbus');
    const moved = await back(`lab_id = '${other.labId}'`);
    expect(moved).toMatchObject({
      state: 'FAILED',
      outcome: expect.stringContaining('by now it is not theirs to ask for'),
    });
    expect(await owner('SELECT 1 FROM lab_refund')).toEqual([]);
    expect(await world.drift()).toEqual([]);
  });
});

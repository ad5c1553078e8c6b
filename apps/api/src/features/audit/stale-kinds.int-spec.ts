import { PART_NAMES, sealedModel, type PartWeights } from '@tallystick/matching';
import { Client } from 'pg';
import type { Caller } from '../../../test/api';
import { approve, DECIDE, decision, faultOf, waitingFor } from '../../../test/approvals';
import { key } from '../../../test/main-job';
import { chargedWeek } from '../../../test/money-world';
import { paidExpert, type PaidExpert } from '../../../test/paid-expert';
import { hex } from '../matching/model.repository';

const reason = 'Looked at it with the bank.';

/** One kind of request: how it is asked for, what makes it stale, and what who decides reads then. */
interface Kind {
  readonly action: string;
  readonly ask: () => Promise<unknown>;
  readonly change: (subjectId: string) => Promise<unknown>;
  readonly fault: RegExp;
}

/** Take rates, refunds and what an expert owes are changed by whole journeys in the tests of these. Limits are so low that one other person is asked. */
describe('a request about something that has changed since it was asked for', () => {
  let paid: PaidExpert;
  let other: Caller;
  let admin: Caller;
  let behind: Client;
  const given = (fields: object) => ({ input: { ...fields, idempotencyKey: key() } });
  const write = (by: Caller, name: string, type: string, fields: object) =>
    by.ask(`mutation($input: ${type}!) { ${name}(input: $input) }`, given(fields));
  const terms = (amountMinor: string, dueDays: number) =>
    write(paid.finance, 'setCreditTerms', 'SetCreditTermsInput', {
      ...{ labId: paid.lab.labId, amountMinor, currency: 'USD', dueDays },
      reason: 'Two years of paid invoices.',
    });
  const one = async (sql: string, values: unknown[] = []) => (await behind.query(sql, values)).rows[0];

  beforeAll(async () => {
    paid = await paidExpert({ PAYOUT_APPROVAL_ABOVE: '50', CREDIT_APPROVAL_ABOVE: '10' });
    other = await paid.world.api.staff('other@example.org', ['FINANCE', 'ADMIN']);
    admin = await paid.world.api.staff('admin@example.org', ['ADMIN']);
    await chargedWeek(paid.lab, paid.expert, paid.engagementId, [['08:00', '09:00']]);
    // Written behind the product: its own doors let nothing move that somebody is asked about.
    const url = new URL(process.env.TEST_POSTGRES ?? '');
    url.pathname = `/${paid.world.api.owner().database}`;
    behind = new Client({ connectionString: url.toString() });
    await behind.connect();
    await behind.query('SET session_replication_role = replica');
  }, 400_000);
  afterAll(async () => {
    await behind.end();
    await paid.world.stop();
  });

  const KINDS: readonly Kind[] = [
    {
      action: 'charge.take-back',
      ask: async () => {
        const { id: chargeId } = await one('SELECT id FROM charge');
        return write(paid.finance, 'takeBackCharge', 'TakeBackChargeInput', { chargeId, reason });
      },
      change: (chargeId) =>
        behind.query(
          `INSERT INTO charge SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'kind', 'REVERSAL', 'time_entry_id', NULL,
             'timesheet_id', NULL, 'week_start', date_trunc('week', c.charged_at, 'UTC'), 'reverses_charge_id', c.id, 'seconds', 0, 'agreed_minor', -c.agreed_minor, 'price_minor', -c.price_minor,
             'pay_minor', -c.pay_minor, 'fee_minor', -c.fee_minor, 'reason', 'An error', 'asked_by_id', gen_random_uuid()))).*
           FROM charge c WHERE c.id = $1`,
          [chargeId],
        ),
      fault: /All of this line was taken back before/,
    },
    {
      action: 'payout.send',
      ask: () => paid.finance.ask('mutation { runPayouts }'),
      change: (payoutId) => behind.query(`UPDATE payout SET state = 'IN_TRANSIT' WHERE id = $1`, [payoutId]),
      fault: /This payout does not wait any more/,
    },
    {
      action: 'payout.release-hold',
      ask: async () => {
        const { expertId } = paid.expert;
        const reviewOn = new Date(paid.world.api.clock.now().getTime() + 3 * 86_400_000);
        await write(paid.finance, 'holdPayouts', 'HoldPayoutsInput', { expertId, reason, reviewOn });
        const { id } = await one('SELECT id FROM payout_hold');
        await paid.finance.ask(
          'mutation($id: ID!, $reason: String!) { releasePayoutHold(id: $id, reason: $reason) }',
          { id, reason },
        );
      },
      change: (id) =>
        behind.query(
          `UPDATE payout_hold SET released_at = now(), released_by_id = placed_by_id, release_reason = 'Done' WHERE id = $1`,
          [id],
        ),
      fault: /This hold was released already/,
    },
    {
      action: 'payout.open-switch',
      ask: async () => {
        for (const act of ['stopPayouts', 'openPayouts'])
          await paid.finance.ask(`mutation { ${act}(reason: "${reason}") { isStopped } }`);
      },
      change: () =>
        behind.query(
          `INSERT INTO payout_switch (id, is_stopped, reason, by_id, at) SELECT gen_random_uuid(), true, reason, by_id, now() FROM payout_switch`,
        ),
      fault: /Payouts were stopped again since/,
    },
    {
      action: 'credit.set-terms',
      ask: async () => {
        await terms('10000', 30);
        await approve(other, 'credit.set-terms');
        await terms('2000', 60);
      },
      change: () =>
        write(paid.lab, 'issueInvoice', 'IssueInvoiceInput', { amountMinor: '5000', currency: 'USD' }),
      fault: /The lab owes US\$50\.00\. Set a limit of at least that/,
    },
    {
      action: 'dispute.write-off',
      ask: async () => {
        const { id: disputeId } = await one(
          `INSERT INTO lab_dispute (id, lab_id, funding_id, rail_dispute_id, currency, amount_minor, state, reason, opened_at, closed_at)
           SELECT gen_random_uuid(), lab_id, id, 'dp_1', 'USD', 5000, 'LOST', 'fraudulent', now(), now() FROM funding RETURNING id`,
        );
        return write(paid.finance, 'writeOffDispute', 'WriteOffDisputeInput', { disputeId, reason });
      },
      change: (id) => behind.query('UPDATE lab_dispute SET repaid_minor = 1000 WHERE id = $1', [id]),
      fault: /The lab has paid a part since: US\$40\.00 is owed now/,
    },
    {
      action: 'model.put-in-force',
      ask: async () => {
        const weights = Object.fromEntries(
          PART_NAMES.map((name) => [name, 1 / PART_NAMES.length]),
        ) as PartWeights;
        const model = JSON.stringify(
          sealedModel(
            {
              id: 'by-hand-2026',
              weights,
              window: null,
              metrics: null,
              calibration: null,
            },
            hex,
          ),
        );
        const { addMatchModel: modelId } = await write(admin, 'addMatchModel', 'AddMatchModelInput', {
          model,
        });
        await admin.ask('mutation($input: ChooseMatchModelInput!) { askForMatchModel(input: $input) }', {
          input: { modelId, reason },
        });
      },
      change: (modelId) =>
        behind.query(
          `INSERT INTO match_model_switch (id, model_id, kind, reason, by_id, at) SELECT gen_random_uuid(), $1, 'BACK', 'Went back.', id, now() FROM account LIMIT 1`,
          [modelId],
        ),
      fault: /This model is in force already/,
    },
  ];

  it.each(KINDS)('names its fault beforehand, and approving it does nothing: $action', async (kind) => {
    await kind.ask();
    const [request] = await waitingFor(other, kind.action);
    if (!request) throw new Error(`nothing waits for ${kind.action}`);
    expect(await faultOf(other, request.id)).toBeNull();
    const { subject_id: subjectId } = await one('SELECT subject_id FROM approval_request WHERE id = $1', [
      request.id,
    ]);
    await kind.change(subjectId);
    expect(await faultOf(other, request.id)).toMatch(kind.fault);
    const { decideApproval } = await other.ask(DECIDE, decision(request));
    expect(decideApproval).toMatchObject({ state: 'FAILED', outcome: expect.stringMatching(kind.fault) });
  });
});

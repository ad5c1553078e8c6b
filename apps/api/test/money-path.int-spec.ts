import { assessLine, DEFAULT_TAKE_RATE_TERMS } from '@tallystick/domain';
import { Sandbox } from '../src/sandbox/run';
import { TestApi } from './api';
import { freePort } from './free-port';
import { createTestDatabase } from './database';
import { engaged, funded, key, newExpert, publishedOpening, until, vettedLab } from './main-job';

const SECRET = 'a secret of this test run';
const ADD = 'mutation($input: EntryInput!) { addEntry(input: $input) }';
const SHEETS =
  '{ myTimesheets { edges { node { id state isRecallable total { price { minor } pay { minor } fee { minor } } lines { id state countedSeconds isCharged tally { price { minor } pay { minor } fee { minor } } } } } } }';
const APPROVE = 'mutation($input: ApproveLinesInput!) { approveLines(input: $input) { state } }';
const SUBMIT = 'mutation($id: ID!, $k: String!) { submitWeek(id: $id, idempotencyKey: $k) { state } }';

describe('the money path', () => {
  let api: TestApi;
  let sandbox: Sandbox;
  let lab: Awaited<ReturnType<typeof vettedLab>>;
  let expert: Awaited<ReturnType<typeof newExpert>>;
  let engagementId: string;
  // A Wednesday noon, so that two days of the week have passed and no week begins meanwhile.
  const noon = new Date('2026-11-18T12:00:00Z');

  beforeAll(async () => {
    const [apiPort, sandboxPort] = [await freePort(), await freePort()];
    const books = await createTestDatabase();
    sandbox = await Sandbox.start({
      databaseUrl: books.environment.SANDBOX_DATABASE_URL!,
      secret: SECRET,
      port: sandboxPort,
      webhookUrl: `http://127.0.0.1:${apiPort}/webhooks/rail`,
    });
    api = await TestApi.start({ SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`, SANDBOX_SECRET: SECRET });
    await api.listen(apiPort);
    const stop = api.stop.bind(api);
    api.stop = async () => {
      await stop();
      await sandbox.stop();
      await books.drop();
    };
    await control('delays', { payment: 0, payout: 0, onboarding: 0 });
    api.clock.hold(noon);
    lab = await vettedLab(api, 'Cumulus');
    expert = await newExpert(api, 'Dr Ana');
  });
  afterAll(() => api.stop());

  const control = async (path: string, body: object) =>
    fetch(`http://127.0.0.1:${(sandbox.http.server.address() as { port: number }).port}/_sandbox/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer sk_test_${SECRET}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const startsOn = noon.toISOString().slice(0, 10);
  const span = (from: string, to: string, note = 'Reviewed cases') => ({
    input: {
      engagementId,
      kind: 'WORK',
      note,
      startsAt: `2026-11-17T${from}:00Z`,
      endsAt: `2026-11-17T${to}:00Z`,
      idempotencyKey: key(),
    },
  });
  const sheet = async () => (await expert.ask(SHEETS)).myTimesheets.edges[0].node;

  it('does not let anybody work in a week that is not funded, and tells both sides', async () => {
    const openingId = await publishedOpening(lab, { startsOn });
    engagementId = await engagedOn(openingId);
    expect(
      (
        await expert.ask('query($id: ID!) { engagement(id: $id) { state weeks { state failureReason } } }', {
          id: engagementId,
        })
      ).engagement,
    ).toMatchObject({ state: 'BLOCKED_FUNDING', weeks: [{ state: 'FAILED' }] });
    expect(await expert.refused(ADD, span('09:00', '10:00'))).toMatchObject({
      code: 'WEEK_NOT_FUNDED',
      field: 'startsAt',
    });
    for (const side of [lab, expert])
      expect(JSON.stringify(await side.ask('{ notifications { edges { node { kind } } } }'))).toContain(
        'HOLD_FAILED',
      );
  });

  const engagedOn = (openingId: string) => engaged(api, lab, expert, openingId);

  it('takes money in through the rail once, whatever the webhooks do, and then funds the week', async () => {
    await funded(api, lab, '500000');
    await api.runJobs();
    const [balance] = (
      await lab.ask('{ labBalances { prepaid { minor } held { minor } available { minor } } }')
    ).labBalances;
    // Ten hours at 123.45 with 15 % on top: 1234.50 + 185.18 (half to even of 185.175).
    expect(balance).toEqual({
      prepaid: { minor: '500000' },
      held: { minor: '141968' },
      available: { minor: '358032' },
    });
    expect(
      (await expert.ask('query($id: ID!) { engagement(id: $id) { state } }', { id: engagementId })).engagement
        .state,
    ).toBe('ACTIVE');
  });

  it('refuses time that overlaps and names the other entry', async () => {
    await expert.ask(ADD, span('09:00', '10:30', 'First block'));
    const refused = await expert.refused(ADD, span('10:00', '11:00'));
    expect(refused).toMatchObject({ code: 'TIMESHEET_OVERLAP', field: 'startsAt' });
    expect(refused.message).toContain('09:00 to 10:30 UTC on 17 November 2026');
    expect(refused.message).toContain('First block');
    await expert.ask(ADD, span('10:30', '12:00', 'Second block'));
    await expert.ask(ADD, span('13:00', '14:00', 'Third block'));
  });

  it('refuses more than the weekly cap and says what is left', async () => {
    expect(await expert.refused(ADD, span('14:00', '21:00'))).toMatchObject({ code: 'WEEKLY_CAP' });
  });

  it('lets a week be submitted early and recalled until the lab acts', async () => {
    const { id } = await sheet();
    await expert.ask(SUBMIT, { id, k: key() });
    expect(await sheet()).toMatchObject({ state: 'SUBMITTED', isRecallable: true });
    await expert.ask('mutation($id: ID!) { recallWeek(id: $id) { state } }', { id });
    expect(await sheet()).toMatchObject({ state: 'OPEN' });
    await expert.ask(SUBMIT, { id, k: key() });
  });

  it('charges an approved line at once, to the cent, and shows both sides the same numbers', async () => {
    const { id, lines } = await sheet();
    await lab.ask(APPROVE, { input: { timesheetId: id, entryIds: [lines[0].id], idempotencyKey: key() } });
    const expected = assessLine({ rateMinorPerHour: 12345n, seconds: 5400, terms: DEFAULT_TAKE_RATE_TERMS });
    const three = {
      price: { minor: String(expected.priceMinor) },
      pay: { minor: String(expected.payMinor) },
      fee: { minor: String(expected.feeMinor) },
    };
    const tally = 'edges { node { tally { price { minor } pay { minor } fee { minor } } } }';
    expect(
      (await expert.ask(`{ myCharges { ${tally} } }`)).myCharges.edges.map(
        (edge: { node: { tally: unknown } }) => edge.node.tally,
      ),
    ).toEqual([three]);
    expect(
      (await lab.ask(`{ labCharges { ${tally} } }`)).labCharges.edges.map(
        (edge: { node: { tally: unknown } }) => edge.node.tally,
      ),
    ).toEqual([three]);
    expect(
      await expert.refused('mutation($id: ID!) { recallWeek(id: $id) { state } }', { id }),
    ).toMatchObject({ code: 'LAB_ACTED' });
  });

  it('charges once when the same approval is sent twice', async () => {
    const { id, lines } = await sheet();
    const input = { timesheetId: id, entryIds: [lines[1].id], idempotencyKey: key() };
    await Promise.all([lab.ask(APPROVE, { input }), lab.ask(APPROVE, { input })]);
    expect((await lab.ask('{ labCharges { totalCount } }')).labCharges.totalCount).toBe(2);
    expect(await lab.refused(APPROVE, { input: { ...input, entryIds: [lines[2].id] } })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('lets the lab question one line, and the expert accept less time for it', async () => {
    const { lines } = await sheet();
    const input = {
      entryId: lines[2].id,
      question: 'Was this not half an hour?',
      proposedMinutes: 30,
      idempotencyKey: key(),
    };
    await lab.ask('mutation($input: QuestionLineInput!) { questionLine(input: $input) }', { input });
    await expert.ask('mutation($input: AnswerQuestionInput!) { answerQuestion(input: $input) }', {
      input: { entryId: lines[2].id, accept: true, answer: '', idempotencyKey: key() },
    });
    expect(await sheet()).toMatchObject({
      state: 'CHARGED',
      lines: [{}, {}, { state: 'APPROVED', countedSeconds: 1800 }],
    });
  });

  it('holds a payout at its gate and says why, until the account is set up', async () => {
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(0);
    const blocks = 'edges { node { state amount { minor } blocks { gate decidedBy } } }';
    expect((await expert.ask(`{ myPayouts { ${blocks} } }`)).myPayouts.edges[0].node).toMatchObject({
      state: 'GATED',
      blocks: [{ gate: 'PAYOUT_ACCOUNT', decidedBy: 'EXPERT' }],
    });
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await until(
      async () => (
        await api.runJobs(),
        (await expert.ask('{ payoutStanding { accountState } }')).payoutStanding.accountState === 'ACTIVE'
      ),
    );
  });

  it('pays once, though the rail fails after the fact', async () => {
    await control('failures', { kind: 'POST /v1/transfers after', failure: 'cut' });
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(1);
    await api.runJobs().catch(() => undefined);
    const state = async () =>
      (await expert.ask('{ myPayouts { totalCount edges { node { state amount { minor } } } } }')).myPayouts;
    await until(async () => {
      await api.job('payout', 'retry-unknown');
      await api.runJobs().catch(() => undefined);
      return (await state()).edges[0].node.state === 'PAID';
    });
    const pay =
      assessLine({ rateMinorPerHour: 12345n, seconds: 5400, terms: DEFAULT_TAKE_RATE_TERMS }).payMinor * 2n +
      assessLine({ rateMinorPerHour: 12345n, seconds: 1800, terms: DEFAULT_TAKE_RATE_TERMS }).payMinor;
    expect(await state()).toEqual({
      totalCount: 1,
      edges: [{ node: { state: 'PAID', amount: { minor: String(pay) } } }],
    });
    const transfers = await api
      .owner()
      .query(`SELECT count(*)::int AS n FROM ledger.ledger_transaction WHERE kind = 'payout-transferred'`);
    expect(transfers.rows[0].n).toBe(1);
  });

  it('refuses a webhook with a wrong signature, and takes one event once', async () => {
    const response = await fetch(`${await api.app.getUrl()}/webhooks/rail/platform`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
      body: '{"id":"evt_1"}',
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('BAD_SIGNATURE')]);
  });

  it('leaves books in which every balance equals its postings', async () => {
    const drift = await api.owner().query(`
      SELECT a.code FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') s
      WHERE (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending) IS DISTINCT FROM (s.debits_posted, s.credits_posted, s.debits_pending, s.credits_pending)`);
    expect(drift.rows).toEqual([]);
  });

  describe('the proof of the books', () => {
    const PROVE = 'mutation { proveBooks { isProven checks { isRight faults } } }';
    let auditor: Awaited<ReturnType<TestApi['staff']>>;
    const faults = async () =>
      (await auditor.ask(PROVE)).proveBooks.checks.flatMap(
        (check: { faults: string[] }) => check.faults,
      ) as string[];
    beforeAll(async () => (auditor = await api.staff('auditor@example.org', ['AUDITOR'])));

    it('holds, and is not for everybody', async () => {
      expect(await faults()).toEqual([]);
      expect(await lab.refused(PROVE)).toMatchObject({ code: 'NOT_FOUND' });
    });

    /** Runs statements behind the product's back, with its append-only triggers off; then takes them back. */
    const planted = async (table: string, plant: string, mend: string, find: RegExp) => {
      const owner = api.owner();
      const behind = async (sql: string) => {
        await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
        await owner.query(sql);
        await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
      };
      await behind(plant);
      expect((await faults()).join('\n')).toMatch(find);
      await behind(mend);
      expect(await faults()).toEqual([]);
    };

    it('names a balance that is not its postings', () =>
      planted(
        'ledger.balance',
        `UPDATE ledger.balance SET credits_posted = credits_posted + 1 WHERE account_id = (SELECT id FROM ledger.account WHERE kind = 'lab_prepaid')`,
        `UPDATE ledger.balance SET credits_posted = credits_posted - 1 WHERE account_id = (SELECT id FROM ledger.account WHERE kind = 'lab_prepaid')`,
        /the balance of lab_prepaid:.* is not the sum of its postings/,
      ));

    it('names a charge of which one cent was changed', () =>
      planted(
        'charge',
        `UPDATE charge SET pay_minor = pay_minor + 1, fee_minor = fee_minor - 1 WHERE id = (SELECT min(id::text)::uuid FROM charge)`,
        `UPDATE charge SET pay_minor = pay_minor - 1, fee_minor = fee_minor + 1 WHERE id = (SELECT min(id::text)::uuid FROM charge)`,
        /charge .* is not what its hours, rate and take rate give/,
      ));

    it('names a journal row of which one byte was changed', () =>
      planted(
        'journal_entry',
        `UPDATE journal_entry SET command = command || 'x' WHERE id = 3`,
        `UPDATE journal_entry SET command = left(command, -1) WHERE id = 3`,
        /journal row 3 was changed/,
      ));

    it('names a posting of which one cent was changed', () =>
      planted(
        'ledger.posting',
        `UPDATE ledger.posting SET amount = amount + 1 WHERE id = (SELECT min(id) FROM ledger.posting)`,
        `UPDATE ledger.posting SET amount = amount - 1 WHERE id = (SELECT min(id) FROM ledger.posting)`,
        /ledger transaction .* was changed/,
      ));

    it('names a journal row that was deleted', async () => {
      await api
        .owner()
        .query(
          'CREATE TABLE kept AS SELECT * FROM journal_entry WHERE id = (SELECT max(e.id) - 1 FROM journal_entry e LEFT JOIN journal_words w ON w.entry_id = e.id WHERE w.entry_id IS NULL)',
        );
      await planted(
        'journal_entry',
        'DELETE FROM journal_words WHERE entry_id IN (SELECT id FROM kept); DELETE FROM journal_entry WHERE id IN (SELECT id FROM kept)',
        'INSERT INTO journal_entry SELECT * FROM kept',
        /journal row \d+ was deleted/,
      );
    });

    it('names two rows that were swapped', () => {
      const swap = `UPDATE journal_entry a SET command = b.command, facts = b.facts, subject_type = b.subject_type FROM journal_entry b WHERE (a.id, b.id) IN ((1, 2), (2, 1))`;
      return planted('journal_entry', swap, swap, /journal row [12] was changed/);
    });

    it('finds everything after a change hashed anew, because the root is kept outside too', async () => {
      const owner = api.owner();
      await owner.query('ALTER TABLE seal DISABLE TRIGGER USER');
      await owner.query('UPDATE seal SET root = reverse(root) WHERE to_seq = (SELECT max(to_seq) FROM seal)');
      expect((await faults()).join('\n')).toMatch(/is not the one that was kept outside the database/);
    });
  });
});

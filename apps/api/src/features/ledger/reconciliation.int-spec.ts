import { randomUUID } from 'node:crypto';
import { moneyWorld, putIn, type Lab, type MoneyWorld } from '../../../test/money-world';
import { key, vettedLab } from '../../../test/main-job';
import type { Caller } from '../../../test/api';
import { PAYMENT_RAIL, type PaymentRail, type RailBalance } from '../rail/rail.public';

const BREAKS = `query($state: String, $kind: String, $isMine: Boolean) {
  reconciliationBreaks(state: $state, kind: $kind, isMine: $isMine, first: 100) {
    totalCount edges { node { id kind state movementId ledgerTransactionId isMine ownerName reason rail { minor currency } ledger { minor currency } } } } }`;
const RUNS =
  '{ reconciliationRuns { isOnDemand looked matched openBreaks proofs { currency ledger { minor } rail { minor } difference { minor } } } }';

interface Break {
  readonly id: string;
  readonly kind: string;
  readonly movementId: string | null;
  readonly ledgerTransactionId: string | null;
  readonly isMine: boolean;
  readonly ownerName: string | null;
  readonly reason: string | null;
  readonly rail: { minor: string; currency: string } | null;
  readonly ledger: { minor: string; currency: string } | null;
}

describe('the reconciliation of the rail with the ledger', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let finance: Caller;
  beforeAll(async () => {
    world = await moneyWorld();
    // The rail lives in the machine's time; the product's clock stands an hour later than what happens there.
    world.api.clock.hold(new Date(Date.now() + 3_600_000));
    lab = await vettedLab(world.api, 'Cumulus');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await putIn(world, lab, '50000');
    await putIn(world, lab, '60000');
    await lab.ask('mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }', {
      input: { amountMinor: '1500', currency: 'USD', idempotencyKey: key() },
    });
    await world.settle(async () => (await world.posted('refund-sent')) === 1);
  }, 120_000);
  afterAll(() => world.stop());

  const wait = (minutes: number) =>
    world.api.clock.hold(new Date(world.api.clock.now().getTime() + minutes * 60_000));
  const run = async () => {
    wait(1 / 60);
    await finance.ask('mutation { reconcileRail }');
    await world.api.runJobs();
    const [newest] = (await finance.ask(RUNS)).reconciliationRuns;
    return newest;
  };
  const breaks = async (filter: object = { state: 'OPEN' }): Promise<Break[]> =>
    (await finance.ask(BREAKS, filter)).reconciliationBreaks.edges.map(({ node }: { node: Break }) => node);
  /** Changes what the rail tells of a movement, behind its back. */
  const atRail = (sql: string, values: readonly unknown[]) => world.books.query(sql, [...values]);
  const movement = async (type: string, at = 0): Promise<Record<string, unknown> & { id: string }> =>
    (
      await atRail(
        `SELECT body FROM sandbox.object WHERE kind = 'balance_transaction' AND body->>'type' = $1 ORDER BY created_at, id OFFSET $2 LIMIT 1`,
        [type, at],
      )
    ).rows[0].body;
  const change = (id: string, body: object) =>
    atRail('UPDATE sandbox.object SET body = body || $2::jsonb WHERE id = $1', [id, JSON.stringify(body)]);
  const plant = (body: Record<string, unknown> & { id: string }) =>
    atRail(
      `INSERT INTO sandbox.object (id, kind, body, created_at) VALUES ($1, 'balance_transaction', $2, now())`,
      [body.id, JSON.stringify(body)],
    );
  /** Changes what the rail has in dollars, behind its back, minor units. */
  const shift = (minor: number) =>
    atRail(
      `UPDATE sandbox.object SET body = jsonb_set(body, '{available}', to_jsonb((body->>'available')::bigint + $1::bigint))
       WHERE id = 'bal_platform_usd'`,
      [minor],
    );
  const postedAt = (id: string, ago: number, line: object) =>
    world.api.owner().query('SELECT ledger.post($1::jsonb)', [
      JSON.stringify([
        {
          ...{ id, key: `stripe:${id}:transferred`, hash: 'x', kind: 'payout-transferred' },
          ...{ subjectType: 'payout', subjectId: id, actor: 'test' },
          effectiveAt: new Date(world.api.clock.now().getTime() - ago).toISOString(),
          lines: [{ phase: 'S', currency: 'USD', ...line }],
        },
      ]),
    ]);
  const journalled = async () =>
    (
      await world.api
        .owner()
        .query(
          `SELECT to_state, facts FROM journal_entry WHERE subject_type = 'reconciliation' AND to_state <> 'ASKED' ORDER BY at DESC, id DESC LIMIT 1`,
        )
    ).rows[0];

  it('finds a ledger transaction for every movement, and the same balance on both sides', async () => {
    expect(await run()).toEqual({
      ...{ isOnDemand: true, looked: 3, matched: 3, openBreaks: 0 },
      proofs: [
        {
          currency: 'USD',
          ...{ ledger: { minor: '108500' }, rail: { minor: '108500' }, difference: { minor: '0' } },
        },
      ],
    });
    expect(await run()).toMatchObject({ matched: 0, openBreaks: 0 });
    expect(await breaks({})).toEqual([]);
    expect(await journalled()).toMatchObject({ to_state: 'CLEAN' });
  });

  it('reads both sides again where money moved between them: what does not stay is no difference', async () => {
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const earlier: RailBalance[] = [{ currency: 'USD', availableMinor: 120_609n, pendingMinor: 0n }];
    const read = jest.spyOn(rail, 'balances').mockResolvedValueOnce({ kind: 'done', value: earlier });
    const { openBreaks, proofs } = await run();
    expect([openBreaks, proofs[0].difference.minor, read.mock.calls.length]).toEqual([0, '0', 2]);
    read.mockRestore();
    expect(await breaks({})).toEqual([]);
  });

  it('books a fee that the rail took by itself, once', async () => {
    const fee = { net: -250, amount: -250, fee: 0, type: 'stripe_fee', reporting_category: 'fee' };
    const { rows } = await atRail(
      `SELECT id, body FROM sandbox.object WHERE kind = 'balance' AND id = 'bal_platform_usd'`,
      [],
    );
    expect(rows).toHaveLength(1);
    await plant({ ...(await movement('charge')), ...fee, id: 'txn_fee', source: null });
    await change('bal_platform_usd', { available: rows[0].body.available - 250 });
    const balanced = { ledger: { minor: '108250' }, rail: { minor: '108250' } };
    expect(await run()).toMatchObject({ matched: 1, openBreaks: 0, proofs: [balanced] });
    expect(await run()).toMatchObject({ matched: 0, openBreaks: 0, proofs: [balanced] });
    expect(await world.posted('rail-fee')).toBe(1);
    await atRail(`DELETE FROM sandbox.object WHERE id = 'txn_fee'`, []);
  });

  it('names each difference that was planted, and what each side says', async () => {
    const [first, refund] = [await movement('charge'), await movement('refund')];
    const rows = await world.api.owner().query('SELECT id FROM rail_movement');
    expect(rows.rows).toHaveLength(4);
    // Movements that the ledger does not know, knows twice, with another amount, in another currency, and too young.
    const second = await movement('charge', 1);
    await world.api.owner().query('DELETE FROM rail_movement WHERE id = ANY($1)', [[second.id, refund.id]]);
    await change(second.id, { net: 59_999, amount: 59_999 });
    await change(refund.id, { currency: 'eur' });
    await plant({ ...first, id: 'txn_twice' });
    await plant({ ...first, id: 'txn_nobody', source: 'ch_nobody' });
    const ahead = Math.floor(world.api.clock.now().getTime() / 1000) - 60;
    await plant({ ...first, id: 'txn_young', source: 'ch_young', created: ahead });
    // A ledger transaction that the rail does not know.
    const alone = randomUUID();
    await postedAt(alone, 1_800_000, {
      ...{ debit: 'suspense:platform:USD', credit: 'rail_available:platform:USD', amount: 77 },
    });
    await shift(-1 + 1500 + 3 * 50_000);
    expect(await run()).toMatchObject({ matched: 0, openBreaks: 6 });
    const found = await breaks();
    const of = (about: string) =>
      found.find((each) => (each.movementId ?? each.ledgerTransactionId) === about)!;
    expect(of(second.id)).toMatchObject({
      kind: 'AMOUNT_DIFF',
      ...{ rail: { minor: '59999' }, ledger: { minor: '60000' } },
    });
    expect(of(refund.id)).toMatchObject({ kind: 'CURRENCY_DIFF', rail: { minor: '-1500', currency: 'EUR' } });
    expect(of('txn_twice').kind).toBe('DUPLICATE');
    expect(of('txn_nobody')).toMatchObject({ kind: 'MISSING_IN_LEDGER', ledgerTransactionId: null });
    expect(of('txn_young').kind).toBe('TIMING');
    expect(new Set(found.map(({ ownerName }) => ownerName))).toEqual(new Set(['finance']));
    const bell = await finance.ask('{ notifications { edges { node { kind title } } } }');
    expect(bell.notifications.edges.map(({ node }: { node: object }) => node)).toContainEqual({
      kind: 'BREAK_ASSIGNED',
      title: '6 differences between the bank and the ledger are yours to look after',
    });
    expect(of(alone)).toMatchObject({ kind: 'MISSING_IN_RAIL', rail: null, ledger: { minor: '-77' } });
  });

  it('calls what stays away missing, and ends by itself what both sides say alike again', async () => {
    const { id } = await movement('charge', 1);
    await change(id, { net: 60_000, amount: 60_000 });
    await shift(1);
    await world.api
      .owner()
      .query('UPDATE rail_movement SET net_minor = 60000, amount_minor = 60000 WHERE id = $1', [id]);
    wait(20);
    expect(await run()).toMatchObject({ matched: 1, openBreaks: 5 });
    expect((await breaks({ state: 'CLEARED' })).map(({ movementId }) => movementId)).toEqual([id]);
    const kinds = (await breaks({ state: 'OPEN', kind: 'MISSING_IN_LEDGER' })).map(
      ({ movementId }) => movementId,
    );
    expect(new Set(kinds)).toEqual(new Set(['txn_nobody', 'txn_young']));
  });

  it('is looked after by a person, who ends a difference with a reason; both are in the journal', async () => {
    const [one] = await breaks({ kind: 'DUPLICATE' });
    const RESOLVE = 'mutation($id: ID!, $reason: String!) { resolveBreak(id: $id, reason: $reason) }';
    expect(await lab.refused(RESOLVE, { id: one!.id, reason: 'It was a test.' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const ASSIGN = 'mutation($id: ID!, $o: ID!, $n: String) { assignBreak(id: $id, ownerId: $o, note: $n) }';
    const other = await world.api.staff('other@example.org', ['FINANCE']);
    const { moneyAdmins } = await finance.ask('{ moneyAdmins { id name } }');
    const next = moneyAdmins.find(({ name }: { name: string }) => name === 'other');
    const toLab = (await world.api.owner().query('SELECT account_id AS id FROM lab_member LIMIT 1')).rows[0];
    expect(await finance.refused(ASSIGN, { id: one!.id, o: toLab.id })).toMatchObject({
      code: 'NO_MONEY_ADMIN',
      field: 'ownerId',
    });
    await finance.ask(ASSIGN, { id: one!.id, o: next.id, n: 'The bank calls back on Thursday.' });
    wait(1);
    await other.ask('mutation($id: ID!, $w: String!) { noteBreak(id: $id, words: $w) }', {
      id: one!.id,
      w: 'The bank has booked it twice.',
    });
    const MINE =
      '{ reconciliationBreaks(isMine: true, age: "DAYS_0_1") { edges { node { id ownerName isLate ageDays notes { authorName words } } } } }';
    expect((await other.ask(MINE)).reconciliationBreaks.edges).toEqual([
      {
        node: {
          ...{ id: one!.id, ownerName: 'other', isLate: false, ageDays: 0 },
          notes: [
            { authorName: 'finance', words: 'The bank calls back on Thursday.' },
            { authorName: 'other', words: 'The bank has booked it twice.' },
          ],
        },
      },
    ]);
    const bell = await other.ask('{ notifications { edges { node { kind body link } } } }');
    expect(bell.notifications.edges.map(({ node }: { node: object }) => node)).toContainEqual({
      kind: 'BREAK_ASSIGNED',
      body: expect.stringContaining('The bank calls back on Thursday.'),
      link: '/admin/reconciliation?mine=yes',
    });
    await expect(
      world.api.owner().query('UPDATE reconciliation_note SET words = $1', ['other']),
    ).rejects.toThrow('append-only');
    await finance.ask('mutation($id: ID!) { takeBreak(id: $id) }', { id: one!.id });
    expect((await breaks({ isMine: true })).map(({ id }) => id)).toContain(one!.id);
    expect(await finance.refused(RESOLVE, { id: one!.id, reason: 'short' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'reason',
    });
    const reason = 'The bank listed it twice; it takes one back tomorrow.';
    await finance.ask(RESOLVE, { id: one!.id, reason });
    expect(await finance.refused(RESOLVE, { id: one!.id, reason })).toMatchObject({ code: 'BREAK_ENDED' });
    await run();
    expect(await breaks({ kind: 'DUPLICATE' })).toMatchObject([{ state: 'RESOLVED', reason }]);
    const { rows } = await world.api
      .owner()
      .query('SELECT to_state FROM journal_entry WHERE subject_id = $1', [one!.id]);
    expect(new Set(rows.map((row: { to_state: string }) => row.to_state))).toEqual(
      new Set(['DUPLICATE', 'NOTED', 'OWNED', 'RESOLVED']),
    );
  });

  it('looks back for what explains a difference: a leg and a movement of yesterday are found', async () => {
    const DAY_MS = 86_400_000;
    const before = (await breaks()).length;
    const leg = randomUUID();
    await postedAt(leg, DAY_MS, {
      ...{ debit: 'rail_available:platform:USD', credit: 'suspense:platform:USD', amount: 123 },
    });
    expect(await run()).toMatchObject({ openBreaks: before + 1 });
    const [first] = await breaks();
    expect(first).toMatchObject({
      ...{ kind: 'MISSING_IN_RAIL', ledgerTransactionId: leg, ledger: { minor: '123' } },
      // The other one has fewer to look after.
      ownerName: 'other',
    });
    const created = Math.floor((world.api.clock.now().getTime() - DAY_MS) / 1000);
    await plant({ ...(await movement('charge')), id: 'txn_back', source: 'ch_back', created });
    await shift(50_000);
    expect(await run()).toMatchObject({ openBreaks: before + 2 });
    expect((await breaks())[0]).toMatchObject({ kind: 'MISSING_IN_LEDGER', movementId: 'txn_back' });
  });

  it('makes a balance that nothing explains a difference of its own, until both are equal', async () => {
    const before = (await breaks()).length;
    await shift(55);
    expect(await run()).toMatchObject({ openBreaks: before + 1 });
    const [found] = await breaks({ state: 'OPEN', kind: 'BALANCE' });
    expect(BigInt(found!.rail!.minor) - BigInt(found!.ledger!.minor)).toBe(55n);
    expect(found!.ownerName).not.toBeNull();
    expect(await journalled()).toMatchObject({ to_state: 'BREAKS' });
    await shift(5);
    expect(await run()).toMatchObject({ openBreaks: before + 1 });
    const [same] = await breaks({ state: 'OPEN', kind: 'BALANCE' });
    expect(same!.id).toBe(found!.id);
    expect(BigInt(same!.rail!.minor) - BigInt(same!.ledger!.minor)).toBe(60n);
    await shift(-60);
    expect(await run()).toMatchObject({ openBreaks: before });
    expect((await breaks({ kind: 'BALANCE' })).map(({ id }) => id)).toEqual([found!.id]);
  });

  it('never calls a run clean whose balances differ, though people have ended every difference', async () => {
    for (const { id } of await breaks())
      await finance.ask('mutation($id: ID!, $r: String!) { resolveBreak(id: $id, reason: $r) }', {
        ...{ id, r: 'It was planted for a test.' },
      });
    expect(await run()).toMatchObject({ openBreaks: 0 });
    expect(await journalled()).toMatchObject({
      to_state: 'BREAKS',
      facts: { differences: { USD: expect.any(String) } },
    });
  });

  it('says so where nobody is there to look after a difference, and gives it to who comes back', async () => {
    await world.api
      .owner()
      .query("UPDATE account SET state = 'SUSPENDED' WHERE id IN (SELECT account_id FROM staff_role)");
    await plant({ ...(await movement('charge')), id: 'txn_alone', source: 'ch_alone' });
    await shift(50_000);
    const owners = async () => {
      wait(1 / 60);
      await world.api.job('rail', 'reconcile-rail');
      const { rows } = await world.api
        .owner()
        .query(
          "SELECT a.name FROM reconciliation_break b LEFT JOIN account a ON a.id = b.owner_id WHERE b.state = 'OPEN'",
        );
      return rows;
    };
    expect(await owners()).toEqual([{ name: null }]);
    expect(await journalled()).toMatchObject({ facts: { withoutOwner: 1 } });
    await world.api.owner().query("UPDATE account SET state = 'ACTIVE' WHERE name = 'other'");
    expect(await owners()).toEqual([{ name: 'other' }]);
    expect(await journalled()).toMatchObject({ facts: { withoutOwner: 0 } });
  });
});

import { createHash } from 'node:crypto';
import {
  bringInOrder,
  bringShuffled,
  numbersOf,
  SEEDS,
  toldSince,
  type Told,
} from '../../../test/event-deck';
import { moneyWorld, type Lab, type MoneyWorld } from '../../../test/money-world';
import { key, vettedLab } from '../../../test/main-job';

describe('webhooks in any order', () => {
  let world: MoneyWorld;
  let lab: Lab;
  beforeAll(async () => {
    // Three minutes pass with every seed: the lab stays signed in for all of them.
    world = await moneyWorld({ SESSION_MAX_SECONDS: String(SEEDS * 600 + 86_400) });
    lab = await vettedLab(world.api, 'Cumulus');
    // The rail tells nothing by itself: what it would have told is recorded and brought by the test.
    await world.control('webhooks', { delay: 86_400 });
  }, 120_000);
  afterAll(() => world.stop());

  const rows = async (sql: string, values: readonly unknown[] = []) =>
    (await world.books.query(sql, [...values])).rows;
  const jobs = () => world.api.runJobs().catch(() => []);

  /** What happens once at the rail: a payment, a refund of a part of it, a dispute that is won. Returns what was told of it. */
  const happened = async (amountMinor: string): Promise<Told[]> => {
    await rows('DELETE FROM sandbox.event');
    await lab.ask('mutation($input: RequestFundingInput!) { requestFunding(input: $input) }', {
      input: { amountMinor, currency: 'USD', idempotencyKey: key() },
    });
    await jobs();
    const { id } = await world.newestAtRail('payment_intent');
    while ((await world.newestAtRail('payment_intent')).status !== 'succeeded')
      await new Promise((later) => setTimeout(later, 50));
    await world.control('actions', { action: 'dispute', objectId: id });
    await world.control('actions', {
      action: 'win_dispute',
      objectId: (await world.newestAtRail('dispute')).id,
    });
    return toldSince(world);
  };

  /** What the product made of it, without what is new each time: ids and instants. */
  const stateHash = async (amountMinor: string): Promise<string> => {
    const { rows: found } = await world.api.owner().query(
      `SELECT f.state, f.is_rail_pending, d.state AS dispute,
         (SELECT array_agg(t.kind || ' ' || p.amount || ' ' || split_part(a.code, ':', 1) || ' ' || split_part(b.code, ':', 1) ORDER BY t.kind, p.amount, a.code, b.code)
            FROM ledger.ledger_transaction t JOIN ledger.posting p ON p.transaction_id = t.id
            JOIN ledger.account a ON a.id = p.debit_account JOIN ledger.account b ON b.id = p.credit_account
            WHERE t.subject_id IN (f.id, d.id)) AS postings
       FROM funding f LEFT JOIN lab_dispute d ON d.funding_id = f.id WHERE f.amount_minor = $1`,
      [amountMinor],
    );
    const text = JSON.stringify(found).replaceAll(amountMinor, 'amount');
    return createHash('sha256').update(text).digest('hex');
  };

  it(
    `end in the same state as once and in order, over ${SEEDS} seeds`,
    async () => {
      const inOrder = '100001';
      await bringInOrder(world, await happened(inOrder));
      const expected = await stateHash(inOrder);
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const amount = String(100_001 + seed);
        await bringShuffled(world, await happened(amount), numbersOf(seed));
        expect({ seed, state: await stateHash(amount) }).toEqual({ seed, state: expected });
      }
      process.stdout.write(`webhooks: ${SEEDS} seeds end in the same state as in order\n`);
      expect(await world.drift()).toEqual([]);
    },
    60_000 + SEEDS * 5_000,
  );
});

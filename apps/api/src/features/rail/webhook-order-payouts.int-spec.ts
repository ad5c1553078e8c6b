import { bringInOrder, bringShuffled, numbersOf, SEEDS, toldSince } from '../../../test/event-deck';
import { key, until } from '../../../test/main-job';
import type { Expert, Lab, MoneyWorld } from '../../../test/money-world';
import { paidExpert } from '../../../test/paid-expert';

const PAY = 'mutation($input: PayBonusesInput!) { payBonuses(input: $input) }';

/** Each time money goes out to a bank, comes back from it, other bank details are given, and it is sent there. */
describe('webhooks of payouts in any order', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let engagementId: string;
  let account: string;
  const owner = async (sql: string, values: unknown[] = []) =>
    (await world.api.owner().query(sql, values)).rows;
  const jobs = () => world.api.runJobs().catch(() => []);

  beforeAll(async () => {
    // Nothing waits for time, so that each seed is like the others; the limits of a day are not what is tried.
    const settings = { BANK_COOL_DOWN_HOURS: '0', PAYOUTS_PER_DAY: '1000' };
    ({ world, lab, expert, engagementId, account } = await paidExpert(settings));
    await world.control('webhooks', { delay: 86_400 });
    await toldSince(world);
  }, 120_000);
  afterAll(() => world.stop());

  /** The rail lets everything happen that is due. */
  const atRail = (kind: string, is: (body: Record<string, unknown>) => boolean) =>
    until(async () => is(await world.newestAtRail(kind)));

  /** Money goes out and comes back at the rail; what it would tell is brought as `bring` says, and then that of the second sending. */
  const happened = async (
    seed: number,
    bring: (told: Awaited<ReturnType<typeof toldSince>>) => Promise<void>,
  ) => {
    const file = `engagement,expert,opening,currency,amount,reason\n${engagementId},,,USD,1.00,Reading ${seed}`;
    await lab.ask(PAY, { input: { file, name: `${seed}.csv`, idempotencyKey: key() } });
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(1);
    await jobs();
    await atRail('payout', ({ status }) => status === 'paid');
    const { id: objectId } = await world.newestAtRail('payout');
    await world.control('actions', { action: 'fail_payout', objectId });
    await world.control('actions', { action: 'change_bank', objectId: account });
    await bring(await toldSince(world));
    await world.api.job('payout', 'send-what-lies-at-rail');
    await jobs();
    await atRail('payout', ({ id, status }) => id !== objectId && status === 'paid');
    await bring(await toldSince(world));
  };

  /** What the product made of the newest payout, without what is new each time: ids and instants. */
  const stateOf = async () => {
    const [found] = await owner(
      `SELECT p.state, p.amount_minor::int AS minor, p.attempt, p.bank_attempt AS sendings, p.bank_asked_at, p.failure_reason,
         p.rail_bank_id = a.rail_bank_id AS is_newest_bank, a.state AS account, a.restricted_at,
         (SELECT count(*)::int FROM payout_return r WHERE r.payout_id = p.id AND r.sent_again_at IS NOT NULL) AS returns,
         (SELECT count(*)::int FROM ledger.ledger_transaction t WHERE t.subject_id = p.id) AS booked
       FROM payout p JOIN payout_account a USING (expert_id) ORDER BY p.created_at DESC LIMIT 1`,
    );
    const [{ bank }] = (
      await world.books.query(`SELECT body->'bank'->>'id' AS bank FROM sandbox.object WHERE id = $1`, [
        account,
      ])
    ).rows;
    const [{ known }] = await owner('SELECT rail_bank_id AS known FROM payout_account');
    return { ...found, isBankKnown: bank === known };
  };

  it(
    `end in the same state as once and in order, over ${SEEDS} seeds`,
    async () => {
      await happened(0, (told) => bringInOrder(world, told));
      const expected = await stateOf();
      expect(expected).toMatchObject({
        ...{ state: 'PAID', account: 'ACTIVE', sendings: 2, returns: 1, booked: 1 },
        ...{ is_newest_bank: true, isBankKnown: true },
      });
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const next = numbersOf(seed);
        await happened(seed, (told) => bringShuffled(world, told, next));
        expect({ seed, state: await stateOf() }).toEqual({ seed, state: expected });
      }
      process.stdout.write(`webhooks of payouts: ${SEEDS} seeds end in the same state as in order\n`);
      expect(await world.drift()).toEqual([]);
      expect(await owner(`SELECT id FROM rail_event WHERE handled_at IS NULL`)).toEqual([]);
    },
    60_000 + SEEDS * 10_000,
  );
});

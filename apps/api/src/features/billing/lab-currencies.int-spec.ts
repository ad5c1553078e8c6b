import { key, newExpert, vettedLab } from '../../../test/main-job';
import { moneyWorld, putIn, running, type Lab, type MoneyWorld } from '../../../test/money-world';

const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';

/** No lab has a currency of its own: it has a balance in each in which it paid, and nothing is ever exchanged between them. */
describe('a lab that pays in another currency from now on', () => {
  let world: MoneyWorld;
  let lab: Lab;
  const back = (amountMinor: string, currency: string) => ({
    input: { amountMinor, currency, idempotencyKey: key() },
  });
  const balances = async () => {
    const { labBalances } = await lab.ask('{ labBalances { currency prepaid { minor } held { minor } } }');
    return Object.fromEntries(
      labBalances.map(
        ({ currency, prepaid, held }: Record<string, { minor: string }> & { currency: string }) => [
          currency,
          [prepaid?.minor, held?.minor],
        ],
      ),
    );
  };

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    await putIn(world, lab, '2000000', 'USD');
    await putIn(world, lab, '50000', 'EUR');
  }, 400_000);
  afterAll(() => world.stop());

  it('keeps what lies in the old one, for its work and to take back; neither stands in for the other', async () => {
    await running(world, lab, await newExpert(world.api, 'Dr Ana'), 'Heart review');
    const { USD, EUR } = await balances();
    expect(EUR).toEqual(['50000', '0']);
    expect(BigInt(USD[1])).toBeGreaterThan(0n);
    expect(await lab.refused(REFUND, back('50001', 'EUR'))).toMatchObject({ code: 'MORE_THAN_AVAILABLE' });
    await lab.ask(REFUND, back('100000', 'USD'));
    await world.settle(async () => {
      const { labRefunds } = await lab.ask('{ labRefunds { edges { node { state } } } }');
      return labRefunds.edges[0].node.state === 'SUCCEEDED';
    });
    expect(await world.newestAtRail('refund')).toMatchObject({ amount: 100_000, currency: 'usd' });
    const after = await balances();
    expect(after.EUR).toEqual(EUR);
    expect(BigInt(USD[0]) - BigInt(after.USD[0])).toBe(100_000n);
    expect(await world.drift()).toEqual([]);
  });
});

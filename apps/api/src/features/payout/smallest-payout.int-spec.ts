import type { Caller } from '../../../test/api';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  putIn,
  running,
  type Expert,
  type MoneyWorld,
} from '../../../test/money-world';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';

const MONEY =
  '{ payoutStanding { earnings { askable { minor } smallestPart { minor currency } smallestOfRun { minor } onItsWay { minor } blocks { gate reason } } } }';
const PART = 'mutation($input: PayOutPartInput!) { payOutPart(input: $input) }';

/** Runs send 200 dollars or more, or 5000 yen; whoever asks may have one whole unit. */
describe('how much goes out', () => {
  let world: MoneyWorld;
  let expert: Expert;
  let finance: Caller;
  const part = (amountMinor: string) => ({ input: { amountMinor, currency: 'USD', idempotencyKey: key() } });
  const money = async () => (await expert.ask(MONEY)).payoutStanding.earnings[0];

  beforeAll(async () => {
    world = await moneyWorld({ PAYOUT_MINIMUM: 'JPY:5000,USD:200' });
    const lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    await putIn(world, lab, '500000');
    const engagementId = await running(world, lab, expert, 'Heart review');
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await chargedWeek(lab, expert, engagementId, [['08:00', '09:00']]);
    await world.settle(async () => (await money()).blocks.length === 1);
  }, 400_000);
  afterAll(() => world.stop());

  it('is in a run what is set for its currency, or more', async () => {
    expect((await finance.ask('mutation { runPayouts }')).runPayouts).toBe(0);
    expect((await money()).blocks).toMatchObject([
      { gate: 'MINIMUM', reason: expect.stringContaining('the smallest payout, US$200.00') },
    ]);
  });

  it('is no more than the rail has: the refusal says what can be asked for now, and that much goes', async () => {
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const balance = { currency: 'USD', availableMinor: 5000n, pendingMinor: 0n };
    const asked = jest
      .spyOn(rail, 'availableMinor')
      .mockResolvedValue({ kind: 'done', value: balance.availableMinor });
    const all = jest.spyOn(rail, 'balances').mockResolvedValue({ kind: 'done', value: [balance] });
    expect(await expert.refused(PART, part('10000'))).toMatchObject({
      ...{ code: 'PAYOUT_HELD', field: 'amountMinor' },
      message:
        'Nothing was sent and nothing is lost. The money has not arrived at the bank yet. From US$1.00 up to US$50.00 can be paid out now. Ask for an amount within that.',
    });
    expect((await expert.ask(PART, part('5000'))).payOutPart).toBe(1);
    asked.mockRestore();
    all.mockRestore();
  });

  it('is one whole unit where somebody asks, which they can read before they do', async () => {
    expect(await money()).toMatchObject({
      smallestPart: { minor: '100', currency: 'USD' },
      smallestOfRun: { minor: '20000' },
    });
    expect((await expert.ask(PART, part('100'))).payOutPart).toBe(1);
    expect(await expert.refused(PART, part('99'))).toMatchObject({ code: 'AMOUNT_OUT_OF_BOUNDS' });
  });
});

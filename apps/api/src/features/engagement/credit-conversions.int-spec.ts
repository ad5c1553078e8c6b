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
import { CreditConversions } from './use-cases/credit-conversions';
import { RunWeeks } from './use-cases/run-weeks';

const HIRE = 'mutation($input: HireDirectlyInput!) { hireDirectly(input: $input) { recordedAt } }';
const QUOTE =
  'query($id: ID!) { conversionQuote(engagementId: $id) { credit { minor } due { minor } laterCredit { minor } } }';
const DAY_MS = 86_400_000;

describe('fees of work after a direct hire was recorded', () => {
  let world: MoneyWorld;
  let lab: Lab;
  const prepaid = async () =>
    BigInt((await lab.ask('{ labBalances { prepaid { minor } } }')).labBalances[0].prepaid.minor);
  const quote = async (id: string) => (await lab.ask(QUOTE, { id })).conversionQuote;
  const fees = async (engagementId: string) =>
    (
      await lab.ask('query($id: ID!) { labChargeSums(engagementId: $id) { fee { minor } } }', {
        id: engagementId,
      })
    ).labChargeSums[0].fee.minor as string;
  /** Everything that the product does by itself in an hour. */
  const passTime = async () => {
    await world.api.app.get(RunWeeks).run();
    await world.api.app.get(CreditConversions).run();
  };

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    await putIn(world, lab, '3000000');
  }, 400_000);
  afterAll(() => world.stop());

  it('come off it once, when the engagement is over and all of it is charged, as if it were recorded then', async () => {
    const expert = await newExpert(world.api, 'Ana Adler');
    const engagementId = await running(world, lab, expert, 'Heart review');
    await chargedWeek(lab, expert, engagementId, [['09:00', '10:00']]);
    const before = await quote(engagementId);
    const first = await fees(engagementId);
    expect(before).toMatchObject({ credit: { minor: first }, laterCredit: null });
    const input = { engagementId, dueMinor: before.due.minor, idempotencyKey: key() };
    await lab.ask(HIRE, { input });
    await chargedWeek(lab, expert, engagementId, [['11:00', '13:00']]);
    const later = BigInt(await fees(engagementId)) - BigInt(first);
    expect(later).toBeGreaterThan(0n);
    await passTime();
    expect(await quote(engagementId)).toMatchObject({ credit: { minor: first }, laterCredit: null });
    const had = await prepaid();
    world.api.clock.hold(new Date(NOON.getTime() + 40 * DAY_MS));
    await passTime();
    await passTime();
    // Sessions would have ended by then.
    world.api.clock.hold(NOON);
    expect(await quote(engagementId)).toEqual({ ...before, laterCredit: { minor: later.toString() } });
    expect((await prepaid()) - had).toBe(later);
    expect(await world.posted('conversion-credited')).toBe(1);
    const { labMovements } = await lab.ask(
      '{ labMovements(first: 50) { edges { node { kind words about } } } }',
    );
    expect(labMovements.edges.map(({ node }: { node: object }) => node)).toContainEqual({
      kind: 'conversion-credited',
      words: 'Fees until the end of the work came off a direct hire',
      about: 'Ana Adler',
    });
    expect(await world.drift()).toEqual([]);
  });

  it('is paid for once: what one engagement cost comes off what another of the same two would', async () => {
    const expert = await newExpert(world.api, 'Bela Brandt');
    const [one, other] = [
      await running(world, lab, expert, 'Lung review'),
      await running(world, lab, expert, 'Liver review'),
    ];
    const before = await quote(other);
    expect(BigInt(before.due.minor)).toBeGreaterThan(0n);
    await lab.ask(HIRE, {
      input: { engagementId: one, dueMinor: (await quote(one)).due.minor, idempotencyKey: key() },
    });
    expect(await quote(other)).toMatchObject({ due: { minor: '0' } });
  });
});

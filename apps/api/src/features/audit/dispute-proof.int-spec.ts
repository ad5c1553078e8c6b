import type { Caller } from '../../../test/api';
import { approve } from '../../../test/approvals';
import { asIntruder } from '../../../test/intruder';
import { key, newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  putIn,
  running,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { faultsOf } from '../../../test/proof';

const WRITE_OFF = 'mutation($input: WriteOffDisputeInput!) { writeOffDispute(input: $input) }';
const reason = 'The lab has closed its business.';

/** One dispute that is open, one that was won, and one that was lost, repaid in part and written off for the rest. */
describe('the proof of disputed payments', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let finance: Caller;
  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const disputes = async (state: string) =>
    Number((await owner(`SELECT count(*) AS n FROM lab_dispute WHERE state = '${state}'`))[0].n);
  const act = async (action: string, kind: string) =>
    world.control('actions', { action, objectId: (await world.newestAtRail(kind)).id });
  /** What the proof says of disputes; that what was lost is not covered is said apart. */
  const faults = async () => (await faultsOf(finance)).filter((fault) => fault.includes('dispute'));
  /** What is found while an intruder has changed a dispute, who changes it back afterwards: then nothing is. */
  const whileSet = async (state: string, column: string, to: string, from: string): Promise<string[]> => {
    const set = (value: string) =>
      asIntruder(world.api.database, `UPDATE lab_dispute SET ${column} = ${value} WHERE state = '${state}'`);
    await set(to);
    const found = await faults();
    await set(from);
    expect(await faults()).toEqual([]);
    return found;
  };

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    finance = await world.api.staff('finance@example.org', ['FINANCE']);
    const other = await world.api.staff('other@example.org', ['FINANCE']);
    const expert = await newExpert(world.api, 'Dr Ana');
    await putIn(world, lab, '30000');
    await act('dispute', 'payment_intent');
    await world.settle(async () => (await disputes('OPEN')) === 1);
    await act('win_dispute', 'dispute');
    await world.settle(async () => (await disputes('WON')) === 1);
    await putIn(world, lab, '500000');
    const engagementId = await running(world, lab, expert, 'Work');
    await chargedWeek(lab, expert, engagementId, [['08:00', '12:00']]);
    await act('dispute', 'payment_intent');
    await world.settle(async () => (await disputes('OPEN')) === 1);
    await act('lose_dispute', 'dispute');
    await world.settle(async () => (await disputes('LOST')) === 1);
    const [lost] = await owner(`SELECT id FROM lab_dispute WHERE state = 'LOST' AND settled_at IS NULL`);
    await finance.ask(WRITE_OFF, { input: { disputeId: lost.id, reason, idempotencyKey: key() } });
    await approve(other, 'dispute.write-off');
    await putIn(world, lab, '70000');
    await act('dispute', 'payment_intent');
    await world.settle(async () => (await disputes('OPEN')) === 1);
  }, 400_000);
  afterAll(() => world.stop());

  it('finds nothing wrong where nothing was changed', async () => {
    expect(await faults()).toEqual([]);
    const kept = await owner(
      'SELECT state, repaid_minor > 0 AS is_repaid, written_off_minor > 0 AS is_borne FROM lab_dispute ORDER BY opened_at, id',
    );
    expect(kept).toContainEqual({ state: 'LOST', is_repaid: true, is_borne: true });
  });

  it.each(['OPEN', 'WON'])(
    'names a cent too much in a dispute that is %s, by the journal and by the rail',
    async (state) => {
      const cent = (sign: string) => `amount_minor ${sign} 1`;
      expect(await whileSet(state, 'amount_minor', cent('+'), cent('-'))).toEqual([
        expect.stringMatching(/^dispute \S+ says US\$\S+01, the rail said, by the journal, US\$\S+00$/),
        expect.stringMatching(/^dispute \S+ says US\$\S+01, the rail took US\$\S+00$/),
      ]);
    },
  );

  it('names a cent too much in a lost one: the ledger has what the lab came to owe', async () => {
    const both = (sign: string) => `amount_minor ${sign} 1, repaid_minor = repaid_minor ${sign} 1`;
    expect(await whileSet('LOST', 'amount_minor', both('+'), both('-'))).toContainEqual(
      expect.stringMatching(/^lost dispute \S+ says US\$5,000\.01, the ledger has US\$5,000\.00$/),
    );
  });

  it('names another currency, which nothing knows of the dispute', async () => {
    expect(await whileSet('OPEN', 'currency', `'EUR'`, `'USD'`)).toEqual([
      expect.stringMatching(/^dispute \S+ says €700\.00, the rail said, by the journal, nothing$/),
    ]);
  });

  it('names a cent moved from what was repaid to what the platform bears', async () => {
    const moved = (sign: string, other: string) =>
      `repaid_minor ${sign} 1, written_off_minor = written_off_minor ${other} 1`;
    expect(await whileSet('LOST', 'repaid_minor', moved('-', '+'), moved('+', '-'))).toEqual([
      expect.stringMatching(/^what was repaid of dispute \S+ says US\$\S+, the ledger has US\$\S+$/),
      expect.stringMatching(/^what was written off of dispute \S+ says US\$\S+, the ledger has US\$\S+$/),
    ]);
  });
});

import {
  chargedWeek,
  moneyWorld,
  putIn,
  running,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { newExpert, vettedLab } from '../../../test/main-job';
import type { Caller } from '../../../test/api';

const ACCOUNTS =
  'query($kind: String, $owner: ID, $after: String) { ledgerAccounts(first: 2, after: $after, kind: $kind, ownerId: $owner) { totalCount pageInfo { hasNextPage endCursor } edges { node { code posted { minor } held { minor } available { minor } } } } }';
const STATEMENT =
  'query($code: ID!, $after: String) { ledgerStatement(code: $code, first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id kind phase debit credit amount { minor } transactionId } } } }';
const TRANSACTION =
  'query($id: ID!) { ledgerTransaction(id: $id) { kind subjectType idempotencyKey actor postings { line phase debit credit amount { minor } } } }';

describe('the ledger', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let auditor: Caller;
  let prepaid: string;
  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    const expert = await newExpert(world.api, 'Dr Ana');
    auditor = await world.api.staff('auditor@example.org', ['AUDITOR']);
    await putIn(world, lab, '500000');
    await chargedWeek(lab, expert, await running(world, lab, expert, 'Heart review'), [['09:00', '10:00']]);
    prepaid = `lab_prepaid:${lab.labId}:USD`;
  });
  afterAll(() => world.stop());

  it('is closed to everybody but the audit', async () => {
    expect(await lab.refused(ACCOUNTS)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await lab.refused(STATEMENT, { code: prepaid })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await auditor.refused(STATEMENT, { code: 'lab_prepaid:nobody:USD' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await auditor.refused(TRANSACTION, { id: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lists every account with its balance, those without a running one too', async () => {
    const codes: string[] = [];
    let after: string | undefined;
    do {
      const { ledgerAccounts } = await auditor.ask(ACCOUNTS, { after });
      codes.push(...ledgerAccounts.edges.map(({ node }: { node: { code: string } }) => node.code));
      after = ledgerAccounts.pageInfo.hasNextPage ? ledgerAccounts.pageInfo.endCursor : undefined;
    } while (after);
    expect(codes).toEqual([...codes].sort());
    expect(codes.map((code) => code.split(':')[0])).toEqual([
      'expert_payable',
      'lab_prepaid',
      'platform_fee',
      'rail_available',
      'work_reserve',
    ]);
    const fee = (await auditor.ask(ACCOUNTS, { kind: 'platform_fee' })).ledgerAccounts.edges[0].node;
    // One hour at 123.45: 15 % of it, half to even of 18.5175.
    expect(fee.posted.minor).toBe('1852');
    const own = (await auditor.ask(ACCOUNTS, { kind: 'lab_prepaid', owner: lab.labId })).ledgerAccounts
      .edges[0].node;
    expect(own).toEqual({
      code: prepaid,
      posted: { minor: '485803' },
      held: { minor: '127771' },
      available: { minor: '358032' },
    });
  });

  it('pages through what happened on an account, newest first', async () => {
    const kinds: string[] = [];
    let after: string | undefined;
    do {
      const { ledgerStatement } = await auditor.ask(STATEMENT, { code: prepaid, after });
      expect(ledgerStatement.totalCount).toBe(6);
      kinds.push(
        ...ledgerStatement.edges.map(
          ({ node }: { node: { kind: string; phase: string } }) => `${node.kind} ${node.phase}`,
        ),
      );
      after = ledgerStatement.pageInfo.hasNextPage ? ledgerStatement.pageInfo.endCursor : undefined;
    } while (after);
    expect(kinds).toEqual([
      'line-charged P',
      'line-charged S',
      'line-charged S',
      'line-charged V',
      'week-held P',
      'funding-cleared S',
    ]);
  });

  it('opens one fact to its lines, which are the price of the charge', async () => {
    const { allCharges } = await auditor.ask(
      '{ allCharges { edges { node { ledgerTransactionId tally { price { minor } pay { minor } fee { minor } } } } } }',
    );
    const { ledgerTransactionId, tally } = allCharges.edges[0].node;
    const { ledgerTransaction } = await auditor.ask(TRANSACTION, { id: ledgerTransactionId });
    expect(ledgerTransaction).toMatchObject({ kind: 'line-charged', subjectType: 'charge' });
    const single = ledgerTransaction.postings.filter(({ phase }: { phase: string }) => phase === 'S');
    expect(single.map(({ amount }: { amount: { minor: string } }) => amount.minor)).toEqual([
      tally.pay.minor,
      tally.fee.minor,
    ]);
    expect(BigInt(tally.price.minor)).toBe(BigInt(tally.pay.minor) + BigInt(tally.fee.minor));
  });
});

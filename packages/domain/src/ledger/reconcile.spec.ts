import fc from 'fast-check';
import {
  BREAK_AGES,
  breakDueAt,
  foundWithin,
  ledgerKeysOf,
  reconcile,
  type LedgerLeg,
  type RailLeg,
} from './reconcile';

const NOW = new Date('2026-11-20T12:00:00Z');
const [LONG_AGO, JUST_NOW] = [new Date('2026-11-19T12:00:00Z'), new Date('2026-11-20T11:59:00Z')];

const movement = (id: string, more: Partial<RailLeg> = {}): RailLeg => ({
  ...{ id: `txn_${id}`, subjectId: `pi_${id}`, category: 'charge', currency: 'USD', netMinor: 500n },
  at: LONG_AGO,
  ...more,
});
const leg = (of: RailLeg, more: Partial<LedgerLeg> = {}): LedgerLeg => ({
  ...{ transactionId: `t-${of.id}`, key: ledgerKeysOf(of)[0] ?? 'other', currency: of.currency },
  ...{ netMinor: of.netMinor, at: of.at },
  ...more,
});

describe('the rail beside the ledger', () => {
  const classes = (movements: RailLeg[], legs: LedgerLeg[], taken: string[] = []) =>
    reconcile(movements, legs, new Set(taken), NOW).breaks.map((each) => each.class);

  it('names each way in which they differ', () => {
    const one = movement('1');
    expect(classes([one], [leg(one)])).toEqual([]);
    expect(classes([one], [])).toEqual(['MISSING_IN_LEDGER']);
    expect(classes([], [leg(one)])).toEqual(['MISSING_IN_RAIL']);
    expect(classes([one], [leg(one, { netMinor: 499n })])).toEqual(['AMOUNT_DIFF']);
    expect(classes([one], [leg(one, { currency: 'EUR' })])).toEqual(['CURRENCY_DIFF']);
    expect(classes([one, { ...one, id: 'txn_again' }], [leg(one)])).toEqual(['DUPLICATE']);
    expect(classes([one], [leg(one)], ['t-txn_1'])).toEqual(['DUPLICATE']);
    expect(classes([{ ...one, at: JUST_NOW }], [])).toEqual(['TIMING']);
    expect(classes([], [leg(one, { at: JUST_NOW })])).toEqual(['TIMING']);
  });

  it('calls a second transfer for one payout a duplicate, whichever was booked and whenever the first was', () => {
    const transfer = (id: string, more: Partial<RailLeg> = {}) =>
      movement(id, { category: 'transfer', subjectId: `tr_${id}`, transferGroup: 'payout_1', ...more });
    const [one, two] = [transfer('1'), transfer('2', { at: JUST_NOW })];
    expect(classes([one, two], [leg(one)])).toEqual(['DUPLICATE']);
    expect(classes([two, one], [leg(one)])).toEqual(['DUPLICATE']);
    expect(classes([one, two], [])).toEqual(['MISSING_IN_LEDGER', 'DUPLICATE']);
    const later = reconcile([two], [], new Set(), NOW, new Set(['payout_1']));
    expect(later.breaks).toMatchObject([{ class: 'DUPLICATE', about: two.id }]);
    expect(classes([one, transfer('3', { transferGroup: 'payout_3' })], [leg(one)])).toEqual([
      'MISSING_IN_LEDGER',
    ]);
    expect(classes([one, transfer('4', { transferGroup: null, at: JUST_NOW })], [leg(one)])).toEqual([
      'TIMING',
    ]);
  });

  it('says by how much the balances differ because of what has no partner', () => {
    const [one, two] = [movement('1'), movement('2')];
    const explained = (movements: RailLeg[], legs: LedgerLeg[], taken: string[] = []) => [
      ...reconcile(movements, legs, new Set(taken), NOW).explained,
    ];
    expect(explained([one], [leg(one)])).toEqual([]);
    expect(explained([one], [leg(two, { netMinor: 200n })])).toEqual([['USD', 300n]]);
    expect(explained([one], [leg(one, { netMinor: 499n })])).toEqual([['USD', 1n]]);
    expect(explained([one, { ...one, id: 'txn_again' }], [leg(one)])).toEqual([['USD', 500n]]);
    expect(explained([one], [leg(one)], ['t-txn_1'])).toEqual([['USD', 500n]]);
    expect(explained([one], [leg(one, { currency: 'EUR' })])).toEqual([
      ['USD', 500n],
      ['EUR', -500n],
    ]);
  });

  it('has nothing to say of ledger transactions that move nothing at the rail in sum', () => {
    expect(classes([], [leg(movement('1'), { key: 'stripe:pi_1:available', netMinor: 0n })])).toEqual([]);
  });

  it('knows every category that the product books, and a dispute by its movement', () => {
    const keys = (category: string) => ledgerKeysOf(movement('1', { category, subjectId: 'x_1' }));
    expect(keys('charge')).toEqual(['stripe:x_1:cleared', 'stripe:x_1:arrived']);
    expect(keys('transfer')).toEqual(['stripe:x_1:transferred']);
    expect(keys('refund_failure')).toEqual(['stripe:x_1:returned']);
    expect(keys('dispute_reversal')).toEqual(['stripe:txn_1:dispute']);
    expect(keys('something_new')).toEqual([]);
  });

  it('matches one to one whatever the order: every movement ends in a match or in one break', () => {
    const rows = fc.uniqueArray(fc.nat(40), { maxLength: 20 });
    fc.assert(
      fc.property(rows, rows, fc.nat(1000), (there, here, seed) => {
        const movements = there.map((each) => movement(String(each)));
        const legs = here.map((each) => leg(movement(String(each))));
        const turned = [...movements].sort(
          (a, b) => ((a.netMinor + BigInt(seed)) % 7n > 3n ? 1 : -1) * a.id.localeCompare(b.id),
        );
        const found = reconcile(turned, legs, new Set(), NOW);
        const both = there.filter((each) => here.includes(each)).length;
        expect(found.matches).toHaveLength(both);
        expect(found.breaks).toHaveLength(there.length + here.length - 2 * both);
        expect(new Set(found.matches.map(({ transactionId }) => transactionId)).size).toBe(both);
      }),
    );
  });
});

describe('the age of a break', () => {
  it('is in exactly one bucket, and its class says until when it is ended', () => {
    const now = new Date('2026-11-18T12:00:00Z');
    for (const hours of [0, 1, 47, 48, 95, 96, 191, 192, 5000]) {
      const foundAt = new Date(now.getTime() - hours * 3_600_000);
      const found = BREAK_AGES.filter(({ code }) => {
        const { after, upTo } = foundWithin(code, now);
        return (!after || foundAt > after) && foundAt <= upTo;
      });
      expect(found).toHaveLength(1);
      const days = Math.floor(hours / 24);
      expect(days >= found[0]!.from && days < found[0]!.to).toBe(true);
    }
    expect(breakDueAt('DUPLICATE', now)).toEqual(new Date('2026-11-19T12:00:00Z'));
    expect(breakDueAt('MISSING_IN_RAIL', now)).toEqual(new Date('2026-11-21T12:00:00Z'));
  });
});

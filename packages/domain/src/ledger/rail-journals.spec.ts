import fc from 'fast-check';
import type { JournalLine } from './accounts';
import {
  disputeLost,
  disputeMoved,
  disputeRepaid,
  fundingArrived,
  fundingAvailable,
  railFeeMoved,
  refundReturned,
} from './rail-journals';

/** What lines do to the accounts of a kind, debits less credits. */
const effect = (lines: readonly JournalLine[], kind: string): bigint =>
  lines.reduce((sum, line) => {
    if (line.phase !== 'S') return sum;
    const side = (code: string) => (code.startsWith(`${kind}:`) ? line.amountMinor : 0n);
    return sum + side(line.debit) - side(line.credit);
  }, 0n);

describe('money at the rail', () => {
  const [labId, currency] = ['lab-1', 'USD'];
  const amounts = fc.record({ amountMinor: fc.bigInt(1n, 10n ** 10n), feeMinor: fc.bigInt(0n, 10n ** 6n) });

  it('is less by a fee that the rail takes by itself, which is an expense; and more by one that it gives back', () => {
    for (const amountMinor of [-250n, 250n]) {
      const moved = railFeeMoved({ currency, amountMinor });
      expect([effect(moved, 'rail_available'), effect(moved, 'rail_fee_expense')]).toEqual([
        amountMinor,
        -amountMinor,
      ]);
    }
  });

  it('is, in the books, what the rail has of it: gross less its fee, pending first, then available', () => {
    fc.assert(
      fc.property(amounts, fc.boolean(), ({ amountMinor, feeMinor }, isHeld) => {
        const fact = { labId, currency, amountMinor, feeMinor };
        const at = fundingArrived({ ...fact, isAvailable: false, isHeld });
        const net = amountMinor - feeMinor;
        expect([effect(at, 'rail_pending'), effect(at, 'lab_prepaid')]).toEqual([net, -amountMinor]);
        expect(at.at(-1)?.phase).toBe(isHeld ? 'P' : 'S');
        const later = fundingAvailable({ currency, netMinor: net, holdPostingId: isHeld ? 7n : null });
        expect(effect(later, 'rail_pending') + effect(later, 'rail_available')).toBe(0n);
        expect(later.at(-1)?.phase).toBe(isHeld ? 'V' : 'S');
        const once = fundingArrived({ ...fact, isAvailable: true, isHeld: false });
        expect(effect(once, 'rail_available')).toBe(net);
      }),
    );
  });

  it('leaves nothing in clearing when a dispute has ended, won or lost, and the fee is ours', () => {
    fc.assert(
      fc.property(amounts, ({ amountMinor, feeMinor }) => {
        const fact = { labId, currency, amountMinor };
        const taken = disputeMoved({ currency, amountMinor: -amountMinor, feeMinor });
        expect(effect(taken, 'rail_available')).toBe(-amountMinor - feeMinor);
        const won = [...taken, ...disputeMoved({ ...fact, feeMinor: 0n })];
        const lost = [...taken, ...disputeLost(fact)];
        expect([effect(won, 'dispute_clearing'), effect(lost, 'dispute_clearing')]).toEqual([0n, 0n]);
        expect(effect(lost, 'lab_receivable')).toBe(amountMinor);
        expect(effect([...lost, ...disputeRepaid(fact)], 'lab_receivable')).toBe(0n);
        expect(effect(refundReturned(fact), 'lab_prepaid')).toBe(-amountMinor);
      }),
    );
  });
});

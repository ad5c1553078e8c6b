import fc from 'fast-check';
import { accountCode, type JournalLine } from './accounts';
import * as journals from './journals';

const LAB = { labId: 'lab', currency: 'USD' };
const minor = fc.bigInt({ min: 0n, max: 10n ** 12n });

/** What lines do to an account, minor units: credits less debits, posted lines only. */
function effect(lines: readonly JournalLine[], code: string): bigint {
  return lines.reduce((sum, line) => {
    if (line.phase !== 'S') return sum;
    return (
      sum + (line.credit === code ? line.amountMinor : 0n) - (line.debit === code ? line.amountMinor : 0n)
    );
  }, 0n);
}

describe('journals', () => {
  it('takes exactly the price from the lab and gives it to expert and platform, whatever the amounts', () => {
    fc.assert(
      fc.property(minor, minor, minor, (payMinor, feeMinor, rest) => {
        const heldMinor = payMinor + feeMinor + rest;
        const fact = { ...LAB, expertId: 'expert', payMinor, feeMinor, heldMinor, holdPostingId: 7n };
        const lines = journals.lineCharged(fact);
        expect(effect(lines, accountCode.labPrepaid('lab', 'USD'))).toBe(-(payMinor + feeMinor));
        expect(effect(lines, accountCode.expertPayable('expert', 'USD'))).toBe(payMinor);
        expect(effect(lines, accountCode.platformFee('USD'))).toBe(feeMinor);
        const held = lines.filter(({ phase }) => phase === 'P');
        expect(held).toEqual(rest > 0n ? [expect.objectContaining({ amountMinor: rest })] : []);
        expect(lines[0]).toEqual({ phase: 'V', pendingId: 7n });
      }),
    );
  });

  it('holds nothing again where a line costs all that was held, or a rounding cent more', () => {
    const fact = { ...LAB, expertId: 'e', payMinor: 100n, feeMinor: 15n, holdPostingId: 1n };
    for (const heldMinor of [115n, 114n]) {
      expect(journals.lineCharged({ ...fact, heldMinor }).map(({ phase }) => phase)).toEqual(['V', 'S', 'S']);
    }
  });

  it('charges a line without a hold where earlier lines used it up', () => {
    const fact = { ...LAB, expertId: 'e', payMinor: 1n, feeMinor: 0n, heldMinor: 0n };
    expect(journals.lineCharged(fact).map(({ phase }) => phase)).toEqual(['S', 'S']);
  });

  it('leaves nothing in clearing once a refund is sent or refused', () => {
    const fact = { ...LAB, amountMinor: 500n };
    for (const end of [journals.refundSent(fact), journals.refundRefused(fact)]) {
      expect(effect([...journals.refundRequested(fact), ...end], accountCode.refundClearing('USD'))).toBe(0n);
    }
    const refused = [...journals.refundRequested(fact), ...journals.refundRefused(fact)];
    expect(effect(refused, accountCode.labPrepaid('lab', 'USD'))).toBe(0n);
  });

  it('keeps what came in equal to what is owed after funding, charge and payout', () => {
    const all = [
      ...journals.fundingCleared({ ...LAB, amountMinor: 1000n }),
      ...journals.lineCharged({
        ...LAB,
        expertId: 'e',
        payMinor: 200n,
        feeMinor: 30n,
        heldMinor: 300n,
        holdPostingId: 1n,
      }),
      ...journals.payoutTransferred({ expertId: 'e', currency: 'USD', amountMinor: 200n }),
    ];
    expect(effect(all, accountCode.railAvailable('USD'))).toBe(-800n);
    expect(effect(all, accountCode.labPrepaid('lab', 'USD'))).toBe(770n);
    expect(effect(all, accountCode.expertPayable('e', 'USD'))).toBe(0n);
    expect(effect(all, accountCode.platformFee('USD'))).toBe(30n);
  });
});

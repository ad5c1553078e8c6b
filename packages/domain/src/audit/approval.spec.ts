import fc from 'fast-check';
import { afterDecision, approvalsNeeded } from './approval.machine';

describe('four eyes', () => {
  it('asks nobody up to the limit, one person above it, two far above it', () => {
    expect([1000n, 1001n, 10_000n, 10_001n].map((amount) => approvalsNeeded(amount, 1000n))).toEqual([
      0, 1, 1, 2,
    ]);
  });

  it('never asks fewer people for more money', () => {
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(amounts, amounts, amounts, (one, other, limit) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        expect(approvalsNeeded(less, limit)).toBeLessThanOrEqual(approvalsNeeded(more, limit));
      }),
    );
  });

  it('is approved by exactly as many as are needed, and ended by one who declines', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        (needed, votes) => {
          let [approvals, state] = [0, 'WAIT'];
          for (const isApproval of votes) {
            if (state !== 'WAIT') break;
            state = afterDecision(needed, approvals, isApproval ? 'APPROVE' : 'DECLINE');
            if (isApproval) approvals++;
          }
          if (state === 'APPROVE') expect(approvals).toBe(needed);
          if (state === 'WAIT') expect(approvals).toBeLessThan(needed);
          expect(state === 'DECLINE').toBe(
            votes.slice(0, needed).includes(false) || (state === 'DECLINE' && approvals < needed),
          );
        },
      ),
    );
  });
});

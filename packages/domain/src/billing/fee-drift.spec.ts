import fc from 'fast-check';
import { NOTHING_COUNTED } from './fee';
import { feeAssessments } from './fee-assessment';
import { driftOf, type DriftFacts } from './fee-drift';
import { assessFees, type TakeRateTerms } from './take-rate';

const terms: TakeRateTerms = {
  labFeePpm: 150_000,
  expertFeePpm: 20_000,
  rounding: 'HALF_EVEN',
  feeParts: {
    currency: 'USD',
    lab: { tiers: [{ aboveMinor: '10000', ppm: 100_000 }], fixedMinor: '50', monthlyCapMinor: '250000' },
  },
};

function charged(counted = NOTHING_COUNTED, rateMinorPerHour = 12_345n, seconds = 4321): DriftFacts {
  const line = { rateMinorPerHour, seconds, terms };
  const assessed = assessFees(line, counted);
  const whose = { currency: 'USD', takeRatePolicyId: 'p1' };
  return {
    charge: { ...assessed, ...whose },
    assessments: feeAssessments(line, counted, assessed).map((each) => ({ ...each, ...whose })),
    agreed: { ...terms, ...whose },
    policy: { ...terms, id: 'p1' },
  };
}
const kinds = (facts: DriftFacts) => driftOf(facts).map(({ kind }) => kind);
const changed = (change: Partial<DriftFacts['assessments'][number]>): DriftFacts => {
  const facts = charged();
  return {
    ...facts,
    assessments: facts.assessments
      .map((each) => ({ ...each, ...change }))
      .slice(0, 1)
      .concat(facts.assessments.slice(1)),
  };
};

describe('drift', () => {
  it('is none where nothing was changed, whatever was counted before', () => {
    const minor = fc.bigInt({ min: 0n, max: 10n ** 7n });
    fc.assert(
      fc.property(
        minor,
        minor,
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        fc.nat(57_600),
        (billed, month, rate, time) => {
          return kinds(charged({ billedMinor: billed, monthFeeMinor: month }, rate, time)).length === 0;
        },
      ),
    );
  });

  it('is named by its class', () => {
    const facts = charged();
    const lab = facts.assessments[0]!;
    expect(kinds({ ...facts, assessments: [lab] })).toEqual(['MISSING']);
    expect(kinds(changed({ currency: 'EUR' }))).toEqual(['CURRENCY']);
    expect(kinds({ ...facts, agreed: { ...facts.agreed, takeRatePolicyId: 'p2' } })).toEqual(['POLICY']);
    expect(kinds({ ...facts, policy: { ...terms, id: 'p2' } })).toEqual(['POLICY']);
    expect(kinds({ ...facts, policy: undefined })).toEqual(['POLICY']);
    expect(kinds({ ...facts, policy: { ...terms, labFeePpm: 140_000, id: 'p1' } })).toEqual(['POLICY']);
    expect(kinds(changed({ computedMinor: lab.computedMinor + 1n }))).toEqual(['ROUNDING']);
    expect(kinds(changed({ computedMinor: lab.computedMinor + 2n }))).toEqual(['CODE']);
    expect(kinds(changed({ chargedMinor: lab.chargedMinor + 1n }))).toEqual(['OVERRIDE', 'OVERRIDE']);
    const cent = {
      ...facts.charge,
      priceMinor: facts.charge.priceMinor + 1n,
      feeMinor: facts.charge.feeMinor + 1n,
    };
    expect(driftOf({ ...facts, charge: cent })).toEqual([
      { kind: 'OVERRIDE', sentence: 'What was charged is not what was assessed.' },
    ]);
  });
});

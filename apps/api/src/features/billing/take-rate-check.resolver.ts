import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  assessFees,
  countedBefore,
  feeAgain,
  shownTakeRate,
  takeRateOf,
  termsOf,
  type AssessedLine,
  type FeeSide,
  type TakeRateTerms,
} from '@tallystick/domain';
import DataLoader from 'dataloader';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/graphql-context';
import { moneyOf, tallyOf } from '../../platform/graphql/money.model';
import { BillingQueries } from './billing.queries';
import { ChargeArgs } from './graphql/billing.input';
import { Charge } from './graphql/billing.model';
import { assessmentOf, chargeFilterOf, policyOf } from './graphql/billing.shapes';
import { FeeAssessment, TakeRateCheck, TakeRateWeek } from './graphql/take-rate.model';

type PolicyRecord = Parameters<typeof policyOf>[0];
type AssessmentRecord = Parameters<typeof assessmentOf>[0];

/** What was charged beside what the policy says. */
@Resolver(() => Charge)
export class TakeRateCheckResolver {
  constructor(private readonly queries: BillingQueries) {}

  @ResolveField(() => TakeRateCheck, {
    nullable: true,
    description: 'The charge worked out again by its policy; null where the reader may not see the policy.',
  })
  async takeRateCheck(
    @Parent() charge: Charge,
    @Context() context: GraphqlContext,
  ): Promise<TakeRateCheck | null> {
    const policy = await this.policies(context).load(charge.takeRatePolicyId);
    if (!policy) return null;
    const { currency } = charge.rate;
    const terms = termsOf(policy);
    const expected = expectedOf(charge, terms, await this.assessed(context).load(charge.id));
    const differenceMinor = BigInt(charge.tally.fee.minor) - expected.feeMinor;
    return {
      policy: policyOf(policy),
      expected: tallyOf(expected, currency, shownTakeRate(terms, expected)),
      difference: moneyOf(differenceMinor, currency),
      isRight:
        differenceMinor === 0n &&
        BigInt(charge.tally.pay.minor) === expected.payMinor &&
        charge.labFeePpm === policy.labFeePpm &&
        charge.expertFeePpm === policy.expertFeePpm,
    };
  }

  @ResolveField(() => [FeeAssessment], {
    description: "Each side's fee with everything that it follows from, the lab's first.",
  })
  async assessments(@Parent() charge: Charge, @Context() context: GraphqlContext): Promise<FeeAssessment[]> {
    return (await this.assessed(context).load(charge.id)).map(assessmentOf);
  }

  @Requires('audit:read')
  @Query(() => [TakeRateWeek], {
    description:
      'The take rate that was charged, by week of charging and currency, oldest first; the newest 520 rows.',
  })
  async takeRateWeeks(@CurrentPerson() person: Person, @Args() filter: ChargeArgs): Promise<TakeRateWeek[]> {
    const weeks = await this.queries.weeks(person, chargeFilterOf(filter));
    return weeks.map(({ agreedMinor, feeMinor, ...week }) => ({
      ...week,
      id: `${week.weekStart.toISOString()}:${week.currency}`,
      agreed: moneyOf(agreedMinor, week.currency),
      fee: moneyOf(feeMinor, week.currency),
      takeRatePpm: takeRateOf(feeMinor, agreedMinor),
    }));
  }

  private assessed(context: GraphqlContext): DataLoader<string, AssessmentRecord[]> {
    return loaderOf(
      context,
      'fee-assessments',
      (actor) =>
        new DataLoader<string, AssessmentRecord[]>(async (ids) => {
          const found = await this.queries.assessmentsOf(actor, ids);
          return ids.map((id) => found.filter(({ chargeId }) => chargeId === id));
        }),
    );
  }

  private policies(context: GraphqlContext): DataLoader<string, PolicyRecord | undefined> {
    return loaderOf(
      context,
      'policies',
      (actor) =>
        new DataLoader<string, PolicyRecord | undefined>(async (ids) => {
          const found = new Map((await this.queries.policiesByIds(actor, ids)).map((row) => [row.id, row]));
          return ids.map((id) => found.get(id));
        }),
    );
  }
}

/** What a charge should be: by its policy, and of what was taken back by the fees of its line. */
function expectedOf(
  charge: Charge,
  terms: TakeRateTerms,
  assessed: readonly AssessmentRecord[],
): Pick<AssessedLine, 'agreedMinor' | 'priceMinor' | 'payMinor' | 'feeMinor'> {
  const agreedMinor = BigInt(charge.agreed.minor);
  if (charge.kind !== 'REVERSAL') {
    const line = {
      rateMinorPerHour: BigInt(charge.rate.minor),
      seconds: charge.seconds,
      ...(charge.kind === 'BONUS' && { sumMinor: agreedMinor }),
      terms,
    };
    return assessFees(line, countedBefore(assessed));
  }
  const backOf = (side: FeeSide) =>
    assessed
      .filter((each) => each.side === side)
      .reduce((sum, each) => sum + feeAgain(each).chargedMinor, 0n);
  const priceMinor = agreedMinor + backOf('LAB');
  const payMinor = agreedMinor - backOf('EXPERT');
  return { agreedMinor, priceMinor, payMinor, feeMinor: priceMinor - payMinor };
}

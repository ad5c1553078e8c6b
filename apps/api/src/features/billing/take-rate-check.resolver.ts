import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { assessLine, takeRateOf } from '@tallystick/domain';
import DataLoader from 'dataloader';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/graphql-context';
import { moneyOf, tallyOf } from '../../platform/graphql/money.model';
import { BillingQueries } from './billing.queries';
import { ChargeArgs } from './graphql/billing.input';
import { Charge } from './graphql/billing.model';
import { chargeFilterOf, policyOf } from './graphql/billing.shapes';
import { TakeRateCheck, TakeRateWeek } from './graphql/take-rate.model';

type PolicyRecord = Parameters<typeof policyOf>[0];

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
    const expected = assessLine({
      rateMinorPerHour: BigInt(charge.rate.minor),
      seconds: charge.seconds,
      terms: policy,
    });
    const differenceMinor = BigInt(charge.tally.fee.minor) - expected.feeMinor;
    return {
      policy: policyOf(policy),
      expected: tallyOf(expected, currency, policy.labFeePpm),
      difference: moneyOf(differenceMinor, currency),
      isRight:
        differenceMinor === 0n &&
        BigInt(charge.tally.pay.minor) === expected.payMinor &&
        charge.labFeePpm === policy.labFeePpm &&
        charge.expertFeePpm === policy.expertFeePpm,
    };
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

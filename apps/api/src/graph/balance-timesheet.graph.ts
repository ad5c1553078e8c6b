import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LabBalance } from '../features/billing/graphql/billing.model';
import { OutlookQueries, type Outlook } from '../features/timesheet/timesheet.public';
import { loaderOf, type GraphqlContext } from '../platform/graphql/graphql-context';
import { Money, moneyOf } from '../platform/graphql/money.model';

@Resolver(() => LabBalance)
export class BalanceTimesheetGraph {
  constructor(private readonly outlooks: OutlookQueries) {}

  @ResolveField(() => Money, {
    description: 'Price of lines that were submitted and are not charged yet; what is held covers it.',
  })
  async owed(@Parent() { currency }: LabBalance, @Context() context: GraphqlContext): Promise<Money> {
    return moneyOf((await this.outlook(context)).get(currency)?.owedMinor ?? 0n, currency);
  }

  @ResolveField(() => Money, { description: 'Price of a full week of everything that runs now.' })
  async weekly(@Parent() { currency }: LabBalance, @Context() context: GraphqlContext): Promise<Money> {
    return moneyOf((await this.outlook(context)).get(currency)?.weeklyMinor ?? 0n, currency);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'Full weeks that the available money still holds, at what runs now; null where nothing runs.',
  })
  async weeksLeft(
    @Parent() { currency, available }: LabBalance,
    @Context() context: GraphqlContext,
  ): Promise<number | null> {
    const weeklyMinor = (await this.outlook(context)).get(currency)?.weeklyMinor ?? 0n;
    return weeklyMinor > 0n ? Number(BigInt(available.minor) / weeklyMinor) : null;
  }

  /** Read once a request, whatever is asked of it. */
  private outlook(context: GraphqlContext): Promise<Map<string, Outlook>> {
    return loaderOf(context, 'lab-outlook', (actor) => this.outlooks.ofLab(actor));
  }
}

import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { moneyOf } from '../../platform/graphql/money.model';
import { PayoutRunDetail } from './graphql/run-detail.model';
import { RunDetailQueries } from './run-detail.queries';

@Resolver(() => PayoutRunDetail)
export class RunDetailResolver {
  constructor(private readonly queries: RunDetailQueries) {}

  @Requires('audit:read')
  @Query(() => PayoutRunDetail, { description: 'One run of payouts and what became of it.' })
  async payoutRun(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The run.' }) id: string,
  ): Promise<PayoutRunDetail> {
    const { sums, gates, approvers, ...found } = await this.queries.run(person, id);
    const shown = <T extends { amountMinor: bigint; currency: string }>({
      amountMinor,
      currency,
      ...row
    }: T) => ({
      ...row,
      amount: moneyOf(amountMinor, currency),
    });
    return { ...found, approvers: [...approvers], sums: sums.map(shown), gates: gates.map(shown) };
  }
}

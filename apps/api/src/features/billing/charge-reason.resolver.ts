import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/graphql-context';
import { BillingQueries } from './billing.queries';
import { Charge } from './graphql/billing.model';

/** Why a charge that is not time was made. */
@Resolver(() => Charge)
export class ChargeReasonResolver {
  constructor(private readonly queries: BillingQueries) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'Why, of a bonus or of what was taken back; null of time.',
  })
  reason(@Parent() { id, kind }: Charge, @Context() context: GraphqlContext): Promise<string | null> | null {
    if (kind === 'TIME') return null;
    const loader = loaderOf(
      context,
      'reason-of-charge',
      (actor) =>
        new DataLoader<string, string | null>(async (ids) => {
          const reasons = await this.queries.reasons(actor, ids);
          return ids.map((each) => reasons.get(each) ?? null);
        }),
    );
    return loader.load(id);
  }
}

import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { Charge } from '../features/billing/graphql/billing.model';
import { chargeOf, type ChargeRecord } from '../features/billing/billing.public';
import { Payout } from '../features/payout/graphql/payout.model';
import { PayoutQueries } from '../features/payout/payout.public';
import { CurrentPerson } from '../platform/access/access.decorators';
import type { Person } from '../platform/access/actor';
import { loaderOf, type GraphqlContext } from '../platform/graphql/graphql-context';
import { Money, moneyOf } from '../platform/graphql/money.model';

/** Lines of a payout that are read at a time. */
const MOST_LINES = 500;

@Resolver(() => Payout)
export class PayoutLinesGraph {
  constructor(private readonly payouts: PayoutQueries) {}

  @ResolveField(() => [Charge], {
    description:
      'The charged lines whose pay it carries, oldest first, at most 500; none while it waits. What was earned first is paid first.',
  })
  async lines(@Parent() { id }: Payout, @Context() context: GraphqlContext): Promise<Charge[]> {
    return (await this.read(context, id)).map(chargeOf);
  }

  @ResolveField(() => Money, {
    nullable: true,
    description:
      'How much of the pay of its lines other payouts carry: its first and its last may be paid in part. Null where all of it is in this one.',
  })
  async linesElsewhere(
    @Parent() { id, amount }: Payout,
    @Context() context: GraphqlContext,
  ): Promise<Money | null> {
    const lines = await this.read(context, id);
    const payMinor = lines.reduce((sum, each) => sum + each.payMinor, 0n);
    const elsewhere = payMinor - BigInt(amount.minor);
    return lines.length < MOST_LINES && elsewhere > 0n ? moneyOf(elsewhere, amount.currency) : null;
  }

  @ResolveField(() => Money, {
    nullable: true,
    description:
      'What it carries by now where it waits (GATED, FAILED): all that is payable or held and was not sent, without what a bank returned. Null where it does not wait; the amount is then what it carries.',
  })
  async waiting(
    @Parent() { expertId, amount: { currency }, state }: Payout,
    @CurrentPerson() person: Person,
  ): Promise<Money | null> {
    const minor = await this.payouts.waitingMinor(person, { expertId, currency, state });
    return minor === null ? null : moneyOf(minor, currency);
  }

  private async read(context: GraphqlContext, id: string): Promise<ChargeRecord[]> {
    const lines = loaderOf(
      context,
      'payoutLines',
      (actor) =>
        new DataLoader<string, ChargeRecord[]>((ids) =>
          Promise.all(
            ids.map(async (each) => (actor.kind === 'PERSON' ? this.payouts.lines(actor, each) : [])),
          ),
        ),
    );
    return lines.load(id);
  }
}

import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LedgerAccount } from '../features/ledger/graphql/ledger.model';
import type { GraphqlContext } from '../platform/graphql/graphql-context';
import { Names } from './names';

/** Kinds of account whose owner is an expert; all others with an owner are a lab's. */
const OF_EXPERTS = ['expert_payable'];

/** The name beside the owner of an account. */
@Resolver(() => LedgerAccount)
export class LedgerNamesGraph {
  constructor(private readonly names: Names) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'Name of the lab or expert; null for the platform.',
  })
  async ownerName(
    @Parent() { ownerId, kind }: LedgerAccount,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    if (!ownerId) return null;
    const names = OF_EXPERTS.includes(kind) ? this.names.expertNames(context) : this.names.labNames(context);
    return names.load(ownerId);
  }
}

import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { driftShown, runOf } from './graphql/billing.shapes';
import {
  FeeDriftArgs,
  FeeDriftConnection,
  TakeRateRun,
  type ListedFeeDrift,
} from './graphql/take-rate-run.model';
import { RecomputeFees } from './use-cases/recompute-fees';

/** Every fee worked out again. */
@Resolver(() => TakeRateRun)
export class TakeRateRunResolver {
  constructor(private readonly recompute: RecomputeFees) {}

  @Requires('audit:read')
  @Query(() => [TakeRateRun], {
    description: 'The newest 20 recomputes of all fees, the last first; one runs every night.',
  })
  async takeRateRuns(@CurrentPerson() person: Person): Promise<TakeRateRun[]> {
    return (await this.recompute.newest(person)).map(runOf);
  }

  @Requires('audit:read')
  @Query(() => FeeDriftConnection, {
    description:
      'What a recompute of all fees found, in its order, with the charges; at most 10000 of a run are kept.',
  })
  async feeDrifts(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: FeeDriftArgs,
  ): Promise<Connection<ListedFeeDrift>> {
    const { edges, ...rest } = await this.recompute.drifts(person, filter, page);
    return { ...rest, edges: edges.map(({ node, cursor }) => ({ cursor, node: driftShown(node) })) };
  }

  @Requires('audit:prove')
  @Mutation(() => TakeRateRun, {
    description: 'Works every fee out again from its kept inputs and resolves its policy again, now.',
  })
  async recomputeFees(@CurrentPerson() person: Person): Promise<TakeRateRun> {
    return runOf(await this.recompute.run(person));
  }
}

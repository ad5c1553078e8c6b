import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { runOf } from './graphql/billing.shapes';
import { TakeRateRun } from './graphql/take-rate-run.model';
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

  @Requires('audit:prove')
  @Mutation(() => TakeRateRun, {
    description: 'Works every fee out again from its kept inputs and resolves its policy again, now.',
  })
  async recomputeFees(@CurrentPerson() person: Person): Promise<TakeRateRun> {
    return runOf(await this.recompute.run(person));
  }
}

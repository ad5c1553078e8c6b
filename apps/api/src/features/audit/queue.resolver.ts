import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { JobRegistry } from '../../platform/queue/jobs';
import { Queues } from '../../platform/queue/queues';
import { QueueStanding } from './graphql/queue.model';
import { RetryJob } from './use-cases/retry-job';

const SHOWN = 50;

@Resolver(() => QueueStanding)
export class QueueResolver {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly queues: Queues,
    private readonly retryCase: RetryJob,
  ) {}

  @Requires('queue:manage')
  @Query(() => [QueueStanding], { description: 'How each queue stands, by name, at most ten; for admins.' })
  async jobQueues(): Promise<QueueStanding[]> {
    const names = [...new Set(this.jobs.all().map((job) => job.queue))].sort();
    return Promise.all(
      names.map(async (name) => ({
        ...(await this.queues.standing(name)),
        failedJobs: await this.queues.failed(name, SHOWN),
      })),
    );
  }

  @Requires('queue:manage')
  @Mutation(() => Boolean, { description: 'Lets a failed job run again. Refuses with NOT_FOUND.' })
  async retryJob(
    @CurrentPerson() person: Person,
    @Args('queue', { description: 'Name of the queue.' }) queue: string,
    @Args('id', { type: () => ID, description: 'Id of the job.' }) id: string,
  ): Promise<boolean> {
    await this.retryCase.run(person, { queue, id });
    return true;
  }
}

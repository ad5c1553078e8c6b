import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { JobRegistry } from '../../platform/queue/jobs';
import { Queues } from '../../platform/queue/queues';
import type { SetAsideReason } from '../../platform/queue/job-standing';
import { QueueStanding, SetAsideReasons } from './graphql/queue.model';
import { RetryJob } from './use-cases/retry-job';
import { SetJobAside } from './use-cases/set-job-aside';

const SHOWN = 50;

@Resolver(() => QueueStanding)
export class QueueResolver {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly queues: Queues,
    private readonly retryCase: RetryJob,
    private readonly asideCase: SetJobAside,
  ) {}

  @Requires('queue:manage')
  @Query(() => [QueueStanding], { description: 'How each queue stands, by name, at most ten; for admins.' })
  async jobQueues(): Promise<QueueStanding[]> {
    const names = [...new Set(this.jobs.all().map((job) => job.queue))].sort();
    return Promise.all(
      names.map(async (name) => ({
        ...(await this.queues.standing(name)),
        runningJobs: await this.queues.running(name, SHOWN),
        retriedJobs: await this.queues.retried(name, SHOWN),
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

  @Requires('queue:manage')
  @Mutation(() => Boolean, {
    description:
      'Sets aside a job that failed for good: it stays, and can still be tried again. Refuses with NOT_FOUND.',
  })
  async setJobAside(
    @CurrentPerson() person: Person,
    @Args('queue', { description: 'Name of the queue.' }) queue: string,
    @Args('id', { type: () => ID, description: 'Id of the job.' }) id: string,
    @Args('why', { type: () => SetAsideReasons, description: 'Why it is not tried again.' })
    why: SetAsideReason,
  ): Promise<boolean> {
    await this.asideCase.run(person, { queue, id, why });
    return true;
  }
}

import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A job that was tried as often as it may be.' })
export class FailedJob {
  @Field(() => ID, { description: 'Its id in its queue.' })
  id: string;

  @Field(() => String, { description: 'Its queue.' })
  queue: string;

  @Field(() => String, { description: 'What it does, e.g. send-mail.' })
  name: string;

  @Field(() => String, { description: 'What the last try said, shortened.' })
  reason: string;

  @Field(() => Int, { description: 'How often it was tried.' })
  tries: number;

  @Field(() => Date, { description: 'When it failed for good (UTC).' })
  failedAt: Date;
}

@ObjectType({ description: 'How a queue stands.' })
export class QueueStanding {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => Int, { description: 'Jobs that wait for a worker.' })
  waiting: number;

  @Field(() => Int, { description: 'Jobs that run.' })
  running: number;

  @Field(() => Int, { description: 'Jobs that are for later.' })
  delayed: number;

  @Field(() => Int, { description: 'Jobs that failed for good.' })
  failed: number;

  @Field(() => Date, {
    nullable: true,
    description:
      'Since when the oldest job waits (UTC); null where none does. Minutes mean that no worker runs.',
  })
  oldestWaitingSince: Date | null;

  @Field(() => [FailedJob], { description: 'The latest 50 that failed.' })
  failedJobs: FailedJob[];
}

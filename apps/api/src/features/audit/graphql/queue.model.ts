import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { SET_ASIDE_REASONS, type SetAsideReason } from '../../../platform/queue/job-standing';

export const SetAsideReasons = Object.fromEntries(SET_ASIDE_REASONS.map((each) => [each, each])) as {
  [Each in SetAsideReason]: Each;
};
registerEnumType(SetAsideReasons, {
  name: 'SetAsideReason',
  description: 'Why a job that failed for good is not tried again.',
  valuesMap: {
    DONE_BY_HAND: { description: 'Somebody did by hand what it should have done.' },
    NOT_NEEDED: { description: 'What it should have done is not needed any more.' },
    WAITS_FOR_REPAIR: { description: 'Its cause has to be mended first.' },
  },
});

@ObjectType({ description: 'How far a long job is.' })
export class JobProgress {
  @Field(() => Int, { description: 'So many are done.' })
  done: number;

  @Field(() => Int, { nullable: true, description: 'Of so many; null where nobody knows how many.' })
  of: number | null;
}

@InterfaceType({ description: 'A job of a queue. What it was given is shown to nobody.' })
abstract class QueueJob {
  @Field(() => ID, { description: 'Its id in its queue.' })
  id: string;

  @Field(() => String, { description: 'Its queue.' })
  queue: string;

  @Field(() => String, { description: 'What it does, e.g. send-mail.' })
  name: string;

  @Field(() => Int, { description: 'How often it was begun.' })
  tries: number;
}

@ObjectType({ description: 'A job that runs.', implements: () => [QueueJob] })
export class RunningJob extends QueueJob {
  @Field(() => Date, { description: 'Since when it runs (UTC).' })
  since: Date;

  @Field(() => JobProgress, { nullable: true, description: 'How far it is, where it says so.' })
  progress: JobProgress | null;
}

@ObjectType({ description: 'A job that failed and is tried again by itself.', implements: () => [QueueJob] })
export class RetriedJob extends QueueJob {
  @Field(() => String, { description: 'What the last try ended with: the code of a refusal or an error.' })
  code: string;

  @Field(() => Date, { description: 'It is tried again no earlier than this (UTC).' })
  nextTryAt: Date;
}

@ObjectType({ description: 'A job that was tried as often as it may be.', implements: () => [QueueJob] })
export class FailedJob extends QueueJob {
  @Field(() => String, {
    description:
      'What the last try ended with: the code of a refusal or an error, and nothing that was said of anybody.',
  })
  code: string;

  @Field(() => Date, { description: 'When it failed for good (UTC).' })
  failedAt: Date;

  @Field(() => SetAsideReasons, {
    nullable: true,
    description: 'Why it was set aside; null where it was not.',
  })
  setAside: SetAsideReason | null;
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

  @Field(() => [RunningJob], { description: 'At most 50 that run.' })
  runningJobs: RunningJob[];

  @Field(() => [RetriedJob], {
    description: 'Those that are tried again, of the latest 50 that are for later.',
  })
  retriedJobs: RetriedJob[];

  @Field(() => [FailedJob], { description: 'The latest 50 that failed, set aside or not.' })
  failedJobs: FailedJob[];
}

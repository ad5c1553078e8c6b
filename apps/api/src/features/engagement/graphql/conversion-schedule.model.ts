import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'What hiring directly costs, from a day on.' })
export class ConversionSchedule {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'The schedule in sentences, as everybody reads it.' })
  words: string;

  @Field(() => Date, { description: 'Agreements that are signed from then on follow it (UTC).' })
  effectiveFrom: Date;

  @Field(() => Date, { nullable: true, description: 'Until when (UTC); null until another is published.' })
  effectiveTo: Date | null;

  @Field(() => Boolean, { description: 'True where an agreement signed now follows it.' })
  isInForce: boolean;

  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'A step of a schedule.' })
export class ConversionStepInput {
  @Field(() => Int, { description: 'From this whole month since the first paid work on; the first is 0.' })
  fromMonth: number;

  @Field(() => Int, {
    description: 'Share of the base, parts per million; each smaller than the last, the last 0.',
  })
  ppm: number;
}

@InputType({ description: 'A schedule that is to be published.' })
export class PublishScheduleInput {
  @Field(() => Int, { description: 'The base is the platform’s fee on so many full weeks; 1 to 104.' })
  baseWeeks: number;

  @Field(() => Int, { description: 'Share of the fees kept already that comes off, parts per million.' })
  creditPpm: number;

  @Field(() => [ConversionStepInput], { description: 'Rising months, falling shares.' })
  steps: ConversionStepInput[];

  @Field(() => Date, { description: 'Not in the past (UTC).' })
  effectiveFrom: Date;

  @Field(() => String, { description: 'At least 10 characters.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

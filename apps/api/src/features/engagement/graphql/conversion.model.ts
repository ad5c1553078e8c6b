import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'What it costs the lab to hire the expert of an engagement directly.' })
export class ConversionQuote {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => String, { description: 'The schedule that was in force when the engagement was signed.' })
  schedule: string;

  @Field(() => String, { description: 'Where this engagement stands on it.' })
  sentence: string;

  @Field(() => Int, { description: 'Whole months since the first paid work.' })
  months: number;

  @Field(() => Int, { description: 'Share of the base that is due, parts per million.' })
  sharePpm: number;

  @Field(() => Money, { description: "The platform's fee on the schedule's full weeks." })
  base: Money;

  @Field(() => Money, { description: 'Fees kept already that come off.' })
  credit: Money;

  @Field(() => Money, { description: 'What the lab would pay now, or paid. The expert pays nothing.' })
  due: Money;

  @Field(() => Money, {
    nullable: true,
    description:
      'What came back to the lab for fees of work after it was recorded; null while that work is not over and charged.',
  })
  laterCredit: Money | null;

  @Field(() => Date, { nullable: true, description: 'From when on it costs nothing (UTC).' })
  freeFrom: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the lab recorded it; null while it did not.' })
  recordedAt: Date | null;
}

@InputType({ description: 'A lab hires directly.' })
export class HireDirectlyInput {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => String, { description: 'What is due as it was read, minor units.' })
  dueMinor: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

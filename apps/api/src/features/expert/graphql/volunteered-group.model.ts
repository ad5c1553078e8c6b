import { Field, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'What an expert volunteered of themselves, for counting how evenly matching treats groups. Told to nobody else.',
})
export class VolunteeredGroup {
  @Field(() => String, { nullable: true, description: 'FEMALE, MALE or OTHER; null where it was not said.' })
  sex: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'HISPANIC, WHITE, BLACK, PACIFIC, ASIAN, NATIVE or SEVERAL, as in the EEO-1 report; null where it was not said.',
  })
  ethnicity: string | null;

  @Field(() => Date, { description: 'When the expert consented (UTC).' })
  consentedAt: Date;
}

@InputType({ description: 'What an expert volunteers of themselves.' })
export class VolunteerGroupInput {
  @Field(() => String, { nullable: true, description: 'FEMALE, MALE or OTHER; none leaves it out.' })
  sex?: string;

  @Field(() => String, {
    nullable: true,
    description: 'HISPANIC, WHITE, BLACK, PACIFIC, ASIAN, NATIVE or SEVERAL; none leaves it out.',
  })
  ethnicity?: string;

  @Field(() => Boolean, { description: 'That it may be counted; without it nothing is kept.' })
  consents: boolean;
}

import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'That something which the signed-in person may see has changed: read it again.' })
export class Changed {
  @Field(() => Date, { description: 'When it was told (UTC).' })
  at: Date;

  @Field(() => [String], {
    description:
      'What changed, as subject types of the journal, e.g. timesheet, engagement, offer, shortlist, recommendation, notification. Empty where anything may have changed: read the page again.',
  })
  topics: string[];
}

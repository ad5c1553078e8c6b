import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'An occupation, skill or group that was found by a text.' })
export class TaxonomyConcept {
  @Field(() => ID, { description: 'Its id; stays the same over imports.' })
  id: string;

  @Field(() => String, { description: 'OCCUPATION, SKILL or GROUP.' })
  kind: string;

  @Field(() => String, { description: 'OWN, ESCO or ONET.' })
  source: string;

  @Field(() => String, { description: 'Its name.' })
  label: string;

  @Field(() => String, { description: 'What it means; may be empty.' })
  description: string;

  @Field(() => Boolean, { description: 'True for a regulated occupation.' })
  isRegulated: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The other name by which it was found; null where its own was.',
  })
  matchedAlias: string | null;

  @Field(() => [String], { description: 'Names of the concepts directly above it.' })
  broader: string[];
}

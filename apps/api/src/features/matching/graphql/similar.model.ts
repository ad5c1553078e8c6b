import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Somebody of a shortlist who is like another of it.' })
export class SimilarExpert {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => Int, { description: 'Their place on the shortlist; 1 is best.' })
  rank: number;

  @Field(() => Float, { description: 'How they fit the opening, 0 to 1.' })
  score: number;

  @Field(() => [String], { description: 'What the two share, in sentences; at least one, at most four.' })
  shared: string[];
}

import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A search that the signed-in person keeps and is told of.' })
export class SavedSearch {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => ID, {
    nullable: true,
    description: "The opening whose shortlist it searches; null where it searches the expert's openings.",
  })
  openingId: string | null;

  @Field(() => String, { nullable: true, description: "The opening's title; null for an expert's." })
  openingTitle: string | null;

  @Field(() => String, { description: 'A part of a title, project or skill; may be empty.' })
  words: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only what can be taken, or only what misses something; null for both.',
  })
  isEligible: boolean | null;

  @Field(() => Int, { description: 'Only fits of at least so many points of 100.' })
  leastScore: number;

  @Field(() => String, { description: 'How often it tells: AT_ONCE, DAILY or NEVER.' })
  howOften: string;

  @Field(() => Date, { description: 'When it was saved (UTC).' })
  createdAt: Date;

  @Field(() => Int, {
    description: 'How much was found since its owner last looked that was not on the list before.',
  })
  newCount: number;

  @Field(() => Int, {
    description:
      'How much was found since its owner last looked that was on the list before, with a lower fit.',
  })
  risenCount: number;

  @Field(() => String, { description: 'Path of the list as it filters it.' })
  link: string;
}

@InputType({ description: 'A search to keep.' })
export class SaveSearchInput {
  @Field(() => String, { description: 'Its name, at most 60 letters.' })
  name: string;

  @Field(() => String, { description: 'AT_ONCE, DAILY or NEVER.' })
  howOften: string;

  @Field(() => ID, {
    nullable: true,
    description: "An opening of the lab, to search its shortlist; none searches the expert's openings.",
  })
  openingId?: string;

  @Field(() => String, { nullable: true, description: 'A part of a title, project or skill; for openings.' })
  words?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only what can be taken, or only what misses something; for openings.',
  })
  isEligible?: boolean;

  @Field(() => Int, { nullable: true, description: 'Only fits of at least so many points of 100.' })
  leastScore?: number;
}

@InputType({ description: 'How a search is called and how often it tells.' })
export class ChangeSearchInput {
  @Field(() => ID, { description: 'Which search.' })
  id: string;

  @Field(() => String, { description: 'Its name, at most 60 letters.' })
  name: string;

  @Field(() => String, { description: 'AT_ONCE, DAILY or NEVER.' })
  howOften: string;
}

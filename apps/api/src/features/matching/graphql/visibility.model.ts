import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A gate that keeps an expert off shortlists.' })
export class BlockingGate {
  @Field(() => String, { description: 'Code of the gate.' })
  code: string;

  @Field(() => String, {
    description: 'FAIL where what it wants is not so; UNKNOWN where it asks for what is not said yet.',
  })
  outcome: string;

  @Field(() => Int, { description: 'Openings that it keeps them off.' })
  openings: number;

  @Field(() => Int, { description: 'Of these, those that nothing else keeps them off.' })
  alone: number;

  @Field(() => String, {
    nullable: true,
    description: 'Page on which it is mended; null where it is not theirs to mend.',
  })
  mendPath: string | null;
}

@ObjectType({ description: 'Where an expert stands on the shortlist of an open opening.' })
export class ShortlistPlace {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => String, { description: 'Its title.' })
  title: string;

  @Field(() => String, { description: 'Its lab.' })
  labName: string;

  @Field(() => Boolean, { description: 'Whether every gate is passed.' })
  isEligible: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Their place, 1 is best; null where they are not among the 200 that the lab sees.',
  })
  place: number | null;

  @Field(() => Boolean, { description: 'Whether the lab had them before its eyes in the last days.' })
  wasSeen: boolean;

  @Field(() => [String], { description: 'What is missing, at most 12 sentences.' })
  missing: string[];
}

@ObjectType({ description: 'Where labs see an expert, and what keeps them off the other shortlists.' })
export class Visibility {
  @Field(() => Boolean, { description: 'False while the account is suspended: then no lab sees them.' })
  isActive: boolean;

  @Field(() => Boolean, { description: 'Whether they let labs see them.' })
  isVisible: boolean;

  @Field(() => Int, { description: 'The days that `seenFor` and `wasSeen` are of.' })
  days: number;

  @Field(() => Int, {
    description: 'Openings for which labs had them before their eyes in these days; at most 1000.',
  })
  seenFor: number;

  @Field(() => [BlockingGate], { description: 'What keeps them off, most often first; at most 24.' })
  gates: BlockingGate[];

  @Field(() => [ShortlistPlace], { description: 'Open openings, those that show them first; at most 200.' })
  places: ShortlistPlace[];
}

import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

@ObjectType({ description: 'One change, as the journal has it.' })
export class JournalEntry {
  @Field(() => ID, { description: 'Its number.' })
  id: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;

  @Field(() => String, { description: 'PERSON, STAFF or SYSTEM.' })
  actorKind: string;

  @Field(() => ID, { nullable: true, description: 'Account of the person.' })
  actorId: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the person.' })
  actorName: string | null;

  @Field(() => ID, { nullable: true, description: 'The lab that it is about.' })
  labId: string | null;

  @Field(() => ID, { nullable: true, description: 'The expert that it is about.' })
  expertId: string | null;

  @Field(() => String, { description: 'The use case.' })
  command: string;

  @Field(() => String, { description: 'What was changed.' })
  subjectType: string;

  @Field(() => ID, { description: 'Its id.' })
  subjectId: string;

  @Field(() => String, { nullable: true, description: 'State before.' })
  fromState: string | null;

  @Field(() => String, { nullable: true, description: 'State after.' })
  toState: string | null;

  @Field(() => String, { description: 'Ids, codes and amounts, as canonical JSON.' })
  facts: string;

  @Field(() => Boolean, { description: 'Whether it is in the sealed chain.' })
  isSealed: boolean;
}

@ObjectType({ description: 'One thing that was proven, or what is wrong with it.' })
export class BookCheck {
  @Field(() => String, { description: 'What.' })
  name: string;

  @Field(() => Boolean, { description: 'Whether it holds.' })
  isRight: boolean;

  @Field(() => Int, { description: 'How many rows were looked at.' })
  looked: number;

  @Field(() => [String], { description: 'At most 20, each named.' })
  faults: string[];
}

@ObjectType({ description: 'The proof of the books.' })
export class BookProof {
  @Field(() => Boolean, { description: 'Whether everything holds.' })
  isProven: boolean;

  @Field(() => [BookCheck], { description: 'Each check.' })
  checks: BookCheck[];
}

export const JournalConnection = connectionOf(JournalEntry);

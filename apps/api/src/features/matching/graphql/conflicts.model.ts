import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

const KEY = "The caller's key: sent again, it gives the first result.";

@ObjectType({
  description:
    'What a lab asks an expert: who owns an organisation at which they work. Its name is like that of one with which the lab is in conflict.',
})
export class ConflictQuestion {
  @Field(() => ID, { description: 'An opening of the lab, for which it is asked.' })
  openingId: string;

  @Field(() => String, { description: 'The lab.' })
  labName: string;

  @Field(() => String, { description: 'The organisation, as the profile says it.' })
  organisation: string;
}

@ObjectType({ description: 'That a person at a lab looked at a declaration, and what they decided.' })
export class ConflictDecision {
  @Field(() => Boolean, { description: 'Whether they found a conflict.' })
  isConflict: boolean;

  @Field(() => String, { description: 'Why; both sides read it.' })
  reason: string;

  @Field(() => String, { nullable: true, description: 'Who decided; told to the lab alone.' })
  decidedByName: string | null;

  @Field(() => Date, { description: 'When (UTC).' })
  decidedAt: Date;
}

@ObjectType({ description: 'What an expert declared of an organisation at which they work.' })
export class ConflictDeclaration {
  @Field(() => ID, { description: 'The declaration.' })
  id: string;

  @Field(() => String, { description: 'The lab that asked.' })
  labName: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'Name of the expert.' })
  expertName: string;

  @Field(() => String, { description: 'The organisation, as the profile said it.' })
  organisation: string;

  @Field(() => String, {
    nullable: true,
    description: "The lab's competitor whose name is alike; told to the lab alone.",
  })
  competitor: string | null;

  @Field(() => [String], {
    description: 'Owners and other names of the organisation; none where it stands alone. At most 10.',
  })
  belongsTo: string[];

  @Field(() => String, { description: "Who owns it, in the expert's words." })
  words: string;

  @Field(() => String, {
    description:
      'NO, YES or UNSETTLED as it was declared; CLEARED or RAISED as a person at the lab decided since. UNSETTLED waits for one.',
  })
  standing: string;

  @Field(() => Date, { description: 'When it was declared (UTC).' })
  declaredAt: Date;

  @Field(() => ConflictDecision, {
    nullable: true,
    description: 'The newest decision; null while nobody at the lab has looked.',
  })
  decision: ConflictDecision | null;
}

export const ConflictDeclarationConnection = connectionOf(ConflictDeclaration);

@ObjectType({ description: 'What labs ask an expert about where they work, and what they declared.' })
export class ExpertConflicts {
  @Field(() => [ConflictQuestion], {
    description: 'What is still to be declared, once for each lab; at most 200.',
  })
  questions: ConflictQuestion[];

  @Field(() => [ConflictDeclaration], { description: 'What was declared, the newest first; at most 200.' })
  declarations: ConflictDeclaration[];
}

@InputType({ description: 'Who owns an organisation at which an expert works.' })
export class DeclareOwnershipInput {
  @Field(() => ID, { description: 'The opening for which it is asked.' })
  openingId: string;

  @Field(() => String, { description: 'The organisation, as the profile says it.' })
  organisation: string;

  @Field(() => [String], {
    description:
      'Organisations to which it belongs, and other names under which it goes; none where it stands alone. At most 10.',
  })
  belongsTo: string[];

  @Field(() => String, { description: 'Who owns it, in a sentence; 10 to 1000 letters.' })
  words: string;

  @Field(() => String, { description: KEY })
  idempotencyKey: string;
}

@InputType({ description: 'What a person at a lab decides on a declaration.' })
export class DecideConflictInput {
  @Field(() => ID, { description: 'The declaration.' })
  declarationId: string;

  @Field(() => Boolean, { description: 'True where it is a conflict: the expert is not engaged.' })
  isConflict: boolean;

  @Field(() => String, { description: 'Why; the expert reads it. 10 to 1000 letters.' })
  reason: string;

  @Field(() => String, { description: KEY })
  idempotencyKey: string;
}

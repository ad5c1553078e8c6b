import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

@ObjectType({
  description:
    'A decision of a person that an expert may take no new work and that running work waits. Approved work is paid all the same.',
})
export class Suspension {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'Of whom.' })
  expertId: string;

  @Field(() => String, { description: 'Their name.' })
  expertName: string;

  @Field(() => String, { description: 'Code of the rule that was broken, e.g. SAFETY.' })
  rule: string;

  @Field(() => String, { description: 'Why, in the words of who decided.' })
  reason: string;

  @Field(() => String, { description: 'ANNOUNCED, IN_FORCE or LIFTED.' })
  state: string;

  @Field(() => String, { nullable: true, description: 'The person who decided.' })
  decidedByName: string | null;

  @Field(() => Boolean, { description: 'True where the reader decided: an appeal goes to somebody else.' })
  isOwnDecision: boolean;

  @Field(() => Date, { description: 'When it was decided (UTC).' })
  decidedAt: Date;

  @Field(() => Date, { description: 'When it takes effect, or took (UTC).' })
  takesEffectAt: Date;

  @Field(() => Date, { description: 'Until when the expert may appeal (UTC).' })
  appealUntil: Date;

  @Field(() => String, { nullable: true, description: 'What the expert answers.' })
  appeal: string | null;

  @Field(() => Date, { nullable: true, description: 'When they appealed (UTC).' })
  appealedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'By when another person decides on the appeal; without a decision the suspension ends (UTC).',
  })
  appealDecidedBy: Date | null;

  @Field(() => String, { nullable: true, description: 'Who decided on the appeal that it stays.' })
  upheldByName: string | null;

  @Field(() => Date, { nullable: true, description: 'When (UTC).' })
  upheldAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it stays.' })
  upholdReason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who lifted it; null where it ended because nobody decided on the appeal in time.',
  })
  liftedByName: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was lifted (UTC).' })
  liftedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was lifted.' })
  liftReason: string | null;
}

@ObjectType({ description: 'An expert and their suspensions, as the staff reads them.' })
export class ExpertStanding {
  @Field(() => ID, { description: 'The expert.' })
  id: string;

  @Field(() => String, { description: 'Their name.' })
  displayName: string;

  @Field(() => String, { description: 'Their headline.' })
  headline: string;

  @Field(() => String, { description: 'Where they work from, ISO 3166.' })
  country: string;

  @Field(() => String, { description: 'ACTIVE or SUSPENDED.' })
  state: string;

  @Field(() => [Suspension], { description: 'The newest decision first.' })
  suspensions: Suspension[];
}

@InputType({ description: 'A suspension.' })
export class SuspendExpertInput {
  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, {
    description:
      'Code of the rule: SAFETY, IDENTITY_FRAUD, LEGAL_ORDER (at once); FALSE_STATEMENT, CONFIDENTIALITY, CONDUCT (after 14 days).',
  })
  rule: string;

  @Field(() => String, { description: 'At least 10 characters; the expert reads it.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A decision on a suspension.' })
export class ReviewSuspensionInput {
  @Field(() => ID, { description: 'The suspension.' })
  suspensionId: string;

  @Field(() => String, { description: 'At least 10 characters; the expert reads it.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'An appeal against a suspension.' })
export class AppealSuspensionInput {
  @Field(() => ID, { description: 'The suspension.' })
  suspensionId: string;

  @Field(() => String, { description: 'Why the decision is wrong, at least 10 characters.' })
  appeal: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

export const SuspensionConnection = connectionOf(Suspension);

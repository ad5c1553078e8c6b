import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description: 'Something that waits for the signed-in person now, worked out from how things stand.',
})
export class WaitingItem {
  @Field(() => ID, { description: 'Kind and subject; stays the same while it waits.' })
  id: string;

  @Field(() => String, {
    description:
      'Code of the kind. Lab: WEEK_TO_REVIEW, APPLICATION_TO_ANSWER, OFFER_OUT, INVITATION_OUT, PROJECT_DRAFT, LAB_REFUSED, WEEK_UNFUNDED, LOW_FUNDS. Expert: OFFER_TO_ANSWER, INVITATION_TO_ANSWER, QUESTION_TO_ANSWER, WEEK_UNFUNDED, WEEK_NOT_HANDED_IN, CREDENTIAL_DRAFT, CREDENTIAL_REJECTED, CREDENTIAL_EXPIRING, PAYOUT_RETURNED, PAYOUT_ACCOUNT_MISSING, PROFILE_INCOMPLETE. Staff: CLAIM_TO_VERIFY, LAB_TO_VET, PAYOUT_FAILED, BOOKS_UNSEALED, JOBS_FAILED.',
  })
  kind: string;

  @Field(() => String, { description: 'One line.' })
  title: string;

  @Field(() => String, { description: 'What it means and what to do.' })
  sentence: string;

  @Field(() => String, { description: 'Path of the page where it can be done.' })
  link: string;

  @Field(() => Date, { description: 'Since when it waits (UTC).' })
  since: Date;

  @Field(() => Date, { nullable: true, description: 'Until when it should be done (UTC).' })
  due: Date | null;

  @Field(() => Int, { description: 'How many there are, where one item stands for several.' })
  count: number;
}

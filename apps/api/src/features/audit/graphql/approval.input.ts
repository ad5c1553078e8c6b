import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ description: 'A decision on a request for approval.' })
export class DecideApprovalInput {
  @Field(() => ID, { description: 'The request.' })
  id: string;

  @Field(() => String, { description: 'APPROVE or DECLINE.' })
  decision: 'APPROVE' | 'DECLINE';

  @Field(() => String, { description: 'The hash of the payload that was read.' })
  payloadSha256: string;

  @Field(() => String, { description: 'Why; at least 5 characters.' })
  reason: string;
}

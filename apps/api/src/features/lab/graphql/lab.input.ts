import { Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'An owner and their share.' })
export class LabOwnerInput {
  @Field(() => String, { description: 'Name.' })
  name: string;

  @Field(() => Int, { description: 'Share in hundredths of a percent, 1 to 10000.' })
  shareBasisPoints: number;
}

@InputType({ isAbstract: true })
class OwnershipInput {
  @Field(() => [LabOwnerInput], { description: 'At least one; shares add up to 100 percent at most.' })
  owners: LabOwnerInput[];

  @Field(() => [String], { description: 'Names of organisations.' })
  competitors: string[];

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'Who owns the lab and whom it competes with; what is left out of the rest stays.' })
export class EditVettingInput extends OwnershipInput {
  @Field(() => String, { nullable: true, description: 'Name, 2 to 120 characters.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'Legal name.' })
  legalName?: string;

  @Field(() => String, { nullable: true, description: 'Website; empty text takes it away.' })
  website?: string;

  @Field(() => String, { nullable: true, description: 'Country, two letters.' })
  country?: string;
}

@InputType({ description: 'A new lab.' })
export class CreateLabInput extends OwnershipInput {
  @Field(() => String, { description: 'Name, 2 to 120 characters.' })
  name: string;

  @Field(() => String, { description: 'Legal name.' })
  legalName: string;

  @Field(() => String, { nullable: true, description: 'Website.' })
  website?: string;

  @Field(() => String, { description: 'Country, two letters.' })
  country: string;
}

@InputType({ description: 'An invitation to the lab.' })
export class InviteMemberInput {
  @Field(() => String, { description: 'Address.' })
  email: string;

  @Field(() => String, { description: 'OWNER, MANAGER, REVIEWER or FINANCE.' })
  role: 'OWNER' | 'MANAGER' | 'REVIEWER' | 'FINANCE';

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'Another role for a member.' })
export class ChangeMemberRoleInput {
  @Field(() => ID, { description: 'The membership.' })
  memberId: string;

  @Field(() => String, { description: 'OWNER, MANAGER, REVIEWER or FINANCE.' })
  role: 'OWNER' | 'MANAGER' | 'REVIEWER' | 'FINANCE';

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A decision on a lab.' })
export class VetLabInput {
  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'VET or REFUSE.' })
  decision: 'VET' | 'REFUSE';

  @Field(() => Int, {
    nullable: true,
    description: 'Version that was looked at; where the lab changed since, the decision is refused.',
  })
  version?: number;

  @Field(() => String, { description: 'At least 10 characters; the lab reads it.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

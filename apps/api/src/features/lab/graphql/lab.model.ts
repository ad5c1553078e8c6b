import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

@ObjectType({ description: 'An owner of a lab.' })
export class LabOwner {
  @Field(() => String, { description: 'Name.' })
  name: string;

  @Field(() => Int, { description: 'Share in hundredths of a percent, 1 to 10000.' })
  shareBasisPoints: number;
}

@ObjectType({ description: 'A person acting for a lab.' })
export class LabMember {
  @Field(() => ID, { description: 'Id of the membership.' })
  id: string;

  @Field(() => String, { description: 'Name.' })
  name: string;

  @Field(() => String, { description: 'Address.' })
  email: string;

  @Field(() => String, { description: 'OWNER, MANAGER, REVIEWER or FINANCE.' })
  role: string;
}

@ObjectType({ description: 'An invitation to a lab that is not taken yet.' })
export class LabInvitation {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'The address that it is for.' })
  email: string;

  @Field(() => String, { description: 'OWNER, MANAGER, REVIEWER or FINANCE.' })
  role: string;

  @Field(() => Date, { description: 'When it was sent (UTC).' })
  createdAt: Date;

  @Field(() => Date, { description: 'When it ends (UTC).' })
  expiresAt: Date;
}

@ObjectType({ description: 'An invitation as the holder of its link sees it.' })
export class LabInvitationCard {
  @Field(() => String, { description: 'Name of the lab.' })
  labName: string;

  @Field(() => String, { description: 'The address that it is for.' })
  email: string;

  @Field(() => String, { description: 'OWNER, MANAGER, REVIEWER or FINANCE.' })
  role: string;

  @Field(() => Date, { description: 'When it ends (UTC).' })
  expiresAt: Date;
}

@ObjectType({ description: 'The buying organisation, as anybody may see it.' })
export class Lab {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Its website.' })
  website: string | null;

  @Field(() => String, { description: 'Country, two letters.' })
  country: string;

  @Field(() => String, { description: 'PENDING_VETTING, VETTED, REFUSED or SUSPENDED.' })
  state: string;

  @Field(() => Date, { nullable: true, description: 'When it was vetted or refused (UTC).' })
  vettedAt: Date | null;

  @Field(() => Date, { description: 'Since when it is here (UTC).' })
  createdAt: Date;
}

@ObjectType({ description: 'A lab as its members and staff see it.' })
export class LabDetail extends Lab {
  @Field(() => String, { description: 'Legal name.' })
  legalName: string;

  @Field(() => String, { nullable: true, description: 'Why it was vetted or refused.' })
  vettingReason: string | null;

  @Field(() => [LabOwner], { description: 'Who owns it.' })
  owners: LabOwner[];

  @Field(() => [String], { description: 'Organisations that it competes with.' })
  competitors: string[];

  @Field(() => [LabMember], { description: 'Who acts for it.' })
  members: LabMember[];

  @Field(() => [LabInvitation], { description: 'Invitations that are not taken yet, newest first.' })
  invitations: LabInvitation[];

  @Field(() => Int, { description: 'Grows with each change; a decision names what it was made on.' })
  version: number;
}

export const LabConnection = connectionOf(Lab);

import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

@ObjectType({ description: 'The signed-in person and what they are here.' })
export class Viewer {
  @Field(() => ID, { description: 'Id of the account.' })
  id: string;

  @Field(() => String, { description: 'Name.' })
  name: string;

  @Field(() => String, { description: 'Address that signs in.' })
  email: string;

  @Field(() => String, { description: 'IANA zone in which this person reads times.' })
  timeZone: string;

  @Field(() => ID, { nullable: true, description: 'The lab that this person acts for.' })
  labId: string | null;

  @Field(() => String, { nullable: true, description: 'OWNER, MANAGER, REVIEWER or FINANCE.' })
  labRole: string | null;

  @Field(() => ID, { nullable: true, description: "The person's expert profile." })
  expertId: string | null;

  @Field(() => [String], { description: 'Staff roles: VERIFIER, TRUST, FINANCE, AUDITOR, ADMIN.' })
  staffRoles: string[];
}

@ObjectType({ description: 'A person with an account, as admins see them.' })
export class Account {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Name.' })
  name: string;

  @Field(() => String, { description: 'Address that signs in.' })
  email: string;

  @Field(() => String, { description: 'ACTIVE or SUSPENDED.' })
  state: string;

  @Field(() => Date, { description: 'When it was made (UTC).' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'Last use of a session that is kept (UTC).' })
  lastSeenAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'The lab that this person acts for.' })
  labId: string | null;

  @Field(() => String, { nullable: true, description: 'Name of that lab.' })
  labName: string | null;

  @Field(() => String, { nullable: true, description: 'OWNER, MANAGER, REVIEWER or FINANCE.' })
  labRole: string | null;

  @Field(() => ID, { nullable: true, description: 'The expert profile.' })
  expertId: string | null;

  @Field(() => [String], { description: 'Staff roles: VERIFIER, TRUST, FINANCE, AUDITOR, ADMIN.' })
  staffRoles: string[];
}

export const AccountConnection = connectionOf(Account);

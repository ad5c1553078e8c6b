import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

@ObjectType({ description: 'Something that the signed-in person should know.' })
export class Notification {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Code of the kind, e.g. OFFER_SENT.' })
  kind: string;

  @Field(() => String, { description: 'One line.' })
  title: string;

  @Field(() => String, { description: 'What happened and what to do.' })
  body: string;

  @Field(() => String, { description: 'Path of the page where it can be done.' })
  link: string;

  @Field(() => Date, { description: 'When it happened (UTC).' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was read (UTC); null while unread.' })
  readAt: Date | null;
}

@ObjectType({ description: 'An email, as it was written.' })
export class Mail {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Address that it is for.' })
  toAddress: string;

  @Field(() => String, { description: 'Its subject.' })
  subject: string;

  @Field(() => String, { description: 'Its text.' })
  body: string;

  @Field(() => String, { description: 'WAITING, KEPT (no email server is set), SENT or FAILED.' })
  state: string;

  @Field(() => Date, { description: 'When it was written (UTC).' })
  createdAt: Date;
}

export const NotificationConnection = connectionOf(Notification);
export const MailConnection = connectionOf(Mail);

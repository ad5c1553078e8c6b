import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Which emails about new work and candidates the signed-in person gets.' })
export class MailSetting {
  @Field(() => Boolean, {
    description: 'Whether a daily email tells what is new; none is sent where nothing is.',
  })
  isDigestOn: boolean;

  @Field(() => Int, { description: "The hour of the person's own day from which it is sent, 0 to 23." })
  digestHour: number;

  @Field(() => Boolean, {
    description: 'Whether what saved searches find is sent by email too; the bell tells it in any case.',
  })
  isAlertOn: boolean;
}

@InputType({ description: 'Which emails about new work and candidates the signed-in person wants.' })
export class MailSettingInput {
  @Field(() => Boolean, { description: 'A daily email.' })
  isDigestOn: boolean;

  @Field(() => Int, { description: "The hour of the person's own day, 0 to 23." })
  digestHour: number;

  @Field(() => Boolean, { description: 'What saved searches find.' })
  isAlertOn: boolean;
}

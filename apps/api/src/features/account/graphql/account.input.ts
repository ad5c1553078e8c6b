import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'A new account.' })
export class SignUpInput {
  @Field(() => String, { description: 'Address that signs in.' })
  email: string;

  @Field(() => String, { description: '12 to 128 characters; any characters.' })
  password: string;

  @Field(() => String, { description: 'Name, 1 to 120 characters.' })
  name: string;

  @Field(() => String, { description: 'IANA zone, e.g. Europe/Bucharest.' })
  timeZone: string;
}

@InputType({ description: 'The first admin of an empty product.' })
export class FirstAdminInput extends SignUpInput {
  @Field(() => String, { description: 'The secret of the one-time link.' })
  token: string;
}

@InputType({ description: 'Address and password.' })
export class SignInInput {
  @Field(() => String, { description: 'Address of the account.' })
  email: string;

  @Field(() => String, { description: 'Its password.' })
  password: string;
}

@InputType({ description: 'A new password by a mailed link.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The secret of the link.' })
  token: string;

  @Field(() => String, { description: 'The new password, 12 to 128 characters.' })
  password: string;
}

@InputType({ description: 'What a person may change about themselves.' })
export class ChangeDetailsInput {
  @Field(() => String, { description: 'Name, 1 to 120 characters.' })
  name: string;

  @Field(() => String, { description: 'IANA zone, e.g. Europe/Bucharest.' })
  timeZone: string;
}

@InputType({ description: 'A new password, by somebody who knows the old one.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The present password.' })
  currentPassword: string;

  @Field(() => String, { description: 'The new password, 12 to 128 characters.' })
  newPassword: string;
}

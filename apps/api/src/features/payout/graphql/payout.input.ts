import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'A part of what is ready to be paid out.' })
export class PayOutPartInput {
  @Field(() => String, { description: 'Minor units; one whole unit of the currency or more.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code of a currency in which something was earned.' })
  currency: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

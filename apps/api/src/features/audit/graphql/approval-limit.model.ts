import { Field, ObjectType } from '@nestjs/graphql';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({
  description:
    'Up to which amounts one person’s word is enough in a currency; above ten times them two others are asked. Nothing: always asked.',
})
export class ApprovalLimit {
  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => Money, {
    description:
      'Of what goes out to an expert within 24 hours, of a hold that is let go, of a charged line that is taken back.',
  })
  payout: Money;

  @Field(() => Money, { description: 'Of what goes back to a lab within 24 hours.' })
  refund: Money;

  @Field(() => Money, { description: 'Of what a lab may owe by invoice.' })
  credit: Money;
}

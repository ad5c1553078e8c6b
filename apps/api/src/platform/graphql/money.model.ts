import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'An amount of money.' })
export class Money {
  @Field(() => String, {
    description:
      'Integer amount in minor units of the currency (cents for USD), as text because it may exceed 32 bits.',
  })
  minor: string;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;
}

@ObjectType({ description: 'The three numbers that both sides see, always: price = pay + fee.' })
export class Tally {
  @Field(() => Money, { description: 'What the lab pays.' })
  price: Money;

  @Field(() => Money, { description: 'What the expert gets.' })
  pay: Money;

  @Field(() => Money, { description: 'What the platform keeps.' })
  fee: Money;

  @Field(() => Int, { description: "The lab's fee as parts per million of the agreed pay; 150000 is 15 %." })
  takeRatePpm: number;
}

/** An amount as GraphQL shows it. */
export function moneyOf(minor: bigint, currency: string): Money {
  return { minor: minor.toString(), currency };
}

/** Three amounts of one currency as GraphQL shows them. */
export function tallyOf(
  amounts: { priceMinor: bigint; payMinor: bigint; feeMinor: bigint },
  currency: string,
  takeRatePpm: number,
): Tally {
  return {
    price: moneyOf(amounts.priceMinor, currency),
    pay: moneyOf(amounts.payMinor, currency),
    fee: moneyOf(amounts.feeMinor, currency),
    takeRatePpm,
  };
}

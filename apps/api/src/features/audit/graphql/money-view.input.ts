import { ArgsType, Field, ID, Int } from '@nestjs/graphql';

@ArgsType()
export class LabMoneyArgs {
  @Field(() => ID, { nullable: true, description: 'Only of this lab.' })
  labId?: string;

  @Field(() => String, { nullable: true, description: 'Only in this currency.' })
  currency?: string;

  @Field(() => Date, { nullable: true, description: 'At or after (UTC).' })
  from?: Date;

  @Field(() => Date, { nullable: true, description: 'Before (UTC).' })
  to?: Date;
}

@ArgsType()
export class MoneyViewArgs extends LabMoneyArgs {
  @Field(() => ID, { nullable: true, description: 'Only of this expert.' })
  expertId?: string;
}

@ArgsType()
export class WaitingArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Only this kind: a kind of ledger account, or payout_on_its_way.',
  })
  kind?: string;

  @Field(() => ID, { nullable: true, description: 'Only on accounts of this lab or expert.' })
  ownerId?: string;

  @Field(() => String, { nullable: true, description: 'Only in this currency.' })
  currency?: string;

  @Field(() => Int, { nullable: true, description: 'Only what waits for at least so many days.' })
  fromDays?: number;
}

@ArgsType()
export class OverrideArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Only TAKE_RATE, HOLD_RELEASED, PAYOUTS_STOPPED, PAYOUTS_OPENED, DIFFERENCE_ENDED, APPROVED, DECLINED or OWN_REQUEST.',
  })
  kind?: string;

  @Field(() => ID, { nullable: true, description: 'Only what this account did.' })
  actorId?: string;

  @Field(() => ID, { nullable: true, description: 'Only about this lab.' })
  labId?: string;

  @Field(() => ID, { nullable: true, description: 'Only about this expert.' })
  expertId?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only approvals within a minute of the request, and what was done at night or at a weekend.',
  })
  isHasty?: boolean;

  @Field(() => Date, { nullable: true, description: 'At or after (UTC).' })
  from?: Date;

  @Field(() => Date, { nullable: true, description: 'Before (UTC).' })
  to?: Date;
}

/** What arguments ask for; what is null is not asked for. */
export function asked<Args extends object>(args: Args): { [Name in keyof Args]?: NonNullable<Args[Name]> } {
  const given = Object.entries(args).filter(
    ([name, value]) => value !== undefined && value !== null && name !== 'first' && name !== 'after',
  );
  return Object.fromEntries(given) as { [Name in keyof Args]?: NonNullable<Args[Name]> };
}

import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money, Tally } from '../../../platform/graphql/money.model';
import { Engagement } from './engagement.model';

@ObjectType({ description: 'A bad row of a file of bonuses.' })
export class BonusProblem {
  @Field(() => Int, { description: 'As a spreadsheet counts: the header is row 1.' })
  rowNumber: number;

  @Field(() => String, { description: 'What is wrong, and what to do.' })
  sentence: string;
}

@ObjectType({ description: 'A row of a file of bonuses that can be paid.' })
export class PlannedBonus {
  @Field(() => Int, { description: 'As a spreadsheet counts: the header is row 1.' })
  rowNumber: number;

  @Field(() => Engagement, { description: 'Whose work it is for.' })
  engagement: Engagement;

  @Field(() => Money, { description: 'The bonus as it was written: agreed pay.' })
  amount: Money;

  @Field(() => Tally, { description: 'Price, pay and fee, at most.' })
  tally: Tally;

  @Field(() => String, { description: 'Why; the expert reads it.' })
  reason: string;
}

@ObjectType({ description: 'What a file of bonuses comes to in one currency, at most.' })
export class PlannedBonusSum {
  @Field(() => Tally, { description: 'Price, pay and fee together.' })
  tally: Tally;

  @Field(() => Money, { description: 'What the lab has beside what is held for weeks of work.' })
  available: Money;

  @Field(() => Boolean, { description: 'True where that is enough.' })
  isCovered: boolean;
}

@ObjectType({ description: 'What a file of bonuses would do. Nothing is written.' })
export class BonusPlan {
  @Field(() => [PlannedBonus], { description: 'What would be paid, at most 500.' })
  bonuses: PlannedBonus[];

  @Field(() => [BonusProblem], { description: 'Every bad row; where there is one, nothing is paid.' })
  problems: BonusProblem[];

  @Field(() => Int, { description: 'Rows without amount and reason.' })
  leftOut: number;

  @Field(() => [PlannedBonusSum], { description: 'Sums, one a currency.' })
  sums: PlannedBonusSum[];

  @Field(() => Date, { nullable: true, description: 'When the same rows were paid before (UTC).' })
  paidBeforeAt: Date | null;
}

@ObjectType({ description: 'What a paid file came to in one currency.' })
export class PaidBonusSum {
  @Field(() => Tally, { description: 'Price, pay and fee together.' })
  tally: Tally;
}

@ObjectType({ description: 'A file of bonuses that was paid.' })
export class BonusFile {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its name on the computer that it came from.' })
  name: string;

  @Field(() => Int, { description: 'How many bonuses.' })
  bonuses: number;

  @Field(() => Date, { description: 'When (UTC).' })
  paidAt: Date;

  @Field(() => [PaidBonusSum], { description: 'Sums, one a currency.' })
  sums: PaidBonusSum[];
}

/** A page of paid files. */
export const BonusFileConnection = connectionOf(BonusFile);

@InputType({ description: 'A file of bonuses to be paid.' })
export class PayBonusesInput {
  @Field(() => String, {
    description: 'Its text: CSV with the columns engagement, currency, amount, reason.',
  })
  file: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

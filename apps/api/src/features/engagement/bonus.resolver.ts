import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { shownTakeRate, takeRateOf } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf, tallyOf } from '../../platform/graphql/money.model';
import type { PlannedFile } from './bonus-file';
import { BonusQueries, type PaidFile } from './bonus.queries';
import { BonusFile, BonusFileConnection, BonusPlan, PayBonusesInput } from './graphql/bonus.model';
import { engagementOf } from './graphql/engagement.shapes';
import { PayBonuses } from './use-cases/pay-bonuses';

/** Bonuses that a lab gives by a file. */
@Resolver(() => BonusFile)
export class BonusResolver {
  constructor(
    private readonly bonuses: PayBonuses,
    private readonly queries: BonusQueries,
  ) {}

  @Requires('billing:fund')
  @Query(() => BonusPlan, {
    description: 'What a file of bonuses would do, with every bad row. Refuses with FILE_TOO_LONG.',
  })
  async bonusPlan(
    @CurrentPerson() person: Person,
    @Args('file', { description: 'Its text: CSV with the columns engagement, currency, amount, reason.' })
    file: string,
  ): Promise<BonusPlan> {
    return planOf(await this.bonuses.plan(person, file));
  }

  @Requires('billing:read')
  @Query(() => BonusFileConnection, { description: "The lab's paid files of bonuses, newest first." })
  async bonusFiles(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<BonusFile>> {
    const found = await this.queries.files(person, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: fileOf(node) })) };
  }

  @Requires('billing:fund')
  @Mutation(() => ID, {
    description:
      'Pays a file of bonuses, all of it or nothing, the same rows once; gives its id. Refuses with FILE_TOO_LONG, BONUS_FILE_BAD, BONUSES_PAID_BEFORE, INSUFFICIENT_BALANCE.',
  })
  async payBonuses(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'The file.' }) input: PayBonusesInput,
  ): Promise<string> {
    return this.bonuses.run(person, input);
  }
}

function planOf({ bonuses, problems, leftOut, sums, paidBefore }: PlannedFile): BonusPlan {
  return {
    bonuses: bonuses.map(({ row, engagement, amounts }) => ({
      rowNumber: row.rowNumber,
      reason: row.reason,
      engagement: engagementOf(engagement),
      amount: moneyOf(row.amountMinor, row.currency),
      tally: tallyOf(amounts, row.currency, shownTakeRate(engagement, amounts)),
    })),
    problems: [...problems],
    leftOut,
    sums: sums.map(({ currency, amounts, availableMinor }) => ({
      tally: tallyOf(
        amounts,
        currency,
        takeRateOf(amounts.priceMinor - amounts.agreedMinor, amounts.agreedMinor),
      ),
      available: moneyOf(availableMinor, currency),
      isCovered: availableMinor >= amounts.priceMinor,
    })),
    paidBeforeAt: paidBefore?.paidAt ?? null,
  };
}

function fileOf({ sums, ...file }: PaidFile): BonusFile {
  return {
    ...file,
    sums: sums.map(({ currency, agreedMinor, ...amounts }) => ({
      tally: tallyOf(amounts, currency, takeRateOf(amounts.priceMinor - agreedMinor, agreedMinor)),
    })),
  };
}

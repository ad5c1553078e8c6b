import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { oneOf } from '../../platform/graphql/one-of';
import {
  MoneyHeadline,
  OverrideConnection,
  PaidLineConnection,
  TakenBackConnection,
  TimeToPaid,
  WaitingMoneyItemConnection,
  WaitingMoney,
  type Override,
  type PaidLine,
  type TakenBack,
  type WaitingMoneyItem,
} from './graphql/money-audit.model';
import { asked, LabMoneyArgs, MoneyViewArgs, OverrideArgs, WaitingArgs } from './graphql/money-view.input';
import {
  ContractCheckConnection,
  MarginConnection,
  TakeRatePeriod,
  TakeRatePeriodConnection,
  type ContractCheck,
  type Margin,
} from './graphql/money-view.model';
import {
  contractCheckOf,
  headlineOf,
  marginOf,
  overrideOf,
  paidLineOf,
  shown,
  takenBackOf,
  takeRatePeriodOf,
  timeToPaidOf,
  waitingItemOf,
  waitingMoneyOf,
} from './graphql/money-view.shapes';
import { MoneyViewQueries, OVERRIDE_KINDS, type OverrideFilter } from './money-view.queries';

const PERIODS = { WEEK: 'week', MONTH: 'month' } as const;
const KEYS = ['LAB', 'EXPERT', 'PROJECT', 'POLICY'] as const;
const PERIOD = { type: () => String, description: 'WEEK (from Monday, UTC) or MONTH.' };
const BY = { type: () => String, description: 'LAB, EXPERT, PROJECT or POLICY.' };

/** Views of money for the audit. */
@Resolver()
export class MoneyViewResolver {
  constructor(private readonly queries: MoneyViewQueries) {}

  @Requires('audit:read')
  @Query(() => [MoneyHeadline], {
    description: 'The first thing to know of each view of money, of the last 30 days or of now; at most ten.',
  })
  async moneyHeadlines(@CurrentPerson() person: Person): Promise<MoneyHeadline[]> {
    return (await this.queries.headlines(person)).map(headlineOf);
  }

  @Requires('audit:read')
  @Query(() => ContractCheckConnection, {
    description: 'Charged lines beside their signed contracts, newest first; all, or only what differs.',
  })
  async contractChecks(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: MoneyViewArgs,
    @Args('isDifferent', { nullable: true, description: 'Only what differs.' }) isDifferent?: boolean,
  ): Promise<Connection<ContractCheck>> {
    const wanted = { ...asked(filter), ...(isDifferent && { isDifferent }) };
    return shown(await this.queries.contractChecks(person, wanted, page), contractCheckOf);
  }

  @Requires('audit:read')
  @Query(() => TakeRatePeriodConnection, {
    description: 'What the platform kept, by period and whose money it was, newest period first.',
  })
  async takeRatePeriods(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: MoneyViewArgs,
    @Args('period', PERIOD) period: string,
    @Args('by', BY) by: string,
  ): Promise<Connection<TakeRatePeriod>> {
    const grouping = { period: periodOf(period), by: oneOf(KEYS, by, 'by') };
    return shown(await this.queries.takeRatePeriods(person, asked(filter), grouping, page), takeRatePeriodOf);
  }

  @Requires('audit:read')
  @Query(() => [TakeRatePeriod], {
    description: 'The same of the three with most agreed pay, oldest period first; the newest 520 rows.',
  })
  async takeRateLines(
    @CurrentPerson() person: Person,
    @Args() filter: MoneyViewArgs,
    @Args('period', PERIOD) period: string,
    @Args('by', BY) by: string,
  ): Promise<TakeRatePeriod[]> {
    const grouping = { period: periodOf(period), by: oneOf(KEYS, by, 'by') };
    return (await this.queries.takeRateLines(person, asked(filter), grouping)).map(takeRatePeriodOf);
  }

  @Requires('audit:read')
  @Query(() => MarginConnection, {
    description: 'What is left of fees after the rail, by month and lab, newest month first.',
  })
  async margins(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: LabMoneyArgs,
  ): Promise<Connection<Margin>> {
    return shown(await this.queries.margins(person, asked(filter), page), marginOf);
  }

  @Requires('audit:read')
  @Query(() => [WaitingMoney], {
    description:
      'Money that waits where it should pass through, by kind and age, the oldest first; a row a kind, currency and age, at most some dozens.',
  })
  async waitingMoney(@CurrentPerson() person: Person, @Args() filter: WaitingArgs): Promise<WaitingMoney[]> {
    return (await this.queries.waiting(person, asked(filter))).map(waitingMoneyOf);
  }

  @Requires('audit:read')
  @Query(() => WaitingMoneyItemConnection, { description: 'The same item by item, the oldest first.' })
  async waitingItems(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: WaitingArgs,
  ): Promise<Connection<WaitingMoneyItem>> {
    return shown(await this.queries.waitingItems(person, asked(filter), page), waitingItemOf);
  }

  @Requires('audit:read')
  @Query(() => [TimeToPaid], {
    description:
      'How long it took from approval to payment, by period of payment, oldest first; the newest 520 rows.',
  })
  async timeToPaid(
    @CurrentPerson() person: Person,
    @Args() filter: MoneyViewArgs,
    @Args('period', PERIOD) period: string,
  ): Promise<TimeToPaid[]> {
    return (await this.queries.timeToPaid(person, asked(filter), periodOf(period))).map(timeToPaidOf);
  }

  @Requires('audit:read')
  @Query(() => PaidLineConnection, { description: 'Paid lines, the slowest first.' })
  async paidLines(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: MoneyViewArgs,
  ): Promise<Connection<PaidLine>> {
    return shown(await this.queries.paidLines(person, asked(filter), page), paidLineOf);
  }

  @Requires('audit:read')
  @Query(() => TakenBackConnection, { description: 'What was taken back of charged lines, newest first.' })
  async takenBack(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: MoneyViewArgs,
  ): Promise<Connection<TakenBack>> {
    return shown(await this.queries.takenBack(person, asked(filter), page), takenBackOf);
  }

  @Requires('audit:read')
  @Query(() => OverrideConnection, {
    description: 'What people did by hand where the product would have gone its own way, newest first.',
  })
  async overrides(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() filter: OverrideArgs,
  ): Promise<Connection<Override>> {
    const { kind, ...rest } = asked(filter);
    const wanted: OverrideFilter = { ...rest, ...(kind && { kind: oneOf(OVERRIDE_KINDS, kind, 'kind') }) };
    return shown(await this.queries.overrides(person, wanted, page), overrideOf);
  }
}

function periodOf(text: string): 'week' | 'month' {
  return PERIODS[oneOf(['WEEK', 'MONTH'], text, 'period')];
}

import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf } from '../../platform/graphql/money.model';
import {
  BankDetailsPage,
  Payout,
  PayoutCalendar,
  PayoutConnection,
  PayoutRun,
  PayoutRunConnection,
  PayoutStanding,
} from './graphql/payout.model';
import { MovePayoutAccountInput, PayOutPartInput } from './graphql/payout.input';
import { earningsOf, payoutOf } from './graphql/payout.shapes';
import { PayoutQueries } from './payout.queries';
import { MoveAccount } from './use-cases/move-account';
import { OpenBankDetails } from './use-cases/open-bank-details';
import { PayOut } from './use-cases/pay-out';
import { RunPayouts } from './use-cases/run-payouts';
import { SetUpAccount } from './use-cases/set-up-account';

@Resolver(() => Payout)
export class PayoutResolver {
  constructor(
    private readonly queries: PayoutQueries,
    private readonly accounts: SetUpAccount,
    private readonly moves: MoveAccount,
    private readonly bankDetails: OpenBankDetails,
    private readonly runs: RunPayouts,
    private readonly payOuts: PayOut,
  ) {}

  @Requires('payout:own')
  @Query(() => PayoutStanding, { description: 'Where the expert is paid, and where their money is.' })
  async payoutStanding(@CurrentPerson() person: Person): Promise<PayoutStanding> {
    const account = await this.queries.account(person);
    const found = await this.queries.earnings(person);
    const payable = found
      .map(({ currency, payableMinor, heldBackMinor, returnedMinor }) => ({
        currency,
        minor: payableMinor + heldBackMinor - returnedMinor,
      }))
      .filter(({ minor }) => minor > 0n)
      .map(({ currency, minor }) => moneyOf(minor, currency));
    const { state = null, country = null, currency = null, bankWaitsUntil = null } = account ?? {};
    const pastAccounts = await this.queries.pastAccounts(person);
    const coolDownHours = this.queries.coolDownHours();
    const nettingPercent = this.queries.nettingPercent();
    const where = { accountState: state, country, currency, bankWaitsUntil, pastAccounts };
    const rules = { coolDownHours, nettingPercent };
    const nextRunAt = this.queries.nextRunAt();
    return { ...where, ...rules, payable, earnings: found.map((each) => earningsOf(each, nextRunAt)) };
  }

  @Requires('payout:own')
  @Query(() => PayoutCalendar, {
    description: 'When the expert is paid: the next run, and the days that banks keep.',
  })
  payoutCalendar(@CurrentPerson() person: Person): Promise<PayoutCalendar> {
    return this.queries.calendar(person);
  }

  @Requires('payout:own')
  @Query(() => PayoutConnection, { description: "The expert's payouts, newest first." })
  myPayouts(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true, description: 'Only this state.' }) state?: string,
  ): Promise<Connection<Payout>> {
    return this.list(person, { expertId: person.expertId, ...(state && { state }) }, page);
  }

  @Requires('audit:read')
  @Query(() => PayoutConnection, { description: 'All payouts, newest first, for the audit.' })
  payouts(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true, description: 'Only this state.' }) state?: string,
    @Args('expertId', { type: () => ID, nullable: true, description: 'Only of this expert.' })
    expertId?: string,
    @Args('runId', { type: () => ID, nullable: true, description: 'Only of this run.' }) runId?: string,
    @Args('isNotSentOn', {
      type: () => Boolean,
      nullable: true,
      description: 'Only those that the rail refused to send on to a bank.',
    })
    isNotSentOn?: boolean,
  ): Promise<Connection<Payout>> {
    const which = { ...(state && { state }), ...(expertId && { expertId }), ...(runId && { runId }) };
    const filter = { ...which, ...(isNotSentOn && { isNotSentOn }) };
    return this.list(person, filter, page);
  }

  @Requires('audit:read')
  @Query(() => PayoutRunConnection, { description: 'Payout runs, newest first.' })
  payoutRuns(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<PayoutRun>> {
    return this.queries.runs(person, page);
  }

  @Requires('payout:own')
  @Mutation(() => PayoutStanding, {
    description:
      'Sets up where the expert is paid, or looks at it again. Refuses with RAIL_REFUSED, RAIL_AWAY.',
  })
  async setUpPayoutAccount(@CurrentPerson() person: Person): Promise<PayoutStanding> {
    await this.accounts.run(person);
    return this.payoutStanding(person);
  }

  @Requires('payout:own')
  @Mutation(() => BankDetailsPage, {
    description:
      'Opens the page of the payment provider on which bank details are given, and the account first where there is none. Refuses with NOT_FOUND, RAIL_REFUSED, RAIL_AWAY.',
  })
  openBankDetails(
    @CurrentPerson() person: Person,
    @Args('pastAccountId', {
      type: () => ID,
      nullable: true,
      description: 'For this account that was left; for the one that is paid where it is absent.',
    })
    pastAccountId?: string,
  ): Promise<BankDetailsPage> {
    return this.bankDetails.run(person, pastAccountId ?? undefined);
  }

  @Requires('payout:own')
  @Mutation(() => PayoutStanding, {
    description:
      'Moves payouts to another country: the balance is kept, a new account is opened, what is under way is followed to the old one, and payouts wait meanwhile. Refuses with NO_PAYOUT_ACCOUNT, SAME_COUNTRY, COUNTRY_SANCTIONED, RAIL_REFUSED, RAIL_AWAY.',
  })
  async movePayoutAccount(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => MovePayoutAccountInput, description: 'Where to.' })
    input: MovePayoutAccountInput,
  ): Promise<PayoutStanding> {
    await this.moves.run(person, input);
    return this.payoutStanding(person);
  }

  @Requires('payout:own')
  @Mutation(() => Int, {
    description:
      'Pays out what is payable now, as payoutStanding says of it (askable), once however often it is asked; a person of staff who was asked about more is asked again about what is left with the next run. Returns how many payouts were requested; 0 where a gate is closed (payoutStanding says which) or all is on its way. Refuses with NOTHING_TO_PAY.',
  })
  async payOutNow(@CurrentPerson() person: Person): Promise<number> {
    return this.payOuts.all(person);
  }

  @Requires('payout:own')
  @Mutation(() => Int, {
    description:
      'Pays out a part of what is ready, once however often it is sent with its key. Returns how many payouts were requested: 1. Refuses with NOTHING_TO_PAY, WRONG_CURRENCY, AMOUNT_OUT_OF_BOUNDS, MORE_THAN_READY, APPROVAL_WAITS, PAYOUT_HELD.',
  })
  payOutPart(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => PayOutPartInput, description: 'How much.' }) input: PayOutPartInput,
  ): Promise<number> {
    return this.payOuts.part(person, input);
  }

  @Requires('payout:run')
  @Mutation(() => Int, { description: 'Runs payouts for everybody now. Returns how many were requested.' })
  async runPayouts(@CurrentPerson() person: Person): Promise<number> {
    return (await this.runs.all(person)).requested;
  }

  private async list(
    person: Person,
    filter: Parameters<PayoutQueries['list']>[1],
    page: PageArgs,
  ): Promise<Connection<Payout>> {
    const found = await this.queries.list(person, filter, page);
    const nextRunAt = this.queries.nextRunAt();
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({ cursor, node: payoutOf(node, nextRunAt) })),
    };
  }
}

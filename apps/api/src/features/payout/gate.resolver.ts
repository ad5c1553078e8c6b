import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf } from '../../platform/graphql/money.model';
import { GateQueries } from './gate.queries';
import { HeldMoney, PayoutHold, PayoutHoldConnection, PayoutSwitch, TaxForm } from './graphql/gate.model';
import {
  HoldPayoutsInput,
  SignTaxFormInput,
  TakeBackChargeInput,
  WriteOffOwedInput,
} from './graphql/payout.input';
import { HoldPayouts } from './use-cases/hold-payouts';
import { SignTaxForm } from './use-cases/sign-tax-form';
import { TakeBackCharge } from './use-cases/take-back-charge';
import { ThrowSwitch } from './use-cases/throw-switch';
import { WriteOffOwed } from './use-cases/write-off-owed';

const REASON = { description: 'Why, in at least 10 characters.' };

@Resolver(() => PayoutHold)
export class GateResolver {
  constructor(
    private readonly queries: GateQueries,
    private readonly switches: ThrowSwitch,
    private readonly holding: HoldPayouts,
    private readonly forms: SignTaxForm,
    private readonly takingBack: TakeBackCharge,
    private readonly writingOff: WriteOffOwed,
  ) {}

  @Requires('audit:read')
  @Query(() => PayoutSwitch, { description: 'The switch that stops all payouts.' })
  payoutSwitch(@CurrentPerson() person: Person): Promise<PayoutSwitch> {
    return this.queries.switch(person);
  }

  @Requires('payout:run')
  @Mutation(() => PayoutSwitch, { description: 'Stops all payouts at once. Refuses with ALREADY_STOPPED.' })
  async stopPayouts(
    @CurrentPerson() person: Person,
    @Args('reason', REASON) reason: string,
  ): Promise<PayoutSwitch> {
    await this.switches.stop(person, { reason });
    return this.queries.switch(person);
  }

  @Requires('payout:run')
  @Mutation(() => PayoutSwitch, {
    description: 'Asks another person to open payouts again. Refuses with NOT_STOPPED.',
  })
  async openPayouts(
    @CurrentPerson() person: Person,
    @Args('reason', REASON) reason: string,
  ): Promise<PayoutSwitch> {
    await this.switches.askToOpen(person, { reason });
    return this.queries.switch(person);
  }

  @Requires('audit:read')
  @Query(() => PayoutHoldConnection, { description: 'Holds that stand, oldest first.' })
  payoutHolds(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<PayoutHold>> {
    return this.queries.holds(person, page);
  }

  @Requires('audit:read')
  @Query(() => [HeldMoney], {
    description: 'Money that waits, by gate and age, oldest first; at most one row a gate, age and currency.',
  })
  async heldMoney(@CurrentPerson() person: Person): Promise<HeldMoney[]> {
    const found = await this.queries.held(person);
    return found.map(({ amountMinor, currency, ...row }) => ({
      ...row,
      amount: moneyOf(amountMinor, currency),
    }));
  }

  @Requires('payout:run')
  @Mutation(() => ID, {
    description:
      'Holds all payouts of an expert, with a reason and a date; once for its key. Refuses with NOT_FOUND, OWN_MATTER, REVIEW_IN_PAST, REVIEW_TOO_LATE.',
  })
  holdPayouts(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => HoldPayoutsInput, description: 'Whose, why and until when.' })
    input: HoldPayoutsInput,
  ): Promise<string> {
    return this.holding.place(person, input);
  }

  @Requires('payout:run')
  @Mutation(() => Boolean, {
    description:
      'Releases a hold: true where at once, false where another person was asked to approve it. Refuses with NOT_FOUND, OWN_MATTER, HOLD_RELEASED.',
  })
  releasePayoutHold(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The hold.' }) id: string,
    @Args('reason', REASON) reason: string,
  ): Promise<boolean> {
    return this.holding.release(person, { id, reason });
  }

  @Requires('payout:run')
  @Mutation(() => Boolean, {
    description:
      'Takes a charged line back, whole or in part, at the rates at which it was charged: true where at once, false where another person was asked to approve it. Refuses with NOT_FOUND, OWN_MATTER, ALREADY_REVERSED, AMOUNT_OUT_OF_BOUNDS, MORE_THAN_CHARGED.',
  })
  takeBackCharge(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => TakeBackChargeInput, description: 'What, how much of it and why.' })
    input: TakeBackChargeInput,
  ): Promise<boolean> {
    return this.takingBack.run(person, { ...input, agreedMinor: input.agreedMinor ?? undefined });
  }

  @Requires('payout:run')
  @Mutation(() => ID, {
    description:
      'Asks another person to let the platform bear all that an expert owes in a currency of lines that were taken back after they were paid. Returns the request. Refuses with NOT_FOUND, OWN_MATTER, NOTHING_OWED.',
  })
  writeOffOwed(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => WriteOffOwedInput, description: 'Whose, in which currency, and why.' })
    input: WriteOffOwedInput,
  ): Promise<string> {
    return this.writingOff.ask(person, input);
  }

  @Requires('payout:own')
  @Query(() => TaxForm, { description: "The expert's own tax form." })
  async myTaxForm(@CurrentPerson() person: Person): Promise<TaxForm> {
    const { requiredFromMinor, currency, ...form } = await this.queries.taxForm(person);
    return { ...form, requiredFrom: moneyOf(requiredFromMinor, currency) };
  }

  @Requires('payout:own')
  @Mutation(() => TaxForm, {
    description:
      'Signs a tax form under penalties of perjury. Refuses with NOT_CERTIFIED, OTHER_NAME, OTHER_FORM.',
  })
  async signTaxForm(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => SignTaxFormInput, description: 'The form and who signs it.' })
    input: SignTaxFormInput,
  ): Promise<TaxForm> {
    await this.forms.run(person, input);
    return this.myTaxForm(person);
  }
}

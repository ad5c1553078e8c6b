import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/access.decorators';
import { moneyOf } from '../../platform/graphql/money.model';
import { SandboxState } from './graphql/rail.model';
import { NUMBER_GROUPS, SandboxControl } from './sandbox-control';

@Resolver(() => SandboxState)
export class RailResolver {
  constructor(private readonly sandbox: SandboxControl) {}

  @Requires('rail:sandbox')
  @Query(() => SandboxState, {
    description: 'What the sandbox rail will do next. Not there where Stripe is set.',
  })
  async sandboxState(): Promise<SandboxState> {
    const state = await this.sandbox.state();
    const listed = (record: Record<string, string | number>) =>
      Object.entries(record).map(([name, value]) => ({ name, value: String(value) }));
    const balances = state.balances.map(({ currency, availableMinor, pendingMinor }) => ({
      currency,
      available: moneyOf(availableMinor, currency),
      pending: moneyOf(pendingMinor, currency),
    }));
    const objects = state.objects.map(({ amountMinor, currency, ...object }) => ({
      ...object,
      amount: amountMinor === null || currency === null ? null : moneyOf(amountMinor, currency),
    }));
    return {
      ...state,
      ...{ balances, objects },
      delays: listed(state.delays),
      fees: listed(state.fees),
      webhooks: listed(state.webhooks),
      rates: listed(state.rates),
      failures: listed(state.failures),
    };
  }

  @Requires('rail:sandbox')
  @Mutation(() => String, {
    nullable: true,
    description: 'Lets the next event of the sandbox happen now. Returns it; null where nothing waits.',
  })
  advanceSandbox(): Promise<string | null> {
    return this.sandbox.advance();
  }

  @Requires('rail:sandbox')
  @Mutation(() => SandboxState, {
    description: 'Sets one delay of the sandbox: payment, onboarding or payout, 0 to 86400 seconds.',
  })
  async setSandboxDelay(
    @Args('name', { type: () => String, description: 'payment, onboarding or payout.' }) name: string,
    @Args('seconds', { type: () => Int, description: '0 to 86400.' }) seconds: number,
  ): Promise<SandboxState> {
    await this.sandbox.setDelays({ [name]: seconds });
    return this.sandboxState();
  }

  @Requires('rail:sandbox')
  @Mutation(() => SandboxState, {
    description: 'Sets one fee of the sandbox, how unruly its messages are, or a rate of exchange.',
  })
  async setSandboxNumber(
    @Args('group', { type: () => String, description: 'fees, webhooks or rates.' }) group: string,
    @Args('name', { type: () => String, description: 'As the state of the sandbox names it.' }) name: string,
    @Args('value', {
      type: () => Int,
      description: 'Parts per million, minor units, percent, 0 or 1, seconds, millionths of a unit.',
    })
    value: number,
  ): Promise<SandboxState> {
    await this.sandbox.setNumbers(NUMBER_GROUPS.find((each) => each === group) ?? 'webhooks', {
      [name]: value,
    });
    return this.sandboxState();
  }

  @Requires('rail:sandbox')
  @Mutation(() => SandboxState, { description: 'Makes something happen to an object of the sandbox now.' })
  async actAtSandbox(
    @Args('action', { type: () => String, description: 'One of the actions that the object lists.' })
    action: string,
    @Args('objectId', { type: () => String, description: 'The object, or a message to send again.' })
    objectId: string,
  ): Promise<SandboxState> {
    await this.sandbox.act(action, objectId);
    return this.sandboxState();
  }

  @Requires('rail:sandbox')
  @Mutation(() => SandboxState, { description: 'Makes the next call of a kind fail in a way.' })
  async setSandboxFailure(
    @Args('kind', {
      type: () => String,
      description: 'payment, transfer, payout, POST /v1/transfers after, or POST /v1/payment_intents after.',
    })
    kind: string,
    @Args('failure', { type: () => String, description: 'fails, refused, error or cut, as the kind allows.' })
    failure: string,
  ): Promise<SandboxState> {
    await this.sandbox.setFailure(kind, failure);
    return this.sandboxState();
  }
}

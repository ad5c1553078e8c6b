import { isCurrency } from '@tallystick/domain';
import Stripe from 'stripe';
import { checked, fromRailOrRaw, OddAnswer, outcome, toRail } from './answers';
import type {
  BankSending,
  Outcome,
  RailPayout,
  RailRecipient,
  RailTransfer,
  RecipientRail,
} from './payment-rail';
import { arrivalOf, bankFor, payoutOf, recipientOf, transferOf, type Arrival } from './shapes';

const INCLUDE: Stripe.V2.Core.AccountCreateParams.Include[] = [
  'configuration.recipient',
  'defaults',
  'requirements',
];

/** Money that goes out at Stripe: to connected accounts, and from there to banks. */
export class StripeRecipients implements RecipientRail {
  /** `host` is where the pages of the rail are; undefined for Stripe itself. */
  constructor(
    private readonly stripe: InstanceType<typeof Stripe>,
    private readonly host: URL | undefined,
  ) {}

  createRecipient(
    recipient: { expertId: string; email: string; name: string; country: string; currency: string },
    key: string,
  ): Promise<Outcome<RailRecipient>> {
    return outcome(async () => {
      const body: Stripe.V2.Core.AccountCreateParams = {
        contact_email: recipient.email,
        display_name: recipient.name,
        dashboard: 'express',
        identity: { country: recipient.country.toLowerCase(), entity_type: 'individual' },
        configuration: {
          recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
        },
        defaults: {
          currency: recipient.currency.toLowerCase(),
          responsibilities: { fees_collector: 'application', losses_collector: 'application' },
        },
        include: INCLUDE,
        metadata: { expert_id: recipient.expertId },
      };
      const made = await this.stripe.v2.core.accounts.create(body, { idempotencyKey: key });
      return recipientOf(
        checked(made, 'v2.core.account', 'acct_', { contact_email: recipient.email, dashboard: 'express' }),
      );
    });
  }

  retrieveRecipient(id: string): Promise<Outcome<RailRecipient>> {
    return outcome(async () => {
      const found = await this.stripe.v2.core.accounts.retrieve(id, { include: INCLUDE });
      return recipientOf(checked(found, 'v2.core.account', id));
    });
  }

  onboardingLink(
    link: { recipientId: string; returnUrl: string; refreshUrl: string },
    key: string,
  ): Promise<Outcome<{ url: string; expiresAt: Date }>> {
    return outcome(async () => {
      const body: Stripe.V2.Core.AccountLinkCreateParams = {
        account: link.recipientId,
        use_case: {
          type: 'account_onboarding',
          account_onboarding: {
            refresh_url: link.refreshUrl,
            return_url: link.returnUrl,
            collection_options: { fields: 'eventually_due' },
          },
        },
      };
      const made = await this.stripe.v2.core.accountLinks.create(body, { idempotencyKey: key });
      const { url, expires_at } = checked(made, 'v2.core.account_link', undefined, {
        account: link.recipientId,
      });
      return { url: new URL(url, this.host).toString(), expiresAt: new Date(expires_at) };
    });
  }

  sendNothingByItself(recipientId: string, key: string): Promise<Outcome<void>> {
    return outcome(async () => {
      const schedule = { interval: 'manual' } as const;
      const options = { stripeAccount: recipientId, idempotencyKey: key };
      const update = this.stripe.balanceSettings.update({ payments: { payouts: { schedule } } }, options);
      const set = checked(await update, 'balance_settings');
      if (set.payments.payouts?.schedule?.interval !== schedule.interval)
        throw new OddAnswer('the rail answered with another schedule');
    });
  }

  bankOf(recipientId: string, currency: string): Promise<Outcome<string | null>> {
    return outcome(async () => {
      const listed = await this.stripe.accounts.listExternalAccounts(recipientId, { limit: 100 });
      return bankFor(checked(listed, 'list').data, currency);
    });
  }

  /**
   * Where the answer stays unknown the transfer is looked up by its group: the rail keeps the first answer of a key,
   * a failure too, so that the same key alone may never say what was done.
   */
  async transfer(
    transfer: { amountMinor: bigint; currency: string; recipientId: string; payoutId: string },
    key: string,
  ): Promise<Outcome<RailTransfer>> {
    const made = await outcome(async () => {
      const body = {
        ...toRail(transfer.amountMinor, transfer.currency),
        destination: transfer.recipientId,
        transfer_group: groupOf(transfer.payoutId),
        metadata: { payout_id: transfer.payoutId },
      };
      const { metadata: _, ...echo } = body;
      return transferOf(
        checked(await this.stripe.transfers.create(body, { idempotencyKey: key }), 'transfer', 'tr_', echo),
      );
    });
    if (made.kind !== 'unknown') return made;
    const found = await this.findTransfer(transfer.payoutId);
    return found.kind === 'done' && found.value ? { kind: 'done', value: found.value } : made;
  }

  findTransfer(payoutId: string): Promise<Outcome<RailTransfer | null>> {
    return outcome(async () => {
      const found = await this.transferFor(payoutId);
      return found ? transferOf(found) : null;
    });
  }

  /** The transfer of a payout, as the rail has it, with what it brought; undefined where there is none. */
  private async transferFor(payoutId: string): Promise<Stripe.Transfer | undefined> {
    const group = { transfer_group: groupOf(payoutId), limit: 10 };
    const expand = [`data.${BROUGHT}`];
    const { data } = checked(await this.stripe.transfers.list({ ...group, expand }), 'list');
    const found = data.find(
      ({ metadata, transfer_group }) =>
        transfer_group === group.transfer_group && metadata.payout_id === payoutId,
    );
    return found && checked(found, 'transfer', 'tr_');
  }

  reverseTransfer(
    reversal: { transferId: string; amountMinor: bigint; currency: string; reversalId: string },
    key: string,
  ): Promise<Outcome<{ id: string }>> {
    return outcome(async () => {
      const money = toRail(reversal.amountMinor, reversal.currency);
      const body = { amount: money.amount, metadata: { reversal_id: reversal.reversalId } };
      const made = await this.stripe.transfers.createReversal(reversal.transferId, body, {
        idempotencyKey: key,
      });
      const echo = { ...money, transfer: reversal.transferId };
      return { id: checked(made, 'transfer_reversal', 'trr_', echo).id };
    });
  }

  /**
   * What arrived is sent in the currency in which it arrived: the rail may have exchanged it. Where the answer stays
   * unknown the sending is looked up by what is written on it, as a transfer is.
   */
  async sendToBank(sending: BankSending, key: string): Promise<Outcome<RailPayout>> {
    const made = await outcome(async () => {
      const { amount, currency, exchangeRate } = await this.arrivedWith(sending.transferId);
      const body = { amount, currency, destination: sending.bankId, method: 'standard' } as const;
      const options = { stripeAccount: sending.recipientId, idempotencyKey: key };
      const sent = await this.stripe.payouts.create({ ...body, metadata: marksOf(sending) }, options);
      return payoutOf(checked(sent, 'payout', 'po_', body), exchangeRate);
    });
    if (made.kind !== 'unknown') return made;
    const found = await this.findSentToBank(sending);
    return found.kind === 'done' && found.value ? { kind: 'done', value: found.value } : made;
  }

  findSentToBank(sending: BankSending): Promise<Outcome<RailPayout | null>> {
    return outcome(async () => {
      const wanted = { destination: sending.bankId, limit: 100 };
      const options = { stripeAccount: sending.recipientId };
      const { data } = checked(await this.stripe.payouts.list(wanted, options), 'list');
      const marks = marksOf(sending);
      const found = data.find(
        ({ metadata }) => metadata?.payout_id === marks.payout_id && metadata.attempt === marks.attempt,
      );
      if (!found) return null;
      const { exchangeRate } = await this.arrivedWith(sending.transferId);
      return payoutOf(checked(found, 'payout', 'po_'), exchangeRate);
    });
  }

  private async arrivedWith(transferId: string): Promise<Arrival> {
    const found = await this.stripe.transfers.retrieve(transferId, { expand: [BROUGHT] });
    return arrivalOf(checked(found, 'transfer', transferId));
  }

  /** At which rate the transfer came that a payout sends on; null where nothing was exchanged, or it is none of ours. */
  private async rateOf({ metadata }: Stripe.Payout): Promise<number | null> {
    const payoutId = metadata?.payout_id;
    const transfer = payoutId === undefined ? undefined : await this.transferFor(payoutId);
    return transfer ? arrivalOf(transfer).exchangeRate : null;
  }

  retrievePayout(id: string, recipientId: string): Promise<Outcome<RailPayout>> {
    return outcome(async () => {
      const expand = { expand: ['balance_transaction'] };
      const found = await this.stripe.payouts.retrieve(id, expand, { stripeAccount: recipientId });
      const payout = payoutOf(checked(found, 'payout', id), await this.rateOf(found));
      return { ...payout, ...(await this.feeOfPayout(id)) };
    });
  }

  /** What the platform's own balance paid for a recipient's payout; undefined where the rail names no such fee. */
  private async feeOfPayout(
    source: string,
  ): Promise<Pick<RailPayout, 'feeMinor' | 'feeCurrency'> | undefined> {
    try {
      const { data } = await this.stripe.balanceTransactions.list({ source, type: 'stripe_fee', limit: 100 });
      const fees = data
        .map(({ net, currency }) => fromRailOrRaw(-net, currency))
        .filter(({ currency }) => isCurrency(currency));
      const feeCurrency = fees[0]?.currency;
      if (feeCurrency === undefined) return undefined;
      return { feeMinor: fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0n), feeCurrency };
    } catch (error) {
      // Where the rail does not know a recipient's payout on the platform's side it names no fee of it.
      if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined;
      throw error;
    }
  }

  returnedPayouts(recipientId: string, since: Date): Promise<Outcome<readonly string[]>> {
    return outcome(async () => {
      const wanted = {
        status: 'failed',
        created: { gte: Math.floor(since.getTime() / 1000) },
        limit: 100,
      };
      const found: string[] = [];
      for await (const each of this.stripe.payouts.list(wanted, { stripeAccount: recipientId }))
        found.push(checked(each, 'payout', 'po_').id);
      return found;
    });
  }
}

/** Where a transfer says what it brought, and at which rate. */
const BROUGHT = 'destination_payment.balance_transaction';

/** The group of a payout's transfer: how it is found again. */
const groupOf = (payoutId: string) => `payout_${payoutId}`;

/** What is written on a sending to a bank: how it is found again, and what its events name. */
const marksOf = ({ payoutId, attempt }: BankSending) => ({
  payout_id: payoutId,
  attempt: String(attempt),
});

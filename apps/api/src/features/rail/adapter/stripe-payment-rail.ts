import { isCurrency } from '@tallystick/domain';
import Stripe from 'stripe';
import { checked, fromRailOrRaw, NotSent, outcome, toRail } from './answers';
import type {
  BankInstructions,
  Outcome,
  PaymentRail,
  RailBalance,
  RailDispute,
  RailEventNote,
  RailMovement,
  RailPage,
  RailPayment,
  RailPayout,
  RailRecipient,
  RailRefund,
  RailTransfer,
  WebhookRoute,
} from './payment-rail';
import {
  disputeOf,
  instructionsOf,
  movementOf,
  paymentOf,
  payoutOf,
  recipientOf,
  refundOf,
  transferOf,
} from './shapes';

export interface StripeSettings {
  readonly apiKey: string;
  /** Where the API is; undefined for Stripe itself. */
  readonly host?: URL;
  /** The secrets of each webhook route: more than one while a secret is changed. */
  readonly webhookSecrets: Record<WebhookRoute, readonly string[]>;
}

/** The version of Stripe's API that this adapter was written against; webhook endpoints are set to the same. */
const API_VERSION = '2026-10-28.endive';

/** Webhooks older than this are refused; never 0, which would skip the check. */
const TOLERANCE_SECONDS = 300;

const INCLUDE: Stripe.V2.Core.AccountCreateParams.Include[] = ['configuration.recipient', 'requirements'];
const WITH_MOVEMENT = ['latest_charge.balance_transaction'];

/** Movements that put a payout's money on the recipient's balance again. */
const RETURNS: ReadonlySet<string> = new Set(['payout_failure', 'payout_cancel']);

type BankTransfer = Stripe.CustomerCreateFundingInstructionsParams.BankTransfer;

/** The bank transfers that Stripe takes. Source: docs.stripe.com/payments/bank-transfers. */
const BANK_TRANSFERS: Readonly<Record<string, BankTransfer>> = {
  USD: { type: 'us_bank_transfer' },
  EUR: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
  GBP: { type: 'gb_bank_transfer' },
  JPY: { type: 'jp_bank_transfer' },
  MXN: { type: 'mx_bank_transfer' },
};

/** The one adapter to Stripe, and through its host setting to the sandbox. Every answer is checked. */
export class StripePaymentRail implements PaymentRail {
  private readonly stripe: InstanceType<typeof Stripe>;
  readonly isLive: boolean;

  constructor(private readonly settings: StripeSettings) {
    const { host, apiKey } = settings;
    this.isLive = /^[sr]k_live_/.test(apiKey);
    this.stripe = new Stripe(apiKey, {
      apiVersion: API_VERSION,
      maxNetworkRetries: 1,
      timeout: 10_000,
      telemetry: false,
      ...(host && {
        host: host.hostname,
        port: Number(host.port || (host.protocol === 'https:' ? 443 : 80)),
        protocol: host.protocol === 'https:' ? 'https' : 'http',
      }),
    });
  }

  createCustomer({ labId }: { labId: string }, key: string): Promise<Outcome<{ id: string }>> {
    return outcome(async () => {
      const body = { description: `Lab ${labId}`, metadata: { lab_id: labId } };
      const made = await this.stripe.customers.create(body, { idempotencyKey: key });
      return { id: checked(made, 'customer', 'cus_', { description: body.description }).id };
    });
  }

  createPayment(
    payment: {
      amountMinor: bigint;
      currency: string;
      fundingId: string;
      labId: string;
      customerId: string;
    },
    key: string,
  ): Promise<Outcome<RailPayment>> {
    return outcome(async () => {
      const money = toRail(payment.amountMinor, payment.currency);
      const bank_transfer = bankTransferIn(payment.currency);
      const body: Stripe.PaymentIntentCreateParams = {
        ...money,
        confirm: true,
        customer: payment.customerId,
        payment_method_data: { type: 'customer_balance' },
        payment_method_options: { customer_balance: { funding_type: 'bank_transfer', bank_transfer } },
        metadata: { funding_id: payment.fundingId, lab_id: payment.labId },
        transfer_group: `funding_${payment.fundingId}`,
        expand: WITH_MOVEMENT,
      };
      const made = await this.stripe.paymentIntents.create(body, { idempotencyKey: key });
      const echo = { ...money, customer: payment.customerId };
      return paymentOf(checked(made, 'payment_intent', 'pi_', echo));
    });
  }

  retrievePayment(id: string): Promise<Outcome<RailPayment>> {
    return outcome(async () => {
      const found = await this.stripe.paymentIntents.retrieve(id, { expand: WITH_MOVEMENT });
      return paymentOf(checked(found, 'payment_intent', id));
    });
  }

  bankInstructions(customerId: string, currency: string): Promise<Outcome<BankInstructions>> {
    return outcome(async () => {
      const made = await this.stripe.customers.createFundingInstructions(customerId, {
        currency: currency.toLowerCase(),
        funding_type: 'bank_transfer',
        bank_transfer: bankTransferIn(currency),
      });
      return instructionsOf(
        checked(made, 'funding_instructions', undefined, { currency: currency.toLowerCase() }),
      );
    });
  }

  refund(
    refund: { paymentId: string; amountMinor: bigint; currency: string; refundId: string },
    key: string,
  ): Promise<Outcome<RailRefund>> {
    return outcome(async () => {
      const money = toRail(refund.amountMinor, refund.currency);
      const body = {
        payment_intent: refund.paymentId,
        amount: money.amount,
        metadata: { refund_id: refund.refundId },
      };
      const made = await this.stripe.refunds.create(body, { idempotencyKey: key });
      return refundOf(checked(made, 'refund', 're_', { ...money, payment_intent: refund.paymentId }));
    });
  }

  retrieveRefund(id: string): Promise<Outcome<RailRefund>> {
    return outcome(async () => refundOf(checked(await this.stripe.refunds.retrieve(id), 'refund', id)));
  }

  retrieveDispute(id: string): Promise<Outcome<RailDispute>> {
    return outcome(async () => disputeOf(checked(await this.stripe.disputes.retrieve(id), 'dispute', id)));
  }

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
      return { url: new URL(url, this.settings.host).toString(), expiresAt: new Date(expires_at) };
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
      const group = { transfer_group: groupOf(payoutId), limit: 10 };
      const { data } = checked(await this.stripe.transfers.list(group), 'list');
      const found = data.find(
        ({ metadata, transfer_group }) =>
          transfer_group === group.transfer_group && metadata.payout_id === payoutId,
      );
      return found ? transferOf(checked(found, 'transfer', 'tr_')) : null;
    });
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

  retrievePayout(id: string, recipientId: string): Promise<Outcome<RailPayout>> {
    return outcome(async () => {
      const expand = { expand: ['balance_transaction'] };
      const found = await this.stripe.payouts.retrieve(id, expand, { stripeAccount: recipientId });
      const payout = payoutOf(checked(found, 'payout', id));
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

  transfersOfPayout(id: string, recipientId: string): Promise<Outcome<readonly string[]>> {
    return outcome(async () => {
      const transfers = new Set<string>();
      const payouts = new Set([id]);
      for (const payout of payouts) {
        const wanted = { payout, limit: 100, expand: ['data.source'] };
        for await (const { source, type } of this.stripe.balanceTransactions.list(wanted, {
          stripeAccount: recipientId,
        })) {
          if (source === null || typeof source !== 'object') continue;
          // What came back from another payout goes out again: its transfers with it.
          if (source.object === 'payout' && RETURNS.has(type)) payouts.add(source.id);
          if (source.object !== 'charge') continue;
          const { source_transfer: transfer } = source;
          if (transfer !== null) transfers.add(typeof transfer === 'string' ? transfer : transfer.id);
        }
      }
      return [...transfers];
    });
  }

  balances(): Promise<Outcome<readonly RailBalance[]>> {
    return outcome(async () => {
      const { available, pending } = checked(await this.stripe.balance.retrieve(), 'balance');
      const codes = [...new Set([...available, ...pending].map(({ currency }) => currency))].sort();
      const sumOf = (side: typeof available, code: string) =>
        fromRailOrRaw(side.find(({ currency }) => currency === code)?.amount ?? 0, code).amountMinor;
      return codes.map((code) => ({
        currency: code.toUpperCase(),
        availableMinor: sumOf(available, code),
        pendingMinor: sumOf(pending, code),
      }));
    });
  }

  async availableMinor(currency: string): Promise<Outcome<bigint>> {
    const all = await this.balances();
    if (all.kind !== 'done') return all;
    const found = all.value.find((each) => each.currency === currency);
    return { kind: 'done', value: found?.availableMinor ?? 0n };
  }

  listMovements(since: Date, after?: string): Promise<Outcome<RailPage<RailMovement>>> {
    return outcome(async () => {
      const page = checked(
        await this.stripe.balanceTransactions.list({
          created: { gte: Math.floor(since.getTime() / 1000) },
          limit: 100,
          expand: ['data.source'],
          ...(after !== undefined && { starting_after: after }),
        }),
        'list',
      );
      const items = page.data.map((each) => movementOf(checked(each, 'balance_transaction', 'txn_')));
      return { items, next: page.has_more ? (items.at(-1)?.id ?? null) : null };
    });
  }

  readEvent(route: WebhookRoute, rawBody: Buffer, signature: string): RailEventNote {
    const secrets = this.settings.webhookSecrets[route];
    let failure: unknown = new Error('no secret is set for this route');
    for (const secret of secrets) {
      try {
        return this.verified(route, rawBody, signature, secret);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  private verified(route: WebhookRoute, rawBody: Buffer, signature: string, secret: string): RailEventNote {
    if (route === 'v2') {
      const note = this.stripe.parseEventNotification(
        rawBody,
        signature,
        secret,
        TOLERANCE_SECONDS,
      ) as unknown as { id: string; type: string; livemode: boolean; related_object?: { id: string } };
      const objectId = note.related_object?.id ?? null;
      return { id: note.id, type: note.type, objectId, accountId: null, isLive: note.livemode };
    }
    const event = this.stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS);
    const object = event.data.object as { id?: string };
    return {
      id: event.id,
      type: event.type,
      objectId: object.id ?? null,
      accountId: event.account ?? null,
      isLive: event.livemode,
    };
  }
}

/** The group of a payout's transfer: how it is found again. */
const groupOf = (payoutId: string) => `payout_${payoutId}`;

function bankTransferIn(currency: string): BankTransfer {
  const found = BANK_TRANSFERS[currency];
  if (!found)
    throw new NotSent(
      'CURRENCY_WITHOUT_BANK_TRANSFER',
      `The bank takes no transfers in ${currency}. Choose ${Object.keys(BANK_TRANSFERS).join(', ')}.`,
    );
  return found;
}

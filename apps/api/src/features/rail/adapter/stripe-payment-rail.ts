import Stripe from 'stripe';
import { checked, fromRailOrRaw, outcome } from './answers';
import type {
  Outcome,
  PaymentRail,
  RailBalance,
  RailEventNote,
  RailMovement,
  RailPage,
  WebhookRoute,
} from './payment-rail';
import { movementOf } from './shapes';
import { StripePayers } from './stripe-payers';
import { StripeRecipients } from './stripe-recipients';

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

/** The one adapter to Stripe, and through its host setting to the sandbox. Every answer is checked. */
export class StripePaymentRail implements PaymentRail {
  readonly isLive: boolean;
  private readonly stripe: InstanceType<typeof Stripe>;
  private readonly payers: StripePayers;
  private readonly recipients: StripeRecipients;

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
    this.payers = new StripePayers(this.stripe);
    this.recipients = new StripeRecipients(this.stripe, host);
  }

  createCustomer(
    ...asked: Parameters<PaymentRail['createCustomer']>
  ): ReturnType<PaymentRail['createCustomer']> {
    return this.payers.createCustomer(...asked);
  }

  createPayment(
    ...asked: Parameters<PaymentRail['createPayment']>
  ): ReturnType<PaymentRail['createPayment']> {
    return this.payers.createPayment(...asked);
  }

  retrievePayment(
    ...asked: Parameters<PaymentRail['retrievePayment']>
  ): ReturnType<PaymentRail['retrievePayment']> {
    return this.payers.retrievePayment(...asked);
  }

  bankInstructions(
    ...asked: Parameters<PaymentRail['bankInstructions']>
  ): ReturnType<PaymentRail['bankInstructions']> {
    return this.payers.bankInstructions(...asked);
  }

  refund(...asked: Parameters<PaymentRail['refund']>): ReturnType<PaymentRail['refund']> {
    return this.payers.refund(...asked);
  }

  retrieveRefund(
    ...asked: Parameters<PaymentRail['retrieveRefund']>
  ): ReturnType<PaymentRail['retrieveRefund']> {
    return this.payers.retrieveRefund(...asked);
  }

  retrieveDispute(
    ...asked: Parameters<PaymentRail['retrieveDispute']>
  ): ReturnType<PaymentRail['retrieveDispute']> {
    return this.payers.retrieveDispute(...asked);
  }

  createRecipient(
    ...asked: Parameters<PaymentRail['createRecipient']>
  ): ReturnType<PaymentRail['createRecipient']> {
    return this.recipients.createRecipient(...asked);
  }

  retrieveRecipient(
    ...asked: Parameters<PaymentRail['retrieveRecipient']>
  ): ReturnType<PaymentRail['retrieveRecipient']> {
    return this.recipients.retrieveRecipient(...asked);
  }

  onboardingLink(
    ...asked: Parameters<PaymentRail['onboardingLink']>
  ): ReturnType<PaymentRail['onboardingLink']> {
    return this.recipients.onboardingLink(...asked);
  }

  sendNothingByItself(
    ...asked: Parameters<PaymentRail['sendNothingByItself']>
  ): ReturnType<PaymentRail['sendNothingByItself']> {
    return this.recipients.sendNothingByItself(...asked);
  }

  bankOf(...asked: Parameters<PaymentRail['bankOf']>): ReturnType<PaymentRail['bankOf']> {
    return this.recipients.bankOf(...asked);
  }

  transfer(...asked: Parameters<PaymentRail['transfer']>): ReturnType<PaymentRail['transfer']> {
    return this.recipients.transfer(...asked);
  }

  findTransfer(...asked: Parameters<PaymentRail['findTransfer']>): ReturnType<PaymentRail['findTransfer']> {
    return this.recipients.findTransfer(...asked);
  }

  reverseTransfer(
    ...asked: Parameters<PaymentRail['reverseTransfer']>
  ): ReturnType<PaymentRail['reverseTransfer']> {
    return this.recipients.reverseTransfer(...asked);
  }

  sendToBank(...asked: Parameters<PaymentRail['sendToBank']>): ReturnType<PaymentRail['sendToBank']> {
    return this.recipients.sendToBank(...asked);
  }

  findSentToBank(
    ...asked: Parameters<PaymentRail['findSentToBank']>
  ): ReturnType<PaymentRail['findSentToBank']> {
    return this.recipients.findSentToBank(...asked);
  }

  retrievePayout(
    ...asked: Parameters<PaymentRail['retrievePayout']>
  ): ReturnType<PaymentRail['retrievePayout']> {
    return this.recipients.retrievePayout(...asked);
  }

  returnedPayouts(
    ...asked: Parameters<PaymentRail['returnedPayouts']>
  ): ReturnType<PaymentRail['returnedPayouts']> {
    return this.recipients.returnedPayouts(...asked);
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

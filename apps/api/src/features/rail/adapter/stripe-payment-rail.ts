import Stripe from 'stripe';
import type {
  Outcome,
  PaymentRail,
  RailEventNote,
  RailPayment,
  RailPayout,
  WebhookRoute,
} from './payment-rail';

export interface StripeSettings {
  readonly apiKey: string;
  /** Where the API is; undefined for Stripe itself. */
  readonly host?: URL;
  readonly webhookSecrets: Record<WebhookRoute, string>;
}

/** Webhooks older than this are refused; never 0, which would skip the check. */
const TOLERANCE_SECONDS = 300;

/** An answer that is not what was asked for: nothing may be concluded from it. */
class OddAnswer extends Error {}

type Answer = { id?: unknown; object?: unknown; lastResponse?: { statusCode?: number } };

/** The one adapter to Stripe, and through its host setting to the sandbox. Every answer is checked. */
export class StripePaymentRail implements PaymentRail {
  private readonly stripe: InstanceType<typeof Stripe>;

  constructor(private readonly settings: StripeSettings) {
    const { host } = settings;
    this.stripe = new Stripe(settings.apiKey, {
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

  createPayment(
    payment: { amountMinor: bigint; currency: string; fundingId: string; labId: string },
    key: string,
  ): Promise<Outcome<RailPayment>> {
    return outcome(async () => {
      const body = {
        amount: toRail(payment.amountMinor),
        currency: payment.currency.toLowerCase(),
        confirm: true,
        metadata: { funding_id: payment.fundingId, lab_id: payment.labId },
        transfer_group: `funding_${payment.fundingId}`,
      };
      return paymentOf(
        checked(
          await this.stripe.paymentIntents.create(body, { idempotencyKey: key }),
          'payment_intent',
          'pi_',
          { amount: body.amount, currency: body.currency },
        ),
      );
    });
  }

  retrievePayment(id: string): Promise<Outcome<RailPayment>> {
    return outcome(async () =>
      paymentOf(checked(await this.stripe.paymentIntents.retrieve(id), 'payment_intent', id, {})),
    );
  }

  refund(
    refund: { paymentId: string; amountMinor: bigint; currency: string; refundId: string },
    key: string,
  ): Promise<Outcome<{ id: string }>> {
    return outcome(async () => {
      const body = {
        payment_intent: refund.paymentId,
        amount: toRail(refund.amountMinor),
        metadata: { refund_id: refund.refundId },
      };
      const made = checked(await this.stripe.refunds.create(body, { idempotencyKey: key }), 'refund', 're_', {
        amount: body.amount,
        currency: refund.currency.toLowerCase(),
      });
      return { id: made.id };
    });
  }

  createRecipient(
    recipient: { expertId: string; email: string; name: string; country: string; currency: string },
    key: string,
  ): Promise<Outcome<{ id: string; isActive: boolean }>> {
    return outcome(async () => {
      const account = await this.stripe.v2.core.accounts.create(
        {
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
          include: ['configuration.recipient', 'requirements', 'identity'],
          metadata: { expert_id: recipient.expertId },
        } as never,
        { idempotencyKey: key },
      );
      return recipientOf(
        checked(account as unknown as Answer & { id: string }, 'v2.core.account', 'acct_', {}),
      );
    });
  }

  retrieveRecipient(id: string): Promise<Outcome<{ id: string; isActive: boolean }>> {
    return outcome(async () => {
      const account = await this.stripe.v2.core.accounts.retrieve(id, {
        include: ['configuration.recipient'],
      } as never);
      return recipientOf(checked(account as unknown as Answer & { id: string }, 'v2.core.account', id, {}));
    });
  }

  transfer(
    transfer: { amountMinor: bigint; currency: string; recipientId: string; payoutId: string },
    key: string,
  ): Promise<Outcome<{ id: string }>> {
    return outcome(async () => {
      const body = {
        amount: toRail(transfer.amountMinor),
        currency: transfer.currency.toLowerCase(),
        destination: transfer.recipientId,
        transfer_group: `payout_${transfer.payoutId}`,
        metadata: { payout_id: transfer.payoutId },
      };
      const made = await this.stripe.transfers.create(body, { idempotencyKey: key });
      return {
        id: checked(made, 'transfer', 'tr_', {
          amount: body.amount,
          currency: body.currency,
          destination: body.destination,
        }).id,
      };
    });
  }

  retrievePayout(id: string, recipientId: string): Promise<Outcome<RailPayout>> {
    return outcome(async () =>
      payoutOf(
        checked(await this.stripe.payouts.retrieve(id, {}, { stripeAccount: recipientId }), 'payout', id, {}),
      ),
    );
  }

  availableMinor(currency: string): Promise<Outcome<bigint>> {
    return outcome(async () => {
      const balance = checked(await this.stripe.balance.retrieve(), 'balance', undefined, {});
      return BigInt(balance.available.find((each) => each.currency === currency.toLowerCase())?.amount ?? 0);
    });
  }

  readEvent(route: WebhookRoute, rawBody: Buffer, signature: string): RailEventNote {
    const secret = this.settings.webhookSecrets[route];
    if (route === 'v2') {
      const note = this.stripe.parseEventNotification(
        rawBody,
        signature,
        secret,
        TOLERANCE_SECONDS,
      ) as unknown as { id: string; type: string; related_object?: { id: string } };
      return { id: note.id, type: note.type, objectId: note.related_object?.id ?? null, accountId: null };
    }
    const event = this.stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS);
    const object = event.data.object as { id?: string };
    return { id: event.id, type: event.type, objectId: object.id ?? null, accountId: event.account ?? null };
  }
}

/** Runs a call and says how it ended. Only a definite answer of the rail is a refusal. */
async function outcome<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await call() };
  } catch (error) {
    const failed = error as { type?: string; statusCode?: number; code?: string; message: string };
    const isDefinite =
      failed.statusCode !== undefined &&
      failed.statusCode >= 400 &&
      failed.statusCode < 500 &&
      failed.statusCode !== 409 &&
      failed.statusCode !== 429;
    if (isDefinite && !(error instanceof OddAnswer))
      return { kind: 'refused', code: failed.code ?? failed.type ?? 'refused', message: failed.message };
    return { kind: 'unknown', message: failed.type ?? failed.message };
  }
}

/** The answer, where it is what was asked for: object, id, status and what it echoes. Some failures resolve as if they were answers. */
function checked<T>(
  answer: T,
  object: string,
  idOrPrefix: string | undefined,
  echo: Record<string, unknown>,
): T {
  const found = answer as T & Answer;
  const status = found.lastResponse?.statusCode ?? 200;
  if (status >= 300 || found.object !== object)
    throw new OddAnswer(`the rail answered with ${status} ${String(found.object)} instead of ${object}`);
  if (idOrPrefix !== undefined && !String(found.id).startsWith(idOrPrefix))
    throw new OddAnswer(`the rail answered with another ${object}`);
  for (const [field, value] of Object.entries(echo)) {
    if ((found as Record<string, unknown>)[field] !== value)
      throw new OddAnswer(`the rail's ${object} has another ${field}`);
  }
  return answer;
}

function toRail(minor: bigint): number {
  if (minor > 99_999_999_999n) throw new RangeError('the amount is larger than the rail takes');
  return Number(minor);
}

const PAYMENT_STATES: Record<string, RailPayment['state']> = {
  succeeded: 'SUCCEEDED',
  processing: 'PROCESSING',
  requires_action: 'PROCESSING',
  requires_payment_method: 'FAILED',
  canceled: 'FAILED',
};

function paymentOf(intent: {
  id: string;
  status: string;
  amount: number;
  currency: string;
  last_payment_error?: { message?: string } | null;
}): RailPayment {
  const state = PAYMENT_STATES[intent.status] ?? 'PROCESSING';
  return {
    id: intent.id,
    state,
    amountMinor: BigInt(intent.amount),
    currency: intent.currency.toUpperCase(),
    failureReason: intent.last_payment_error?.message ?? null,
  };
}

const PAYOUT_STATES: Record<string, RailPayout['state']> = {
  paid: 'PAID',
  failed: 'FAILED',
  canceled: 'FAILED',
};

function payoutOf(payout: {
  id: string;
  status: string;
  amount: number;
  currency: string;
  failure_message?: string | null;
}): RailPayout {
  const state = PAYOUT_STATES[payout.status] ?? 'IN_TRANSIT';
  return {
    id: payout.id,
    state,
    amountMinor: BigInt(payout.amount),
    currency: payout.currency.toUpperCase(),
    failureReason: payout.failure_message ?? null,
  };
}

function recipientOf(account: Answer & { id: string }): { id: string; isActive: boolean } {
  const { configuration } = account as {
    configuration?: {
      recipient?: { capabilities?: { stripe_balance?: { stripe_transfers?: { status?: string } } } };
    };
  };
  return {
    id: account.id,
    isActive: configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status === 'active',
  };
}

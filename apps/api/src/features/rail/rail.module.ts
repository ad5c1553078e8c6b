import { Global, Module } from '@nestjs/common';
import { Config } from '../../platform/config/config';
import { PAYMENT_RAIL } from './adapter/payment-rail';
import { StripePaymentRail } from './adapter/stripe-payment-rail';
import { RailController } from './rail.controller';
import { RailJobs } from './rail.jobs';
import { RailResolver } from './rail.resolver';
import { SandboxControl } from './sandbox-control';
import { SandboxPageController } from './sandbox-page.controller';
import { HandleEvent } from './use-cases/handle-event';
import { KnowCustomer } from './use-cases/know-customer';
import { ReceiveEvent } from './use-cases/receive-event';

/** The adapter, pointed at Stripe where a key is set and at the sandbox elsewhere. */
function railOf(config: Config): StripePaymentRail {
  const key = config.get('STRIPE_SECRET_KEY');
  if (key !== undefined) {
    const [platform = '', connect = '', v2 = ''] = (config.get('STRIPE_WEBHOOK_SECRETS') ?? '').split(',');
    const webhookSecrets = { platform: eachOf(platform), connect: eachOf(connect), v2: eachOf(v2) };
    return new StripePaymentRail({ apiKey: key, webhookSecrets });
  }
  const secret = config.get('SANDBOX_SECRET');
  const webhookSecrets = { platform: [secret], connect: [secret], v2: [secret] };
  return new StripePaymentRail({
    apiKey: `sk_test_${secret}`,
    host: new URL(config.get('SANDBOX_URL')),
    webhookSecrets,
  });
}

/** The secrets of one route: a new one and the old one, while it is changed, are written `new|old`. */
const eachOf = (secrets: string) => secrets.split('|').filter((secret) => secret !== '');

@Global()
@Module({
  controllers: [RailController, SandboxPageController],
  providers: [
    { provide: PAYMENT_RAIL, useFactory: railOf, inject: [Config] },
    ReceiveEvent,
    HandleEvent,
    KnowCustomer,
    RailJobs,
    SandboxControl,
    RailResolver,
  ],
  exports: [PAYMENT_RAIL, ReceiveEvent, KnowCustomer],
})
export class RailModule {}

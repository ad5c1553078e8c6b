import Stripe from 'stripe';
import { railContract } from '../../../../test/rail-contract';
import { StripePaymentRail } from './stripe-payment-rail';

const apiKey = process.env.STRIPE_SECRET_KEY ?? '';
const isTestKey = /^[sr]k_test_/.test(apiKey);
if (!isTestKey)
  process.stdout.write(
    'STRIPE_SECRET_KEY is no test key of Stripe (sk_test_…): the rail’s contract is not tried on Stripe itself.\n',
  );

/** An account that finished onboarding in test mode: with it, transfers and refunds are tried too. */
const activeRecipient = process.env.STRIPE_TEST_RECIPIENT;
/** One in another country, whose bank account is in euros, pounds or another currency with cents: with it, exchange is tried too. */
const recipientAbroad = process.env.STRIPE_TEST_RECIPIENT_ABROAD;

(isTestKey ? describe : describe.skip)('the rail’s contract on Stripe’s test mode', () => {
  jest.setTimeout(120_000);
  const secrets = ['whsec_unused'];
  const rail = new StripePaymentRail({
    apiKey: isTestKey ? apiKey : 'sk_test_none',
    webhookSecrets: { platform: secrets, connect: secrets, v2: secrets },
  });
  const stripe = new Stripe(isTestKey ? apiKey : 'sk_test_none');
  const run = `tallystick-${Date.now().toString(36)}`;

  railContract(
    () => ({
      rail,
      run,
      activeRecipient,
      ...(recipientAbroad !== undefined && { recipientAbroad: async () => recipientAbroad }),
      fund: async (customerId, amountMinor, currency) => {
        await stripe.testHelpers.customers.fundCashBalance(customerId, {
          amount: Number(amountMinor),
          currency: currency.toLowerCase(),
        });
        await new Promise((later) => setTimeout(later, 5_000));
      },
    }),
    { canBePaid: activeRecipient !== undefined, exchanges: recipientAbroad !== undefined },
  );
});

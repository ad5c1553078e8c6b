import { FUNDING_CURRENCIES, isFundingCurrency, type FundingCurrency } from '@tallystick/domain';
import type Stripe from 'stripe';
import { checked, NotSent, outcome, toRail } from './answers';
import type {
  BankInstructions,
  Outcome,
  PayerRail,
  RailDispute,
  RailPayment,
  RailRefund,
} from './payment-rail';
import { disputeOf, instructionsOf, paymentOf, refundOf } from './shapes';

const WITH_MOVEMENT = ['latest_charge.balance_transaction'];

type BankTransfer = Stripe.CustomerCreateFundingInstructionsParams.BankTransfer;

/** The bank transfers that Stripe takes. Source: docs.stripe.com/payments/bank-transfers. */
const BANK_TRANSFERS: Readonly<Record<FundingCurrency, BankTransfer>> = {
  USD: { type: 'us_bank_transfer' },
  EUR: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
  GBP: { type: 'gb_bank_transfer' },
  JPY: { type: 'jp_bank_transfer' },
};

/** Money that comes in at Stripe, and what goes back of it. */
export class StripePayers implements PayerRail {
  constructor(private readonly stripe: InstanceType<typeof Stripe>) {}

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
}

function bankTransferIn(currency: string): BankTransfer {
  if (!isFundingCurrency(currency))
    throw new NotSent(
      'CURRENCY_WITHOUT_BANK_TRANSFER',
      `The bank takes no transfers in ${currency}. Choose ${FUNDING_CURRENCIES.join(', ')}.`,
    );
  return BANK_TRANSFERS[currency];
}

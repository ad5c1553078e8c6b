export {
  PAYMENT_RAIL,
  type Outcome,
  type PaymentRail,
  type RailPayment,
  type RailPayout,
} from './adapter/payment-rail';

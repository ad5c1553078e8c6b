export {
  PAYMENT_RAIL,
  type Outcome,
  type PaymentRail,
  type RailPayment,
  type RailPayout,
} from './adapter/payment-rail';
export { eventHandled, FollowedObject } from './rail-events';

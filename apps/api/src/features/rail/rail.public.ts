export {
  PAYMENT_RAIL,
  type Outcome,
  type PaymentRail,
  type RailBalance,
  type RailDispute,
  type RailMovement,
  type RailPayment,
  type RailPayout,
  type RailRecipient,
  type RailRefund,
  type RailTransfer,
} from './adapter/payment-rail';
export { KnowCustomer } from './use-cases/know-customer';
export { eventHandled, FollowedObject } from './rail-events';

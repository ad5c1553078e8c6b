import { words } from '../../lib/words';

const HAPPENINGS: Readonly<Record<string, string>> = {
  'payment.succeeds': 'A payment of a lab arrives',
  'payment.fails': 'A payment of a lab is refused by its bank',
  'account.activates': 'A payout account becomes active',
  'payout.pays': 'A payout arrives at an expert’s bank',
  'payout.fails': 'A payout comes back from an expert’s bank',
};

const EVENTS: Readonly<Record<string, string>> = {
  'payment_intent.processing': 'A payment is on its way',
  'payment_intent.succeeded': 'A payment arrived',
  'payment_intent.payment_failed': 'A payment was refused',
  'transfer.created': 'A transfer to an expert was taken',
  'payout.created': 'A payout to a bank was begun',
  'payout.paid': 'A payout arrived',
  'payout.failed': 'A payout came back',
  'refund.updated': 'A refund was sent',
  'v2.core.account[configuration.recipient].capability_status_updated': 'A payout account changed',
};

const DELAYS: Readonly<Record<string, { label: string; hint: string }>> = {
  payment: { label: 'A payment arrives after', hint: 'Seconds from asking until the money is there.' },
  onboarding: { label: 'A payout account is ready after', hint: 'Seconds from setting it up.' },
  payout: { label: 'A payout arrives after', hint: 'Seconds from the transfer to the expert’s bank.' },
};

/** What can be made to go wrong, once each: the kind of call, the way, in words. */
export const FAILURES: readonly { kind: string; failure: string; label: string; about: string }[] = [
  {
    kind: 'payment',
    failure: 'fails',
    label: 'The next payment of a lab is refused by its bank',
    about: 'The lab reads why; nothing is credited.',
  },
  {
    kind: 'transfer',
    failure: 'refused',
    label: 'The next transfer to an expert is refused by the rail',
    about: 'The money stays owed; the payout says why.',
  },
  {
    kind: 'payout',
    failure: 'fails',
    label: 'The next payout comes back from the expert’s bank',
    about: 'It is safe in the payout account.',
  },
  {
    kind: 'POST /v1/transfers after',
    failure: 'error',
    label: 'The next transfer is done, and the rail answers with an error',
    about: 'Nobody may be paid twice.',
  },
  {
    kind: 'POST /v1/transfers after',
    failure: 'cut',
    label: 'The next transfer is done, and the line is cut before the answer',
    about: 'Nobody may be paid twice.',
  },
  {
    kind: 'POST /v1/payment_intents after',
    failure: 'error',
    label: 'The next payment is taken, and the rail answers with an error',
    about: 'The lab is charged once.',
  },
  {
    kind: 'POST /v1/payment_intents after',
    failure: 'cut',
    label: 'The next payment is taken, and the line is cut before the answer',
    about: 'The lab is charged once.',
  },
];

/** What will happen at the rail, in words. */
export const happeningWords = (what: string) => HAPPENINGS[what] ?? words(what.replaceAll('.', '_'));

/** What the rail told the product, in words. */
export const eventWords = (type: string) => EVENTS[type] ?? type;

/** A delay as a field: its label and what its seconds count. */
export const delayWords = (name: string) => DELAYS[name] ?? { label: words(name), hint: 'Seconds.' };

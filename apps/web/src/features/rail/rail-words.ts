import { words } from '../../lib/words';

const HAPPENINGS: Readonly<Record<string, string>> = {
  'payment.succeeds': 'A payment of a lab arrives',
  'payment.fails': 'A payment of a lab is refused by its bank',
  'account.activates': 'A payout account becomes active',
  'payout.pays': 'A payout arrives at an expert’s bank',
  'payout.fails': 'A payout comes back from an expert’s bank',
  'payout.pays_and_fails': 'A payout arrives at an expert’s bank, and comes back later',
  'funds.become_available': 'Money that has arrived becomes available',
  'refund.succeeds': 'A refund arrives',
  'refund.fails': 'A refund comes back',
};

const EVENTS: Readonly<Record<string, string>> = {
  'payment_intent.processing': 'A payment is on its way',
  'payment_intent.succeeded': 'A payment arrived',
  'payment_intent.payment_failed': 'A payment was refused',
  'transfer.created': 'A transfer to an expert was taken',
  'payout.created': 'A payout to a bank was begun',
  'payout.paid': 'A payout arrived',
  'payout.failed': 'A payout came back',
  'refund.created': 'A refund was begun',
  'refund.updated': 'A refund was sent',
  'refund.failed': 'A refund came back',
  'payment_intent.requires_action': 'A payment waits for the bank transfer',
  'balance.available': 'Money became available',
  'charge.dispute.created': 'A payment was disputed',
  'charge.dispute.funds_withdrawn': 'The money of a disputed payment was taken',
  'charge.dispute.funds_reinstated': 'The money of a disputed payment came back',
  'charge.dispute.closed': 'A dispute ended',
  'v2.core.account[configuration.recipient].capability_status_updated': 'A payout account changed',
};

const DELAYS: Readonly<Record<string, { label: string; hint: string }>> = {
  payment: { label: 'A payment arrives after', hint: 'Seconds from asking until the money is there.' },
  onboarding: { label: 'A payout account is ready after', hint: 'Seconds from setting it up.' },
  funds: { label: 'Money is available after', hint: 'Seconds from its arrival until it can be paid out.' },
  refund: { label: 'A refund arrives after', hint: 'Seconds from asking for it.' },
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
    kind: 'payout',
    failure: 'fails_late',
    label: 'The next payout arrives, and comes back later',
    about: 'What was shown as paid is corrected.',
  },
  {
    kind: 'refund',
    failure: 'fails',
    label: 'The next refund to a lab comes back',
    about: 'The lab has it in its balance again.',
  },
  {
    kind: 'refund',
    failure: 'needs_details',
    label: 'The next refund waits for details of the lab',
    about: 'It is sent, not arrived, until it is completed below.',
  },
  {
    kind: 'account',
    failure: 'asks_for_more',
    label: 'The next payout account asks for more',
    about: 'It is not active until that is filled in.',
  },
  {
    kind: 'POST /v1/transfers kept',
    failure: 'error',
    label: 'The next transfer is done, and every repetition of it is answered with an error',
    about: 'It is found by its payout; nobody is paid twice.',
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
    kind: 'POST /v1/payouts after',
    failure: 'error',
    label: 'The next payout is sent to the bank, and the rail answers with an error',
    about: 'It is asked again with the same key, or found; no bank is paid twice.',
  },
  {
    kind: 'POST /v1/payouts after',
    failure: 'cut',
    label: 'The next payout is sent to the bank, and the line is cut before the answer',
    about: 'No bank is paid twice.',
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

/** What is at the rail, by its kind there. */
export const OBJECTS: Readonly<Record<string, string>> = {
  payment_intent: 'Payment of a lab',
  dispute: 'Dispute',
  refund: 'Refund to a lab',
  payout: 'Payout to a bank',
  account: 'Payout account',
};

/** What can be made to happen to it, as its button says. */
export const ACTIONS: Readonly<Record<string, string>> = {
  dispute: 'Dispute it',
  win_dispute: 'End it: won',
  lose_dispute: 'End it: lost',
  fail_refund: 'Let it come back',
  complete_refund: 'Let it arrive',
  fail_payout: 'Let it come back',
  ask_for_more: 'Ask for more',
  activate: 'Make it active',
  change_bank: 'Change its bank account',
};

const NUMBERS: Readonly<Record<string, { label: string; hint: string; most: number }>> = {
  payment_ppm: { label: 'Fee of a payment', hint: 'Parts per million of it: 8000 are 0.8 %.', most: 100_000 },
  payment_fixed: { label: 'Fixed fee of a payment', hint: 'Smallest units of the currency.', most: 100_000 },
  dispute: { label: 'Fee of a dispute', hint: 'Smallest units of the currency.', most: 100_000 },
  payout_fixed: { label: 'Fee of a payout', hint: 'US cents.', most: 100_000 },
  duplicates: { label: 'Messages sent twice', hint: 'Percent of them.', most: 100 },
  shuffle: { label: 'Messages out of order', hint: '1 for yes, 0 for no.', most: 1 },
  delay: { label: 'Messages go out after', hint: 'Seconds from what they tell.', most: 86_400 },
};

/** A number of the rail as a field: its label, what it counts, and up to what. */
export const numberWords = (name: string) =>
  NUMBERS[name] ?? { label: words(name), hint: 'A whole number.', most: 86_400 };

/** A rate of exchange as a field; what is kept are millionths. */
export const rateWords = (name: string, value: string) => ({
  label: `${name.toUpperCase()} for one US dollar`,
  hint:
    value === '0'
      ? 'In millionths. There is no rate now: what would have to be exchanged is refused.'
      : `In millionths: now ${Number(value) / 1_000_000} ${name.toUpperCase()}. 0 for no rate.`,
  most: 2_000_000_000,
});

/** How an object stands, in words. */
export const statusWords = (status: string) => words(status.toUpperCase());

/** What is said of a thing in a state. A state whose code is a word already, like ACCEPTED, is said with "is". */
const STATES: Readonly<Record<string, string>> = {
  SENT: 'is still open',
  OFFERED: 'has an offer',
  ENGAGED: 'led to an engagement',
  PENDING: 'is waiting for a decision',
  EXECUTED: 'is carried out',
  OVERTAKEN: 'is not needed any more',
  EXPIRED: 'has expired',
  FAILED: 'has failed',
  VOID: 'is taken back',
  VOIDED: 'is taken out',
  DRAFT: 'is a draft',
  EXPIRING: 'is about to expire',
  BLOCKED_FUNDING: 'is waiting for funds',
  NOTICE: 'is in its notice period',
  ENDED: 'has ended',
  GATED: 'is held',
  UNKNOWN: 'is not answered by the bank yet',
  IN_TRANSIT: 'is on its way',
  RETURNED: 'came back from the bank',
  IN_REVIEW: 'is in review',
  IN_FORCE: 'is in force',
  SUCCEEDED: 'is carried out',
};

/** What cannot be done, after "it cannot". */
const EVENTS: Readonly<Record<string, string>> = {
  OFFER: 'get an offer',
  OFFER_ENDED: 'lose its offer',
  WITHDRAW: 'be withdrawn',
  DECLINE: 'be declined',
  ENGAGE: 'become an engagement',
  ACCEPT: 'be accepted',
  OVERTAKE: 'be replaced',
  EXPIRE: 'expire',
  APPROVE: 'be approved',
  EXECUTE: 'be carried out',
  FAIL: 'fail',
  PAY: 'be paid',
  TAKE_BACK: 'be taken back',
  SUBMIT: 'be submitted',
  FIRST_APPROVAL: 'get a first approval',
  REJECT: 'be rejected',
  NEAR_EXPIRY: 'come near its expiry',
  SUSPEND: 'be suspended',
  TAKE_EFFECT: 'come into force',
  LIFT: 'be lifted',
  REVOKE: 'be revoked',
  APPEAL: 'be appealed against',
  HOLD_FAILED: 'be stopped for want of funds',
  GIVE_NOTICE: 'be ended with notice',
  END: 'end',
  FUNDED: 'be funded',
  COMPUTE: 'be worked out',
  REFUSE: 'be refused',
  REPLACE: 'be replaced',
  CONFIRM: 'be confirmed',
  REQUEST: 'be asked for',
  CANCEL: 'be cancelled',
  TRANSFERRED: 'be transferred',
  UNCLEAR: 'become unclear',
  REFUSED: 'be refused',
  ABSENT: 'be asked for again',
  HOLD: 'be held',
  RETRY: 'be tried again',
  PAID: 'be paid',
  BANK_RETURNED: 'come back from the bank',
  SENT_AGAIN: 'be sent again',
  PUBLISH: 'be published',
  CLOSE: 'be closed',
  FILL: 'be filled',
  FREE: 'become free again',
  RECALL: 'be called back',
  APPROVE_SOME: 'be approved in part',
  QUESTION: 'be questioned',
  APPROVE_ALL: 'be approved',
  VOID: 'be taken out',
  ANSWER: 'be answered',
  SEND: 'be sent',
  ARRIVE: 'be received',
  WAIT: 'be held back',
  ASK: 'be asked for again',
};

/** What is said of a thing in a state: "is accepted". */
export function stateWords(state: string): string {
  return STATES[state] ?? `is ${state.toLowerCase().replaceAll('_', ' ')}`;
}

/** What is said to who asks a second time: "is already accepted", "has already ended", "already has an offer". */
export function alreadyWords(state: string): string {
  const said = stateWords(state);
  return /^(is|has (ended|expired|failed))\b/.test(said) ? said.replace(' ', ' already ') : `already ${said}`;
}

/** An event in words, as they stand after "it cannot". */
export function eventWords(event: string): string {
  const found = EVENTS[event];
  if (found === undefined) throw new RangeError(`the event ${event} has no words`);
  return found;
}

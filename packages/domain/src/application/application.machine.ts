import { defineMachine } from '../machine/machine';

/** An expert asks for a seat. */
export const applicationMachine = defineMachine({
  name: 'application',
  initial: 'APPLIED',
  terminal: ['WITHDRAWN', 'DECLINED', 'ENGAGED'],
  transitions: {
    APPLIED: { OFFER: 'OFFERED', WITHDRAW: 'WITHDRAWN', DECLINE: 'DECLINED' },
    OFFERED: { OFFER_ENDED: 'APPLIED', WITHDRAW: 'WITHDRAWN', ENGAGE: 'ENGAGED' },
    WITHDRAWN: {},
    DECLINED: {},
    ENGAGED: {},
  },
});

/** A lab asks an expert to apply. */
export const invitationMachine = defineMachine({
  name: 'invitation',
  initial: 'SENT',
  terminal: ['ACCEPTED', 'DECLINED', 'WITHDRAWN'],
  transitions: {
    SENT: { ACCEPT: 'ACCEPTED', DECLINE: 'DECLINED', WITHDRAW: 'WITHDRAWN' },
    ACCEPTED: {},
    DECLINED: {},
    WITHDRAWN: {},
  },
});

/** Terms that a lab proposes. */
export const offerMachine = defineMachine({
  name: 'offer',
  initial: 'SENT',
  terminal: ['ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED'],
  transitions: {
    SENT: { ACCEPT: 'ACCEPTED', DECLINE: 'DECLINED', WITHDRAW: 'WITHDRAWN', EXPIRE: 'EXPIRED' },
    ACCEPTED: {},
    DECLINED: {},
    WITHDRAWN: {},
    EXPIRED: {},
  },
});

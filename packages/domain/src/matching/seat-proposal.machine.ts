import { defineMachine } from '../machine/machine';

/** A proposal of who could take which seat. A person confirms it; nobody is turned down by it. */
export const seatProposalMachine = defineMachine({
  name: 'seat-proposal',
  initial: 'WAITING',
  terminal: ['CONFIRMED', 'REPLACED', 'CANCELLED'],
  transitions: {
    WAITING: { COMPUTE: 'READY', REFUSE: 'REFUSED', REPLACE: 'REPLACED', CANCEL: 'CANCELLED' },
    READY: { CONFIRM: 'CONFIRMED', REPLACE: 'REPLACED' },
    REFUSED: { REPLACE: 'REPLACED' },
    CONFIRMED: {},
    REPLACED: {},
    CANCELLED: {},
  },
});

import { defineMachine } from '../machine/machine';

/** A project: a draft until published. */
export const projectMachine = defineMachine({
  name: 'project',
  initial: 'DRAFT',
  terminal: ['CLOSED'],
  transitions: { DRAFT: { PUBLISH: 'OPEN', CLOSE: 'CLOSED' }, OPEN: { CLOSE: 'CLOSED' }, CLOSED: {} },
});

/** An opening: FILLED while all seats are taken. */
export const openingMachine = defineMachine({
  name: 'opening',
  initial: 'DRAFT',
  terminal: ['CLOSED'],
  transitions: {
    DRAFT: { PUBLISH: 'OPEN', CLOSE: 'CLOSED' },
    OPEN: { FILL: 'FILLED', CLOSE: 'CLOSED' },
    FILLED: { FREE: 'OPEN', CLOSE: 'CLOSED' },
    CLOSED: {},
  },
});

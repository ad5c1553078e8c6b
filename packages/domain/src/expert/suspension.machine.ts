import { defineMachine } from '../machine/machine';

/** A suspension of an expert: a person decides it, it takes effect when its notice is over, a person lifts it. */
export const suspensionMachine = defineMachine({
  name: 'suspension',
  initial: 'ANNOUNCED',
  terminal: ['LIFTED'],
  transitions: {
    ANNOUNCED: { TAKE_EFFECT: 'IN_FORCE', LIFT: 'LIFTED' },
    IN_FORCE: { LIFT: 'LIFTED' },
    LIFTED: {},
  },
});

import * as domain from '../index';
import { defineMachine, faultsOf, move, statesOf, type Machine } from './machine';

/** Every machine that the package gives out. */
const MACHINES = Object.entries(domain)
  .filter(([name]) => name.endsWith('Machine') && name !== 'defineMachine' && name !== 'drawMachine')
  .map(([, machine]) => machine as unknown as Machine<string, string>);

it('finds the machines', () => expect(MACHINES.length).toBeGreaterThanOrEqual(10));

describe.each(MACHINES.map((machine) => [machine.name, machine] as const))('%s', (_name, machine) => {
  it('reaches every state and has a way out of each that is not an end', () => {
    expect(faultsOf(machine)).toEqual([]);
  });

  it('answers every pair of state and event, by a move or by a refusal that says why', () => {
    const events = new Set(
      statesOf(machine).flatMap((state) => Object.keys(machine.transitions[state] ?? {})),
    );
    for (const state of statesOf(machine)) {
      for (const event of events) {
        const to = machine.transitions[state]?.[event];
        const result = move(machine, state, event);
        if (to === undefined) expect(result).toMatchObject({ ok: false, refusal: { code: 'STATE_CHANGED' } });
        else expect(result).toEqual({ ok: true, value: to });
      }
    }
  });
});

describe('a machine with faults', () => {
  it('names a state that cannot be reached and one without a way out', () => {
    const broken = defineMachine<string, string>({
      name: 'broken',
      initial: 'A',
      terminal: [],
      transitions: { A: { GO: 'B' }, B: {}, C: { GO: 'A' } },
    });
    expect(faultsOf(broken)).toEqual(['broken: B has no way out', 'broken: C cannot be reached']);
  });
});

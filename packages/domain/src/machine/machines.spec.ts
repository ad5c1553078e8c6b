import * as domain from '../index';
import { defineMachine, faultsOf, move, statesOf, type Machine } from './machine';

/** Every machine that the package gives out. */
const MACHINES = Object.entries(domain)
  .filter(([name]) => name.endsWith('Machine') && name !== 'defineMachine' && name !== 'drawMachine')
  .map(([, machine]) => machine as unknown as Machine<string, string>);

/** "This offer is already accepted." or "This offer has expired; it cannot be accepted now.": no code, and true English. */
const PARTICIPLE = '([a-z]+ed|held|paid|sent|withdrawn|taken|given|filled|worked)';
const STATE = `((has|led to|came back|is (a|in|about|on|not|still|waiting|carried|taken)) ?[a-z ]*|is (open|ready|active|waiting|${PARTICIPLE}))`;
const ALREADY = `((is|has) already|already (has|led to|came back)) [a-z ]+`;
const EVENT = `(be ${PARTICIPLE}( [a-z ]+)?|(get|lose|become|come) [a-z ]+|expire|fail|end)`;
const REFUSAL = new RegExp(
  `^This [a-z ]+ (${ALREADY}|${STATE}; it cannot ${EVENT} now)\\. Load the page again`,
);

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
        if (to === undefined)
          expect(result).toMatchObject({
            ok: false,
            refusal: { code: 'STATE_CHANGED', message: expect.stringMatching(REFUSAL) },
          });
        else expect(result).toEqual({ ok: true, value: to });
      }
    }
  });
});

it('says what a second click did not do, and what is too late', () => {
  const saying = (...[machine, state, event]: Parameters<typeof move>) => {
    const result = move(machine, state, event);
    return result.ok ? '' : result.refusal.message.split(' Load')[0];
  };
  const { offerMachine, invoiceMachine } = domain as unknown as Record<string, Machine<string, string>>;
  expect(saying(offerMachine!, 'ACCEPTED', 'ACCEPT')).toBe('This offer is already accepted.');
  expect(saying(offerMachine!, 'EXPIRED', 'ACCEPT')).toBe(
    'This offer has expired; it cannot be accepted now.',
  );
  expect(saying(invoiceMachine!, 'PAID', 'TAKE_BACK')).toBe(
    'This invoice is paid; it cannot be taken back now.',
  );
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

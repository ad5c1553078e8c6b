import { ok, refuse, type Result } from '../result/result';
import { alreadyWords, eventWords, stateWords } from './machine-words';

/** A state machine as data: from each state, which event leads where. */
export interface Machine<S extends string, E extends string> {
  readonly name: string;
  readonly initial: S;
  /** States that are an end. */
  readonly terminal: readonly S[];
  readonly transitions: { readonly [state in S]: { readonly [event in E]?: S } };
}

/** Declares a machine; keeps the names of its states and events for the compiler. */
export function defineMachine<S extends string, E extends string>(machine: Machine<S, E>): Machine<S, E> {
  return machine;
}

/** The states of a machine. */
export function statesOf<S extends string, E extends string>(machine: Machine<S, E>): S[] {
  return Object.keys(machine.transitions) as S[];
}

/** Moves on by an event. Refuses with STATE_CHANGED where the state does not know the event. */
export function move<S extends string, E extends string>(
  machine: Machine<S, E>,
  state: string,
  event: E,
): Result<S> {
  const to = machine.transitions[state as S]?.[event];
  if (to !== undefined) return ok(to);
  const what = machine.name.replace(/-/g, ' ');
  const isThere = Object.values<{ [event in E]?: S }>(machine.transitions).some(
    (ways) => ways[event] === state,
  );
  const why = isThere ? alreadyWords(state) : `${stateWords(state)}; it cannot ${eventWords(event)} now`;
  return refuse('STATE_CHANGED', `This ${what} ${why}. Load the page again to see where it stands.`);
}

/** What is wrong with a machine: states that cannot be reached, or that have no way out and are not an end. */
export function faultsOf<S extends string, E extends string>(machine: Machine<S, E>): string[] {
  const reached = new Set<S>([machine.initial]);
  for (const state of reached)
    for (const to of Object.values(machine.transitions[state]) as S[]) reached.add(to);
  return statesOf(machine).flatMap((state) => {
    const ways = Object.keys(machine.transitions[state]).length;
    const isEnd = machine.terminal.includes(state);
    return [
      ...(reached.has(state) ? [] : [`${machine.name}: ${state} cannot be reached`]),
      ...(ways === 0 && !isEnd ? [`${machine.name}: ${state} has no way out`] : []),
      ...(ways > 0 && isEnd ? [`${machine.name}: ${state} is an end with a way out`] : []),
    ];
  });
}

/** The machine as a mermaid state diagram. */
export function drawMachine<S extends string, E extends string>(machine: Machine<S, E>): string {
  const lines = statesOf(machine).flatMap((state) =>
    Object.entries(machine.transitions[state]).map(([event, to]) => `  ${state} --> ${String(to)}: ${event}`),
  );
  const ends = machine.terminal.map((state) => `  ${state} --> [*]`);
  return ['stateDiagram-v2', `  [*] --> ${machine.initial}`, ...lines, ...ends].join('\n');
}

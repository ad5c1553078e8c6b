import {
  assignSeats,
  type SeatAssignment,
  type SeatOutcome,
  type SeatProblem,
  type SeatStep,
} from '@tallystick/matching';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread of a search is given. */
export interface SeatTask {
  readonly problem: SeatProblem;
  readonly seconds: number;
}

/** What it says: what it is at, the best so far, and in the end the outcome. */
export type SeatWord =
  { readonly step: SeatStep } | { readonly found: SeatAssignment } | { readonly outcome: SeatOutcome };

const { problem, seconds } = workerData as SeatTask;
const started = performance.now();
const say = (word: SeatWord) => parentPort?.postMessage(word);

void assignSeats(problem, {
  secondsLeft: () => seconds - (performance.now() - started) / 1000,
  told: (step) => say({ step }),
  found: (found) => say({ found }),
}).then((outcome) => say({ outcome }));

export * from './documents';
export { gatesOf, isEligible, type Gate } from './gates/gates';
export { MODEL, PART_WORDS, type PartName } from './scoring/model';
export { Snapshot, type Fit, type Part, type Reasons } from './snapshot';
export { BrokenLine, readExperts, readOpenings, runLines, type Read } from './rank/rank';
export { termsOf, trigramsOf } from './text/tokens';
export {
  assignSeats,
  MOST_EXACT_PAIRS,
  type AssignedSeat,
  type OpeningOutcome,
  type SeatAssignment,
  type SeatOutcome,
  type Unseated,
} from './seats/assign-seats';
export {
  BrokenProblem,
  type SeatExpert,
  type SeatOpening,
  type SeatPair,
  type SeatProblem,
  type SeatRefusal,
} from './seats/problem';
export type { WhyNot } from './seats/reasons';
export { loadSolver } from './seats/solver';
export { BrokenTable, readAffinities, seatLines, type AffinityTable } from './seats/affinity-csv';

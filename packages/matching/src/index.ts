export * from './documents';
export type { Removed } from './gates/removed';
export { conflictQuestions, type ConflictQuestion } from './gates/conflict-gate';
export { declarationKey } from './gates/named-organisations';
export { GATE_CODES, type Gate, type GateCode } from './gates/gate';
export { UNDECIDED } from './gates/credential-gate';
export { removedTogether } from './shard/together';
export { gatesFor, gatesOf, isEligible } from './gates/gates';
export {
  HAND_WEIGHTS,
  PART_NAMES,
  PART_WORDS,
  type PartName,
  type PartWeights,
  type Weighting,
} from './scoring/model';
export {
  checkedModel,
  sealedModel,
  type Model,
  type ModelContent,
  type ModelMetrics,
} from './scoring/sealed-model';
export { CANDIDATES, shortlistOrder, type Placed, type Showable } from './scoring/shortlist-order';
export { replayed } from './scoring/replay';
export type { Averages, Calibration, PairSteps } from './scoring/pair-score';
export {
  NEWCOMER_WEEKS,
  passRates,
  passShare,
  timelyShare,
  HALF_LIFE_DAYS,
  type WorkedWeeks,
} from './scoring/track-record';
export { learn, LEAST_OPENINGS, type Judges, type Learned } from './learning/learn';
export { readOutcomes, type JudgedOpening, type OutcomeLine } from './learning/outcomes';
export { Snapshot } from './snapshot';
export { explainerOf, type Explain, type Fit, type Part, type Reasons, type Step } from './scoring/explained';
export {
  assignSeats,
  MOST_EXACT_PAIRS,
  notWorkedOut,
  SEARCH_SECONDS,
  type AssignedSeat,
  type OpeningOutcome,
  type SeatAssignment,
  type SeatOutcome,
  type SeatSearch,
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
export type { SeatStep } from './seats/exact';
export type { WhyNot } from './seats/reasons';
export { loadSolver } from './seats/solver';
export { BrokenTable, readAffinities, seatLines, type AffinityTable } from './seats/affinity-csv';
export {
  BrokenLine,
  rankOpenings,
  readExperts,
  readOpenings,
  type RankedOpening,
  type Read,
} from './rank/rank';
export { similarTo, type OrganisationsById, type Similar } from './similar/similar';
export { isLanguage, LANGUAGE_CODES, termsOf, trigramsOf, type LanguageCode } from './text/tokens';
export { occupationsOf, type Occupation, type TaxonomyEntry } from './taxonomy/taxonomy';
export { OccupationIndex } from './taxonomy/occupation-index';
export {
  type Candidates,
  type CandidateRetriever,
  type PairScores,
  type ScoredExpert,
} from './shard/candidate-retriever';
export { isSampled } from './index/even-sample';
export { statisticsFrom } from './shard/count';
export type { FirstLook, NamedLeader, Overview, ShardDoor, ShardState } from './shard/door';
export type { Rows, ScoredPair } from './shard/row';
export { Gathered, ShardsApart } from './shard/gathered';
export type { ShardSettings } from './shard/layer';
export { localDoor } from './shard/local-door';
export { Shard, ShardBuilder, type Change } from './shard/shard';
export { shardOf } from './shard/shard-of';
export { statisticsOf, type PlainStatistics, type Statistics } from './index/statistics';
export { askedTextOf, LEXEMES_VERSION, searchTextOf, type AskedText, type SearchText } from './shard/lexemes';
export { credentialKeys, wantedKeys } from './gates/credential-keys';
export { LEVELS } from './gates/language-gate';
export { averagesOf } from './scoring/rows';
export { printOf } from './text/set-print';

import type { OpeningDocument } from '../documents';
import type { Removed } from '../gates/removed';
import type { Averages } from '../scoring/pair-score';
import type { ScoredPair } from './row';

/** An expert with the parts of their score, the steps to it, and what their place depends on beside it. */
export interface ScoredExpert extends ScoredPair {
  readonly expertId: string;
  readonly score: number;
  readonly exposure: number;
  readonly isNewcomer: boolean;
}

/** The experts that an opening found. */
export interface Candidates {
  /** Names what was searched: the same snapshot, opening and model give the same bytes. */
  readonly snapshot: string;
  /** True where nobody who is eligible could be missing; otherwise some of the less fitting may be. */
  readonly isExact: boolean;
  /** Best first, ties by id; each passes every gate that the retriever knows. */
  readonly experts: readonly ScoredExpert[];
  /** How many experts there are, and how many of them pass. */
  readonly size: number;
  readonly eligible: number;
  readonly removed: readonly Removed[];
  /** The value of each part on average. */
  readonly averages: Averages;
}

/** How some experts fit some openings. */
export interface PairScores {
  readonly snapshot: string;
  /** By opening, in their order: each expert who is known, with parts and steps. */
  readonly scored: readonly ReadonlyMap<string, ScoredPair>[];
}

/**
 * Finds the experts for an opening. Whatever is behind it, the parts of a score are worked out by the same code, and gates are asked
 * again of the record before anything is kept.
 */
export interface CandidateRetriever {
  /** The best of those who pass the gates. @param limit at most so many, 1 to 1,000 */
  retrieve(opening: OpeningDocument, limit: number): Promise<Candidates>;
  /** How given experts fit given openings, whether they pass the gates or not. */
  pairs(expertIds: readonly string[], openings: readonly OpeningDocument[]): Promise<PairScores>;
}

import type { OpeningDocument } from '../documents';
import type { Removed } from '../gates/removed';
import type { Averages } from '../scoring/pair-score';
import type { SampleSums } from '../scoring/rows';
import type { Leader } from '../scoring/occupation-worth';
import type { Print } from '../text/set-print';
import type { Rows } from './row';

/** Which experts a shard answers from. */
export interface ShardState {
  /** The statistics that it scores with. */
  readonly statisticsId: string;
  readonly occupationsId: string;
  /** The sum of the prints of its experts. */
  readonly print: Print;
  /** How many they are. */
  readonly size: number;
}

/** One of the few whose words fit an opening best. */
export interface NamedLeader extends Leader {
  readonly expertId: string;
}

/** What all shards together know of an opening. */
export interface Shared {
  readonly leaders: readonly Leader[];
  readonly averages: Averages;
}

/** What a shard tells of the words of an opening. */
export interface Overview {
  readonly leaders: readonly NamedLeader[];
  /** Of those over whom averages are taken. */
  readonly sample: SampleSums;
}

/** What a shard tells of an opening before it is known what the others have. */
export interface FirstLook extends Overview {
  readonly state: ShardState;
  readonly eligible: number;
  readonly removed: readonly Removed[];
}

/** The way to one shard, in this process or in another. */
export interface ShardDoor {
  look(opening: OpeningDocument): Promise<FirstLook>;
  /**
   * The best of a shard.
   * @param shared what all shards know together
   * @param isCut true where so many are eligible that only the most promising are scored by every part
   * @param limit how many are wanted where it is not cut
   */
  find(
    opening: OpeningDocument,
    shared: Shared,
    isCut: boolean,
    limit: number,
  ): Promise<{ readonly state: ShardState; readonly rows: Rows }>;
  /** What the words of each of some openings find. */
  overviews(openings: readonly OpeningDocument[]): Promise<Overview[]>;
  /** How some experts fit some openings; who is not in the shard is left out. @param shared what all shards know together, by opening */
  pairs(
    expertIds: readonly string[],
    openings: readonly OpeningDocument[],
    shared: readonly Shared[],
  ): Promise<{ readonly state: ShardState; readonly rows: readonly Rows[] }>;
}

import type { OpeningDocument } from '../documents';
import type { Removed } from '../gates/gate-index';
import type { PartWeights } from '../scoring/model';
import type { Leader } from '../scoring/opening-scorer';
import type { Print } from '../text/set-print';

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

/** What a shard tells of an opening before it is known what the others have. */
export interface FirstLook {
  readonly state: ShardState;
  readonly leaders: readonly NamedLeader[];
  readonly eligible: number;
  readonly removed: readonly Removed[];
}

/** Scored experts. */
export interface Rows {
  readonly ids: readonly string[];
  /** Of each expert what put it before the others (0 where all were scored), then the value of each part, in the order of the parts. */
  readonly numbers: Float32Array;
  /** What each part counts for this opening; absent where nobody was scored. */
  readonly weights?: PartWeights;
}

/** The way to one shard, in this process or in another. */
export interface ShardDoor {
  look(opening: OpeningDocument): Promise<FirstLook>;
  /**
   * The best of a shard.
   * @param leaders of all shards
   * @param isCut true where so many are eligible that only the most promising are scored by every part
   * @param limit how many are wanted where it is not cut
   */
  find(
    opening: OpeningDocument,
    leaders: readonly Leader[],
    isCut: boolean,
    limit: number,
  ): Promise<{ readonly state: ShardState; readonly rows: Rows }>;
  /** The leaders of each of some openings. */
  leaders(openings: readonly OpeningDocument[]): Promise<NamedLeader[][]>;
  /** How some experts fit some openings; who is not in the shard is left out. @param leaders of all shards, by opening */
  pairs(
    expertIds: readonly string[],
    openings: readonly OpeningDocument[],
    leaders: readonly (readonly Leader[])[],
  ): Promise<{ readonly state: ShardState; readonly rows: readonly Rows[] }>;
}

import type { ShardDoor } from './door';
import type { Shard } from './shard';

/** The way to a shard in the same thread. */
export function localDoor(shard: Shard): ShardDoor {
  return {
    look: async (...given) => shard.look(...given),
    find: async (...given) => shard.find(...given),
    overviews: async (...given) => shard.overviews(...given),
    pairs: async (...given) => shard.pairs(...given),
  };
}

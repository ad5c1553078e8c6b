/** A Redis Cluster of its own. */
export interface RedisCluster {
  readonly urls: readonly string[];
  /** Kills a node without a word. */
  kill(at: number): Promise<void>;
  /** Starts a killed node again, with what it had, and waits until the cluster is whole. */
  revive(at: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis Cluster of `size` nodes, three without it, that keeps its data in a folder. */
export function startRedisCluster(folder: string, size?: number): Promise<RedisCluster>;

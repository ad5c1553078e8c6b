import { createPostgresBackend, Queue, QueueEvents, Worker, type Job } from 'bullmq';
import { Cluster, Redis, type ClusterNode, type ClusterOptions } from 'ioredis';
import type { Config } from '../config/config';

/** How a worker takes jobs. */
export interface Working {
  readonly concurrency: number;
  /** A job whose worker was not heard of for this long is given to another. */
  readonly lostAfterMs: number;
}

const LONGEST_PAUSE_MS = 1000;
/** A job whose worker was lost more often than this has failed for good: it may be what ends its workers. */
const MOST_LOST = 5;
/** So often it is looked for lost jobs within the time after which one counts as lost. */
const LOOKS = 3;

/**
 * A cluster for BullMQ, which waits for jobs and for events on duplicates. There a command ends as soon as its node does: BullMQ asks
 * again by itself, and what it has given up would otherwise go on from node to node, ever more of it.
 */
class QueueCluster extends Cluster {
  override duplicate(nodes?: ClusterNode[], options?: Partial<ClusterOptions>): Cluster {
    return super.duplicate(nodes, { ...options, retryDelayOnFailover: 0, retryDelayOnClusterDown: 0 });
  }
}

/**
 * Where queues live: in PostgreSQL, in the Redis of REDIS_URL, or in the Redis Cluster of REDIS_CLUSTER. In a cluster each queue keeps
 * to one node, by the hash tag in its prefix, and different queues lie on different nodes.
 */
export class Connections {
  private readonly opened: (Redis | Cluster)[] = [];

  constructor(private readonly config: Config) {}

  get isRedis(): boolean {
    return this.nodes.length > 0;
  }

  queue(name: string): Queue {
    return this.isRedis
      ? new Queue(name, { ...this.placeOf(name), connection: this.redis(1) })
      : (new Queue(name, { connection: this.postgres() }, createPostgresBackend) as unknown as Queue);
  }

  /** A worker that does not run yet. */
  worker(name: string, run: (job: Job) => Promise<unknown>, { concurrency, lostAfterMs }: Working): Worker {
    // Whose worker was lost is found at the second look after: looking often brings it close to the time after which it counts as lost.
    const stalledInterval = Math.ceil(lostAfterMs / LOOKS);
    const lost = { lockDuration: lostAfterMs, stalledInterval, maxStalledCount: MOST_LOST };
    const options = { ...lost, concurrency, autorun: false, runRetryDelay: LONGEST_PAUSE_MS };
    return this.isRedis
      ? new Worker(name, run, { ...this.placeOf(name), connection: this.redis(null), ...options })
      : (new Worker(
          name,
          run,
          { connection: this.postgres(), ...options },
          createPostgresBackend,
        ) as unknown as Worker);
  }

  /** What is told of the jobs of a queue. */
  events(name: string): QueueEvents {
    return this.isRedis
      ? new QueueEvents(name, { ...this.placeOf(name), connection: this.redis(null) })
      : (new QueueEvents(
          name,
          { connection: this.postgres() },
          createPostgresBackend,
        ) as unknown as QueueEvents);
  }

  close(): void {
    for (const connection of this.opened) connection.disconnect();
  }

  private get nodes(): string[] {
    const cluster = this.config.get('REDIS_CLUSTER');
    if (cluster) return cluster.split(',');
    const alone = this.config.get('REDIS_URL');
    return alone ? [alone] : [];
  }

  private placeOf(name: string): { readonly prefix?: string } {
    return this.config.get('REDIS_CLUSTER') ? { prefix: `{bull-${name}}` } : {};
  }

  /** Sequential scans are off because the job table's statistics lag behind its bursts. */
  private postgres() {
    return {
      connectionString: this.config.get('DATABASE_URL'),
      max: 2,
      skipMigrations: true,
      options: '-c enable_seqscan=off',
    };
  }

  private redis(maxRetriesPerRequest: number | null): Redis | Cluster {
    const [first = '', ...others] = this.nodes;
    const connection = this.config.get('REDIS_CLUSTER')
      ? clusterOf([first, ...others], maxRetriesPerRequest)
      : new Redis(first, { maxRetriesPerRequest });
    connection.on('error', () => undefined);
    this.opened.push(connection);
    return connection;
  }
}

/** A cluster by some of its nodes; user and password are those of the first. */
function clusterOf(nodes: readonly string[], maxRetriesPerRequest: number | null): Cluster {
  const { username, password, protocol } = new URL(nodes[0] ?? '');
  const redisOptions = {
    maxRetriesPerRequest,
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
  return new QueueCluster(
    nodes.map((node) => ({ host: new URL(node).hostname, port: Number(new URL(node).port || 6379) })),
    {
      redisOptions,
      // With the check ioredis forgets whoever waits for a connection that it makes anew meanwhile, and BullMQ would wait for ever.
      enableReadyCheck: false,
      // Names are looked up by each connection. Between a look-up before and its connections, what ends of the last ones ends the new.
      dnsLookup: (name, told) => told(null, name),
      // A node that is away is waited for as long as it takes; a request that may not wait says so by itself.
      clusterRetryStrategy: (times) => Math.min(100 * times, LONGEST_PAUSE_MS),
      retryDelayOnClusterDown: LONGEST_PAUSE_MS / 4,
      retryDelayOnFailover: LONGEST_PAUSE_MS / 4,
      maxRedirections: maxRetriesPerRequest === null ? 10_000 : 16,
    },
  );
}

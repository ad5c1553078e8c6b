// What the tests run on: a PostgreSQL of their own with a migrated template, a Redis, and a Redis Cluster of three nodes.
import { mkdtempSync, rmSync, existsSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { startPostgres } from './embedded/postgres.mjs';
import { prepareDatabase } from './embedded/roles.mjs';
import { startRedis, startRedisCluster } from './embedded/redis.mjs';
import { migrate } from './migrate.mjs';

const TEMPLATE = 'tallystick_template';

/** Starts them. Returns the environment for the tests and how to stop. */
export async function startTestServices() {
  const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tallystick-test-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), isDurable: false });
  const superuser = postgres.url('postgres', '', 'postgres');
  await prepareDatabase(superuser, TEMPLATE);
  await migrate(postgres.url('tallystick_owner', '', TEMPLATE));
  const redis = await startRedis(path.join(folder, 'redis'));
  const cluster = await startRedisCluster(path.join(folder, 'cluster'));
  return {
    environment: {
      TEST_POSTGRES: superuser,
      TEST_TEMPLATE: TEMPLATE,
      TEST_REDIS: redis.url,
      TEST_REDIS_CLUSTER: cluster.urls.join(','),
    },
    stop: async () => {
      await cluster.stop();
      await redis.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

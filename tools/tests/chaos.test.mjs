// What `npm run chaos:money` does harm to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harm } from '../chaos/faults.mjs';
import { randomFrom } from '../chaos/random.mjs';

/** A product that notes what is killed; what is named in `ended` does not run when it is killed first. */
function productOf(servers, ended = new Set()) {
  const killed = [];
  const kill = async (name) => {
    if (ended.delete(name)) return false;
    killed.push(name);
    return true;
  };
  return {
    ...{ servers, killed, kill, environment: {}, sandboxPort: 1 },
    start: async () => undefined,
    killPostgres: async () => void (await kill('postgres')),
    killRedis: async () => servers.redis !== undefined && kill('redis'),
  };
}

void test('a run kills every program once at least, however short it is', async () => {
  for (const seed of [1, 2]) {
    const product = productOf({}, new Set(['worker']));
    const done = await harm(product, randomFrom(seed), () => true);
    assert.deepEqual(new Set(product.killed), new Set(['api', 'postgres', 'worker']));
    assert.deepEqual(done, { api: 1, worker: 1, postgres: 1, redis: 0, rail: 0 });
  }
});

void test('a run kills Redis too, where the queue is there', async () => {
  const product = productOf({ redis: {} });
  const { redis } = await harm(product, randomFrom(3), () => true);
  assert.equal(redis, 1);
});

// What goes wrong while people act. Each fault is drawn from the seed.
import { setTimeout as wait } from 'node:timers/promises';

const CUTS = [
  ['POST /v1/transfers after', 'cut'],
  ['POST /v1/transfers after', 'error'],
  ['POST /v1/payment_intents after', 'cut'],
  ['POST /v1/payment_intents after', 'error'],
  ['POST /v1/payouts after', 'cut'],
  ['POST /v1/payouts after', 'error'],
  ['payout', 'fails'],
  ['payout', 'fails_late'],
  ['payment', 'fails'],
  ['transfer', 'refused'],
];

/** How each program is killed and started again; false where there was none to kill. */
const KILLS = {
  api: (product, random) => killed(product, 'api', random.below(500)),
  worker: (product, random) => killed(product, 'worker', random.below(1500)),
  postgres: async (product) => {
    await product.killPostgres();
    return true;
  },
  redis: (product) => product.killRedis(),
};

/** What a run kills, drawn in a hundred; where it is nothing, only the rail does harm. */
const DRAWN = [
  [30, 'api'],
  [55, 'worker'],
  [70, 'postgres'],
  [78, 'redis'],
];

/**
 * Does harm until `isOver`, and until every program was killed once at least: each is killed once first, in an order of
 * the seed, and after that as it is drawn. Returns how often each was done.
 */
export async function harm(product, random, isOver) {
  const done = { api: 0, worker: 0, postgres: 0, redis: 0, rail: 0 };
  const owed = shuffled(killable(product), random);
  let next = random.below(CUTS.length);
  while (!isOver() || owed.length > 0) {
    await wait(300 + random.below(1200));
    if (isOver() && owed.length === 0) break;
    // In turn, so that within one seed each leg of the money has its faults.
    for (const [kind, failure] of [CUTS[next++ % CUTS.length], CUTS[next++ % CUTS.length]])
      if (await setFailure(product, kind, failure)) done.rail++;
    const name = owed[0] ?? drawn(random);
    if (name === undefined || !(await KILLS[name](product, random))) continue;
    done[name]++;
    if (owed[0] === name) owed.shift();
  }
  return done;
}

/** The programs that a run kills: Redis too, where the queue is there. */
export function killable({ servers }) {
  return Object.keys(KILLS).filter((name) => name !== 'redis' || servers.redis !== undefined);
}

function shuffled(names, random) {
  const left = [...names];
  return names.map(() => left.splice(random.below(left.length), 1)[0]);
}

function drawn(random) {
  const number = random.below(100);
  return DRAWN.find(([below]) => number < below)?.[1];
}

async function killed(product, name, rest) {
  const ran = await product.kill(name);
  await wait(rest);
  await product.start(name);
  return ran;
}

async function setFailure({ sandboxPort, environment }, kind, failure) {
  const response = await fetch(`http://127.0.0.1:${sandboxPort}/_sandbox/failures`, {
    method: 'POST',
    headers: {
      authorization: `Bearer sk_test_${environment.SANDBOX_SECRET}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ kind, failure }),
    signal: AbortSignal.timeout(3000),
  }).catch(() => undefined);
  return response?.ok ?? false;
}

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

/** Does harm until `isOver`. Returns how often each was done. */
export async function harm(product, random, isOver) {
  const done = { api: 0, worker: 0, postgres: 0, redis: 0, rail: 0 };
  let next = random.below(CUTS.length);
  while (!isOver()) {
    await wait(300 + random.below(1200));
    if (isOver()) break;
    // In turn, so that within one seed each leg of the money has its faults.
    for (const [kind, failure] of [CUTS[next++ % CUTS.length], CUTS[next++ % CUTS.length]])
      if (await setFailure(product, kind, failure)) done.rail++;
    const drawn = random.below(100);
    if (drawn < 30) {
      if (await product.kill('api')) done.api++;
      await wait(random.below(500));
      await product.start('api');
    } else if (drawn < 55) {
      if (await product.kill('worker')) done.worker++;
      await wait(random.below(1500));
      await product.start('worker');
    } else if (drawn < 70) {
      await product.killPostgres();
      done.postgres++;
    } else if (drawn < 78 && (await product.killRedis())) {
      done.redis++;
    }
  }
  return done;
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

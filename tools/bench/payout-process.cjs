// One payout run, or the transfers that it asked for, in a process of its own, so that its memory is its own.
// Run by the bench with the product's environment and BENCH_PART; tells its figures to its parent.
'use strict';
const path = require('node:path');

const root = path.join(__dirname, '../../apps/api/dist');
require('reflect-metadata');
const { NestFactory } = require('@nestjs/core');
const { FeaturesModule } = require(path.join(root, 'features.module'));
const { RunPayouts, SendToBanks, TransferPayouts } = require(
  path.join(root, 'features/payout/payout.public'),
);
const { Database } = require(path.join(root, 'platform/prisma/database'));
const { takeUnsent, markSent } = require(path.join(root, 'platform/outbox/outbox.repository'));

const MIB = 1024 * 1024;
/** Jobs that are taken from the outbox at a time: one holds the payouts of a batch. */
const JOBS = 10;

async function main() {
  const app = await NestFactory.createApplicationContext(FeaturesModule, { logger: ['error'] });
  const get = (type) => app.get(type, { strict: false });
  const part = process.env.BENCH_PART === 'run' ? () => run(get) : () => transfers(get);
  let heap = 0;
  const watch = setInterval(() => (heap = Math.max(heap, process.memoryUsage().heapUsed)), 100);
  const began = performance.now();
  const rows = await part();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  global.gc();
  const liveMiB = process.memoryUsage().heapUsed / MIB;
  process.send({ rows, seconds, peakMiB, heapMiB: heap / MIB, liveMiB });
  await app.close();
  process.exit(0);
}

/** A run over everybody, up to payouts that the rail is to be asked for. */
async function run(get) {
  const { requested } = await get(RunPayouts).all();
  return requested;
}

/** Jobs of transfers that wait in the outbox, up to BENCH_TRANSFERS payouts: gates again, the rail over HTTP, one posting a batch, and on to each bank. */
async function transfers(get) {
  const { client } = get(Database);
  const wanted = Number(process.env.BENCH_TRANSFERS);
  let sent = 0;
  while (sent < wanted) {
    const jobs = await client.$transaction(async (db) => {
      const found = await takeUnsent(db, JOBS);
      await markSent(
        db,
        found.map(({ id }) => id),
        new Date(),
      );
      return found;
    });
    if (jobs.length === 0) return sent;
    for (const { name, payload } of jobs) {
      if (name === 'send-to-banks') await get(SendToBanks).run(payload.payoutIds);
      if (name !== 'transfer-payouts') continue;
      if (sent >= wanted) break;
      await get(TransferPayouts).run(payload.payoutIds);
      sent += payload.payoutIds.length;
    }
  }
  return sent;
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

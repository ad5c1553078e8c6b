// npm run chaos:webhooks -- --seeds N: webhooks twice, out of order, late and with bad signatures in between, over HTTP
// and PostgreSQL, N times; each ends in the same state as once and in order, or the command fails and names the seed.
import './start/help.mjs';
import { spawnSync } from 'node:child_process';
import { startTestServices } from './test-services.mjs';

const at = process.argv.indexOf('--seeds');
const seeds = at > 0 ? process.argv[at + 1] : '1000';
if (!/^[1-9]\d{0,5}$/.test(seeds ?? '')) {
  console.error('Say how many: npm run chaos:webhooks -- --seeds 1000');
  process.exit(2);
}
const services = await startTestServices();
const command = [
  'jest',
  '-c',
  'tools/jest/jest.config.cjs',
  '-i',
  '--testPathPatterns',
  'rail/webhook-order',
];
const begun = Date.now();
const { status } = spawnSync('npx', command, {
  stdio: 'inherit',
  env: { ...process.env, ...services.environment, NODE_ENV: 'test', WEBHOOK_SEEDS: seeds },
});
await services.stop();
console.log(
  JSON.stringify({
    seeds: Number(seeds),
    isRight: status === 0,
    seconds: Math.round((Date.now() - begun) / 1000),
  }),
);
process.exit(status ?? 1);

// npm test: installs, builds, runs every test, and ends with `N passed, N failed`.
// Usage: node tools/test.mjs [--only unit|api|tools|journey]
import './start/help.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, isInstallDue, ROOT } from './install.mjs';

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
if (only !== undefined && !['unit', 'api', 'tools', 'journey'].includes(only)) {
  console.error('--only takes unit, api, tools or journey.');
  process.exit(2);
}

const totals = { passed: 0, failed: 0 };
if (isInstallDue()) {
  console.log('installing packages');
  await install();
}
run('build', 'npm', ['run', '--silent', 'build']);
const { startTestServices } = await import('./test-services.mjs');
const services = await startTestServices();
try {
  if (only === undefined || only === 'unit') jest('unit', ['--selectProjects', 'domain', 'matching']);
  if (only === undefined || only === 'api') jest('api', ['--selectProjects', 'api']);
  if (only === undefined || only === 'tools') await tools();
  if (existsSync(path.join(ROOT, 'tools/journeys/run.mjs')) && (only === undefined || only === 'journey'))
    await journeys();
} finally {
  await services.stop();
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);

function run(name, program, args, env = {}) {
  const started = Date.now();
  const done = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  console.log(
    `${name}: ${done.status === 0 ? 'done' : 'failed'} in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  if (done.status !== 0 && name === 'build') {
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  return done.status === 0;
}

/** Runs Jest on some projects and adds up what it counted. A run that counts nothing has failed. */
function jest(name, args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-jest-'));
  const report = path.join(folder, 'report.json');
  const isGreen = run(
    name,
    'npx',
    ['jest', '-c', 'tools/jest/jest.config.cjs', '--json', `--outputFile=${report}`, ...args],
    { ...services.environment, NODE_ENV: 'test' },
  );
  const counted = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 1 };
  rmSync(folder, { recursive: true, force: true });
  count(isGreen ? 0 : 1, String(counted.numPassedTests), String(counted.numFailedTests));
}

/** Runs the tests of the start and of operations, which Node runs itself. */
async function tools() {
  const files = readdirSync(path.join(ROOT, 'tools/tests')).filter((name) => name.endsWith('.test.mjs'));
  const args = ['--test', '--test-reporter=spec', '--test-concurrency=1'];
  const said = await streamed([...args, ...files.map((name) => `tools/tests/${name}`)]);
  count(said.status, /^ℹ pass (\d+)$/m.exec(said.text)?.[1], /^ℹ fail (\d+)$/m.exec(said.text)?.[1]);
}

/** Runs the browser journeys; they print `journeys: N passed, N failed` themselves. */
async function journeys() {
  const said = await streamed(['tools/journeys/run.mjs']);
  const counted = /journeys: (\d+) passed, (\d+) failed/.exec(said.text) ?? [];
  count(said.status, counted[1], counted[2]);
}

/** Adds up what a run counted. One that counted nothing, or ended badly without a failure, has failed. */
function count(status, passed = '0', failed = '0') {
  totals.passed += Number(passed);
  const isEmpty = Number(passed) + Number(failed) === 0;
  totals.failed += Math.max(Number(failed), status === 0 && !isEmpty ? 0 : 1);
}

/** Runs a script of ours, shows what it says as it says it, and gives it back. */
function streamed(args) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...services.environment },
  });
  let text = '';
  child.stdout.on('data', (part) => {
    process.stdout.write(part);
    text += part;
  });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, text })));
}

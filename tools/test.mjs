// npm test: installs, builds, runs every test, and ends with `N passed, N failed`.
// Usage: node tools/test.mjs [--only unit|api|journey]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, isInstallDue, ROOT } from './install.mjs';

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
if (only !== undefined && !['unit', 'api', 'journey'].includes(only)) {
  console.error('--only takes unit, api or journey.');
  process.exit(2);
}

const totals = { passed: 0, failed: 0 };
if (isInstallDue()) {
  console.log('installing packages');
  install();
}
run('build', 'npm', ['run', '--silent', 'build']);
const { startTestServices } = await import('./test-services.mjs');
const services = await startTestServices();
try {
  if (only === undefined || only === 'unit') jest('unit', ['--selectProjects', 'domain', 'matching']);
  if (only === undefined || only === 'api') jest('api', ['--selectProjects', 'api']);
  if (existsSync(path.join(ROOT, 'tools/journeys/run.mjs')) && (only === undefined || only === 'journey'))
    journeys();
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
  totals.passed += counted.numPassedTests;
  totals.failed += Math.max(counted.numFailedTests, isGreen ? 0 : 1);
}

/** Runs the browser journeys; they print `journeys: N passed, N failed` themselves. */
function journeys() {
  const done = spawnSync(process.execPath, ['tools/journeys/run.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...services.environment },
  });
  process.stdout.write(done.stdout);
  process.stderr.write(done.stderr);
  const [, passed = '0', failed = '1'] = /journeys: (\d+) passed, (\d+) failed/.exec(done.stdout) ?? [];
  totals.passed += Number(passed);
  totals.failed += Math.max(Number(failed), done.status === 0 ? 0 : 1);
}

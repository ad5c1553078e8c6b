// Starts the product on empty folders, as a stranger would, and walks the main job through in Chromium.
// Ends with `journeys: N passed, N failed`. Pictures of what failed lie in test-results/.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { chromium } from '../embedded/chromium.mjs';
import { freePort } from '../embedded/postgres.mjs';
import { ROOT } from '../install.mjs';
import { mainJob } from './main-job.journey.mjs';

const results = path.join(ROOT, 'test-results');
mkdirSync(results, { recursive: true });
const dataDir = mkdtempSync(path.join(tmpdir(), 'tallystick-journey-'));
chmodSync(dataDir, 0o755);
const port = await freePort();
const product = spawn(process.execPath, ['tools/start.mjs', '--empty', '--port', String(port)], {
  cwd: ROOT,
  env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', TEST_POSTGRES: '' },
  stdio: ['ignore', 'pipe', 'pipe'],
});
let said = '';
for (const stream of [product.stdout, product.stderr]) stream.on('data', (text) => (said += text));
const counts = { passed: 0, failed: 0 };
const browser = await playwright.launch(chromium());
const faults = [];

try {
  const link = await adminLink();
  await mainJob({ base: `http://127.0.0.1:${port}`, adminLink: link, person, step, faults });
} catch (error) {
  console.error(said.slice(-1500));
  console.error(`the journey stopped: ${error.message.split('\n').slice(0, 6).join('\n')}`);
} finally {
  for (const fault of faults) console.error(fault);
  counts[faults.length === 0 ? 'passed' : 'failed'] += 1;
  await browser.close();
  product.kill('SIGTERM');
  await new Promise((resolve) => product.once('exit', resolve));
  rmSync(dataDir, { recursive: true, force: true });
}
console.log(`journeys: ${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);

/** The first admin's link, as the start prints it. */
async function adminLink() {
  for (let tries = 0; tries < 1200; tries++) {
    const found = /https?:\S+\/first-admin#\S+/.exec(said);
    if (found) return found[0];
    if (product.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the product did not start: ${said.slice(-2000)}`);
}

/** A browser of one person; notes every console error and policy report. */
async function person(name) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    locale: 'en-US',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on(
    'console',
    (message) =>
      message.type() === 'error' &&
      !/status of 40[0-9]/.test(message.text()) &&
      faults.push(`${name}: console: ${message.text().slice(0, 300)}`),
  );
  page.on('pageerror', (error) => faults.push(`${name}: ${error.message.slice(0, 300)}`));
  return page;
}

/** One step of a journey: counted, timed, with a picture where it fails. */
async function step(name, page, work) {
  const started = Date.now();
  try {
    const result = await work();
    counts.passed += 1;
    console.log(`  ok ${name} (${Date.now() - started} ms)`);
    return result;
  } catch (error) {
    counts.failed += 1;
    await page
      .screenshot({ path: path.join(results, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
      .catch(() => undefined);
    console.error(`  FAILED ${name} at ${page.url()}`);
    throw error;
  }
}

// A browser for journeys: one context per person, with every console error and policy report noted, and a look at each page.
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium as playwright } from 'playwright-core';
import { chromium } from '../embedded/chromium.mjs';

const WIDTHS = [1280, 360];
const SCHEMES = ['light', 'dark'];

/** Opens the browser of a run. Pictures of steps that failed go to `results`; `isLooking: false` leaves axe out, for a quick try. */
export async function openBrowser(results, { isLooking = true } = {}) {
  const browser = await playwright.launch(chromium());
  const faults = [];
  const counts = { passed: 0, failed: 0, looks: 0 };

  /** A browser of one person. */
  async function person(name) {
    const context = await browser.newContext({
      viewport: { width: WIDTHS[0], height: 900 },
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      locale: 'en-US',
    });
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        console.error(`policy report: ${effectiveDirective} ${blockedURI}`),
      ),
    );
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      // A refusal is an answer with a status; browsers write it to the console by themselves.
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        faults.push(`${name} at ${page.url()}: console: ${message.text().slice(0, 300)}`);
    });
    page.on('pageerror', (error) => faults.push(`${name} at ${page.url()}: ${error.message.slice(0, 300)}`));
    return page;
  }

  /** One step: counted, timed, with a picture where it fails. Looks at the page that it ends on. */
  async function step(name, page, work) {
    const started = Date.now();
    try {
      const result = await work();
      await look(page);
      counts.passed += 1;
      console.log(`  ok ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      return result;
    } catch (error) {
      counts.failed += 1;
      const picture = path.join(results, `${name.replaceAll(/\W+/g, '-')}.png`);
      await page.screenshot({ path: picture, fullPage: true }).catch(() => undefined);
      console.error(`  FAILED ${name} at ${page.url()}: ${error.message.split('\n').slice(0, 8).join('\n')}`);
      throw error;
    }
  }

  const seen = new Set();
  const fitted = new Set();
  /** Sees that a page fits a phone, and runs axe on it at both widths, light and dark. */
  async function look(page, { again = false } = {}) {
    const where = new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
    if (!fitted.has(where)) await fits(page, where);
    if (!isLooking || (seen.has(where) && !again)) return;
    seen.add(where);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        counts.looks += 1;
        for (const { id, nodes } of violations)
          faults.push(`axe: ${id} on ${where}, ${colorScheme}, ${width}: ${nodes[0].html.slice(0, 200)}`);
      }
    }
    await page.emulateMedia({ colorScheme: SCHEMES[0] });
    await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  }

  /** Notes a page that scrolls sideways on a phone: what is wide scrolls in a box of its own. */
  async function fits(page, where) {
    fitted.add(where);
    await page.setViewportSize({ width: WIDTHS[1], height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) faults.push(`${where} is ${over} px wider than a screen of ${WIDTHS[1]}`);
    await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  }

  /** Goes to an address and waits for its heading. */
  async function open(page, address, heading) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1, exact: true, name: heading }).waitFor();
    await look(page);
  }

  /** Ends the run. Returns what was counted; a fault of any page is a failure. */
  async function close() {
    await browser.close();
    for (const fault of faults) console.error(`  ${fault}`);
    counts[faults.length === 0 ? 'passed' : 'failed'] += 1;
    console.log(`  axe: ${counts.looks} looks at ${seen.size} pages, ${faults.length} faults`);
    return counts;
  }

  return { person, step, look, open, close };
}

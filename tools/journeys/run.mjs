// Journeys in a real browser, on the product as a stranger starts it. Usage: node tools/journeys/run.mjs [main-job|every-page] [--quick|--look]
// --quick leaves axe out, --look takes it to every page of the demo world too.
// Ends with `journeys: N passed, N failed`. Pictures of what failed lie in test-results/.
import '../start/help.mjs';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../install.mjs';
import { openBrowser } from './browser.mjs';
import { everyPage } from './every-page.journey.mjs';
import { mainJob } from './main-job.journey.mjs';
import { moneyForms } from './money-forms.journey.mjs';
import { offers } from './offers.journey.mjs';
import { startProduct } from './product.mjs';
import { searches } from './searches.journey.mjs';

const JOURNEYS = {
  'main-job': { walk: mainJob, args: ['--empty'], isLooking: !process.argv.includes('--quick') },
  'every-page': { walk: everyPageAndForm, args: [], isLooking: process.argv.includes('--look') },
};
const results = path.join(ROOT, 'test-results');
mkdirSync(results, { recursive: true });
const asked = process.argv.slice(2).find((word) => !word.startsWith('--'));
if (asked !== undefined && !(asked in JOURNEYS)) {
  console.error(`There is no journey ${asked}. Choose one of ${Object.keys(JOURNEYS).join(', ')}.`);
  process.exit(2);
}
const totals = { passed: 0, failed: 0 };
for (const name of asked === undefined ? Object.keys(JOURNEYS) : [asked]) await run(name);
console.log(`journeys: ${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);

/** The pages of the demo world, offers that are looked at, then saved searches and forms of money, which change it. */
async function everyPageAndForm(world) {
  await everyPage(world);
  await offers(world);
  await searches(world);
  await moneyForms(world);
}

async function run(name) {
  console.log(`journey ${name}`);
  const { walk, args, isLooking } = JOURNEYS[name];
  let product;
  let browser;
  try {
    product = await startProduct(args);
    browser = await openBrowser(results, { isLooking });
    await walk({ product, browser });
  } catch (error) {
    console.error(`  the journey stopped: ${error.message.split('\n')[0]}`);
    console.error(product?.said().slice(-1500) ?? '');
    totals.failed += 1;
  } finally {
    const counts = await browser?.close();
    totals.passed += counts?.passed ?? 0;
    totals.failed += counts?.failed ?? 0;
    await product?.stop();
  }
}

// The money: both sides read the same numbers, the expert is paid, an admin proves the books.
import { readFileSync } from 'node:fs';
import { pastHours } from './week.mjs';

/** From two charged lines to a paid expert and proven books. */
export async function moneyJob(world) {
  const { cast, step, open, confirm } = world;
  const { admin, owner, expert } = cast;

  await step('both sides read the same three numbers, which are hours times rate', expert, async () => {
    await open(expert, '/expert/earnings', 'Earnings');
    await open(owner, '/lab/billing', 'Billing');
    const [earned, charged] = [await readCharges(expert), await readCharges(owner)];
    const { from, middle } = pastHours();
    const expected = [threeNumbers((middle - from) / 1000), threeNumbers(60)].sort();
    same('the two sides', earned, charged);
    same('the page and hours times rate', earned, expected);
  });

  await step('both sides get the same rows as a file', owner, async () => {
    const [lab, own] = await Promise.all([
      fileOf(owner, `${world.product.base}/statements/lab.csv`),
      fileOf(expert, `${world.product.base}/statements/expert.csv`),
    ]);
    same('the two files', lab, own);
  });

  const halves = [];
  for (const [side, page] of [
    ['lab', owner],
    ['expert', expert],
  ])
    await step(`the ${side} verifies their half of the tally and keeps it`, page, async () => {
      await open(page, `/${side}/engagements`, 'Engagements');
      await page.locator(`main a[href^="/${side}/engagements/"]`).first().click();
      await page.getByRole('link', { name: /Statement/ }).click();
      await page.getByRole('heading', { name: 'Statement of one engagement' }).waitFor();
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('All of it is as it was signed.').waitFor();
      await world.look(page, { again: true });
      const saved = page.waitForEvent('download');
      await page.getByRole('link', { name: 'JSON' }).click();
      halves.push(await (await saved).path());
    });

  await step('whoever holds both halves puts them together in the browser', owner, async () => {
    await open(owner, '/compare', 'Two halves of a tally');
    await owner.getByLabel('One half').setInputFiles(await jsonOf(halves[1]));
    await owner.getByLabel('The other half').setInputFiles(await jsonOf(halves[0]));
    await owner.getByRole('button', { name: 'Compare' }).click();
    await owner.getByText('The two halves match.').waitFor();
    await world.look(owner, { again: true });
    await owner.getByLabel('One half').setInputFiles(await jsonOf(halves[1], withOtherPay));
    await owner.getByRole('button', { name: 'Compare' }).click();
    await owner.getByText(/The two halves do not match\. .* the pay differs: /).waitFor();
    const list = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('expert,amount') };
    await owner.getByLabel('The other half').setInputFiles(list);
    await owner.getByRole('button', { name: 'Compare' }).click();
    await owner.getByText('list.csv: It is not JSON.').waitFor();
  });

  await step(
    'the expert sets up where they are paid, and is paid through the sandbox rail',
    expert,
    async () => {
      await open(expert, '/expert/earnings', 'Earnings');
      await expert.getByRole('button', { name: /Set up where you are paid/ }).click();
      await expert.getByLabel('Account number or IBAN').fill('000123456789');
      await expert.getByRole('button', { name: 'Save and go back' }).click();
      await expert.getByText(/your bank details are there/).waitFor();
      await world.look(expert);
      await open(expert, '/expert/earnings', 'Earnings');
      await expert.getByRole('button', { name: 'Pay out now' }).waitFor();
      await confirm(expert, 'Pay out now', /^Pay out/);
      await expert.getByText('Paid', { exact: true }).first().waitFor();
    },
  );

  await step('the expert keeps the statement of a period, for people and for programs', expert, async () => {
    const period = expert.locator('a[href*="/statements/earnings/period."]');
    same('the files', await period.allInnerTexts(), ['PDF', 'CSV', 'JSON']);
    const saved = expert.waitForEvent('download');
    await period.filter({ hasText: 'JSON' }).click();
    const { sums } = JSON.parse(readFileSync(await (await saved).path(), 'utf8'));
    same(
      'its currencies',
      sums.map(({ currency }) => currency),
      ['USD'],
    );
  });

  await step('staff sees the payout, each take rate beside its policy, and the journal', admin, async () => {
    await open(admin, '/admin/payouts', 'Payouts');
    await admin.getByText('Dr Erin Expert').first().waitFor();
    await open(admin, '/admin/take-rates', 'Take rates');
    await admin.getByText('15.00 %').first().waitFor();
    await open(admin, '/admin/journal', 'Journal');
    await admin.getByRole('row').nth(5).waitFor();
  });

  await step('an admin proves the books', admin, async () => {
    await open(admin, '/admin/audit', 'Audit');
    await admin.getByRole('button', { name: 'Prove the books' }).click();
    await admin.getByText('The books are proven.').waitFor({ timeout: 60_000 });
    await world.look(admin, { again: true });
  });
}

/** A file to choose, as it was kept or with its text changed. */
async function jsonOf(file, changed = (text) => text) {
  const text = changed(readFileSync(file, 'utf8'));
  return { name: 'half.json', mimeType: 'application/json', buffer: Buffer.from(text) };
}

/** The same half with the first line's pay a digit longer: whatever hours the day allowed, that is another amount. */
function withOtherPay(text) {
  const changed = text.replace('"payMinor": "', '"payMinor": "1');
  if (changed === text) throw new Error('the half has no line with pay');
  return changed;
}

async function readCharges(page) {
  await page.locator('[data-charge]').nth(1).waitFor();
  return (await page.locator('[data-charge]').allInnerTexts())
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .sort();
}

async function fileOf(page, address) {
  const response = await page.request.get(address);
  return (await response.text()).trim().split('\r\n');
}

function same(what, one, other) {
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`${what} differ: ${one} | ${other}`);
}

/** price = pay + fee of some seconds at 123.45 with 15 % on top, worked out here by hand. */
function threeNumbers(seconds) {
  const halfEven = (top, bottom) => {
    const [whole, twice] = [top / bottom, (top % bottom) * 2n];
    return twice > bottom || (twice === bottom && whole % 2n === 1n) ? whole + 1n : whole;
  };
  const pay = halfEven(12345n * BigInt(seconds), 3600n);
  const fee = halfEven(pay * 15n, 100n);
  const text = (minor) => `US$${(Number(minor) / 100).toFixed(2)}`;
  return `${text(pay + fee)} = ${text(pay)} + ${text(fee)}`;
}

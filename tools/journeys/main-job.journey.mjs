// The main job of the product in the browser, from the first admin to the proof of the books, with six people.
import { labJob } from './main-job/hiring.mjs';
import { moneyJob } from './main-job/money.mjs';
import { peopleJob } from './main-job/people.mjs';
import { weekJob } from './main-job/week.mjs';

/** Walks the whole main job. */
export async function mainJob({ product, browser }) {
  const cast = {};
  for (const name of ['admin', 'second', 'owner', 'reviewer', 'expert'])
    cast[name] = await browser.person(name);
  const world = { product, cast, ...browser, ...handsOf(product, browser) };
  await peopleJob(world);
  await labJob(world);
  await weekJob(world);
  await moneyJob(world);
}

/** Presses a button that asks first, fills in what it asks for, and presses the verb in its question. */
async function confirm(page, button, verb, fill) {
  await page
    .getByRole('button', { name: button, exact: typeof button === 'string' })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await fill?.(dialog);
  await dialog.getByRole('button', { name: verb, exact: typeof verb === 'string' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** What a person does again and again. */
function handsOf({ base }, browser) {
  const at = (address) => (address.startsWith('http') ? address : base + address);
  return {
    open: (page, address, heading) => browser.open(page, at(address), heading),
    /** Makes an account by a form that asks for name, address and password. */
    signUp: async (page, name, email, address = '/sign-up') => {
      await page.goto(at(address));
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByLabel('Email address').fill(email);
      await page.getByLabel('Password').fill('four plain words here');
      await page.getByRole('button', { name: 'Create the account' }).click();
    },
    heading: (page, name) => page.getByRole('heading', { level: 1, exact: true, name }).waitFor(),
    /** Presses a button that asks first, fills in what it asks, and presses the verb. */
    ask: confirm,
    confirm,
    /** Types a day, part by part, as `2031-12-31`. */
    typeDay: async (page, label, day) => {
      const [year, month, date] = day.split('-');
      await page.getByRole('group', { name: label }).getByRole('spinbutton').first().click();
      await page.keyboard.type(date + month + year);
    },
    /** Adds a tag to a field of several. */
    addTags: async (place, label, tags) => {
      const field = place.getByRole('combobox', { name: label });
      for (const tag of tags) {
        await field.fill(tag);
        await field.press('Enter');
        await place.getByRole('button', { name: `Remove ${tag}` }).waitFor();
      }
    },
    /** The newest mail with words in it, as an admin reads it. */
    mailWith: async (page, words) => {
      await page.goto(at('/admin/mails'));
      const mail = page.locator('details').filter({ hasText: words }).first();
      await mail.locator('summary').click();
      return mail.locator('pre').innerText();
    },
  };
}

// A search that an expert keeps, from the list that it is made of to its end.
import { signedIn } from './signed-in.mjs';

/** Keeps a search as the expert of the demo world, finds it again, changes it and deletes it. */
export async function searches({ product, browser }) {
  const { page, sent } = await signedIn(product, browser, 'expert', 'SaveSearch');
  const panel = page.getByRole('dialog');
  await browser.step('a list of openings is kept as a search, once for two clicks', page, async () => {
    await page.goto(`${product.base}/expert/openings`);
    await page.getByLabel('Search', { exact: true }).fill('heart');
    await page.waitForURL(/search=heart/);
    await page.getByRole('button', { name: 'Save this search' }).click();
    await panel.getByLabel('Least fit').fill('a lot');
    await panel.getByRole('button', { name: 'Save search' }).click();
    await panel.getByText('Write a number from 0 to 100.').waitFor();
    if (sent.length > 0) throw new Error('what is wrong was sent');
    await panel.getByLabel('Least fit').fill('30');
    await panel.getByRole('button', { name: 'Save search' }).dblclick();
    await panel.waitFor({ state: 'detached' });
    if (sent.length !== 1) throw new Error(`${sent.length} searches were saved`);
  });
  await browser.step('it stands among the saved searches, and opens the list as it was', page, async () => {
    await page.getByRole('link', { name: 'Saved searches' }).click();
    await page.getByText('All openings, “heart”, fit of 30 or more').waitFor();
    await page.getByRole('link', { name: 'heart', exact: true }).click();
    await page.waitForURL(/search=heart/);
    await page.goBack();
  });
  await browser.step('it is changed, and deleted', page, async () => {
    const change = page.getByRole('button', { name: 'Change the search heart' });
    await change.click();
    await panel.getByLabel('Tell me').selectOption({ label: 'Never; I look myself' });
    await panel.getByRole('button', { name: 'Change search' }).click();
    await panel.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'Never; I look myself' }).waitFor();
    await change.click();
    await panel.getByRole('button', { name: 'Delete search' }).click();
    await panel.waitFor({ state: 'detached' });
    await page.getByText('You keep no search.').waitFor();
  });
  await page.context().close();
}

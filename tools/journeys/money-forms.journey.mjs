// Forms that move money, as impatient people use them: two clicks act once, going back leaves nothing open, and what was
// refused is not said of the next try.
import { signedIn } from './signed-in.mjs';

/** Pays out a part as the expert and takes money back as the lab's owner, in the demo world. */
export async function moneyForms({ product, browser }) {
  await payOut(product, browser);
  await takeBack(product, browser);
}

async function payOut(product, browser) {
  const { page, sent } = await signedIn(product, browser, 'expert', 'PayOutPart');
  const dialog = page.getByRole('dialog');
  const opened = async () => {
    await page.goto(`${product.base}/expert/earnings`);
    await page.getByRole('button', { name: 'Pay out now' }).click();
    await dialog.waitFor();
  };
  await browser.step(
    'the payout form promises nothing for nothing, nor above what there is',
    page,
    async () => {
      await opened();
      for (const [typed, fault] of [
        ['0', 'Write an amount above zero'],
        ['99999999', 'can be paid out now. Ask for that or less.'],
      ]) {
        await dialog.getByLabel('Amount').fill(typed);
        await dialog.getByLabel('Amount').blur();
        await dialog.getByText(fault).waitFor();
        await dialog.getByText('The amount', { exact: true }).waitFor();
        await dialog.getByRole('button', { name: 'Pay out', exact: true }).waitFor();
      }
    },
  );
  await browser.step('going back closes the form, and it does not come again by itself', page, async () => {
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await page.goForward();
    await page.getByRole('button', { name: 'Pay out now' }).waitFor();
    must((await dialog.count()) === 0, 'the form is open again');
  });
  await browser.step('two clicks are one payout', page, async () => {
    await opened();
    await dialog.getByLabel('Amount').fill('1');
    await dialog.getByRole('button', { name: 'Pay out US$1.00' }).dblclick();
    await dialog.waitFor({ state: 'detached' });
    must(sent.length === 1, `${sent.length} payouts were asked for`);
  });
  await page.context().close();
}

async function takeBack(product, browser) {
  const { page, sent } = await signedIn(product, browser, 'lab owner', 'TakeMoneyBack');
  const amount = page.getByLabel('Amount to take back');
  const form = page.locator('form', { has: amount });
  const dialog = page.getByRole('dialog');
  const ask = async (typed, click) => {
    await amount.fill(typed);
    await form.getByRole('button', { name: 'Take back', exact: true }).click();
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Take back', exact: true })[click]();
    await dialog.waitFor({ state: 'detached' });
  };
  await browser.step(
    'a refused refund says at its amount what is available; the next try does not',
    page,
    async () => {
      await page.goto(`${product.base}/lab/billing`);
      await form.getByText('What is held for weeks of work or owed by open invoices stays.').waitFor();
      await ask('99999999', 'click');
      const refused = form.getByText(/is available; .*Take back less\./);
      await refused.waitFor();
      await amount.fill('1');
      await refused.waitFor({ state: 'detached' });
    },
  );
  await browser.step('two clicks are one refund, and the form is empty after it', page, async () => {
    sent.length = 0;
    await ask('1', 'dblclick');
    await page.getByText('The money is on its way back.').waitFor();
    must(sent.length === 1, `${sent.length} refunds were asked for`);
    must((await amount.inputValue()) === '', 'the amount is still there');
  });
  await page.context().close();
}

function must(isTrue, otherwise) {
  if (!isTrue) throw new Error(otherwise);
}

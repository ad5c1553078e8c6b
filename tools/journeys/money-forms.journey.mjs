// Forms that move money, as impatient people use them: two clicks act once, going back leaves nothing open, and what was
// refused is not said of the next try.
import { signedIn } from './signed-in.mjs';

/** Pays out a part as the expert, takes money back as the lab's owner and loses what the bank gave, in the demo world. */
export async function moneyForms({ product, browser }) {
  await payOut(product, browser);
  await takeBack(product, browser);
  await loseDisputes(product, browser);
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
        ['99999999', 'can be paid out now. Ask for an amount within that.'],
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
  // What happens elsewhere is not told in time, as it may be.
  await page.route('**/graphql/stream', () => undefined);
  const dialog = page.getByRole('dialog');
  const ask = async (typed, click) => {
    await amount.fill(typed);
    await form.getByRole('button', { name: 'Take back', exact: true }).click();
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Take back', exact: true })[click]();
    await dialog.waitFor({ state: 'detached' });
  };
  const say = (words) => form.getByText(words).waitFor();
  await browser.step('what cannot go back is not asked about: the amount says why', page, async () => {
    await page.goto(`${product.base}/lab/billing`);
    await say('What is held for weeks of work or owed by open invoices stays.');
    for (const [typed, fault] of [
      ['0', 'Write an amount above zero'],
      ['99999999', /can go back\. Take back that or less\./],
    ]) {
      await amount.fill(typed);
      await amount.blur();
      await say(fault);
      const button = form.getByRole('button', { name: 'Take back', exact: true });
      must(await button.isDisabled(), `${typed} is asked about`);
    }
  });
  await browser.step('what a person looks at first is said before it is asked for', page, async () => {
    await amount.fill('26000');
    await form.getByRole('button', { name: 'Take back', exact: true }).click();
    await dialog.getByText('a person of the platform looks at it first').waitFor();
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
  await browser.step(
    'what went in another tab is refused at the amount; the next try is not',
    page,
    async () => {
      const [, free] = /US\$([\d,.]+) can go back/.exec(await form.innerText());
      const other = await page.context().newPage();
      await other.goto(`${product.base}/lab/billing`);
      await other.getByLabel('Amount to take back').fill('9000');
      await other.getByRole('button', { name: 'Take back', exact: true }).click();
      await other.getByRole('dialog').getByRole('button', { name: 'Take back', exact: true }).click();
      await other.getByText('The money is on its way back.').waitFor();
      await other.close();
      await ask((Number(free.replaceAll(',', '')) - 8999).toFixed(2), 'click');
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

async function loseDisputes(product, browser) {
  const lab = (await signedIn(product, browser, 'lab owner', 'HireDirectly')).page;
  const hire = lab.getByRole('dialog');
  await lab.route('**/graphql/stream', () => undefined);
  await browser.step(
    'hiring directly says what it takes and what is left before it is asked for',
    lab,
    async () => {
      await lab.goto(`${product.base}/lab/engagements`);
      await lab
        .getByRole('row', { name: /Running/ })
        .first()
        .getByRole('link')
        .first()
        .click();
      await lab.getByRole('button', { name: 'Record a direct hire' }).click();
      await hire.getByText(/is taken from your balance; US\$.* of it is free after that/).waitFor();
    },
  );
  const { page } = await signedIn(product, browser, 'finance', 'ActAtRail');
  const show = async (kind) => {
    await page.getByLabel('Show', { exact: true }).selectOption(kind);
    const more = page.getByRole('button', { name: /^Show \d+ more$/ }).last();
    if (await more.isVisible()) await more.click();
  };
  const act = (name) => page.getByRole('button', { name });
  const payments = page
    .getByRole('row', { name: /^Payment of a lab, Halcyon Models/ })
    .filter({ has: act('Dispute it') });
  await browser.step('who disputes a payment finds it by its lab, and can do so once', page, async () => {
    await page.goto(`${product.base}/admin/sandbox`);
    await show('Payment of a lab');
    // All of them: what is lost then is more than the lab has.
    while ((await payments.count()) > 0) {
      const [id] = /pi_\w+/.exec(await payments.first().innerText());
      const payment = page.getByRole('row').filter({ hasText: id });
      await payment.getByRole('button', { name: 'Dispute it' }).dblclick();
      await payment.getByText('Disputed').waitFor();
      await show('Dispute');
      const disputes = page.getByRole('row', { name: /^Dispute, Halcyon Models/ });
      must((await disputes.count()) === 1, `${await disputes.count()} disputes are open`);
      await disputes.getByRole('button', { name: 'End it: lost' }).click();
      await disputes.waitFor({ state: 'detached' });
      await show('Payment of a lab');
    }
  });
  await page.context().close();
  await browser.step(
    'a hire that the balance does not cover any more is refused where it was asked',
    lab,
    async () => {
      await hire.getByRole('button', { name: /^Pay US\$/ }).click();
      await hire.getByText('Add funds first; nothing was charged.').waitFor();
      await lab.reload();
      await lab.getByText(/is free beside what is held for weeks of work, and this costs/).waitFor();
    },
  );
  await browser.step('adding funds says that a debt is paid first', lab, async () => {
    await lab.goto(`${product.base}/lab/billing`);
    await lab.getByText('left by a payment that the bank took back').waitFor();
    const form = lab.locator('form', { has: lab.getByRole('button', { name: 'Add funds' }) });
    for (const [amount, words] of [
      ['1000', 'All of it pays what you owe of a payment that the bank took back.'],
      ['900000', 'of it pays what you owe of a payment that the bank took back. A full week'],
    ]) {
      await form.getByLabel('Amount').fill(amount);
      await form.getByRole('button', { name: 'Add funds' }).click();
      await lab.getByRole('dialog').getByText(words).waitFor();
      await lab.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    }
  });
  await lab.context().close();
}

function must(isTrue, otherwise) {
  if (!isTrue) throw new Error(otherwise);
}

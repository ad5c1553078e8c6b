// Every page of every side of the demo world: it loads, it has something to show, and it passes every look.
const PUBLIC = [
  '/',
  '/rate-card',
  '/openings',
  '/terms',
  '/privacy',
  '/compare',
  '/sign-in',
  '/sign-up',
  '/forgotten-password',
];
const LAST_WAIT_MS = 15_000;

/** Signs in as each person that the start names and opens each place of their navigation. */
export async function everyPage({ product, browser }) {
  const visitor = await browser.person('visitor');
  for (const address of PUBLIC)
    await browser.step(`a visitor opens ${address}`, visitor, () => show(visitor, product.base + address));
  for (const { who, email, password } of product.signIns()) {
    const page = await browser.person(who);
    await browser.step(`${who} signs in`, page, async () => {
      await page.goto(`${product.base}/sign-in`);
      await page.getByLabel('Email address').fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    });
    const places = await page
      .getByRole('navigation', { name: 'Pages' })
      .locator(':scope > a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const address of [...places, '/notifications', '/account'])
      await browser.step(`${who} opens ${address}`, page, () => show(page, product.base + address));
    await page.context().close();
  }
}

/** Opens a page and waits until its data is there. */
async function show(page, address) {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const isThere = () => document.querySelector('[role=status][aria-label=Loading]') === null;
  await page.waitForFunction(isThere, undefined, { timeout: LAST_WAIT_MS });
  const [title, alerts] = [
    await page.getByRole('heading', { level: 1 }).first().innerText(),
    await page.locator('main [role=alert]').allInnerTexts(),
  ];
  if (title === 'Nothing is here' || alerts.length > 0)
    throw new Error(`the page says: ${title} ${alerts.join(' ').slice(0, 200)}`);
}

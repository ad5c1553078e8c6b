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
/** What the navigation of a side does not lead to at once. Looked at by the first person of the side. */
const DEEPER = new Map([
  ['/lab', '/bonuses /invoices /projects/new'],
  ['/expert', '/bank-details /tax-form /fairness /suspension'],
  [
    '/admin',
    '/contract-checks /take-rate-periods /margins /waiting-money /taken-back /time-to-paid /overrides /take-rates/new /take-rates/direct-hire',
  ],
]);
const LAST_WAIT_MS = 15_000;
/** What a page says where it, or a part of it, is not there. */
const MISSING = ['Nothing is here', 'This page does not exist'];

/** Signs in as each person that the start names and opens each place of their navigation. */
export async function everyPage({ product, browser }) {
  const visitor = await browser.person('visitor');
  for (const address of PUBLIC)
    await browser.step(`a visitor opens ${address}`, visitor, () => show(visitor, product.base + address));
  const looked = new Set();
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
    const [side] = places;
    const deeper = looked.has(side) ? [] : DEEPER.get(side).split(' ');
    looked.add(side);
    for (const address of [...places, ...deeper.map((path) => side + path), '/notifications', '/account'])
      await browser.step(`${who} opens ${address}`, page, () => show(page, product.base + address));
    await page.context().close();
  }
}

/** Opens a page and waits until its data is there. Throws where it says that something is not, or a read of it was refused. */
async function show(page, address) {
  const refused = [];
  const note = async (response) => {
    if (!new URL(response.url()).pathname.startsWith('/graphql')) return;
    const { errors = [] } = await response.json().catch(() => ({}));
    for (const { message, path: [field] = [] } of errors) refused.push(`${field ?? 'a read'}: ${message}`);
  };
  page.on('response', note);
  try {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const isThere = () => document.querySelector('[role=status][aria-label=Loading]') === null;
    await page.waitForFunction(isThere, undefined, { timeout: LAST_WAIT_MS });
  } finally {
    page.off('response', note);
  }
  const said = await page.locator('main [role=alert]').allInnerTexts();
  const text = await page.locator('main').innerText();
  said.push(...MISSING.filter((words) => text.includes(words)), ...refused);
  if (said.length > 0) throw new Error(`the page says: ${said.join(' ').slice(0, 400)}`);
}

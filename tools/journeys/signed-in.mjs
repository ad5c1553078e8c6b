/** Signs in as somebody of the demo world; `sent` fills with the writes of a name. */
export async function signedIn(product, browser, name, operation) {
  const { email, password } = product.signIns().find(({ who }) => who === name);
  const page = await browser.person(name);
  const sent = [];
  page.on('request', (request) => {
    if (request.postData()?.includes(`"operationName":"${operation}"`)) sent.push(request);
  });
  await page.goto(`${product.base}/sign-in`);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return { page, sent };
}

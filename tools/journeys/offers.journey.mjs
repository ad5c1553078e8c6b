// An offer to an applicant of the demo world: nothing is filled in for the lab, and what cannot be done is not offered.
import { signedIn } from './signed-in.mjs';

const WHY = 'The account is suspended.';

/** Looks at the applicants of an opening as the lab's owner; then as if gates had closed for all of them. Sends nothing. */
export async function offers({ product, browser }) {
  const { page, sent } = await signedIn(product, browser, 'lab owner', 'SendOffer');
  const send = page.getByRole('button', { name: 'Send the offer' });
  await browser.step('an offer begins without a pay, and with the band beside it', page, async () => {
    await page.goto(await pipelineOf(page, product.base));
    await send.first().waitFor();
    const pay = page.getByLabel(/^Pay an hour/).first();
    must((await pay.inputValue()) === '', 'the pay is filled in');
    must(await send.first().isDisabled(), 'an offer without a pay can be sent');
    const form = page.locator('form', { has: pay }).first();
    await form.getByText(/^\S+\d to \S+\d$/).waitFor();
  });
  await browser.step(
    'to whom no offer can be sent none is offered, and the page says why',
    page,
    async () => {
      await page.route('**/graphql', closeGates);
      await page.reload();
      await page.getByText(`now. ${WHY} The application stays open`).first().waitFor();
      must((await page.getByText('Waits for you.').count()) === 0, 'an offer is asked for');
      must((await send.count()) === 0, 'an offer is offered that would be refused');
      await page
        .getByRole('button', { name: /^Decline/ })
        .first()
        .waitFor();
      must(sent.length === 0, 'an offer was sent');
    },
  );
  await page.context().close();
}

/** The way to the applicants of an opening who wait for an answer. */
async function pipelineOf(page, base) {
  await page.goto(`${base}/lab`);
  const link = page.locator('a[href*="/lab/openings/"]').first();
  await link.waitFor();
  return `${base}${(await link.getAttribute('href')).split('?')[0]}?view=pipeline`;
}

/** Answers as the server does once every applicant is suspended. */
async function closeGates(route) {
  const response = await route.fetch();
  const answer = await response.json().catch(() => undefined);
  if (!answer?.data?.pipeline) return route.fulfill({ response });
  const pipeline = answer.data.pipeline.map((each) => ({ ...each, whyNoOffer: WHY }));
  return route.fulfill({ response, json: { ...answer, data: { ...answer.data, pipeline } } });
}

function must(holds, fault) {
  if (!holds) throw new Error(fault);
}

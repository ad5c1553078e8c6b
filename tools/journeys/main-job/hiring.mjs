// From a project with two layers to a signed engagement.

/** Project, shortlist, application, offer, acceptance. */
export async function labJob(world) {
  const { cast, step, open, heading, confirm } = world;
  const { owner, expert } = cast;

  await step('a project is described, and a channel recommended with reasons', owner, async () => {
    await open(owner, '/lab/projects/new', 'New project');
    await owner.getByLabel('Title', { exact: true }).fill('Heart questions');
    await owner.getByLabel('What it is about').fill('Judging and writing answers about the heart.');
    await owner.getByText('We recommend').waitFor();
    await owner.getByRole('button', { name: 'Save and go on to layers' }).click();
    await heading(owner, 'Layers of Heart questions');
  });

  await step('it gets a bulk layer and an expert layer that requires a licence', owner, () =>
    describeLayers(world),
  );

  await step('price, pay and fee of each layer are shown before it is published', owner, async () => {
    // One hour at 150.00 with 15 % on top.
    await owner.getByText('US$172.50').first().waitFor();
    await owner.getByText('US$22.50').first().waitFor();
  });

  await step('with the worker stopped the page says that scoring waits', owner, async () => {
    world.product.pause('dist/worker.js');
    await confirm(owner, 'Publish', 'Publish the project');
    await owner.getByRole('link', { name: 'Cardiology review' }).click();
    await owner.getByText('The experts are being scored').waitFor();
  });

  await step('with the worker started again the shortlist appears by itself', owner, async () => {
    world.product.resume('dist/worker.js');
    await owner.getByRole('button', { name: '1. Dr Erin Expert' }).waitFor();
  });

  await step('the shortlist gives gates, reasons, parts and evidence', owner, async () => {
    await owner.getByText('US medical licence is verified').first().waitFor();
    await owner.getByRole('button', { name: '1. Dr Erin Expert' }).click();
    await owner.getByText('What gives the fit').waitFor();
    await world.look(owner, { again: true });
  });

  await step('the expert sees the opening ranked, with reasons, and applies', expert, async () => {
    await open(expert, '/expert/openings', 'Openings');
    await expert.getByRole('link', { name: 'Cardiology review' }).first().click();
    await heading(expert, 'Cardiology review');
    await expert.getByLabel('A few words to the lab').fill('I review such cases daily.');
    await expert.getByRole('button', { name: 'Apply', exact: true }).click();
    await heading(expert, 'Applications');
  });

  await step('the lab offers, seeing the price of an hour and of the first week', owner, async () => {
    await owner.getByRole('link', { name: /^Pipeline/ }).click();
    await owner.getByText('I review such cases daily.').waitFor();
    // Nothing is proposed to the lab, neither the top of the band nor its bottom.
    const pay = owner.getByLabel(/^Pay an hour/);
    if ((await pay.inputValue()) !== '') throw new Error('the pay of the offer is filled in');
    await owner.getByText('US$100.00 to US$150.00', { exact: true }).waitFor();
    await pay.fill('123.45');
    // 123.45 + 15 % is 141.97 (half to even of 141.9675).
    await owner.getByText('US$141.97').first().waitFor();
    await world.look(owner, { again: true });
    await confirm(owner, 'Send the offer', 'Send offer');
    await owner.getByText('Waits for the expert').waitFor();
  });

  await step('the expert reads every number and accepts; the first week is held', expert, async () => {
    await open(expert, '/expert/applications', 'Applications');
    await expert.getByRole('link', { name: /offer/i }).first().click();
    await expert.getByText('US$141.97').first().waitFor();
    await confirm(expert, 'Accept the offer', 'Accept the offer');
    // Ten hours a week at 141.97 by the line: 1,234.50 + 185.18.
    await expert.getByText('US$1,419.68').first().waitFor();
  });
}

async function describeLayers({ cast: { owner }, addTags, heading }) {
  const layers = owner.getByRole('group', { name: /^Layer \d/ });
  await layers.first().waitFor();
  for (let count = await layers.count(); count < 2; count = await layers.count())
    await owner.getByRole('button', { name: 'Add a layer' }).click();
  const [bulk, skilled] = [layers.nth(0), layers.nth(1)];
  await fillLayer(bulk, {
    title: 'Rating answers',
    about: 'Rate answers by a rubric.',
    rung: 'GENERALIST',
    from: '25',
    to: '35',
  });
  await fillLayer(skilled, {
    title: 'Cardiology review',
    about: 'Check the reasoning of answers about heart disease.',
    rung: 'CREDENTIALED',
    from: '100',
    to: '150',
  });
  await addTags(skilled, 'Required skills', ['Cardiology', 'ECG']);
  if ((await skilled.getByLabel('Required credential', { exact: true }).count()) === 0)
    await skilled.getByRole('button', { name: 'Require a credential' }).click();
  await skilled
    .getByLabel('Required credential', { exact: true })
    .selectOption({ label: 'US medical licence' });
  await owner.getByRole('button', { name: 'Save the draft and see its price' }).click();
  await heading(owner, 'Heart questions');
}

async function fillLayer(layer, { title, about, rung, from, to }) {
  await layer.getByLabel('Title of the layer').fill(title);
  await layer.getByLabel('What is done').fill(about);
  await layer.getByLabel('Rung').selectOption(rung);
  await layer.getByLabel(/^Pay an hour, from/).fill(from);
  await layer.getByLabel(/^Pay an hour, to/).fill(to);
  await layer.getByLabel('Seats').fill('2');
  await layer.getByLabel('Hours a week').fill('10');
  await layer.getByLabel('Weeks', { exact: true }).fill('4');
}

// The people: first admin, lab with its team, expert with a credential that two verifiers approve.

/** From nothing to a vetted lab with money, and a verified expert. */
export async function peopleJob(world) {
  const { cast, step, open, signUp, heading, product, confirm } = world;
  const { admin, second, owner, reviewer, expert } = cast;

  for (const [address, title] of [
    ['/', undefined],
    ['/rate-card', 'Rate card'],
    ['/openings', undefined],
  ])
    await step(`a visitor reads ${address} without an account`, admin, async () => {
      await admin.goto(product.base + address);
      await (title ? heading(admin, title) : admin.getByRole('heading', { level: 1 }).waitFor());
    });

  await step('the first admin signs up by the one-time link', admin, async () => {
    await signUp(admin, 'Ada Admin', 'ada@example.org', product.adminLink());
    await admin.getByRole('navigation', { name: 'Pages' }).waitFor();
  });

  await step('a lab signs up, names its owners and competitors', owner, async () => {
    await signUp(owner, 'Olga Owner', 'olga@example.org');
    await owner.getByRole('link', { name: 'I look for experts' }).click();
    await heading(owner, 'Your lab');
    await owner.getByLabel('Name', { exact: true }).fill('Cumulus Research');
    await owner.getByLabel('Legal name').fill('Cumulus Research Inc.');
    await owner.getByLabel('Owner', { exact: true }).fill('Olga Owner');
    await world.addTags(owner, 'Organisations that you compete with', ['Nimbus Labs']);
    await owner.getByRole('button', { name: 'Make the lab' }).click();
    await owner.getByRole('navigation', { name: 'Pages' }).waitFor();
  });

  await step('the lab invites a reviewer', owner, async () => {
    await open(owner, '/lab/team', 'Team');
    await owner.getByLabel('Email address').fill('rita@example.org');
    await owner.getByRole('button', { name: 'Send the invitation' }).click();
    await owner.getByText('An invitation is on its way').waitFor();
  });

  await step('the reviewer joins by the mailed link', reviewer, async () => {
    const body = await world.mailWith(admin, 'invites you to Cumulus Research');
    const link = /https?:\S+\/join#\S+/.exec(body)[0];
    await signUp(reviewer, 'Rita Reviewer', 'rita@example.org');
    await heading(reviewer, 'What brings you here?');
    await reviewer.goto(link);
    await reviewer.getByRole('button', { name: 'Take the invitation' }).click();
    await reviewer.getByRole('navigation', { name: 'Pages' }).waitFor();
  });

  await step('staff vets the lab with a reason', admin, () => vet(world));

  await step(
    'the lab prefunds its balance; an amount that cannot be read is refused beside its field',
    owner,
    async () => {
      await open(owner, '/lab/billing', 'Billing');
      await owner.getByLabel('Amount').fill('twelve');
      await owner.getByRole('button', { name: 'Add funds' }).first().click();
      await owner
        .getByText(/Write an amount/i)
        .first()
        .waitFor();
      await owner.getByLabel('Amount').fill('12,000');
      await confirm(owner, 'Add funds', 'Add US$12,000.00');
      await owner.getByText('US$12,000.00').first().waitFor();
    },
  );

  await step('an expert signs up and imports a JSON Resume', expert, async () => {
    await signUp(expert, 'Dr Erin Expert', 'erin@example.org');
    await expert.getByRole('link', { name: 'I am an expert' }).click();
    await expert.getByLabel('Name that labs see').fill('Dr Erin Expert');
    await expert.getByLabel('Country from which you work').selectOption('US');
    await expert.getByRole('button', { name: 'Make the profile' }).click();
    await heading(expert, 'Profile');
    await expert.locator('input[type=file]').setInputFiles({
      name: 'resume.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(RESUME)),
    });
    await expert.getByText('Everything in the file was imported.').waitFor();
  });

  await step('a wrong digit of the licence is refused at once, with the reason', expert, () => claim(world));

  await step('the first verifier approves, and cannot give the second approval', admin, async () => {
    await giveRole(world, 'vera@example.org');
    await approve(world, admin, 'Found on the register of the state board.');
    await admin
      .getByText(/second verifier/i)
      .first()
      .waitFor();
  });

  await step('a different verifier approves too', second, async () => {
    await approve(world, second, 'Confirmed with the board by phone.');
    await second.getByText('Verified', { exact: true }).first().waitFor();
  });
}

const RESUME = {
  basics: { label: 'Cardiologist', summary: 'Twelve years in cardiology.' },
  skills: [{ name: 'Cardiology' }, { name: 'ECG' }],
  work: [{ name: 'City Hospital', position: 'Attending physician', summary: 'Heart disease clinic' }],
};

async function vet({ cast: { admin }, open, confirm }) {
  await open(admin, '/admin/labs', 'Labs');
  await admin.getByRole('link', { name: 'Cumulus Research' }).click();
  await confirm(admin, 'Vet the lab', 'Vet it', (dialog) =>
    dialog.getByLabel('Reason').fill('The register shows the named owner.'),
  );
  await admin.getByText('Vetted', { exact: true }).first().waitFor();
}

async function claim({ cast: { expert }, open, typeDay }) {
  await open(expert, '/expert/credentials', 'Credentials');
  await expert.getByRole('button', { name: 'Add a credential' }).first().click();
  await expert.getByLabel('State', { exact: true }).selectOption('CA');
  await expert.getByLabel('Licence number').fill('A123456');
  await expert.getByLabel('NPI').fill('2234567890');
  await typeDay(expert, 'Valid until', '2031-12-31');
  await expert.getByRole('button', { name: 'Add the credential' }).click();
  await expert.getByText('one digit is wrong, or two are swapped').first().waitFor();
  await expert.getByLabel('NPI').fill('1234567893');
  await expert.getByRole('button', { name: 'Add the credential' }).click();
  await expert.getByRole('button', { name: 'Submit for verification' }).click();
  await expert.getByText('A verifier checks it').first().waitFor();
}

async function giveRole(world, email) {
  const { admin, second } = world.cast;
  const { open, signUp, heading } = world;
  await signUp(second, 'Vera Verifier', email);
  await heading(second, 'What brings you here?');
  await proveAddress(world, second, email);
  await open(admin, '/admin/users', 'Users');
  await admin.getByLabel('Email address of their account').fill(email);
  await admin.getByLabel('Role', { exact: true }).selectOption('VERIFIER');
  await admin.getByRole('button', { name: 'Give the role' }).click();
  await admin.getByText(`${email} has the role now.`).waitFor();
}

/** Sets a new password by the mailed link, and signs in with it. */
async function proveAddress({ cast: { admin }, open, heading, mailWith }, page, email) {
  await open(page, '/forgotten-password', 'Forgotten password');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await heading(page, 'Check your email');
  const link = /https?:\S+\/reset-password#\S+/.exec(
    await mailWith(admin, 'somebody asked for a new password'),
  )[0];
  await page.goto(link);
  await page.getByLabel('New password').fill('five other plain words here');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill('five other plain words here');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'What brings you here?');
}

async function approve({ open, confirm }, page, reason) {
  await open(page, '/admin/verification', 'Verification');
  await page
    .getByRole('link', { name: /US medical licence/ })
    .first()
    .click();
  await confirm(page, 'Approve', 'Approve the claim', async (dialog) => {
    await dialog.getByLabel('Why', { exact: true }).selectOption({ index: 1 });
    await dialog.getByLabel('Reason', { exact: true }).fill(reason);
  });
}

// The main job of the product, by hand in the browser, from the first admin to the proof of the books.
import AxeBuilder from '@axe-core/playwright';

const PASSWORD = 'four plain words here';

/** Walks the whole main job. */
export async function mainJob({ base, adminLink, person, step, faults }) {
  const [admin, second, owner, reviewer, expert] = [
    await person('admin'),
    await person('second verifier'),
    await person('owner'),
    await person('reviewer'),
    await person('expert'),
  ];
  const open = async (page, address, heading) => {
    await page.goto(base + address);
    await page.getByRole('heading', { level: 1, exact: true, name: heading }).waitFor();
    await axe(page, address, faults);
  };
  const signUp = async (page, name, email, address = '/sign-up') => {
    await page.goto(address.startsWith('http') ? address : base + address);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Mail address').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
  };
  /** Loads a page again until something is on it. */
  const until = async (page, locate) => {
    for (let tries = 0; tries < 40; tries++) {
      if (
        await locate()
          .first()
          .isVisible()
          .catch(() => false)
      )
        return;
      await page.waitForTimeout(500);
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(300);
    }
    throw new Error('it did not appear within 20 seconds');
  };
  const today = new Date().toISOString().slice(0, 10);

  await step('public pages work without an account', admin, async () => {
    await open(admin, '/', 'Both sides hold the same record');
    await open(admin, '/rate-card', 'Rate card');
    await open(admin, '/openings', 'Open work');
  });

  await step('the first admin signs up by the one-time link', admin, async () => {
    await signUp(admin, 'Ada Admin', 'ada@example.org', adminLink);
    await admin.getByRole('heading', { level: 1, exact: true, name: 'Admin' }).waitFor();
    await axe(admin, '/admin', faults);
  });

  await step('a lab signs up, names its owners and competitors', owner, async () => {
    await signUp(owner, 'Olga Owner', 'olga@example.org');
    await owner.getByRole('link', { name: 'I look for experts' }).click();
    await owner.getByLabel('Name', { exact: true }).fill('Cumulus Research');
    await owner.getByLabel('Legal name').fill('Cumulus Research Inc.');
    await owner.getByLabel('Largest owner').fill('Olga Owner');
    await owner.getByLabel('Organisations that you compete with').fill('Nimbus Labs');
    await owner.getByRole('button', { name: 'Make the lab' }).click();
    await owner.getByRole('heading', { level: 1, exact: true, name: 'Your lab' }).waitFor();
  });

  await step('the lab invites a reviewer, who joins by the mailed link', owner, async () => {
    await open(owner, '/lab/team', 'Team');
    await owner.getByLabel('Mail address').fill('rita@example.org');
    await owner.getByRole('button', { name: 'Send the invitation' }).click();
    await owner.getByText('An invitation is on its way').waitFor();
    await admin.goto(`${base}/admin/mails`);
    await until(admin, () => admin.getByText('invites you to Cumulus Research'));
    await admin.getByText('invites you to Cumulus Research').click();
    const body = await admin.locator('details[open] pre').innerText();
    const link = /https?:\S+\/join#\S+/.exec(body)[0];
    await signUp(reviewer, 'Rita Reviewer', 'rita@example.org');
    await reviewer.getByRole('heading', { name: 'What brings you here?' }).waitFor();
    await reviewer.goto(link);
    await reviewer.getByRole('button', { name: 'Take the invitation' }).click();
    await reviewer.getByRole('heading', { level: 1, exact: true, name: 'Your lab' }).waitFor();
  });

  await step('staff vets the lab', admin, async () => {
    await open(admin, '/admin/labs', 'Labs');
    await admin.getByRole('button', { name: 'Look at Cumulus Research' }).click();
    await admin.getByLabel('Reason').fill('The register shows the named owner.');
    await admin.getByRole('button', { name: 'Vet the lab' }).click();
    await admin.getByText('No lab fits').waitFor();
  });

  await step('the lab prefunds its balance through the sandbox rail', owner, async () => {
    await open(owner, '/lab/billing', 'Billing');
    await owner.getByLabel('Amount').fill('twelve');
    await owner.getByRole('button', { name: 'Add funds' }).click();
    await owner.getByText('write an amount').waitFor();
    await owner.getByLabel('Amount').fill('12,000');
    await owner.getByRole('button', { name: 'Add funds' }).click();
    await until(owner, () => owner.getByText('Cleared'));
    await owner.getByText('US$12,000.00').first().waitFor();
  });

  await step(
    'it posts a project with two layers and sees the price of each before it publishes',
    owner,
    async () => {
      await open(owner, '/lab/projects/new', 'New project');
      await owner.getByLabel('Title', { exact: true }).fill('Heart questions');
      await owner.getByLabel('What it is about').fill('Judging and writing answers about the heart.');
      await owner.getByLabel('Title of the layer').nth(0).fill('Rating answers');
      await owner.getByLabel('Title of the layer').nth(1).fill('Cardiology review');
      await owner
        .getByLabel('What is done')
        .nth(1)
        .fill('Check the reasoning of answers about heart disease.');
      await owner.getByLabel('Required skills').nth(1).fill('Cardiology, ECG');
      await owner.getByLabel('Required credential').nth(1).selectOption({ label: 'US medical licence' });
      await owner.getByRole('button', { name: 'Save the draft and see its price' }).click();
      await owner.getByRole('heading', { level: 1, exact: true, name: 'Heart questions' }).waitFor();
      await owner.getByText('US$172.50').first().waitFor();
      await axe(owner, 'project', faults);
      await owner.getByRole('button', { name: 'Publish' }).click();
      await owner.getByRole('link', { name: 'Cardiology review' }).waitFor();
    },
  );

  await step('an expert signs up, takes over a JSON Resume and claims a licence', expert, async () => {
    await signUp(expert, 'Dr Erin Expert', 'erin@example.org');
    await expert.getByRole('link', { name: 'I am an expert' }).click();
    await expert.getByLabel('Name that labs see').fill('Dr Erin Expert');
    await expert.getByLabel('Country from which you work').fill('US');
    await expert.getByRole('button', { name: 'Make the profile' }).click();
    await expert.getByRole('heading', { level: 1, exact: true, name: 'Profile' }).waitFor();
    const resume = {
      basics: { label: 'Cardiologist', summary: 'Twelve years in cardiology.' },
      skills: [{ name: 'Cardiology' }, { name: 'ECG' }],
      work: [{ name: 'City Hospital', position: 'Attending physician', summary: 'Heart disease clinic' }],
    };
    await expert.getByLabel('Take over a JSON Resume').setInputFiles({
      name: 'resume.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(resume)),
    });
    await expert.getByText('Everything in the file was taken over.').waitFor();
    await open(expert, '/expert/credentials', 'Credentials');
    await expert.getByLabel('State').fill('CA');
    await expert.getByLabel('Licence number').fill('A123456');
    await expert.getByLabel('NPI').fill('2234567890');
    await expert.getByLabel('Valid until').fill('2031-12-31');
    await expert.getByRole('button', { name: 'Add the credential' }).click();
    await expert.getByText('one digit is wrong, or two are swapped').waitFor();
    await expert.getByLabel('NPI').fill('1234567893');
    await expert.getByRole('button', { name: 'Add the credential' }).click();
    await expert.getByRole('button', { name: 'Hand in for verification' }).click();
    await expert.getByText('Waiting for a verifier').first().waitFor();
  });

  await step('two different verifiers approve it, each with a reason', admin, async () => {
    await signUp(second, 'Vera Verifier', 'vera@example.org');
    await second.getByRole('heading', { name: 'What brings you here?' }).waitFor();
    await open(admin, '/admin', 'Admin');
    await admin.getByLabel('Mail address of their account').fill('vera@example.org');
    await admin.getByRole('button', { name: 'Give the role' }).click();
    await admin.getByText('vera@example.org is verifier now.').waitFor();
    const approve = async (page, reason) => {
      await open(page, '/admin/verification', 'Verification');
      await page.getByRole('link', { name: /US medical licence/ }).click();
      await page.getByLabel('Reason').fill(reason);
      await page.getByRole('button', { name: 'Approve' }).click();
    };
    await approve(admin, 'Found on the register of the state board.');
    await admin.getByText('waiting for a second verifier').first().waitFor();
    await admin.getByLabel('Reason').fill('And once more by myself.');
    await admin.getByRole('button', { name: 'Approve' }).click();
    await admin.getByText('A different verifier must give the second approval').waitFor();
    await approve(second, 'Confirmed with the board by phone.');
    await second.getByText('Verified', { exact: true }).first().waitFor();
  });

  await step('the shortlist names the expert with gates, parts and reasons', owner, async () => {
    await owner.getByRole('link', { name: 'Cardiology review' }).click();
    await owner.getByRole('heading', { level: 2, name: 'Shortlist' }).waitFor();
    await until(owner, () => owner.getByRole('heading', { name: '1. Dr Erin Expert' }));
    await owner.getByText('US medical licence is verified').first().waitFor();
    await axe(owner, 'shortlist', faults);
  });

  await step('the expert applies', expert, async () => {
    await open(expert, '/expert/openings', 'Openings');
    await until(expert, () => expert.getByRole('link', { name: 'Cardiology review' }));
    await expert.getByRole('link', { name: 'Cardiology review' }).click();
    await expert.getByLabel('A few words to the lab').fill('I review such cases daily.');
    await expert.getByRole('button', { name: 'Apply' }).click();
    await expert.getByRole('heading', { level: 1, exact: true, name: 'Applications' }).waitFor();
  });

  await step('the lab offers and the expert accepts', owner, async () => {
    await until(owner, () => owner.getByText('I review such cases daily.'));
    await owner.getByLabel('Pay an hour').fill('123.45');
    await owner.getByLabel('First day').fill(today);
    await owner.getByRole('button', { name: 'Send the offer' }).click();
    await owner.getByText('Offer:').waitFor();
    await until(expert, () => expert.getByRole('link', { name: 'Offer' }));
    await expert.getByRole('link', { name: 'Offer' }).click();
    await expert.getByText('US$141.97').first().waitFor();
    await axe(expert, 'offer', faults);
    await expert.getByRole('button', { name: 'Accept the offer' }).click();
    await expert.getByRole('heading', { level: 1, exact: true, name: 'Engagement' }).waitFor();
    await expert.getByText('US$1,419.68 held').waitFor();
  });

  await step(
    'time is logged by timer and by hand; overlap is refused with the name of the other entry',
    expert,
    async () => {
      const { from, middle, to } = pastHours();
      const byHand = async (start, end, note) => {
        await expert.getByLabel('Day').fill(start.toISOString().slice(0, 10));
        await expert.getByLabel('From', { exact: true }).fill(start.toISOString().slice(11, 16));
        await expert.getByLabel('To', { exact: true }).fill(end.toISOString().slice(11, 16));
        await expert.getByLabel('Note').fill(note);
        await expert.getByRole('button', { name: 'Add the entry' }).click();
      };
      await byHand(from, middle, 'First cases');
      await expert.getByRole('link', { name: /Week of/ }).waitFor();
      await byHand(from, to, 'Overlapping');
      await expert.getByText('This overlaps your entry from').waitFor();
      await byHand(middle, to, 'More cases');
      await expert
        .getByText(/2 min|1 h|min,/)
        .first()
        .waitFor();
      await expert.getByLabel('What you are working on').fill('Reading instructions');
      await expert.getByRole('button', { name: 'Start the timer' }).click();
      await expert.getByRole('timer').waitFor();
      await expert.getByRole('button', { name: 'Stop the timer' }).click();
      await expert.getByRole('button', { name: 'Start the timer' }).waitFor();
    },
  );

  await step('the week is handed in, recalled and handed in again', expert, async () => {
    await expert
      .getByRole('link', { name: /Week of/ })
      .first()
      .click();
    await expert.getByRole('button', { name: 'Hand the week in' }).click();
    await expert.getByRole('button', { name: 'Recall the week' }).click();
    await expert.getByRole('button', { name: 'Hand the week in' }).click();
    await expert.getByRole('button', { name: 'Recall the week' }).waitFor();
    await axe(expert, 'week', faults);
  });

  await step(
    'the reviewer approves one line and questions the other; the expert accepts less',
    reviewer,
    async () => {
      await open(reviewer, '/lab/time', 'Time review');
      await reviewer.getByRole('link', { name: /Cardiology review/ }).click();
      await reviewer.getByRole('button', { name: 'Approve this line' }).first().click();
      await reviewer.getByText('Charged', { exact: true }).first().waitFor();
      await reviewer.getByText('Question this line').first().click();
      await reviewer.getByLabel('What you want to know').fill('Was this not a little less?');
      await reviewer.getByLabel('Minutes to count instead').fill('1');
      await reviewer.getByRole('button', { name: 'Send the question' }).click();
      await reviewer.getByText('The lab asks').waitFor();
      await expert.reload();
      await expert.getByRole('button', { name: 'Accept the proposal' }).click();
      await expert.getByText('Settled: the proposal was accepted').waitFor();
    },
  );

  await step('both sides read the same three numbers, which are hours times rate', expert, async () => {
    await open(expert, '/expert/earnings', 'Earnings');
    await open(owner, '/lab/billing', 'Billing');
    const read = async (page) => (await page.locator('[data-charge]').allInnerTexts()).sort();
    const [earned, charged] = [await read(expert), await read(owner)];
    const { from, middle } = pastHours.last;
    const expected = [threeNumbers((middle - from) / 1000), threeNumbers(60)].sort();
    if (JSON.stringify(earned) !== JSON.stringify(charged))
      throw new Error(`the sides differ: ${earned} | ${charged}`);
    if (JSON.stringify(earned) !== JSON.stringify(expected))
      throw new Error(`expected ${expected}, read ${earned}`);
  });

  await step('the expert is paid through the sandbox rail', expert, async () => {
    await expert.getByRole('button', { name: 'Set up where you are paid' }).click();
    await until(expert, () => expert.getByRole('button', { name: 'Pay out now' }));
    await expert.getByRole('button', { name: 'Pay out now' }).click();
    await open(admin, '/admin/sandbox', 'Sandbox rail');
    await until(expert, () => expert.getByText('Paid', { exact: true }));
  });

  await step('an admin proves the books', admin, async () => {
    await open(admin, '/admin/audit', 'Audit');
    await admin.getByRole('button', { name: 'Prove the books' }).click();
    await admin.getByText('The books are proven.').waitFor();
  });

  await step('a phone can do it too', expert, async () => {
    await expert.setViewportSize({ width: 360, height: 740 });
    for (const [address, heading] of [
      ['/expert/earnings', 'Earnings'],
      ['/expert/openings', 'Openings'],
      ['/expert/profile', 'Profile'],
    ]) {
      await open(expert, address, heading);
      const isWide = await expert.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      if (isWide) throw new Error(`${address} is wider than the phone`);
    }
  });
}

/** Runs axe on a page, light and dark. */
async function axe(page, where, faults) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations)
      faults.push(`axe: ${id} on ${where} in ${colorScheme}: ${nodes[0].html.slice(0, 160)}`);
  }
}

/** Two short spans of today that have passed, in whole minutes and after Monday 00:00 UTC. */
function pastHours() {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const monday = new Date(now - ((new Date(now).getUTCDay() + 6) % 7) * 86_400_000).setUTCHours(0, 0, 0, 0);
  const day = new Date(now).setUTCHours(0, 0, 0, 0);
  const reach = Math.min(120, Math.floor((now - Math.max(monday, day)) / 60_000) - 1);
  const from = new Date(now - reach * 60_000);
  const middle = new Date(from.getTime() + Math.floor(reach / 2) * 60_000);
  pastHours.last = { from, middle, to: new Date(now - 60_000) };
  return pastHours.last;
}

/** price = pay + fee of some seconds at 123.45 with 15 % on top, worked out here by hand. */
function threeNumbers(seconds) {
  const halfEven = (top, bottom) => {
    const [whole, twice] = [top / bottom, (top % bottom) * 2n];
    return twice > bottom || (twice === bottom && whole % 2n === 1n) ? whole + 1n : whole;
  };
  const pay = halfEven(12345n * BigInt(seconds), 3600n);
  const fee = halfEven(pay * 15n, 100n);
  const text = (minor) => `US$${(Number(minor) / 100).toFixed(2)}`;
  return `${text(pay + fee)} = ${text(pay)} + ${text(fee)}`;
}

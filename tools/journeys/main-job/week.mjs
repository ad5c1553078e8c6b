// A week of work: logged, refused where it overlaps, submitted, recalled, reviewed, questioned, settled.
import { equal } from 'node:assert/strict';

/** From the first minute to the last line settled. */
export async function weekJob(world) {
  const { cast, step, open, confirm } = world;
  const { expert, reviewer } = cast;
  const { from, middle, to } = pastHours();

  await step(
    'time is entered by hand; overlap is refused with the name of the other entry',
    expert,
    async () => {
      await open(expert, '/expert/week', 'Week');
      await byHand(expert, from, middle, 'First cases');
      await expert.getByText('Added.').first().waitFor();
      await byHand(expert, from, to, 'Overlapping');
      await expert
        .getByText(/This overlaps your entry from .*First cases/)
        .first()
        .waitFor();
      await expert.getByRole('button', { name: 'Open the entry that it overlaps' }).waitFor();
      await byHand(expert, middle, to, 'More cases');
      await expert.getByText('More cases').first().waitFor();
    },
  );

  await step('keys in the grid begin an entry, its note and the timer', expert, async () => {
    const cell = expert.getByRole('grid').locator('button[tabindex="0"]');
    const to = expert.getByLabel('To', { exact: true });
    await cell.focus();
    await expert.keyboard.press('ArrowDown');
    await expert.keyboard.type('45m');
    equal(await to.inputValue(), '+45m', 'the length that was typed in a cell');
    await to.fill('');
    await cell.focus();
    await expert.keyboard.press('n');
    await expert.getByLabel('Note', { exact: true }).and(expert.locator(':focus')).waitFor();
    await cell.focus();
    await expert.keyboard.press('t');
    await expert.getByRole('button', { name: 'Start the timer' }).and(expert.locator(':focus')).waitFor();
  });

  await step('a timer runs over a reload and in a second tab, and stops', expert, async () => {
    await expert.getByLabel('What you are working on').fill('Reading instructions');
    await expert.getByRole('button', { name: 'Start the timer' }).click();
    await expert.getByRole('timer').waitFor();
    await expert.reload();
    await expert.getByRole('timer').waitFor();
    const tab = await expert.context().newPage();
    await tab.goto(expert.url());
    await tab.getByRole('button', { name: 'Stop the timer' }).click();
    await tab.getByRole('button', { name: 'Start the timer' }).waitFor();
    await tab.close();
    await expert.getByRole('button', { name: 'Start the timer' }).waitFor();
  });

  await step('the week is submitted early, recalled, and submitted again', expert, async () => {
    await handIn(world);
    await expert
      .getByRole('link', { name: /Cardiology review|Week of|sheet/i })
      .last()
      .click();
    await confirm(expert, 'Recall the week', 'Recall it');
    await handIn(world);
    await expert.getByRole('button', { name: 'Recall the week' }).waitFor();
  });

  await step('the reviewer approves one line and questions the other', reviewer, async () => {
    await open(reviewer, '/lab/time', 'Time review');
    await reviewer.locator('main').getByRole('row').getByRole('link').first().click();
    await confirm(reviewer, /^Approve \d/, 'Approve and charge');
    await reviewer.getByText('Approved and charged', { exact: true }).first().waitFor();
    await reviewer
      .getByRole('button', { name: /^Question/ })
      .first()
      .click();
    const panel = reviewer.getByRole('dialog');
    await panel.getByLabel('What is not right, and why you think so').fill('Was this not a little less?');
    await panel.getByLabel('Minutes to count instead').fill('1');
    await panel.getByRole('button', { name: 'Send the question' }).click();
    await reviewer.getByText('Was this not a little less?').first().waitFor();
  });

  await step('the expert accepts the proposal, and the question is settled', expert, async () => {
    await expert.getByText('Was this not a little less?').first().waitFor();
    await confirm(expert, 'Accept the proposal', 'Accept and settle');
    await expert
      .getByText(/Settled: the proposal was accepted/)
      .first()
      .waitFor();
  });
}

/** Hands the sheet of this week in, from wherever its button stands. */
async function handIn({ cast: { expert }, confirm }) {
  await confirm(expert, 'Submit the week', 'Submit it');
}

async function byHand(page, start, end, note) {
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Add the entry' }) });
  await form.getByLabel('Day', { exact: true }).selectOption({ value: start.toISOString().slice(0, 10) });
  await form.getByLabel('From', { exact: true }).fill(start.toISOString().slice(11, 16));
  await form.getByLabel('To', { exact: true }).fill(end.toISOString().slice(11, 16));
  await form.getByLabel('Note', { exact: true }).fill(note);
  await form.getByRole('button', { name: 'Add the entry' }).click();
}

/** Two short spans of today that have passed, in whole minutes and after Monday 00:00 UTC. */
export function pastHours() {
  pastHours.found ??= spansBefore(Math.floor(Date.now() / 60_000) * 60_000);
  return pastHours.found;
}

function spansBefore(now) {
  const midnight = new Date(now).setUTCHours(0, 0, 0, 0);
  const reach = Math.min(120, Math.floor((now - midnight) / 60_000) - 1);
  if (reach < 4) throw new Error('this journey needs a few minutes of today to have passed, UTC');
  const from = new Date(now - reach * 60_000);
  return {
    from,
    middle: new Date(from.getTime() + Math.floor(reach / 2) * 60_000),
    to: new Date(now - 60_000),
  };
}

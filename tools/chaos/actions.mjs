// What people do with money, at the same time and with what they draw from their own seed.
import { setTimeout as wait } from 'node:timers/promises';
import { randomFrom } from './random.mjs';

const FUND = 'mutation($input: RequestFundingInput!) { requestFunding(input: $input) }';
const REFUND = 'mutation($input: RequestRefundInput!) { requestRefund(input: $input) { id } }';
const ADD = 'mutation($input: EntryInput!) { addEntry(input: $input) }';
const SHEETS =
  'query($id: ID!) { myTimesheets(engagementId: $id, states: ["OPEN"]) { edges { node { id } } } }';
const SUBMIT = 'mutation($id: ID!, $k: String!) { submitWeek(id: $id, idempotencyKey: $k) { id } }';
const APPROVE = 'mutation($input: ApproveWeekInput!) { approveWeek(input: $input) { id } }';
const PAY_PART = 'mutation($input: PayOutPartInput!) { payOutPart(input: $input) }';
const RUN = 'mutation { runPayouts }';

const STEPS = 8;
const SLOT_MS = 20 * 60_000;
const ENTRY_MS = 15 * 60_000;

/** Lets everybody act at once. Ends when all are done. */
export async function act(client, world, seed) {
  const nextKey = keys(seed);
  const slots = new Map(world.experts.map(({ expertId }) => [expertId, 0]));
  const tools = { client, nextKey, slots };
  const people = [
    ...world.labs.map((lab, n) => labActs({ ...tools, lab, random: randomFrom(seed * 31 + n) })),
    ...world.engagements.map((each, n) =>
      weekIsWorked({ ...tools, each, random: randomFrom(seed * 37 + n) }),
    ),
    ...world.experts.map((expert, n) =>
      expertIsPaid({ ...tools, expert, random: randomFrom(seed * 41 + n) }),
    ),
    staffRuns({ ...tools, staff: world.staff, random: randomFrom(seed * 43) }),
  ];
  await Promise.all(people);
}

function keys(seed) {
  let count = 0;
  return (what) => `chaos-${seed}-${what}-${++count}`;
}

const input = (fields, key) => ({ input: { ...fields, idempotencyKey: key } });

/** Puts money in and takes it out again, more than there is, too; now and then the same click twice. */
async function labActs({ client, nextKey, lab, random }) {
  for (let step = 0; step < STEPS; step++) {
    await wait(random.below(600));
    if (random.chance(60)) {
      const fields = { amountMinor: String(1000 + random.below(50_000)), currency: 'USD' };
      const variables = input(fields, nextKey('fund'));
      await Promise.all(
        Array.from({ length: random.chance(50) ? 3 : 1 }, () =>
          client.ask('fund', FUND, variables, lab.token),
        ),
      );
    } else {
      const refunds = Array.from({ length: 3 }, () =>
        input({ amountMinor: String(100_000 + random.below(200_000)), currency: 'USD' }, nextKey('refund')),
      );
      await Promise.all(refunds.map((variables) => client.ask('refund', REFUND, variables, lab.token)));
    }
  }
}

/** Time is written down, submitted and approved: each line is charged. */
async function weekIsWorked({ client, nextKey, slots, each: { engagementId, lab, expert }, random }) {
  for (let entry = 0; entry < 2 + random.below(3); entry++) {
    await wait(random.below(500));
    const slot = slots.get(expert.expertId) + 1;
    slots.set(expert.expertId, slot);
    const start = Math.floor(Date.now() / 60_000) * 60_000 - (slot + 1) * SLOT_MS;
    const times = {
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + ENTRY_MS).toISOString(),
    };
    const fields = { engagementId, kind: 'WORK', note: 'Reviewed cases', ...times };
    await client.ask('entry', ADD, input(fields, nextKey('entry')), expert.token);
  }
  const { data } = await client.ask('sheets', SHEETS, { id: engagementId }, expert.token);
  const id = data?.myTimesheets.edges[0]?.node.id;
  if (!id) return;
  await client.ask('submit', SUBMIT, { id, k: nextKey('submit') }, expert.token);
  const approve = input({ timesheetId: id }, nextKey('approve'));
  await Promise.all([1, 2].map(() => client.ask('approve', APPROVE, approve, lab.token)));
}

/** An expert takes parts of what is there. */
async function expertIsPaid({ client, nextKey, expert, random }) {
  for (let step = 0; step < STEPS; step++) {
    await wait(300 + random.below(900));
    const fields = { amountMinor: String(100 + random.below(4000)), currency: 'USD' };
    await client.ask('payOutPart', PAY_PART, input(fields, nextKey('pay')), expert.token);
  }
}

/** The platform pays everybody. */
async function staffRuns({ client, staff, random }) {
  for (let step = 0; step < 3; step++) {
    await wait(500 + random.below(3000));
    await client.ask('runPayouts', RUN, {}, staff);
  }
}

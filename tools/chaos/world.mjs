// The world in which money moves: labs, experts and engagements between them, made through the product as people make them.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, PATIENCE_MS } from './client.mjs';

const LABS = 2;
const EXPERTS = 3;

const SIGN_UP = 'mutation($input: SignUpInput!) { signUp(input: $input) }';
const CREATE_LAB = 'mutation($input: CreateLabInput!) { createLab(input: $input) { id } }';
const VET = 'mutation($input: VetLabInput!) { vetLab(input: $input) { state } }';
const CREATE_EXPERT = 'mutation($input: CreateExpertInput!) { createExpert(input: $input) { id } }';
const SET_UP = 'mutation { setUpPayoutAccount { __typename } }';
const STANDING = '{ payoutStanding { accountState } }';
const SAVE = 'mutation($input: SaveProjectInput!) { saveProject(input: $input) { id openings { id } } }';
const PUBLISH = 'mutation($id: ID!, $k: String!) { publishProject(id: $id, idempotencyKey: $k) { state } }';
const APPLY = 'mutation($input: ApplyInput!) { apply(input: $input) }';
const OFFER = 'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id } }';
const ACCEPT = 'mutation($id: ID!, $k: String!) { acceptOffer(id: $id, idempotencyKey: $k) { id } }';
const FUND = 'mutation($input: RequestFundingInput!) { requestFunding(input: $input) }';
const BALANCES = '{ labBalances { available { minor } } }';

const key = () => `world-${randomUUID()}`;
const input = (fields) => ({ input: { ...fields, idempotencyKey: key() } });

/** Makes the world on a running product. `owner` is a connection that sees all rows. Returns who is in it. */
export async function makeWorld(port, owner, say) {
  const client = new Client(port);
  const signUp = async (name) => {
    const email = `${name}@example.org`;
    const person = { email, password: `${randomUUID()} long enough`, name, timeZone: 'UTC' };
    const answer = await client.once(SIGN_UP, { input: person });
    const token = /=([^;]+)/.exec(answer?.response.headers.getSetCookie()[0] ?? '')?.[1];
    if (!token) throw new Error(`${name} could not sign up: ${answer?.refused} ${answer?.message}`);
    return token;
  };
  const staff = await signUp('staff');
  for (const role of ['TRUST', 'FINANCE', 'AUDITOR', 'ADMIN'])
    await owner.query(
      `INSERT INTO staff_role SELECT id, $1, now() FROM account WHERE email = 'staff@example.org'`,
      [role],
    );
  const labs = [];
  for (let n = 0; n < LABS; n++) labs.push(await makeLab(client, await signUp(`lab${n}`), staff, n));
  const experts = [];
  for (let n = 0; n < EXPERTS; n++) experts.push(await makeExpert(client, await signUp(`expert${n}`), n));
  say('waiting until payout accounts are active and the labs have funds');
  await until(async () => {
    const standings = await Promise.all(
      experts.map(({ token }) => client.must('standing', STANDING, {}, token)),
    );
    const balances = await Promise.all(labs.map(({ token }) => client.must('balances', BALANCES, {}, token)));
    return (
      standings.every(({ payoutStanding }) => payoutStanding.accountState === 'ACTIVE') &&
      balances.every(({ labBalances }) => BigInt(labBalances[0]?.available.minor ?? 0) >= 2_000_000n)
    );
  });
  await layAside(owner);
  const engagements = [];
  for (const lab of labs) for (const expert of experts) engagements.push(await engage(client, lab, expert));
  return { staff, labs, experts, engagements };
}

/** Money that lies in the experts' accounts at the rail besides: whatever is sent on twice goes through, and is seen. */
async function layAside(owner) {
  await owner.query(
    `INSERT INTO sandbox.object (id, kind, account, body)
     SELECT 'bal_' || rail_account_id || '_usd', 'balance', rail_account_id,
       jsonb_build_object('owner', rail_account_id, 'currency', 'usd', 'available', 1000000, 'pending', 0) FROM payout_account`,
  );
}

async function makeLab(client, token, staff, n) {
  const fields = {
    name: `Lab ${n}`,
    legalName: `Lab ${n} Inc.`,
    country: 'US',
    owners: [{ name: 'Ana Pop', shareBasisPoints: 10000 }],
    competitors: [],
  };
  const { createLab } = await client.must('createLab', CREATE_LAB, input(fields), token);
  const vet = { labId: createLab.id, decision: 'VET', reason: 'The register shows the owners.' };
  await client.must('vetLab', VET, input(vet), staff);
  await client.must('fund', FUND, input({ amountMinor: '2000000', currency: 'USD' }), token);
  return { token, labId: createLab.id };
}

async function makeExpert(client, token, n) {
  const fields = { displayName: `Expert ${n}`, country: 'US' };
  const { createExpert } = await client.must('createExpert', CREATE_EXPERT, input(fields), token);
  await client.must('setUpPayoutAccount', SET_UP, {}, token);
  return { token, expertId: createExpert.id };
}

async function engage(client, lab, expert) {
  const startsOn = new Date().toISOString().slice(0, 10);
  const opening = {
    title: 'Heart review',
    description: 'Check answers.',
    rung: 'CREDENTIALED',
    currency: 'USD',
    rateMinMinor: '10000',
    rateMaxMinor: '20000',
    seats: 1,
    hoursPerWeek: 10,
    weeks: 4,
    startsOn,
    countries: [],
    skills: [],
    credentials: [],
    languages: [],
  };
  const project = {
    title: 'Heart',
    summary: 'Judging answers about the heart.',
    taskFamily: 'REASONING',
    scarcity: 'MEDIUM',
    sensitivity: 'LOW',
    control: 'LOW',
    unpaidParts: '',
    monitoring: '',
    contentWarning: '',
    openings: [opening],
  };
  const { saveProject } = await client.must('saveProject', SAVE, input(project), lab.token);
  await client.must('publish', PUBLISH, { id: saveProject.id, k: key() }, lab.token);
  const applied = input({ openingId: saveProject.openings[0].id, note: 'Hello' });
  const { apply } = await client.must('apply', APPLY, applied, expert.token);
  const offer = {
    applicationId: apply,
    rateMinorPerHour: '12345',
    weeklyCapHours: 40,
    noticeDays: 7,
    startsOn,
  };
  const { sendOffer } = await client.must('offer', OFFER, input(offer), lab.token);
  const { acceptOffer } = await client.must('accept', ACCEPT, { id: sendOffer.id, k: key() }, expert.token);
  return { engagementId: acceptOffer.id, lab, expert };
}

/** Waits until something is true. */
export async function until(isTrue, seconds = PATIENCE_MS / 1000, pauseMs = 200) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(pauseMs))
    if (await isTrue()) return;
  throw new Error(`not so after ${seconds} s`);
}

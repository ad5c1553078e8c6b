import type { Caller, TestApi } from './api';

let counter = 0;
/** A key that was not used before. */
export const key = () => `test-key-${++counter}-${Date.now()}`;

const CREATE_LAB = 'mutation($input: CreateLabInput!) { createLab(input: $input) { id state } }';
const VET = 'mutation($input: VetLabInput!) { vetLab(input: $input) { state } }';
const SAVE = 'mutation($input: SaveProjectInput!) { saveProject(input: $input) { id openings { id } } }';
const PUBLISH =
  'mutation($id: ID!, $k: String!) { publishProject(id: $id, idempotencyKey: $k) { state openings { id state } } }';
const OFFER =
  'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id hour { price { minor } pay { minor } fee { minor } } } }';

/** A vetted lab with its owner signed in. */
export async function vettedLab(api: TestApi, name: string): Promise<Caller & { labId: string }> {
  const owner = await api.signUp(`owner-${key()}@example.org`);
  const input = {
    name,
    legalName: `${name} Inc.`,
    country: 'US',
    owners: [{ name: 'Ana Pop', shareBasisPoints: 10000 }],
    competitors: ['Nimbus Labs'],
    idempotencyKey: key(),
  };
  const { createLab } = await owner.ask(CREATE_LAB, { input });
  const trust = await api.staff(`trust-${key()}@example.org`, ['TRUST']);
  await trust.ask(VET, {
    input: {
      labId: createLab.id,
      decision: 'VET',
      reason: 'The register shows the owners.',
      idempotencyKey: key(),
    },
  });
  return { ...owner, labId: createLab.id as string };
}

/** An expert with a profile. */
export async function newExpert(api: TestApi, name: string): Promise<Caller & { expertId: string }> {
  const person = await api.signUp(`expert-${key()}@example.org`);
  const { createExpert } = await person.ask(
    'mutation($input: CreateExpertInput!) { createExpert(input: $input) { id } }',
    { input: { displayName: name, country: 'US', idempotencyKey: key() } },
  );
  return { ...person, expertId: createExpert.id as string };
}

/** One layer as tests use it. */
export const layer = (more: object = {}) => ({
  title: 'Cardiology review',
  description: 'Check answers.',
  rung: 'CREDENTIALED',
  currency: 'USD',
  rateMinMinor: '8000',
  rateMaxMinor: '15000',
  seats: 1,
  hoursPerWeek: 10,
  weeks: 4,
  startsOn: new Date().toISOString().slice(0, 10),
  countries: [],
  skills: [{ label: 'Cardiology', isRequired: true }],
  credentials: [],
  languages: [],
  ...more,
});

/** A published project with one layer. Returns the opening's id. */
export async function publishedOpening(lab: Caller, more: object = {}): Promise<string> {
  const input = {
    title: 'Heart',
    summary: 'Judging answers about the heart.',
    taskFamily: 'REASONING',
    scarcity: 'MEDIUM',
    sensitivity: 'LOW',
    control: 'LOW',
    unpaidParts: '',
    monitoring: '',
    contentWarning: '',
    openings: [layer(more)],
    idempotencyKey: key(),
  };
  const { saveProject } = await lab.ask(SAVE, { input });
  await lab.ask(PUBLISH, { id: saveProject.id, k: key() });
  return saveProject.openings[0].id as string;
}

/** Application, offer and acceptance. Returns the engagement's id. */
export async function engaged(
  api: TestApi,
  lab: Caller,
  expert: Caller,
  openingId: string,
  rateMinorPerHour = '12345',
): Promise<string> {
  const { apply } = await expert.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
    input: { openingId, note: 'Hello', idempotencyKey: key() },
  });
  const input = {
    applicationId: apply,
    rateMinorPerHour,
    weeklyCapHours: 10,
    noticeDays: 7,
    startsOn: api.clock.now().toISOString().slice(0, 10),
    idempotencyKey: key(),
  };
  const { sendOffer } = await lab.ask(OFFER, { input });
  const { acceptOffer } = await expert.ask(
    'mutation($id: ID!, $k: String!) { acceptOffer(id: $id, idempotencyKey: $k) { id state } }',
    { id: sendOffer.id, k: key() },
  );
  return acceptOffer.id as string;
}

/** Puts money in and waits until it has arrived. */
export async function funded(api: TestApi, lab: Caller, amountMinor: string): Promise<void> {
  await lab.ask('mutation($input: RequestFundingInput!) { requestFunding(input: $input) }', {
    input: { amountMinor, currency: 'USD', idempotencyKey: key() },
  });
  await until(async () => {
    await api.runJobs();
    const { labBalances } = await lab.ask('{ labBalances { available { minor } } }');
    return BigInt(labBalances[0]?.available.minor ?? 0) > 0n;
  });
}

/** Waits until something is true. */
export async function until(isTrue: () => Promise<boolean>, seconds = 20): Promise<void> {
  for (let n = 0; n < seconds * 10; n++) {
    if (await isTrue()) return;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error(`not true after ${seconds} s`);
}

import { createHmac } from 'node:crypto';
import type { Client } from 'pg';
import request from 'supertest';
import { Sandbox } from '../src/sandbox/run';
import { TestApi, type Caller } from './api';
import { freePort } from './free-port';
import { createTestDatabase } from './database';
import { engaged, key, newExpert, publishedOpening, until, vettedLab } from './main-job';

const SECRET = 'a secret of this test run';
const DAY_MS = 86_400_000;

/** A Wednesday noon: two days of the week have passed, and no week begins meanwhile. */
export const NOON = new Date('2026-11-18T12:00:00Z');

export type Lab = Awaited<ReturnType<typeof vettedLab>>;
export type Expert = Awaited<ReturnType<typeof newExpert>>;

/** The API with the sandbox rail behind it, reached over HTTP, each on a database of its own. */
export interface MoneyWorld {
  readonly api: TestApi;
  /** Sets delays, failures, fees, webhooks or rates of the sandbox, or does something to one of its objects. */
  control(
    path: 'delays' | 'failures' | 'fees' | 'webhooks' | 'rates' | 'actions',
    body: object,
  ): Promise<void>;
  /** Stops the rail, or starts it again with the books that it had. */
  rail(is: 'away' | 'back'): Promise<void>;
  /** Takes every failure back that was set and not used. */
  forgetFailures(): Promise<void>;
  /** Sends a signed webhook, as the rail would. Returns the status. */
  webhook(route: string, event: object, signature?: string): Promise<number>;
  /** Runs jobs until something is true; a job that fails is left to its retry. */
  settle(isTrue: () => Promise<boolean>): Promise<void>;
  /** How many objects of a kind the rail's own books have: what really happened there. */
  atRail(kind: 'payment_intent' | 'refund' | 'transfer' | 'account'): Promise<number>;
  /** The newest object of a kind in the rail's own books. */
  newestAtRail(kind: string): Promise<Record<string, unknown> & { id: string }>;
  /** The rail's own books, changed behind its back. */
  readonly books: Pick<Client, 'query'>;
  /** How many rows the ledger has of a kind. */
  posted(kind: string): Promise<number>;
  /** Codes of accounts whose balance is not the sum of its postings. */
  drift(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts both. Nothing at the rail takes time, and the product's clock stands at noon. */
export async function moneyWorld(
  environment: Record<string, string> = {},
  databaseSettings: Readonly<Record<string, string>> = {},
): Promise<MoneyWorld> {
  const [apiPort, sandboxPort] = [await freePort(), await freePort()];
  const books = await createTestDatabase();
  const settings = {
    databaseUrl: books.environment.SANDBOX_DATABASE_URL ?? '',
    secret: SECRET,
    port: sandboxPort,
    webhookUrl: `http://127.0.0.1:${apiPort}/webhooks/rail`,
  };
  let sandbox = await Sandbox.start(settings);
  const rail = { SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`, SANDBOX_SECRET: SECRET };
  const api = await TestApi.start({ ...rail, ...environment }, databaseSettings);
  await api.listen(apiPort);
  api.clock.hold(NOON);
  const world: MoneyWorld = {
    api,
    control: async (path, body) => {
      const response = await fetch(`${rail.SANDBOX_URL}/_sandbox/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer sk_test_${SECRET}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    rail: async (is) => {
      if (is === 'away') await sandbox.stop();
      else sandbox = await Sandbox.start(settings);
    },
    forgetFailures: async () => {
      await books.owner.query(`UPDATE sandbox.setting SET value = '{}' WHERE name = 'failures'`);
    },
    webhook: async (route, event, signature) => {
      const body = JSON.stringify(event);
      const at = Math.floor(Date.now() / 1000);
      const signed = createHmac('sha256', SECRET).update(`${at}.${body}`).digest('hex');
      const response = await request(api.app.getHttpServer())
        .post(`/webhooks/rail/${route}`)
        .set({ 'content-type': 'application/json', 'stripe-signature': signature ?? `t=${at},v1=${signed}` })
        .send(body);
      return response.status;
    },
    settle: (isTrue) => until(async () => (await api.runJobs().catch(() => undefined), isTrue())),
    atRail: async (kind) => {
      const { rows } = await books.owner.query(
        'SELECT count(*)::int AS n FROM sandbox.object WHERE kind = $1',
        [kind],
      );
      return rows[0].n as number;
    },
    books: books.owner,
    newestAtRail: async (kind) => {
      const sql = 'SELECT body FROM sandbox.object WHERE kind = $1 ORDER BY created_at DESC, id DESC LIMIT 1';
      return (await books.owner.query(sql, [kind])).rows[0].body;
    },
    posted: async (kind) => {
      const sql = 'SELECT count(*)::int AS n FROM ledger.ledger_transaction WHERE kind = $1';
      return (await api.owner().query(sql, [kind])).rows[0].n as number;
    },
    drift: async () => {
      const { rows } = await api.owner().query(`
        SELECT a.code FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') s
        WHERE (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending)
          IS DISTINCT FROM (s.debits_posted, s.credits_posted, s.debits_pending, s.credits_pending)`);
      return rows.map(({ code }: { code: string }) => code);
    },
    stop: async () => {
      await api.stop();
      await sandbox.stop();
      await books.drop();
    },
  };
  await world.control('delays', { payment: 0, payout: 0, onboarding: 0 });
  return world;
}

const FUND = 'mutation($input: RequestFundingInput!) { requestFunding(input: $input) }';

/** Puts money in and waits until all of it has arrived. */
export async function putIn(
  world: MoneyWorld,
  lab: Caller,
  amountMinor: string,
  currency = 'USD',
): Promise<void> {
  await lab.ask(FUND, { input: { amountMinor, currency, idempotencyKey: key() } });
  await world.settle(async () => {
    const { fundings } = await lab.ask('{ fundings(first: 100) { edges { node { state } } } }');
    return fundings.edges.every(({ node }: { node: { state: string } }) => node.state === 'CLEARED');
  });
  await world.api.runJobs().catch(() => undefined);
}

/** An engagement that runs at the moment, with its opening's title. */
export async function running(world: MoneyWorld, lab: Lab, expert: Expert, title: string): Promise<string> {
  const startsOn = world.api.clock.now().toISOString().slice(0, 10);
  return engaged(world.api, lab, expert, await publishedOpening(lab, { startsOn, title }));
}

/** Tuesday of the week at some hour, UTC. */
export function tuesday(time: string): string {
  return `${new Date(NOON.getTime() - DAY_MS).toISOString().slice(0, 10)}T${time}:00Z`;
}

/** What an entry on Tuesday is made of. */
export const entryOn = (engagementId: string, from: string, to: string, note = 'Reviewed cases') => ({
  input: {
    engagementId,
    kind: 'WORK',
    note,
    startsAt: tuesday(from),
    endsAt: tuesday(to),
    idempotencyKey: key(),
  },
});

export const ADD = 'mutation($input: EntryInput!) { addEntry(input: $input) }';
export const SUBMIT =
  'mutation($id: ID!, $k: String!) { submitWeek(id: $id, idempotencyKey: $k) { id state } }';
export const APPROVE_WEEK = 'mutation($input: ApproveWeekInput!) { approveWeek(input: $input) { id state } }';

/** An approved week of one engagement: entries on Tuesday, submitted, approved, charged. Returns the sheet's id. */
export async function chargedWeek(
  lab: Caller,
  expert: Caller,
  engagementId: string,
  spans: readonly (readonly [string, string, string?])[],
): Promise<string> {
  for (const [from, to, note] of spans) await expert.ask(ADD, entryOn(engagementId, from, to, note));
  const { myTimesheets } = await expert.ask(
    'query($id: ID!) { myTimesheets(engagementId: $id, states: ["OPEN"]) { edges { node { id } } } }',
    { id: engagementId },
  );
  const { id } = myTimesheets.edges[0].node;
  await expert.ask(SUBMIT, { id, k: key() });
  await lab.ask(APPROVE_WEEK, { input: { timesheetId: id, idempotencyKey: key() } });
  return id as string;
}

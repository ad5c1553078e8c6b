import type { FastifyInstance } from 'fastify';
import { ACTIONS, actionsFor } from './actions';
import { sumsOf } from './balance';
import { RATES } from './exchange';
import { happen } from './scheduler';
import { RailError, type Body, type Books, type Store } from './store';

/** The numbers that may be set, and up to what: seconds, parts per million, minor units, percent, on or off, millionths of a unit. */
const NUMBERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  delays: {
    ...{ payment: 86_400, onboarding: 86_400, payout: 86_400 },
    ...{ funds: 86_400, refund: 86_400 },
  },
  fees: { payment_ppm: 100_000, payment_fixed: 100_000, dispute: 100_000, payout_fixed: 100_000 },
  webhooks: { duplicates: 100, shuffle: 1, delay: 86_400 },
  rates: RATES,
};

const AFTER = [
  'POST /v1/transfers',
  'POST /v1/payment_intents',
  'POST /v1/refunds',
  'POST /v1/balance_settings',
  'POST /v1/payouts',
];

/** What the next call of a kind may be made to do. */
const FAILURES: Record<string, readonly string[]> = {
  payment: ['fails'],
  transfer: ['refused'],
  payout: ['fails', 'fails_late'],
  refund: ['fails', 'needs_details'],
  account: ['asks_for_more'],
  ...Object.fromEntries(AFTER.map((name) => [`${name} after`, ['error', 'cut']])),
  ...Object.fromEntries(AFTER.map((name) => [`${name} kept`, ['error']])),
};

/** What Stripe does not have: seeing what comes next, letting it happen now, making things go wrong. */
export function control(http: FastifyInstance, store: Store): void {
  http.get('/_sandbox', () => stateOf(store));
  http.post('/_sandbox/advance', async () => ({ happened: (await happen(store, true)) ?? null }));
  for (const [name, numbers] of Object.entries(NUMBERS)) {
    http.post(`/_sandbox/${name}`, async (request) => {
      const given = request.body as Record<string, unknown>;
      mustFit(name, numbers, given);
      await store.pool.query('UPDATE sandbox.setting SET value = value || $2::jsonb WHERE name = $1', [
        name,
        given,
      ]);
      return { [name]: given };
    });
  }
  http.post('/_sandbox/failures', async (request) => {
    const { kind, failure } = request.body as { kind?: string; failure?: string };
    if (!kind || !failure || !FAILURES[kind]?.includes(failure)) throw noSuchFailure();
    await store.pool.query(
      `UPDATE sandbox.setting SET value = value || jsonb_build_object($1::text, $2::text) WHERE name = 'failures'`,
      [kind, failure],
    );
    return { kind, failure };
  });
  http.post('/_sandbox/actions', async (request) => {
    const { action = '', objectId = '' } = request.body as { action?: string; objectId?: string };
    const act = ACTIONS[action];
    if (!act)
      throw new RailError(400, undefined, `The action must be one of: ${Object.keys(ACTIONS).join(', ')}.`, {
        param: 'action',
      });
    return { happened: await store.transaction((books) => act(books, objectId)) };
  });
}

function mustFit(
  name: string,
  numbers: Readonly<Record<string, number>>,
  given: Record<string, unknown>,
): void {
  const bad = Object.entries(given).find(([each, value]) => {
    const most = numbers[each];
    return most === undefined || !Number.isInteger(value) || Number(value) < 0 || Number(value) > most;
  });
  if (!bad) return;
  const [param] = bad;
  const allowed = Object.entries(numbers).map(([each, most]) => `${each} (0 to ${most})`);
  throw new RailError(400, undefined, `The ${name} are whole numbers: ${allowed.join(', ')}.`, { param });
}

function noSuchFailure(): RailError {
  const all = Object.entries(FAILURES).map(([name, ways]) => `${name} (${ways.join(', ')})`);
  return new RailError(400, undefined, `The failure must be one of: ${all.join('; ')}.`, { param: 'kind' });
}

async function stateOf(store: Store): Promise<Body> {
  const rowsOf = async (sql: string) => (await store.pool.query<Body>(sql)).rows;
  const settings = await rowsOf('SELECT name, value FROM sandbox.setting');
  const value = (name: string) => settings.find((row) => row.name === name)?.value ?? {};
  const [waiting] = await rowsOf(
    'SELECT count(*)::int AS count FROM sandbox.event WHERE delivered_at IS NULL',
  );
  return {
    due: await rowsOf(
      'SELECT id::text, what, object_id AS "objectId", due_at AS "dueAt" FROM sandbox.due ORDER BY due_at, id LIMIT 100',
    ),
    undeliveredEvents: waiting?.count ?? 0,
    delays: value('delays'),
    fees: value('fees'),
    webhooks: value('webhooks'),
    rates: value('rates'),
    failures: value('failures'),
    events: await rowsOf(
      `SELECT id, route, body->>'type' AS type, coalesce(body->'data'->'object'->>'id', body->'related_object'->>'id', '') AS "objectId",
         created_at AS "createdAt", delivered_at AS "deliveredAt", attempts, next_at AS "nextAt"
       FROM sandbox.event ORDER BY created_at DESC, id DESC LIMIT 50`,
    ),
    ...(await store.transaction(async (books) => ({
      balances: await balancesOf(books),
      objects: await objectsOf(books),
    }))),
  };
}

async function balancesOf(books: Books): Promise<Body[]> {
  return [...(await sumsOf(books))].map(([currency, { available, pending }]) => ({
    currency: currency.toUpperCase(),
    availableMinor: available.toString(),
    pendingMinor: pending.toString(),
  }));
}

/** An object at the page, and what belongs to it. */
interface Listed {
  readonly kind: string;
  readonly created_at: Date;
  readonly body: Body;
  /** Whose it is: a payment, its refunds and disputes are a lab's, an account and its payouts an expert's. */
  readonly lab_id: string | null;
  readonly expert_id: string | null;
  readonly is_disputed: boolean;
}

/** What something can be done to, the newest of each kind, newest first. */
async function objectsOf(books: Books): Promise<Body[]> {
  const { rows } = await books.client.query<Listed>(
    `SELECT k.kind, o.created_at, o.body, coalesce((charge.body->>'disputed')::boolean, false) AS is_disputed,
       coalesce(payment.body, o.body)->'metadata'->>'lab_id' AS lab_id,
       coalesce(account.body, o.body)->'metadata'->>'expert_id' AS expert_id
     FROM unnest(ARRAY['payment_intent', 'dispute', 'refund', 'payout', 'account']) AS k(kind)
     CROSS JOIN LATERAL (SELECT id, account, created_at, body FROM sandbox.object WHERE kind = k.kind ORDER BY created_at DESC, id DESC LIMIT 30) o
     LEFT JOIN sandbox.object charge ON charge.kind = 'charge' AND charge.id = o.body->>'latest_charge'
     LEFT JOIN sandbox.object payment ON payment.kind = 'payment_intent' AND payment.id = o.body->>'payment_intent'
     LEFT JOIN sandbox.object account ON account.kind = 'account' AND account.id = o.account
     ORDER BY o.created_at DESC, o.id DESC`,
  );
  return rows
    .map(
      ({
        kind,
        created_at: createdAt,
        body,
        lab_id: labId,
        expert_id: expertId,
        is_disputed: isDisputed,
      }) => ({
        id: body.id,
        kind,
        labId,
        expertId,
        status: isDisputed ? 'disputed' : statusOf(body),
        amountMinor: body.amount === undefined ? null : String(body.amount),
        currency: body.currency === undefined ? null : String(body.currency).toUpperCase(),
        createdAt,
        actions: actionsFor(kind, body, isDisputed),
      }),
    )
    .filter(({ actions, status }) => actions.length > 0 || status === 'disputed');
}

function statusOf({ status, requirements }: Body): unknown {
  if (status !== undefined) return status;
  return ((requirements as { entries?: unknown[] } | null)?.entries ?? []).length > 0
    ? 'asks_for_more'
    : 'open';
}

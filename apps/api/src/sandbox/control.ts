import type { FastifyInstance } from 'fastify';
import { happen } from './scheduler';
import type { Body, Store } from './store';

const DELAYS = ['payment', 'onboarding', 'payout'];
const FAILURES: Record<string, readonly string[]> = {
  payment: ['fails'],
  transfer: ['refused'],
  payout: ['fails'],
  'POST /v1/transfers after': ['error', 'cut'],
  'POST /v1/payment_intents after': ['error', 'cut'],
};

/** What Stripe does not have: seeing what comes next, letting it happen now, making things go wrong. */
export function control(http: FastifyInstance, store: Store): void {
  http.get('/_sandbox', async () => {
    const due = await store.pool.query<Body>(
      'SELECT id::text, what, object_id AS "objectId", due_at AS "dueAt" FROM sandbox.due ORDER BY due_at, id LIMIT 100',
    );
    const waiting = await store.pool.query<{ count: string }>(
      'SELECT count(*) FROM sandbox.event WHERE delivered_at IS NULL',
    );
    const settings = await store.pool.query<{ name: string; value: Body }>(
      'SELECT name, value FROM sandbox.setting',
    );
    const events = await store.pool.query<Body>(
      `SELECT id, route, body->>'type' AS type, coalesce(body->'data'->'object'->>'id', body->'related_object'->>'id', '') AS "objectId",
         created_at AS "createdAt", delivered_at AS "deliveredAt", attempts, next_at AS "nextAt"
       FROM sandbox.event ORDER BY created_at DESC, id DESC LIMIT 50`,
    );
    const balances = await store.transaction((books) => books.balance());
    const value = (name: string) => settings.rows.find((row) => row.name === name)?.value ?? {};
    return {
      due: due.rows,
      undeliveredEvents: Number(waiting.rows[0]?.count ?? 0),
      delays: value('delays'),
      failures: value('failures'),
      events: events.rows,
      balances: [...balances].map(([currency, { available, pending }]) => ({
        currency: currency.toUpperCase(),
        availableMinor: available.toString(),
        pendingMinor: pending.toString(),
      })),
    };
  });
  http.post('/_sandbox/advance', async () => ({ happened: (await happen(store, true)) ?? null }));
  http.post('/_sandbox/delays', async (request, reply) => {
    const given = request.body as Record<string, unknown>;
    const bad = Object.entries(given).find(
      ([name, seconds]) =>
        !DELAYS.includes(name) || typeof seconds !== 'number' || seconds < 0 || seconds > 86_400,
    );
    if (bad)
      return reply.code(400).send({
        error: {
          type: 'invalid_request_error',
          message: `The delay ${bad[0]} must be one of ${DELAYS.join(', ')} in 0 to 86400 seconds.`,
          param: bad[0],
        },
      });
    await store.pool.query(`UPDATE sandbox.setting SET value = value || $1::jsonb WHERE name = 'delays'`, [
      given,
    ]);
    return { delays: given };
  });
  http.post('/_sandbox/failures', async (request, reply) => {
    const { kind, failure } = request.body as { kind?: string; failure?: string };
    if (!kind || !failure || !FAILURES[kind]?.includes(failure)) {
      return reply.code(400).send({
        error: {
          type: 'invalid_request_error',
          message: `The failure must be one of: ${Object.entries(FAILURES)
            .map(([name, all]) => `${name} (${all.join(', ')})`)
            .join('; ')}.`,
          param: 'kind',
        },
      });
    }
    await store.pool.query(
      `UPDATE sandbox.setting SET value = value || jsonb_build_object($1::text, $2::text) WHERE name = 'failures'`,
      [kind, failure],
    );
    return { kind, failure };
  });
}

import { createHash } from 'node:crypto';
import { RailError, type Body, type Books } from './store';

/** How a call was answered. */
export interface Answer {
  readonly status: number;
  readonly body: Body;
  /** True where nothing was begun, so that the same key may be used again: it was not understood. */
  readonly isUnbegun?: boolean;
  /** True where it is the first answer of its key, given again. */
  readonly isReplayed?: boolean;
}

/** For how long the first answer of a key is given again, hours. Source: Stripe, idempotent requests. */
const KEPT_HOURS = 24;

/**
 * Runs a call once for its key, which is of the account for which the call is. The same key again gives the first answer, a failure too; with other parameters, or
 * while the first is under way, it is an error. After a day a key is as new.
 */
export async function once(
  books: Books,
  { key, account }: { readonly key: string; readonly account?: string },
  request: unknown,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const own = account === undefined ? key : `${account} ${key}`;
  const { rows: locked } = await books.client.query<{ mine: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine',
    [`sandbox ${own}`],
  );
  if (!locked[0]?.mine)
    throw new RailError(
      409,
      'idempotency_key_in_use',
      `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      { type: 'idempotency_error' },
    );
  await books.client.query(
    `DELETE FROM sandbox.idempotency WHERE key = $1 AND created_at < $2::timestamptz - make_interval(hours => ${KEPT_HOURS})`,
    [own, books.now],
  );
  const { rows } = await books.client.query<{ request_hash: string; status: number; body: Body }>(
    'SELECT request_hash, status, body FROM sandbox.idempotency WHERE key = $1',
    [own],
  );
  const first = rows[0];
  if (first && first.request_hash !== hash)
    throw new RailError(
      400,
      undefined,
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      { type: 'idempotency_error' },
    );
  if (first) return { status: first.status, body: first.body, isReplayed: true };
  const answer = await run();
  if (answer.isUnbegun) return answer;
  await books.client.query(
    'INSERT INTO sandbox.idempotency (key, request_hash, status, body, created_at) VALUES ($1, $2, $3, $4, $5)',
    [own, hash, answer.status, answer.body, books.now],
  );
  return answer;
}

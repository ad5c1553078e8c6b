import { randomBytes } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';

export type Body = Record<string, unknown>;

/** An answer in Stripe's shape of errors. */
export class RailError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly param?: string,
    /** The planned failure that this is: used up though the call itself leaves nothing behind. */
    readonly usesUp?: string,
  ) {
    super(message);
  }
}

/** The sandbox's own books, in PostgreSQL, so that they outlive the process. */
export class Store {
  readonly pool: Pool;

  /** `now` is the rail's clock: the machine's, unless a history is played. */
  constructor(
    connectionString: string,
    readonly now: () => Date = () => new Date(),
  ) {
    this.pool = new Pool({ connectionString, max: 4 });
    this.pool.on('error', () => undefined);
  }

  /** Runs work in one transaction. */
  async transaction<T>(work: (books: Books) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(new Books(client, this.now()));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
}

/** What one transaction of the sandbox may do. */
export class Books {
  constructor(
    readonly client: PoolClient,
    /** The instant of this transaction. */
    readonly now: Date,
  ) {}

  /** The instant as Stripe writes it, seconds since 1970. */
  epochSeconds(): number {
    return Math.floor(this.now.getTime() / 1000);
  }

  /** A new id with Stripe's prefix. */
  id(prefix: string): string {
    return `${prefix}_${randomBytes(12).toString('hex')}`;
  }

  async insert(kind: string, body: Body, account?: string): Promise<Body> {
    await this.client.query(
      'INSERT INTO sandbox.object (id, kind, account, body, created_at) VALUES ($1, $2, $3, $4, $5)',
      [body.id, kind, account ?? null, body, this.now],
    );
    return body;
  }

  async update(id: string, changes: Body): Promise<Body> {
    const { rows } = await this.client.query<{ body: Body }>(
      'UPDATE sandbox.object SET body = body || $2::jsonb WHERE id = $1 RETURNING body',
      [id, changes],
    );
    return found(rows[0]?.body, id);
  }

  async get(kind: string, id: string): Promise<Body> {
    const { rows } = await this.client.query<{ body: Body }>(
      'SELECT body FROM sandbox.object WHERE id = $1 AND kind = $2 FOR UPDATE',
      [id, kind],
    );
    return found(rows[0]?.body, id);
  }

  async list(kind: string, filter: Body, limit: number, after?: string): Promise<Body[]> {
    const { rows } = await this.client.query<{ body: Body }>(
      `SELECT body FROM sandbox.object WHERE kind = $1 AND body @> $2::jsonb
       AND ($4::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM sandbox.object WHERE id = $4))
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [kind, filter, limit, after ?? null],
    );
    return rows.map(({ body }) => body);
  }

  /** Puts the next thing that happens to an object on the calendar. */
  async schedule(what: string, objectId: string, delay: 'payment' | 'onboarding' | 'payout'): Promise<void> {
    await this.client.query(
      `INSERT INTO sandbox.due (what, object_id, due_at)
       SELECT $1, $2, $4::timestamptz + make_interval(secs => (value->>$3)::float) FROM sandbox.setting WHERE name = 'delays'`,
      [what, objectId, delay, this.now],
    );
  }

  /** Queues a webhook event in Stripe's shape; thin for v2. */
  async emit(
    route: 'platform' | 'connect' | 'v2',
    type: string,
    object: Body,
    account?: string,
  ): Promise<void> {
    const id = this.id('evt');
    const created = this.epochSeconds();
    const body =
      route === 'v2'
        ? {
            id,
            object: 'v2.core.event',
            type,
            created: this.now.toISOString(),
            livemode: false,
            related_object: {
              id: object.id,
              type: 'v2.core.account',
              url: `/v2/core/accounts/${String(object.id)}`,
            },
          }
        : {
            id,
            object: 'event',
            type,
            created,
            livemode: false,
            api_version: '2026-10-28.endive',
            pending_webhooks: 1,
            request: null,
            data: { object },
            ...(account && { account }),
          };
    await this.client.query(
      'INSERT INTO sandbox.event (id, route, body, created_at, next_at) VALUES ($1, $2, $3, $4, $4)',
      [id, route, body, this.now],
    );
  }

  /** Available and pending money of the platform, minor units by currency. */
  async balance(): Promise<Map<string, { available: bigint; pending: bigint }>> {
    const { rows } = await this.client.query<{ currency: string; status: string; sum: string }>(
      `SELECT body->>'currency' AS currency, body->>'status' AS status, sum((body->>'net')::bigint) AS sum
       FROM sandbox.object WHERE kind = 'balance_transaction' GROUP BY 1, 2`,
    );
    const sums = new Map<string, { available: bigint; pending: bigint }>();
    for (const { currency, status, sum } of rows) {
      const entry = sums.get(currency) ?? { available: 0n, pending: 0n };
      sums.set(
        currency,
        status === 'available'
          ? { ...entry, available: entry.available + BigInt(sum) }
          : { ...entry, pending: entry.pending + BigInt(sum) },
      );
    }
    return sums;
  }

  /** One movement on the platform's balance. */
  async move(source: string, type: string, amount: bigint, currency: string): Promise<Body> {
    const id = this.id('txn');
    const created = this.epochSeconds();
    return this.insert('balance_transaction', {
      id,
      object: 'balance_transaction',
      amount: Number(amount),
      net: Number(amount),
      fee: 0,
      fee_details: [],
      currency,
      created,
      available_on: created,
      source,
      status: 'available',
      type,
      reporting_category: type,
      exchange_rate: null,
      description: null,
    });
  }

  /** The failure that the next call of a kind shall have; used up by asking. */
  async takeFailure(kind: string): Promise<string | undefined> {
    const { rows } = await this.client.query<{ failure: string | null }>(
      `UPDATE sandbox.setting s SET value = s.value - $1 FROM (SELECT value->>$1 AS failure FROM sandbox.setting WHERE name = 'failures' FOR UPDATE) before
       WHERE s.name = 'failures' AND before.failure IS NOT NULL RETURNING before.failure`,
      [kind],
    );
    return rows[0]?.failure ?? undefined;
  }
}

function found(body: Body | undefined, id: string): Body {
  if (!body) throw new RailError(404, 'resource_missing', `No such object: '${id}'`, 'id');
  return body;
}

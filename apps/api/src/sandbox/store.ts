import { randomBytes } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { completed } from './contract/contract';

export type Body = Record<string, unknown>;

/** What a `RailError` may say beside its message. */
interface ErrorFacts {
  readonly param?: string;
  /** The planned failure that this is: used up though the call itself leaves nothing behind. */
  readonly usesUp?: string;
  /** The object that the error is about, under its name: a declined payment is told with its payment_intent. */
  readonly about?: Body;
  readonly type?: 'invalid_request_error' | 'card_error' | 'idempotency_error';
}

/** Where Stripe explains its codes. */
const DOCS = 'https://stripe.com/docs/error-codes/';

/** An answer in Stripe's shape of errors. */
export class RailError extends Error {
  readonly param?: string;

  constructor(
    readonly status: number,
    readonly code: string | undefined,
    message: string,
    readonly facts: ErrorFacts = {},
  ) {
    super(message);
    this.param = facts.param;
  }

  /** As Stripe writes it. */
  get body(): Body {
    const { type = 'invalid_request_error', param, about } = this.facts;
    return {
      error: {
        type,
        message: this.message,
        ...(this.code && { code: this.code, doc_url: `${DOCS}${this.code.replaceAll('_', '-')}` }),
        ...(param && { param }),
        ...about,
      },
    };
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

/** Which delay of the settings something takes. */
export type Delay = 'payment' | 'onboarding' | 'payout' | 'funds' | 'refund';

/** Where an event goes; `null` where the product's endpoints are not subscribed to its type. */
export type Route = 'platform' | 'connect' | 'v2';

/** What the product's endpoints at the rail are subscribed to; everything else is in the list of events only. */
const SUBSCRIBED =
  /^(payment_intent\.(processing|requires_action|succeeded|payment_failed|canceled)|charge\.failed$|charge\.dispute\.|refund\.|transfer\.|payout\.|account\.external_account\.|balance\.available$|invoice\.paid$|v2\.core\.account)/;

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

  /** Keeps a new object; `account` is the connected account that it is of. */
  async insert<T extends Body>(kind: string, body: T, account?: string): Promise<T> {
    await this.client.query(
      'INSERT INTO sandbox.object (id, kind, account, body, created_at) VALUES ($1, $2, $3, $4, $5)',
      [body.id, kind, account ?? null, body, this.now],
    );
    return body;
  }

  /** Changes fields of an object. Returns it. */
  async update(id: string, changes: Body): Promise<Body> {
    const { rows } = await this.client.query<{ body: Body }>(
      'UPDATE sandbox.object SET body = body || $2::jsonb WHERE id = $1 RETURNING body',
      [id, changes],
    );
    if (!rows[0]) throw missing('object', id);
    return rows[0].body;
  }

  /**
   * An object, locked. Refuses with resource_missing where there is none of this kind for this account: 404 for what
   * the address names, 400 for what a parameter does.
   */
  async get(kind: string, id: string, account?: string, param?: string): Promise<Body> {
    const { rows } = await this.client.query<{ body: Body }>(
      `SELECT body FROM sandbox.object WHERE id = $1 AND kind = $2 AND ($3::text IS NULL OR account = $3) FOR UPDATE`,
      [id, kind, account ?? null],
    );
    if (!rows[0]) throw missing(kind, id, param);
    return rows[0].body;
  }

  /** True where there is such an object; of the platform's own where no connected account is named. */
  async has(kind: string, id: string, account?: string): Promise<boolean> {
    const { rowCount } = await this.client.query(
      'SELECT 1 FROM sandbox.object WHERE id = $1 AND kind = $2 AND account IS NOT DISTINCT FROM $3',
      [id, kind, account ?? null],
    );
    return rowCount === 1;
  }

  /** Any object by its id, for what a call wants expanded; undefined where there is none. */
  async find(id: string): Promise<Body | undefined> {
    const { rows } = await this.client.query<{ body: Body }>(
      `SELECT body FROM sandbox.object WHERE id = $1 AND kind <> 'balance'`,
      [id],
    );
    return rows[0]?.body;
  }

  /** The connected account that an object is of. */
  async accountOf(id: string): Promise<string> {
    const { rows } = await this.client.query<{ account: string | null }>(
      'SELECT account FROM sandbox.object WHERE id = $1',
      [id],
    );
    return rows[0]?.account ?? '';
  }

  /** Objects of a kind that have these fields, newest first; with `before` those next to it, nearest first. */
  async list(kind: string, filter: Body, limit: number, page: Page = {}): Promise<Body[]> {
    const { after, before, account, since, until } = page;
    const [than, order] = before === undefined ? ['<', 'DESC'] : ['>', 'ASC'];
    const { rows } = await this.client.query<{ body: Body }>(
      `SELECT body FROM sandbox.object WHERE kind = $1 AND body @> $2::jsonb AND account IS NOT DISTINCT FROM $5
       AND ($4::text IS NULL OR (created_at, id) ${than} (SELECT created_at, id FROM sandbox.object WHERE id = $4))
       AND ($6::bigint IS NULL OR (body->>'created')::bigint >= $6) AND ($7::bigint IS NULL OR (body->>'created')::bigint < $7)
       ORDER BY created_at ${order}, id ${order} LIMIT $3`,
      [kind, filter, limit, before ?? after ?? null, account ?? null, since ?? null, until ?? null],
    );
    return rows.map(({ body }) => body);
  }

  /** Puts the next thing that happens to an object on the calendar. */
  async schedule(what: string, objectId: string, delay: Delay): Promise<void> {
    await this.client.query(
      `INSERT INTO sandbox.due (what, object_id, due_at)
       SELECT $1, $2, $4::timestamptz + make_interval(secs => coalesce((value->>$3)::float, 0)) FROM sandbox.setting WHERE name = 'delays'`,
      [what, objectId, delay, this.now],
    );
  }

  /** A delay of the settings, seconds. */
  async delayOf(delay: Delay): Promise<number> {
    const { rows } = await this.client.query<{ seconds: number }>(
      `SELECT coalesce((value->>$1)::float, 0) AS seconds FROM sandbox.setting WHERE name = 'delays'`,
      [delay],
    );
    return rows[0]?.seconds ?? 0;
  }

  /** Queues a webhook event in Stripe's shape; thin for v2. What nobody is subscribed to is listed only. */
  async emit(route: Route, type: string, object: Body, account?: string): Promise<void> {
    const id = this.id('evt');
    const body = route === 'v2' ? this.thinEvent(id, type, object) : this.event(id, type, object, account);
    const deliveredAt = SUBSCRIBED.test(type) ? null : this.now;
    await this.client.query(
      `INSERT INTO sandbox.event (id, route, body, created_at, delivered_at, next_at)
       SELECT $1, $2, $3, $4, $5, $4::timestamptz + make_interval(secs => coalesce((value->>'delay')::float, 0)) FROM sandbox.setting WHERE name = 'webhooks'`,
      [id, route, body, this.now, deliveredAt],
    );
  }

  private event(id: string, type: string, object: Body, account: string | undefined): Body {
    return {
      id,
      object: 'event',
      type,
      created: this.epochSeconds(),
      livemode: false,
      api_version: '2026-10-28.endive',
      pending_webhooks: 1,
      request: null,
      data: { object: completed(object) },
      ...(account && { account }),
    };
  }

  private thinEvent(id: string, type: string, object: Body): Body {
    const url = `/v2/core/accounts/${String(object.id)}`;
    return {
      id,
      object: 'v2.core.event',
      type,
      created: this.now.toISOString(),
      livemode: false,
      related_object: { id: object.id, type: 'v2.core.account', url },
    };
  }

  /** A setting by its name: numbers by theirs. */
  async setting(name: 'fees' | 'webhooks' | 'rates'): Promise<Record<string, number>> {
    const { rows } = await this.client.query<{ value: Record<string, number> }>(
      'SELECT value FROM sandbox.setting WHERE name = $1',
      [name],
    );
    return rows[0]?.value ?? {};
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

/** Which part of a list is asked for: of which account, next to which object, between which instants (seconds). */
export interface Page {
  readonly after?: string;
  readonly before?: string;
  readonly account?: string;
  readonly since?: number;
  readonly until?: number;
}

/** What Stripe calls the object of an address, where that is not `id`. */
const IN_ADDRESS: Readonly<Record<string, string>> = {
  ...{ payment_intent: 'intent', transfer: 'transfer', payout: 'payout', refund: 'refund' },
  ...{ dispute: 'dispute', invoice: 'invoice' },
};

/** There is no such object: 404 for the one of the address, 400 for one that a parameter names. */
export function missing(kind: string, id: string, param?: string): RailError {
  return new RailError(param === undefined ? 404 : 400, 'resource_missing', `No such ${kind}: '${id}'`, {
    param: param ?? IN_ADDRESS[kind] ?? 'id',
  });
}

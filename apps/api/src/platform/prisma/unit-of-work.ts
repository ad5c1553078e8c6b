import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { canonicalJson } from '@tallystick/domain';
import type { Actor } from '../access/actor';
import { Clock } from '../clock/clock';
import { hashOf } from '../crypto/digest';
import { isRetryable, translateDatabaseError } from '../errors/database-refusals';
import { Refused } from '../errors/refused';
import { Ids } from '../ids/ids';
import { appendToJournal } from '../journal/journal.repository';
import { announce, announcementsOf, type Announcement } from '../live/announcement.repository';
import { appendToOutbox } from '../outbox/outbox.repository';
import { Database, type Db } from './database';
import { beginReceipt, completeReceipt } from './receipt.repository';
import { setTenant } from './tenant';
import type { JournalFact, Json, OutboxJob, Read, Tx } from './transaction';

/** A write as it is asked for. */
export interface Command {
  /** The use case, as the journal names it: `approve-line`. */
  readonly name: string;
  /** The caller's key: the same key with the same input gives the first result again. */
  readonly idempotencyKey?: string;
  /** Everything the result depends on; hashed with the key. */
  readonly input?: unknown;
  /** `both-sides` where a rule needs rows of the other side; the use case then filters by policy itself. */
  readonly rows?: 'own' | 'both-sides';
}

const ATTEMPTS = 5;
/** How long a transaction may last, and wait for a connection, milliseconds. */
const WAITS = { timeout: 60_000, maxWait: 10_000 };

/** How long a read of everything may last. */
const LONG_READ_MS = 3_600_000;

/** The one way to write and the one way to read. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Runs a write in one transaction: sets the tenant, runs the use case, appends to the journal, puts jobs in the
   * outbox, announces what changed, commits. Runs the whole function again on a serialisation failure, a deadlock or a lock that
   * did not come in time, so it must have no effect outside the transaction. There is no nesting.
   */
  async run<T extends Json | void>(actor: Actor, command: Command, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(actor, command, work);
      } catch (error) {
        if (!isRetryable(error) || attempt === ATTEMPTS) throw translateDatabaseError(error);
        await wait(10 * 2 ** attempt * Math.random());
      }
    }
  }

  /**
   * Runs reads as the actor: row-level security shows their rows only. Of a visitor nothing is to be said to it: a
   * connection on which nothing is set shows what is public, so their reads need no transaction around them.
   */
  async readAs<T>(actor: Actor, work: (read: Read) => Promise<T>, rows: Command['rows'] = 'own'): Promise<T> {
    if (actor.kind === 'ANONYMOUS' && rows === 'own')
      return work({ db: this.database.client, actor, now: this.clock.now() });
    return this.database.client.$transaction(async (db) => {
      await setTenant(db, actor, rows);
      return work({ db, actor, now: this.clock.now() });
    }, WAITS);
  }

  /** Runs long reads as the actor that all see one instant, whatever is written meanwhile: exports. */
  async readAtOneInstant<T>(actor: Actor, work: (read: Read) => Promise<T>): Promise<T> {
    return this.database.client.$transaction(
      async (db) => {
        await setTenant(db, actor, 'own');
        return work({ db, actor, now: this.clock.now() });
      },
      { ...WAITS, timeout: LONG_READ_MS, isolationLevel: 'RepeatableRead' },
    );
  }

  /**
   * Gives what a long read yields, piece by piece as it is taken; all of it is of one instant. A taker who stops early ends
   * the read.
   */
  async *streamAtOneInstant<T>(actor: Actor, work: (read: Read) => AsyncIterable<T>): AsyncGenerator<T> {
    const channel = new TransformStream<T, T>();
    const writer = channel.writable.getWriter();
    const reading = this.readAtOneInstant(actor, async (read) => {
      for await (const piece of work(read)) await writer.write(piece);
    }).then(
      () => writer.close(),
      (error: unknown) => writer.abort(error),
    );
    reading.catch(() => undefined);
    yield* channel.readable;
    await reading;
  }

  private async attempt<T extends Json | void>(
    actor: Actor,
    command: Command,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    return this.database.client.$transaction(async (db) => {
      await setTenant(db, actor, command.rows ?? 'own');
      const now = this.clock.now();
      const receipt = await this.receipt(db, actor, command, now);
      if (receipt?.known) return receipt.result as T;
      const facts: JournalFact[] = [];
      const jobs: OutboxJob[] = [];
      const announcements: Announcement[] = [];
      const tx: Tx = {
        db,
        actor,
        now,
        newId: () => this.ids.next(now),
        record: (fact) => void facts.push(fact),
        enqueue: (job) => void jobs.push(job),
        announce: (announcement) => void announcements.push(announcement),
      };
      const result = await work(tx);
      await appendToJournal(db, { actor, command: command.name, now }, facts);
      await appendToOutbox(db, now, jobs);
      await announce(db, [...announcementsOf(actor, facts), ...announcements]);
      if (receipt) await completeReceipt(db, receipt.actorKey, receipt.key, result ?? null);
      return result;
    }, WAITS);
  }

  private async receipt(db: Db, actor: Actor, command: Command, now: Date) {
    if (command.idempotencyKey === undefined) return undefined;
    const key = checkedKey(command.idempotencyKey);
    const actorKey = actor.kind === 'PERSON' ? actor.accountId : actor.kind;
    const requestHash = hashOf(
      JSON.parse(canonicalJson({ command: command.name, input: command.input ?? null })),
    );
    const found = await beginReceipt(db, { actorKey, key, command: command.name, requestHash, now });
    if (found && found.requestHash !== requestHash) {
      throw new Refused(
        'IDEMPOTENCY_KEY_REUSED',
        'This key was used for something else. Send the request again with a new key.',
        { field: 'idempotencyKey' },
      );
    }
    return { known: found !== undefined, result: found?.result, actorKey, key };
  }
}

function checkedKey(key: string): string {
  if (/^[\x21-\x7e]{8,200}$/.test(key)) return key;
  throw new Refused(
    'INVALID_INPUT',
    'This form was sent without its key. Load the page again and send it once more.',
    {
      field: 'idempotencyKey',
    },
  );
}

import type { INestApplicationContext } from '@nestjs/common';
import { system, type Person } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { Refused } from '../platform/errors/refused';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import { JobRegistry } from '../platform/queue/jobs';
import { takeAllUnsent, type OutboxRow } from '../platform/outbox/outbox.repository';
import { Chance } from './random';
import type { RailWithin } from './rail-within';

type UseCase<T> = abstract new (...args: never[]) => T;

/** How many acts go on at once. */
const AT_ONCE = 4;
const SECONDS = 1000;
/** Jobs that the end of the making does for everybody at once. */
const LATER = new Set(['matching/opening-changed', 'matching/expert-changed', 'notification/send-mail']);

/** Where the history is played: the product's use cases, a clock that is held, the rail. */
export class Stage {
  private at = 0;
  private acts = 0;

  constructor(
    private readonly app: INestApplicationContext,
    readonly rail: RailWithin,
    readonly chance: Chance,
    /** Nothing happens after it: the end of the history, or the instant of the first start. */
    readonly end: Date,
  ) {}

  /** A use case, or another part of the product. */
  use<T>(type: UseCase<T>): T {
    return this.app.get(type as never, { strict: false });
  }

  /** A key that was not used before. */
  key(): string {
    return `demo-${++this.acts}-of-the-making`;
  }

  /** The instant at which the clock is held. */
  now(): Date {
    return new Date(this.at);
  }

  /**
   * Plays acts at an instant, a few at once; the clock moves on a little with each and never back. What they set going
   * (jobs, the rail, its webhooks) is done before it returns. Returns what each act gave.
   */
  async play<T>(from: Date, acts: readonly (() => Promise<T>)[]): Promise<T[]> {
    if (acts.length === 0) return [];
    this.hold(Math.max(this.at, from.getTime()));
    const results: T[] = [];
    let next = 0;
    const player = async () => {
      for (let turn = next++; turn < acts.length; turn = next++) {
        this.hold(Math.min(this.end.getTime(), this.at + this.chance.between(2, 11) * SECONDS));
        const act = acts[turn];
        if (act) results[turn] = await act();
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, acts.length) }, player));
    await this.settle();
    return results;
  }

  /** Plays an act that the product may refuse by one of its rules; what it refuses did not happen. */
  async tolerating(act: () => Promise<unknown>, ...codes: string[]): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      if (error instanceof Refused && codes.includes(error.code)) return false;
      throw error;
    }
  }

  /** Runs one of the product's jobs, as the worker does at its interval. */
  async job(queue: string, name: string): Promise<void> {
    await this.run({ queue, name, payload: {} });
  }

  /** Does every job that waits, with what it causes at the rail, until nothing moves. */
  async settle(): Promise<void> {
    for (;;) {
      const rows = await this.take();
      for (const row of rows) if (!LATER.has(`${row.queue}/${row.name}`)) await this.run(row);
      const moved = await this.rail.settle();
      if (rows.length === 0 && !moved) return;
    }
  }

  private async run(job: Pick<OutboxRow, 'queue' | 'name' | 'payload'>): Promise<void> {
    const definition = this.use(JobRegistry).find(job.queue, job.name);
    await definition.run(definition.payload.parse(job.payload) as never);
  }

  private async take(): Promise<OutboxRow[]> {
    let rows: OutboxRow[] = [];
    await this.use(UnitOfWork).run(system('demo-world'), { name: 'relay-outbox' }, async (tx) => {
      rows = await takeAllUnsent(tx.db, tx.now);
    });
    return rows;
  }

  private hold(at: number): void {
    this.at = Math.max(this.at, at);
    this.use(Clock).hold(new Date(this.at));
  }
}

/** A signed-in person, as the product's own sessions would find them. */
export function personOf(about: Pick<Person, 'accountId' | 'name' | 'email'> & Partial<Person>): Person {
  return { kind: 'PERSON', sessionId: '', timeZone: 'UTC', staffRoles: [], ...about };
}

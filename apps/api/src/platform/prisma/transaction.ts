import type { Actor } from '../access/actor';
import type { Announcement } from '../live/announcement.repository';
import type { Db } from './database';

/** Plain JSON, as results and payloads are kept. Amounts go as strings. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One row of the journal, as a use case states it. Ids, codes and amounts go to `facts`; words to `words`. */
export interface JournalFact {
  readonly subjectType: string;
  readonly subjectId: string;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly facts?: Record<string, unknown>;
  /** Words of people: kept beside the sealed row, erasable. */
  readonly words?: Record<string, string | null>;
  readonly labId?: string | null;
  readonly expertId?: string | null;
  /** Somebody looked, nothing changed: no open page is told. */
  readonly isLook?: boolean;
}

/** A job that leaves with the transaction. The payload holds ids only. */
export interface OutboxJob {
  readonly queue: QueueName;
  readonly name: string;
  readonly payload: { [key: string]: Json };
  /** Not before this instant. */
  readonly availableAt?: Date;
}

export type QueueName =
  | 'matching'
  | 'scoring'
  | 'recommending'
  | 'seating'
  | 'notification'
  | 'payout'
  | 'rail'
  | 'engagement'
  | 'audit';

/** What a read sees. */
export interface Read {
  readonly db: Db;
  readonly actor: Actor;
  readonly now: Date;
}

/** What a write sees; passed by hand to whatever it calls. */
export interface Tx extends Read {
  /** A new id for a row. */
  newId(): string;
  /** Appends one row to the journal. */
  record(fact: JournalFact): void;
  /** Puts one job into the outbox. */
  enqueue(job: OutboxJob): void;
  /** Tells open pages of a change that no journal fact states; facts are announced by themselves. */
  announce(announcement: Announcement): void;
}

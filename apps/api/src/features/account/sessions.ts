import { Injectable } from '@nestjs/common';
import { system, type Actor, type Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { sha256 } from '../../platform/crypto/digest';
import type { SessionFinder } from '../../platform/http/authentication';
import { Ids } from '../../platform/ids/ids';
import type { Tx } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { findPerson, findPersonsOfSessions, insertSession, touchSession } from './account.repository';

/** A use of a session is noted at most this often. */
const TOUCH_AFTER_MS = 60_000;

/** Server-side sessions: an opaque token in the cookie, its SHA-256 in the database. */
@Injectable()
export class Sessions implements SessionFinder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly config: Config,
  ) {}

  /** Opens a session in the given transaction. Returns the token for the cookie. */
  async open(tx: Tx, accountId: string): Promise<string> {
    const token = this.ids.secret();
    const expiresAt = new Date(tx.now.getTime() + this.config.get('SESSION_MAX_SECONDS') * 1000);
    await insertSession(tx.db, {
      id: tx.newId(),
      tokenHash: tokenHash(token),
      accountId,
      createdAt: tx.now,
      expiresAt,
    });
    return token;
  }

  /** The person of a token, while their session lives. */
  async find(token: string): Promise<Actor | undefined> {
    if (token.length > 100) return undefined;
    const now = this.clock.now();
    const actor = system('sessions');
    const found = await this.unitOfWork.readAs(actor, ({ db }) =>
      findPerson(db, tokenHash(token), now, this.config.get('SESSION_IDLE_SECONDS')),
    );
    if (!found) return undefined;
    if (now.getTime() - found.lastSeenAt.getTime() > TOUCH_AFTER_MS) {
      await this.unitOfWork.run(actor, { name: 'touch-session' }, (tx) =>
        touchSession(tx.db, found.person.sessionId, now),
      );
    }
    return found.person;
  }

  /** The persons of those of some sessions that still live, by session id. */
  async living(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const persons = await this.unitOfWork.readAs(system('sessions'), ({ db }) =>
      findPersonsOfSessions(db, sessionIds, this.clock.now(), this.config.get('SESSION_IDLE_SECONDS')),
    );
    return new Map(persons.map((person) => [person.sessionId, person]));
  }
}

/** What is stored of a token. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha256(token));
}

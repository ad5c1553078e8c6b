import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findEvent, listUnhandled, markHandled, type RailEventRecord } from '../rail.repository';
import { followerOf } from '../rail-events';

const RAIL = system('rail');
const MINUTE_MS = 60_000;
/** After this long an event that fits nothing of ours is let go; the pollers have looked at every open row since. */
const PATIENCE_MS = 24 * 60 * MINUTE_MS;

/** Passes an event on to the feature that owns its object. That feature notes the event as handled with its effect. */
@Injectable()
export class HandleEvent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Passes one event on. */
  async run(eventId: string): Promise<void> {
    await this.unitOfWork.run(RAIL, { name: 'handle-rail-event' }, async (tx) => {
      const event = await findEvent(tx.db, eventId);
      if (event && event.handledAt === null) await passOn(tx, event);
    });
  }

  /** Passes on again what nothing came of: events that were here before our own row, and jobs that gave up. */
  async retry(): Promise<void> {
    const now = this.clock.now().getTime();
    const before = new Date(now - MINUTE_MS);
    const events = await this.unitOfWork.readAs(RAIL, ({ db }) => listUnhandled(db, before, 100));
    for (const event of events) {
      await this.unitOfWork.run(RAIL, { name: 'retry-rail-event' }, async (tx) => {
        if (now - event.receivedAt.getTime() < PATIENCE_MS) return passOn(tx, event);
        await markHandled(tx.db, event.id, tx.now, 'fits nothing of ours');
      });
    }
  }
}

async function passOn(tx: Tx, { id, type, objectId, railAccountId }: RailEventRecord): Promise<void> {
  const name = followerOf(type);
  if (name === 'follow-balance') return tx.enqueue({ queue: 'rail', name, payload: { eventId: id } });
  if (!name || objectId === null) return markHandled(tx.db, id, tx.now, 'nothing to do');
  tx.enqueue({ queue: 'rail', name, payload: { objectId, accountId: railAccountId, eventId: id } });
}

import { Inject, Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  PAYMENT_RAIL,
  type PaymentRail,
  type RailEventNote,
  type WebhookRoute,
} from '../adapter/payment-rail';
import { insertEvent } from '../rail.repository';

/** Takes a webhook: verifies it, keeps it once, leaves the rest to a job. */
@Injectable()
export class ReceiveEvent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Refuses with BAD_SIGNATURE where the signature does not fit the exact bytes, WRONG_MODE where it tells of real
   * money and the rail is a test, or the other way round, WRONG_ACCOUNT where it is not of the route's accounts.
   */
  async run(route: WebhookRoute, rawBody: Buffer, signature: string): Promise<void> {
    const { id, type, accountId, objectId, isLive } = this.verified(route, rawBody, signature);
    if (isLive !== this.rail.isLive)
      throw new Refused('WRONG_MODE', `This is ${isLive ? 'real' : 'test'} money; the rail here is not.`);
    if ((accountId !== null) !== (route === 'connect'))
      throw new Refused('WRONG_ACCOUNT', 'This event belongs to another webhook route.');
    await this.unitOfWork.run(system('rail'), { name: 'receive-rail-event' }, async (tx) => {
      const row = { id, route, type, railAccountId: accountId, objectId, receivedAt: tx.now };
      if (!(await insertEvent(tx.db, row))) return;
      tx.enqueue({ queue: 'rail', name: 'handle-rail-event', payload: { eventId: id } });
    });
  }

  private verified(route: WebhookRoute, rawBody: Buffer, signature: string): RailEventNote {
    try {
      return this.rail.readEvent(route, rawBody, signature);
    } catch {
      throw new Refused('BAD_SIGNATURE', 'The signature does not fit the body.');
    }
  }
}

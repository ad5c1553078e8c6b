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

/** Which feature follows which kind of object, by job. */
const FOLLOWED_BY: readonly (readonly [RegExp, string])[] = [
  [/^payment_intent\./, 'follow-payment'],
  [/^v2\.core\.account/, 'follow-recipient'],
  [/^payout\./, 'follow-payout'],
];

/** Takes a webhook: verifies it, keeps it once, leaves the rest to a job. */
@Injectable()
export class ReceiveEvent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  async run(route: WebhookRoute, rawBody: Buffer, signature: string): Promise<void> {
    const note = this.verified(route, rawBody, signature);
    const job = FOLLOWED_BY.find(([pattern]) => pattern.test(note.type))?.[1];
    await this.unitOfWork.run(system('rail'), { name: 'receive-rail-event' }, async (tx) => {
      const isNew = await insertEvent(tx.db, {
        id: note.id,
        route,
        type: note.type,
        railAccountId: note.accountId,
        objectId: note.objectId,
        receivedAt: tx.now,
      });
      if (!isNew || !job || !note.objectId) return;
      tx.enqueue({
        queue: 'rail',
        name: job,
        payload: { objectId: note.objectId, accountId: note.accountId },
      });
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

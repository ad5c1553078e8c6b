import { Injectable } from '@nestjs/common';
import { groupedBy, isCurrency } from '@tallystick/domain';
import { z } from 'zod';
import { Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { ApprovalActions } from '../../audit/audit.public';
import { Gates, SEND_PAYOUT } from '../gates';
import { PayoutCalendars } from '../payout-calendar';
import { lockByIds, openPayouts, payoutsByIds } from '../payout-batch.repository';
import type { PayoutRecord } from '../payout.repository';
import { requestPayouts, wishesOf, type BatchResult } from '../request-payouts';

const Payload = z.object({
  payoutId: z.uuid(),
  expertId: z.uuid(),
  amountMinor: z.string(),
  currency: z.string(),
  railAccountId: z.string(),
});

/** Sends a payout that two people stand for, where every gate is still open. */
@Injectable()
export class SendApproved {
  constructor(
    actions: ApprovalActions,
    private readonly gates: Gates,
    private readonly calendars: PayoutCalendars,
  ) {
    actions.add({
      action: SEND_PAYOUT,
      payload: Payload,
      concerns: ({ expertId }) => ({ expertId }),
      asking: { permission: 'payout:own', matter: 'OWN' },
      waitsOn: ['PAYOUT_HELD'],
      check: async ({ db }, { payoutId }) => void mustWait(await payoutsByIds(db, [payoutId])),
      hindrances: (read, payloads) => this.hindrances(read, payloads),
      execute: (tx, payload) => this.run(tx, payload),
    });
  }

  private async run(
    tx: Tx,
    { payoutId, expertId, amountMinor, currency }: z.infer<typeof Payload>,
  ): Promise<void> {
    const payout = mustWait(await lockByIds(tx.db, [payoutId]));
    if (!isCurrency(currency)) throw moved();
    const wantedMinor = BigInt(amountMinor);
    const calendar = await this.calendars.of(tx.db, currency, tx.now);
    const found = await requestPayouts(tx, this.gates, {
      runId: payout.runId,
      currency,
      calendar,
      // What the rail has is asked when it is called: a refusal there is tried again.
      railLeftMinor: wantedMinor,
      expertIds: [expertId],
      wantedMinor,
      requestedById: null,
    });
    if (found.requested > 0) return;
    throw notSent(found);
  }

  /** What holds each payout beside the approval that it waits for, as the gates say now. */
  private async hindrances(
    { db, now }: Pick<Tx, 'db' | 'now'>,
    payloads: readonly z.infer<typeof Payload>[],
  ): Promise<(string | undefined)[]> {
    const found = new Map<string, string>();
    for (const [currency, own] of groupedBy(payloads, (each) => each.currency)) {
      if (!isCurrency(currency)) continue;
      const expertIds = own.map(({ expertId }) => expertId);
      const wanted = new Map(own.map(({ expertId, amountMinor }) => [expertId, BigInt(amountMinor)]));
      const wishes = await wishesOf(db, { currency, expertIds }, await openPayouts(db, expertIds, currency));
      const passed = await this.gates.passAll(
        db,
        { currency, now },
        wishes.map((wish) => ({ ...wish, wantedMinor: wanted.get(wish.expertId) })),
      );
      for (const { payoutId, expertId } of own) {
        const others = otherReasons(passed.get(expertId)?.closed ?? []);
        if (others !== '') found.set(payoutId, others);
      }
    }
    return payloads.map(({ payoutId }) => found.get(payoutId));
  }
}

/** A payout that still waits to be sent. Refuses with PAYOUT_MOVED. */
function mustWait([payout]: readonly PayoutRecord[]): PayoutRecord {
  if (payout && ['GATED', 'FAILED'].includes(payout.state)) return payout;
  throw moved();
}

function moved(): Refused {
  return new Refused('PAYOUT_MOVED', 'This payout does not wait any more: nothing was sent a second time.');
}

/** What holds it beside a person's approval; empty where nothing else does. */
function otherReasons(blocks: BatchResult['blocks']): string {
  return blocks
    .filter(({ gate }) => gate !== 'FOUR_EYES')
    .map(({ reason }) => reason)
    .join(' ');
}

/** Held by another gate it goes on waiting; where less is payable, another request is needed. */
function notSent({ blocks, readyMinor }: BatchResult): Refused {
  const others = otherReasons(blocks);
  if (others !== '') return new Refused('PAYOUT_HELD', `Nothing was sent. ${others}`);
  const left = readyMinor > 0n ? ` Another person is asked about what is left with the next payout run.` : '';
  return new Refused('PAYOUT_LESS', `Nothing was sent: less is payable than was approved.${left}`);
}

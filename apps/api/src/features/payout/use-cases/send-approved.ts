import { Injectable } from '@nestjs/common';
import { isCurrency } from '@tallystick/domain';
import { z } from 'zod';
import { Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { ApprovalActions } from '../../audit/audit.public';
import { Gates, SEND_PAYOUT } from '../gates';
import { PayoutCalendars } from '../payout-calendar';
import { lockByIds } from '../payout-batch.repository';
import { requestPayouts } from '../request-payouts';

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
    actions.add({ action: SEND_PAYOUT, payload: Payload, execute: (tx, payload) => this.run(tx, payload) });
  }

  private async run(
    tx: Tx,
    { payoutId, expertId, amountMinor, currency }: z.infer<typeof Payload>,
  ): Promise<void> {
    const [payout] = await lockByIds(tx.db, [payoutId]);
    if (!payout || !isCurrency(currency) || !['GATED', 'FAILED'].includes(payout.state))
      throw new Refused(
        'PAYOUT_MOVED',
        'This payout does not wait any more: nothing was sent a second time.',
      );
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
    const why = found.blocks.map(({ reason }) => reason).join(' ');
    throw new Refused('PAYOUT_HELD', `Nothing was sent. ${why || 'Less is payable than was approved.'}`);
  }
}

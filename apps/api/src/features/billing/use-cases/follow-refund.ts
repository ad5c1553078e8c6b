import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, refundRefused, refundSent, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { PAYMENT_RAIL, type Outcome, type PaymentRail } from '../../rail/rail.public';
import { findFunding } from '../funding.repository';
import { findRefund, listOpenRefunds, lockRefund, moveRefund, type RefundRecord } from '../refund.repository';

const RAIL = system('rail');
const MONEY_ROLES = ['OWNER', 'FINANCE'] as const;

/** Takes a refund to the rail. Every step may be repeated; the money goes once. */
@Injectable()
export class FollowRefund {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Asks the rail with the refund's own key. Throws where the outcome is unknown, so that the same key is tried again. */
  async request(refundId: string): Promise<void> {
    const found = await this.unitOfWork.readAs(RAIL, async ({ db }) => {
      const refund = await findRefund(db, refundId);
      return refund && { refund, funding: await findFunding(db, refund.fundingId) };
    });
    if (found?.refund.state !== 'REQUESTED' || !found.funding?.railPaymentId) return;
    const { amountMinor, currency } = found.refund;
    const asked = { paymentId: found.funding.railPaymentId, amountMinor, currency, refundId };
    const outcome = await this.rail.refund(asked, `refund:${refundId}`);
    if (outcome.kind === 'unknown') throw new Error(`the rail's answer is not known: ${outcome.message}`);
    await this.unitOfWork.run(RAIL, { name: 'follow-refund' }, async (tx) => {
      const refund = await lockRefund(tx.db, refundId);
      if (refund?.state === 'REQUESTED') await settle(tx, refund, outcome);
    });
  }

  /** Asks again for what has been open for a minute. */
  async poll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 60_000);
    const open = await this.unitOfWork.readAs(RAIL, ({ db }) => listOpenRefunds(db, before, 50));
    for (const { id } of open) await this.request(id);
  }
}

async function settle(
  tx: Tx,
  refund: RefundRecord,
  outcome: Exclude<Outcome<{ id: string }>, { kind: 'unknown' }>,
): Promise<void> {
  const { id, labId, currency, amountMinor } = refund;
  const isSent = outcome.kind === 'done';
  const posted = await post(tx, {
    key: isSent ? `stripe:${outcome.value.id}:refunded` : `refund:${id}:refused`,
    kind: isSent ? 'refund-sent' : 'refund-refused',
    subjectType: 'lab-refund',
    subjectId: id,
    lines: isSent ? refundSent(refund) : refundRefused(refund),
  });
  const state = isSent ? 'SUCCEEDED' : 'FAILED';
  const said = isSent ? { railRefundId: outcome.value.id } : { failureReason: outcome.message };
  if (!(await moveRefund(tx.db, refund, { state, ...said, ledgerTransactionId: posted.id })))
    throw new Error('the refund moved meanwhile');
  const facts = { amountMinor, currency, ledgerTransactionId: posted.id };
  tx.record({ subjectType: 'lab-refund', subjectId: id, from: 'REQUESTED', to: state, facts, labId });
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    isSent
      ? {
          kind: 'REFUND_SENT',
          title: `${amount} is on its way back to you`,
          body: 'It goes to the account from which it came; the bank may take a few days.',
          link: '/lab/billing',
        }
      : {
          kind: 'REFUND_FAILED',
          title: `${amount} could not be sent back`,
          body: `${outcome.kind === 'refused' ? outcome.message : ''} It is in your balance as before.`,
          link: '/lab/billing',
        },
  );
}

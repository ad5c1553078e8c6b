import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, refundRefused, refundReturned, refundSent, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import {
  eventHandled,
  PAYMENT_RAIL,
  type Outcome,
  type PaymentRail,
  type RailRefund,
} from '../../rail/rail.public';
import { findFunding } from '../funding.repository';
import {
  findRefund,
  findRefundByRail,
  listOpenRefunds,
  lockRefund,
  moveRefund,
  type RefundRecord,
} from '../refund.repository';
import { MONEY_ROLES } from '../money-roles';
import { settleLostSoon } from '../settle-lost';

const RAIL = system('rail');

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
    for (const { id, railRefundId } of open)
      await (railRefundId === null ? this.request(id) : this.follow(railRefundId));
  }

  /** Looks at a refund of the rail again: it may arrive later, or come back. Throws where it cannot be read. */
  async follow(railRefundId: string, eventId?: string): Promise<void> {
    const known = await this.unitOfWork.readAs(RAIL, ({ db }) => findRefundByRail(db, railRefundId));
    // The event may be here before our own answer was kept: it stays unhandled and is looked at again.
    if (!known) return;
    const outcome = await this.rail.retrieveRefund(railRefundId);
    if (outcome.kind !== 'done') throw new Error(`the refund could not be read: ${outcome.message}`);
    await this.unitOfWork.run(RAIL, { name: 'follow-refund' }, async (tx) => {
      const refund = await lockRefund(tx.db, known.id);
      if (refund) await advance(tx, refund, outcome.value);
      await eventHandled(tx, eventId, 'followed');
    });
  }
}

/** Moves a refund on to what the rail says of it: forward, or back where it failed. */
async function advance(tx: Tx, refund: RefundRecord, rail: RailRefund): Promise<void> {
  const { id, labId, currency, amountMinor, state: from } = refund;
  if (from !== 'SENT' && from !== 'SUCCEEDED') return;
  if (rail.state === 'SUCCEEDED' && from === 'SENT') {
    await mustMove(tx, refund, { state: 'SUCCEEDED' });
    tx.record({ subjectType: 'lab-refund', subjectId: id, from, to: 'SUCCEEDED', facts: {}, labId });
  }
  if (rail.state !== 'FAILED') return;
  const posted = await post(tx, {
    key: `stripe:${rail.id}:returned`,
    kind: 'refund-returned',
    subjectType: 'lab-refund',
    subjectId: id,
    lines: refundReturned(refund),
  });
  await mustMove(tx, refund, { state: 'FAILED', failureReason: 'The bank did not take it.' });
  await settleLostSoon(tx, labId);
  const facts = { amountMinor, currency, ledgerTransactionId: posted.id };
  tx.record({ subjectType: 'lab-refund', subjectId: id, from, to: 'FAILED', facts, labId });
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  const body = 'The bank did not take it. It is in your balance as before.';
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    { kind: 'REFUND_FAILED', title: `${amount} came back`, body, link: '/lab/billing' },
  );
}

async function mustMove(
  tx: Tx,
  refund: RefundRecord,
  changes: Parameters<typeof moveRefund>[2],
): Promise<void> {
  if (!(await moveRefund(tx.db, refund, changes))) throw new Error('the refund moved meanwhile');
}

async function settle(
  tx: Tx,
  refund: RefundRecord,
  outcome: Exclude<Outcome<RailRefund>, { kind: 'unknown' }>,
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
  const hasArrived = isSent && outcome.value.state === 'SUCCEEDED';
  const state = hasArrived ? 'SUCCEEDED' : isSent ? 'SENT' : 'FAILED';
  const said = isSent ? { railRefundId: outcome.value.id } : { failureReason: outcome.message };
  if (!(await moveRefund(tx.db, refund, { state, ...said, ledgerTransactionId: posted.id })))
    throw new Error('the refund moved meanwhile');
  if (!isSent) await settleLostSoon(tx, labId);
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

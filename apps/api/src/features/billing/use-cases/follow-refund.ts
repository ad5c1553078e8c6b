import { Inject, Injectable } from '@nestjs/common';
import {
  formatAmount,
  move,
  refundMachine,
  refundRefused,
  refundReturned,
  refundSent,
  type Currency,
} from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { orRefuse } from '../../../platform/errors/refused';
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
/** The platform's balance at the rail does not cover it. Source: Stripe's error codes, https://docs.stripe.com/error-codes. */
const TOO_LITTLE = 'balance_insufficient';
const WAITS = 'It waits on our side and is sent as soon as it can be. The money is kept for you.';

/** Takes a refund to the rail. Every step may be repeated; the money goes once. */
@Injectable()
export class FollowRefund {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Asks the rail with the refund's own key; where the platform's balance there does not cover it, it waits for another try. Throws where the outcome is unknown, so that the same key is tried again. */
  async request(refundId: string): Promise<void> {
    const found = await this.unitOfWork.readAs(RAIL, async ({ db }) => {
      const refund = await findRefund(db, refundId);
      return refund && { refund, funding: await findFunding(db, refund.fundingId) };
    });
    if (found?.refund.state !== 'REQUESTED' || !found.funding?.railPaymentId) return;
    const { amountMinor, currency, version } = found.refund;
    const asked = { paymentId: found.funding.railPaymentId, amountMinor, currency, refundId };
    const outcome = await this.rail.refund(asked, keyOf(found.refund));
    if (outcome.kind === 'unknown') throw new Error(`the rail's answer is not known: ${outcome.message}`);
    await this.unitOfWork.run(RAIL, { name: 'follow-refund' }, async (tx) => {
      const refund = await lockRefund(tx.db, refundId);
      if (refund?.state !== 'REQUESTED') return;
      if (outcome.kind === 'done') return settle(tx, refund, outcome);
      // A refusal belongs to the key that was asked with.
      if (refund.version !== version) return;
      await (outcome.code === TOO_LITTLE ? keepWaiting(tx, refund) : settle(tx, refund, outcome));
    });
  }

  /** Asks again for what has been open for a minute. */
  async poll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 60_000);
    const open = await this.unitOfWork.readAs(RAIL, ({ db }) => listOpenRefunds(db, before, 50));
    for (const refund of open)
      await (refund.railRefundId === null ? this.tryAgain(refund) : this.follow(refund.railRefundId));
  }

  /** Asks once more. One that waits is marked as being asked for before the rail is called, so that it is never sent and withdrawn. */
  private async tryAgain({ id, state, currency, amountMinor }: RefundRecord): Promise<void> {
    if (state === 'WAITING') {
      const available = await this.rail.availableMinor(currency);
      if (available.kind !== 'done' || available.value < amountMinor) return;
      await this.unitOfWork.run(RAIL, { name: 'follow-refund' }, async (tx) => {
        const refund = await lockRefund(tx.db, id);
        if (refund?.state === 'WAITING') await askAgain(tx, refund);
      });
    }
    await this.request(id);
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
    const to = orRefuse(move(refundMachine, from, 'ARRIVE'));
    await mustMove(tx, refund, { state: to });
    tx.record({ subjectType: 'lab-refund', subjectId: id, from, to, facts: {}, labId });
  }
  if (rail.state !== 'FAILED') return;
  const state = orRefuse(move(refundMachine, from, 'FAIL'));
  const posted = await post(tx, {
    key: `stripe:${rail.id}:returned`,
    kind: 'refund-returned',
    subjectType: 'lab-refund',
    subjectId: id,
    lines: refundReturned(refund),
  });
  await mustMove(tx, refund, { state, failureReason: 'The bank did not take it.' });
  await settleLostSoon(tx, labId);
  const facts = { amountMinor, currency, ledgerTransactionId: posted.id };
  tx.record({ subjectType: 'lab-refund', subjectId: id, from, to: state, facts, labId });
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  const body = 'The bank did not take it. It is in your balance as before.';
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    { kind: 'REFUND_FAILED', title: `${amount} came back`, body, link: '/lab/billing' },
  );
}

/** The key of the next try. The rail keeps its refusals, so that each one that is tried again is followed by another key. */
function keyOf({ id, version }: RefundRecord): string {
  return version === 0 ? `refund:${id}` : `refund:${id}:v${version}`;
}

/** The rail has too little of the platform's: the lab's money stays where it is, and finance is told once what to do. */
async function keepWaiting(tx: Tx, refund: RefundRecord): Promise<void> {
  const { id, labId, currency, amountMinor, state: from } = refund;
  const state = orRefuse(move(refundMachine, from, 'WAIT'));
  await mustMove(tx, refund, { state, failureReason: WAITS });
  const facts = { amountMinor, currency, code: TOO_LITTLE };
  tx.record({ subjectType: 'lab-refund', subjectId: id, from, to: state, facts, labId });
  if (refund.failureReason !== null) return;
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  const waits = { kind: 'REFUND_WAITS', link: '/lab/billing' };
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      ...waits,
      title: `${amount} goes back to you a little later`,
      body: `${WAITS} You are told when it leaves, and need not do anything. Until then you can withdraw it under Billing.`,
    },
  );
  await notify(
    tx,
    { staff: 'FINANCE' },
    {
      ...waits,
      title: `A refund of ${amount} waits for the rail’s balance`,
      body: `The platform has too little available in ${currency} at the rail. Top its balance up there, or wait for money that is on its way; the refund is asked for again as soon as the balance covers it, unless the lab withdraws it.`,
      link: '/admin/reconciliation?mine=yes',
    },
  );
}

/** Its money may leave from now on, so it is not withdrawn any more; why it waited stays with it. */
async function askAgain(tx: Tx, refund: RefundRecord): Promise<void> {
  const { id, labId, currency, amountMinor, state: from } = refund;
  const state = orRefuse(move(refundMachine, from, 'ASK'));
  await mustMove(tx, refund, { state });
  const facts = { amountMinor, currency };
  tx.record({ subjectType: 'lab-refund', subjectId: id, from, to: state, facts, labId });
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
  const event = hasArrived ? 'ARRIVE' : isSent ? 'SEND' : 'FAIL';
  const state = orRefuse(move(refundMachine, refund.state, event));
  const said = isSent
    ? { railRefundId: outcome.value.id, failureReason: null }
    : { failureReason: outcome.message };
  await mustMove(tx, refund, { state, ...said, ledgerTransactionId: posted.id });
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

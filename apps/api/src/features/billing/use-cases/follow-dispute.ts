import { Inject, Injectable } from '@nestjs/common';
import { disputeLost, disputeMoved, formatAmount, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findLab } from '../../lab/lab.public';
import { post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { eventHandled, PAYMENT_RAIL, type PaymentRail, type RailDispute } from '../../rail/rail.public';
import { insertDispute, lockDispute, moveDispute, type DisputeRecord } from '../dispute.repository';
import { findFundingByPayment, type FundingRecord } from '../funding.repository';
import { MONEY_ROLES } from '../money-roles';
import { settleLost } from '../settle-lost';

const RAIL = system('rail');
const ENDED = ['WON', 'LOST', 'INQUIRY_CLOSED'];

/** Follows a payment that somebody told their bank was not right. Every movement of the rail is posted once. */
@Injectable()
export class FollowDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Looks at a dispute of the rail. Throws where it cannot be read, so that it is looked at again. */
  async run(railDisputeId: string, eventId?: string): Promise<void> {
    const outcome = await this.rail.retrieveDispute(railDisputeId);
    if (outcome.kind !== 'done') throw new Error(`the dispute could not be read: ${outcome.message}`);
    const { paymentId } = outcome.value;
    await this.unitOfWork.run(RAIL, { name: 'follow-dispute' }, async (tx) => {
      const funding = paymentId === null ? null : await findFundingByPayment(tx.db, paymentId);
      // The event may be here before our own row of the payment: it stays unhandled and is looked at again.
      if (!funding) return;
      await advance(tx, funding, outcome.value);
      await eventHandled(tx, eventId, 'followed');
    });
  }
}

async function advance(tx: Tx, funding: FundingRecord, rail: RailDispute): Promise<void> {
  const { labId, id: fundingId } = funding;
  const { id: railDisputeId, currency, amountMinor, reason, status: railStatus, evidenceDueAt } = rail;
  const said = { railStatus, evidenceDueAt };
  const opened = { ...{ labId, fundingId, railDisputeId, currency, amountMinor, reason }, openedAt: tx.now };
  const nothing = { closedAt: null, settledAt: null, repaidMinor: 0n, writtenOffMinor: 0n };
  const isNew = await insertDispute(tx.db, {
    id: tx.newId(),
    state: 'INQUIRY',
    ...opened,
    ...said,
    ...nothing,
  });
  const dispute = await lockDispute(tx.db, railDisputeId);
  if (!dispute || ENDED.includes(dispute.state)) return;
  for (const moved of rail.movements)
    await post(tx, {
      key: `stripe:${moved.id}:dispute`,
      kind: 'dispute-moved',
      subjectType: 'lab-dispute',
      subjectId: dispute.id,
      lines: disputeMoved(moved),
    });
  if (rail.state === dispute.state && !isNew) {
    await moveDispute(tx.db, dispute, said);
    return;
  }
  if (rail.state === 'LOST')
    await post(tx, {
      key: `dispute:${railDisputeId}:lost`,
      kind: 'dispute-lost',
      subjectType: 'lab-dispute',
      subjectId: dispute.id,
      lines: disputeLost({ labId, currency, amountMinor }),
    });
  const closedAt = ENDED.includes(rail.state) ? tx.now : undefined;
  if (!(await moveDispute(tx.db, dispute, { state: rail.state, closedAt, ...said })))
    throw new Error('the dispute moved meanwhile');
  const from = isNew ? undefined : dispute.state;
  const facts = { amountMinor, currency, railDisputeId };
  tx.record({ subjectType: 'lab-dispute', subjectId: dispute.id, from, to: rail.state, facts, labId });
  await tell(tx, dispute, rail.state);
  if (rail.state === 'LOST') await settleLost(tx, labId, currency);
  if (ENDED.includes(rail.state))
    tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
}

interface Said {
  readonly title: string;
  readonly body: string;
}

/** What a lab reads of each state of a dispute. */
const SAID_TO_LAB: Readonly<Record<string, Said>> = {
  OPEN: {
    title: 'is disputed',
    body: 'Somebody told the bank that your payment was not right. What is approved is paid; new weeks are not held until it is settled.',
  },
  WON: {
    title: 'is no longer disputed',
    body: 'The bank decided for the payment. Weeks are held as before.',
  },
  LOST: {
    title: 'was taken back by the bank',
    body: 'It is taken from your balance; what that does not cover you owe, and it is taken from what becomes free and from the next payments that arrive. What experts earned is paid in any case. Once it is paid, weeks are held again.',
  },
};

/** What staff read of it, after the name of the lab and its payment. */
const SAID_TO_STAFF: Readonly<Record<string, Said>> = {
  OPEN: {
    title: 'is disputed',
    body: 'What the lab has approved is paid; no new week of it is held and nothing goes back to it. Send evidence to the payment provider by the day that the page says.',
  },
  WON: {
    title: 'is no longer disputed',
    body: 'The bank decided for the payment. Weeks of the lab are held as before.',
  },
  LOST: {
    title: 'was taken back by the bank',
    body: 'The lab owes this amount: what its balance covers was taken from it, the rest is taken from what becomes free and from its next payments. Experts keep what they earned; the page says what is left and how to write it off.',
  },
};

async function tell(
  tx: Tx,
  { id, labId, amountMinor, currency }: DisputeRecord,
  state: string,
): Promise<void> {
  const [lab, staff] = [SAID_TO_LAB[state], SAID_TO_STAFF[state]];
  if (!lab || !staff) return;
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  const labName = (await findLab(tx.db, labId))?.name ?? 'a lab';
  const kind = 'PAYMENT_DISPUTED';
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    { kind, title: `Your payment of ${amount} ${lab.title}`, body: lab.body, link: '/lab/billing' },
  );
  await notify(
    tx,
    { staff: 'FINANCE' },
    {
      kind,
      title: `A payment of ${amount} by ${labName} ${staff.title}`,
      body: staff.body,
      link: `/admin/disputes/${id}`,
    },
  );
}

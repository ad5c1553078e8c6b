import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { accountCode, post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { PAYMENT_RAIL, type Outcome, type PaymentRail, type RailPayment } from '../../rail/rail.public';
import {
  findFunding,
  findFundingByPayment,
  listOpenFundings,
  moveFunding,
  type FundingRecord,
} from '../billing.repository';

const RAIL = system('rail');

/** Takes a funding to the rail and follows what becomes of it. Every step may be repeated; the books move once. */
@Injectable()
export class FollowPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Asks the rail for a funding's payment, with a key of the funding's own. Throws where the outcome is unknown, so that it is asked again. */
  async request(fundingId: string): Promise<void> {
    const funding = await this.unitOfWork.readAs(RAIL, ({ db }) => findFunding(db, fundingId));
    if (funding?.state !== 'REQUESTED') return;
    const { labId, currency, amountMinor } = funding;
    await this.settle(
      await this.rail.createPayment({ amountMinor, currency, fundingId, labId }, `funding:${fundingId}`),
      fundingId,
    );
  }

  /** Looks at a payment of the rail again, after an event or after a while. */
  async follow(railPaymentId: string): Promise<void> {
    const outcome = await this.rail.retrievePayment(railPaymentId);
    const funding = await this.unitOfWork.readAs(RAIL, ({ db }) => findFundingByPayment(db, railPaymentId));
    // The event may be here before our own answer was kept; the poll comes back to it.
    if (funding) await this.settle(outcome, funding.id);
  }

  /** Looks at what has been open for a minute: an event may have been lost. */
  async poll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 60_000);
    const open = await this.unitOfWork.readAs(RAIL, ({ db }) => listOpenFundings(db, before, 50));
    for (const funding of open)
      await (funding.railPaymentId ? this.follow(funding.railPaymentId) : this.request(funding.id));
  }

  private async settle(outcome: Outcome<RailPayment>, fundingId: string): Promise<void> {
    if (outcome.kind === 'unknown') throw new Error(`the rail's answer is not known: ${outcome.message}`);
    await this.unitOfWork.run(RAIL, { name: 'follow-payment' }, async (tx) => {
      const funding = await findFunding(tx.db, fundingId);
      if (!funding || funding.state === 'CLEARED' || funding.state === 'FAILED') return;
      if (outcome.kind === 'refused') return failed(tx, funding, outcome.message);
      const payment = outcome.value;
      if (payment.amountMinor !== funding.amountMinor || payment.currency !== funding.currency)
        throw new Error('the rail has another amount than the funding');
      if (payment.state === 'FAILED')
        return failed(tx, funding, payment.failureReason ?? 'The bank refused the payment.', payment.id);
      if (payment.state === 'SUCCEEDED') return cleared(tx, funding, payment.id);
      if (
        funding.state === 'REQUESTED' &&
        (await moveFunding(tx.db, funding, { state: 'PROCESSING', railPaymentId: payment.id }))
      ) {
        tx.record({
          subjectType: 'funding',
          subjectId: funding.id,
          from: funding.state,
          to: 'PROCESSING',
          facts: { railPaymentId: payment.id },
          labId: funding.labId,
        });
      }
    });
  }
}

async function failed(tx: Tx, funding: FundingRecord, reason: string, railPaymentId?: string): Promise<void> {
  if (
    !(await moveFunding(tx.db, funding, {
      state: 'FAILED',
      failureReason: reason,
      ...(railPaymentId && { railPaymentId }),
    }))
  )
    return;
  tx.record({
    subjectType: 'funding',
    subjectId: funding.id,
    from: funding.state,
    to: 'FAILED',
    words: { reason },
    labId: funding.labId,
  });
  await notify(
    tx,
    { labId: funding.labId, roles: ['OWNER', 'FINANCE'] },
    {
      kind: 'FUNDING_FAILED',
      title: 'A payment did not arrive',
      body: `${reason} Nothing was added to your balance. Try again, or use another account.`,
      link: '/lab/billing',
    },
  );
}

async function cleared(tx: Tx, funding: FundingRecord, railPaymentId: string): Promise<void> {
  const { id, labId, currency, amountMinor } = funding;
  const posted = await post(tx, {
    key: `stripe:${railPaymentId}:cleared`,
    kind: 'funding-cleared',
    subjectType: 'funding',
    subjectId: id,
    lines: [
      {
        phase: 'S',
        debit: accountCode.railAvailable(currency),
        credit: accountCode.labPrepaid(labId, currency),
        currency,
        amountMinor,
      },
    ],
  });
  if (
    !(await moveFunding(tx.db, funding, {
      state: 'CLEARED',
      railPaymentId,
      clearedAt: tx.now,
      ledgerTransactionId: posted.id,
    }))
  )
    throw new Error('the funding moved meanwhile');
  tx.record({
    subjectType: 'funding',
    subjectId: id,
    from: funding.state,
    to: 'CLEARED',
    facts: { amountMinor, currency, railPaymentId, ledgerTransactionId: posted.id },
    labId,
  });
  tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  await notify(
    tx,
    { labId, roles: ['OWNER', 'FINANCE'] },
    {
      kind: 'FUNDING_CLEARED',
      title: `${amount} arrived`,
      body: 'It is in your balance and can be held for work.',
      link: '/lab/billing',
    },
  );
}

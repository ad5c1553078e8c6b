import { Inject, Injectable } from '@nestjs/common';
import {
  accountCode,
  formatAmount,
  fundingArrived,
  fundingAvailable,
  type Currency,
} from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { availableMinor, post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import {
  eventHandled,
  KnowCustomer,
  PAYMENT_RAIL,
  type Outcome,
  type PaymentRail,
  type RailPayment,
} from '../../rail/rail.public';
import { listStopping } from '../dispute.repository';
import {
  findFunding,
  findFundingByPayment,
  listOpenFundings,
  listRailPending,
  lockFunding,
  moveFunding,
  type FundingRecord,
} from '../funding.repository';
import { settleInvoice } from '../settle-invoice';
import { MONEY_ROLES } from '../money-roles';
import { settleLost, type SettledLost } from '../settle-lost';

const RAIL = system('rail');

/** Takes a funding to the rail and follows what becomes of it. Every step may be repeated; the books move once. */
@Injectable()
export class FollowPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
    private readonly customers: KnowCustomer,
    private readonly config: Config,
  ) {}

  /** Asks the rail for a funding's payment, with a key of the funding's own. Throws where the outcome is unknown, so that it is asked again. */
  async request(fundingId: string): Promise<void> {
    const funding = await this.unitOfWork.readAs(RAIL, ({ db }) => findFunding(db, fundingId));
    if (funding?.state !== 'REQUESTED') return;
    const { labId, currency, amountMinor } = funding;
    const customer = await this.customers.of(labId);
    if (customer.kind !== 'done') return this.settle(customer, fundingId);
    const asked = { amountMinor, currency, fundingId, labId, customerId: customer.value.id };
    await this.settle(await this.rail.createPayment(asked, `funding:${fundingId}`), fundingId);
  }

  /** Looks at a payment of the rail again, after an event or after a while. Throws where it cannot be read. */
  async follow(railPaymentId: string, eventId?: string): Promise<void> {
    const funding = await this.unitOfWork.readAs(RAIL, ({ db }) => findFundingByPayment(db, railPaymentId));
    // The event may be here before our own answer was kept: it stays unhandled and is looked at again.
    if (!funding) return;
    const outcome = await this.rail.retrievePayment(railPaymentId);
    // A payment that cannot be read says nothing about the money.
    if (outcome.kind !== 'done') throw new Error(`the payment could not be read: ${outcome.message}`);
    await this.settle(outcome, funding.id, eventId);
  }

  /** Looks at what has been open for a minute: an event may have been lost. */
  async poll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 60_000);
    const open = await this.unitOfWork.readAs(RAIL, ({ db }) => listOpenFundings(db, before, 50));
    for (const { id, railPaymentId } of open) {
      await (railPaymentId ? this.follow(railPaymentId) : this.request(id));
    }
    await this.followPending();
  }

  /** Looks at what has arrived and was not available at the rail yet. */
  async followPending(eventId?: string): Promise<void> {
    const pending = await this.unitOfWork.readAs(RAIL, ({ db }) => listRailPending(db, 100));
    for (const { railPaymentId } of pending) if (railPaymentId !== null) await this.follow(railPaymentId);
    if (eventId !== undefined)
      await this.unitOfWork.run(RAIL, { name: 'follow-balance' }, (tx) =>
        eventHandled(tx, eventId, 'followed'),
      );
  }

  private async settle(outcome: Outcome<RailPayment>, fundingId: string, eventId?: string): Promise<void> {
    if (outcome.kind === 'unknown') throw new Error(`the rail's answer is not known: ${outcome.message}`);
    await this.unitOfWork.run(RAIL, { name: 'follow-payment' }, async (tx) => {
      const funding = await lockFunding(tx.db, fundingId);
      if (!funding) return;
      const isOpen = funding.state === 'REQUESTED' || funding.state === 'PROCESSING';
      const isHeld = this.config.get('FUNDS_SPENDABLE') === 'available';
      if (isOpen) await advance(tx, funding, outcome, isHeld);
      else if (funding.isRailPending) await becomeAvailable(tx, funding, outcome);
      await eventHandled(tx, eventId, 'followed');
    });
  }
}

/** Moves a funding on to what the rail says of it. */
async function advance(
  tx: Tx,
  funding: FundingRecord,
  outcome: Exclude<Outcome<RailPayment>, { kind: 'unknown' }>,
  isHeldUntilAvailable: boolean,
): Promise<void> {
  if (outcome.kind === 'refused') return failed(tx, funding, outcome.message);
  const { id: railPaymentId, state, amountMinor, currency, failureReason } = outcome.value;
  if (amountMinor !== funding.amountMinor || currency !== funding.currency)
    throw new Error('the rail has another amount than the funding');
  if (state === 'FAILED') return failed(tx, funding, failureReason ?? 'The bank refused it.', railPaymentId);
  if (state === 'SUCCEEDED') return arrived(tx, funding, outcome.value, isHeldUntilAvailable);
  if (funding.state !== 'REQUESTED') return;
  await moved(tx, funding, { state: 'PROCESSING', railPaymentId }, { railPaymentId });
}

async function failed(tx: Tx, funding: FundingRecord, reason: string, railPaymentId?: string): Promise<void> {
  const change = { state: 'FAILED', failureReason: reason, ...(railPaymentId && { railPaymentId }) };
  await moved(tx, funding, change, {}, { reason });
  await notify(
    tx,
    { labId: funding.labId, roles: MONEY_ROLES },
    {
      kind: 'FUNDING_FAILED',
      title: 'A payment did not arrive',
      body: `${reason} Nothing was added to your balance. Try again, or use another account.`,
      link: '/lab/billing',
    },
  );
}

/** The money is at the rail: credited to the lab, and the rail's fee to us. What the rail does not have available yet is held, where it is set so. */
async function arrived(
  tx: Tx,
  funding: FundingRecord,
  { id: railPaymentId, movement }: RailPayment,
  isHeldUntilAvailable: boolean,
): Promise<void> {
  const { id, labId, currency, amountMinor } = funding;
  const isAvailable = movement?.isAvailable ?? true;
  const isHeld = !isAvailable && isHeldUntilAvailable;
  const posted = await post(tx, {
    key: `stripe:${railPaymentId}:${isAvailable ? 'cleared' : 'arrived'}`,
    kind: isAvailable ? 'funding-cleared' : 'funding-arrived',
    subjectType: 'funding',
    subjectId: id,
    lines: fundingArrived({
      ...{ labId, currency, amountMinor, isAvailable, isHeld },
      feeMinor: movement?.feeMinor ?? 0n,
    }),
  });
  const ledgerTransactionId = posted.id;
  const facts = { amountMinor, currency, railPaymentId, ledgerTransactionId };
  const known = { railPaymentId, ledgerTransactionId, isRailPending: !isAvailable };
  if (isHeld) {
    const holdPostingId = posted.postings.at(-1) ?? null;
    return moved(tx, funding, { state: 'ARRIVED', ...known, holdPostingId }, facts);
  }
  await moved(tx, funding, { state: 'CLEARED', ...known, clearedAt: tx.now }, facts);
  await spendable(tx, funding);
}

/** The rail has the money available: it is spendable, where it was not before. */
async function becomeAvailable(
  tx: Tx,
  funding: FundingRecord,
  outcome: Exclude<Outcome<RailPayment>, { kind: 'unknown' }>,
): Promise<void> {
  if (outcome.kind === 'refused' || outcome.value.movement?.isAvailable !== true) return;
  const { id: railPaymentId, movement } = outcome.value;
  const { id, currency, holdPostingId } = funding;
  const posted = await post(tx, {
    key: `stripe:${railPaymentId}:available`,
    kind: 'funding-available',
    subjectType: 'funding',
    subjectId: id,
    lines: fundingAvailable({ currency, netMinor: movement.netMinor, holdPostingId }),
  });
  const facts = { amountMinor: movement.netMinor, currency, railPaymentId, ledgerTransactionId: posted.id };
  const isNew = funding.state === 'ARRIVED';
  const change = { state: 'CLEARED', isRailPending: false, holdPostingId: null };
  await moved(tx, funding, { ...change, ...(isNew && { clearedAt: tx.now }) }, facts);
  if (isNew) await spendable(tx, funding);
}

/** The lab can spend it: what it owes is paid first, then weeks that wait are held; and it is told. */
async function spendable(tx: Tx, { labId, currency, amountMinor, invoiceId }: FundingRecord): Promise<void> {
  if (invoiceId) return settleInvoice(tx, invoiceId);
  const settled = await settleLost(tx, labId, currency);
  tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'FUNDING_CLEARED',
      title: `${amount} arrived`,
      body: await arrivedWords(tx, labId, currency as Currency, settled),
      link: '/lab/billing',
    },
  );
}

/** What became of a payment: what it paid of a debt, and what can be held for work now. */
async function arrivedWords(
  tx: Tx,
  labId: string,
  currency: Currency,
  { takenMinor, leftMinor }: SettledLost,
): Promise<string> {
  const isStopped = (await listStopping(tx.db, labId)).length > 0;
  if (takenMinor === 0n && !isStopped) return 'It is in your balance and can be held for work.';
  const words = (minor: bigint) => formatAmount({ minor, currency });
  const free = words(await availableMinor(tx.db, accountCode.labPrepaid(labId, currency)));
  const taken =
    takenMinor === 0n
      ? ''
      : `${words(takenMinor)} was taken for what you owe of a payment that the bank took back. `;
  const left = leftMinor > 0n ? `${words(leftMinor)} is still owed. ` : '';
  return isStopped
    ? `${taken}${left}${free} is free in your balance; nothing can be held for new weeks before every disputed payment is settled.`
    : `${taken}${left}${free} can be held for work now.`;
}

async function moved(
  tx: Tx,
  funding: FundingRecord,
  change: Parameters<typeof moveFunding>[2],
  facts: Record<string, unknown>,
  words?: Record<string, string>,
): Promise<void> {
  if (!(await moveFunding(tx.db, funding, change))) throw new Error('the funding moved meanwhile');
  const { id: subjectId, state: from, labId } = funding;
  tx.record({ subjectType: 'funding', subjectId, from, to: change.state, facts, words, labId });
}

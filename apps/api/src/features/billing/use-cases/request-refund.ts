import { Injectable } from '@nestjs/common';
import {
  approvalsNeeded,
  dayWords,
  formatAmount,
  refundMachine,
  refundRequested,
  type Currency,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Read, Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, ApprovalLimits, requestApproval, waitingApprovals } from '../../audit/audit.public';
import { findLab } from '../../lab/lab.public';
import { post } from '../../ledger/ledger.public';
import { AmountInput, currencyOf } from '../amounts';
import { mustBeAvailable } from '../available';
import { lockRefundable, type RefundableFunding } from '../funding.repository';
import { insertRefund, refundedAlone, SEND_REFUND } from '../refund.repository';
import { mustBeUndisputed } from '../undisputed';

const Input = z.object({ ...AmountInput, idempotencyKey: z.string() });
const Payload = z.object({
  labId: z.uuid(),
  currency: z.string(),
  amountMinor: z.string(),
  requestedById: z.uuid(),
});

/** A lab's money that is to go back. */
interface Wish {
  readonly labId: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly requestedById: string;
  readonly approvalRequestId?: string | null;
}

/**
 * A lab takes back what is not held. It goes back to where it came from, so one refund may be several of them. What is
 * more within 24 hours than one person's word is enough for is looked at by a person of the platform first.
 */
@Injectable()
export class RequestRefund {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: ApprovalLimits,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: SEND_REFUND,
      payload: Payload,
      concerns: ({ labId }) => ({ labId }),
      asking: { permission: 'billing:fund', matter: 'OWN' },
      link: '/lab/billing',
      check: (read, payload) => mustBeFree(read, wishOf(payload)),
      execute: async (tx, payload, approvalRequestId) => {
        await refund(tx, { ...wishOf(payload), approvalRequestId });
      },
    });
  }

  /**
   * Returns the ids of the refunds; none where somebody looks at it first. Refuses with MORE_THAN_AVAILABLE,
   * AMOUNT_OUT_OF_BOUNDS, CURRENCY_UNKNOWN, PAYMENT_DISPUTED, APPROVAL_WAITS.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<string[]> {
    const { amountMinor: text, currency: code, idempotencyKey } = parseInput(Input, input);
    const currency = currencyOf(code);
    const amountMinor = BigInt(text);
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    if (amountMinor < 1n) {
      throw new Refused('AMOUNT_OUT_OF_BOUNDS', 'Write an amount above zero.', { field: 'amount' });
    }
    // Requests for approval are rows of the platform; everything else here names the lab.
    const command = { name: 'request-refund', idempotencyKey, input, rows: 'both-sides' } as const;
    return this.unitOfWork.run(person, command, async (tx) => {
      const wish = { labId, currency, amountMinor, requestedById: person.accountId };
      await mustBeUndisputed(tx.db, labId, 'Nothing goes back');
      const needed = await this.approvalsFor(tx, wish);
      if (needed === 0) return refund(tx, wish);
      await mustNotWait(tx, labId, currency);
      await mustBeAvailable(tx.db, labId, currency, amountMinor);
      await this.ask(tx, wish, needed);
      return [];
    });
  }

  /** How many people look at a refund: what went back by the lab's word alone in the last 24 hours counts too. */
  private async approvalsFor(tx: Tx, { labId, currency, amountMinor }: Wish): Promise<0 | 1 | 2> {
    await lockRefundable(tx.db, labId, currency);
    const earlierMinor = await refundedAlone(tx.db, labId, currency, tx.now);
    return approvalsNeeded(earlierMinor + amountMinor, this.limits.refundMinor(currency));
  }

  private async ask(tx: Tx, wish: Wish, needed: 1 | 2): Promise<void> {
    const { labId, currency, amountMinor, requestedById } = wish;
    const words = formatAmount({ minor: amountMinor, currency });
    const limit = formatAmount({ minor: this.limits.refundMinor(currency), currency });
    const lab = await findLab(tx.db, labId);
    await requestApproval(tx, {
      action: SEND_REFUND,
      subjectType: 'lab',
      subjectId: labId,
      summary: `Send ${words} back to ${lab?.name ?? 'a lab'}.`,
      payload: { labId, currency, amountMinor: amountMinor.toString(), requestedById },
      reason: `More than ${limit} would go back to the lab within 24 hours.`,
      requestedById,
      amount: { minor: amountMinor, currency },
      approvalsNeeded: needed,
    });
  }
}

/** What a person looks at stays what they decide on: another ask does not take its place unsaid. One at a time, under the lock of what can go back. */
async function mustNotWait(tx: Tx, labId: string, currency: Currency): Promise<void> {
  const waiting = (await waitingApprovals(tx, SEND_REFUND, labId)).find((each) => each.currency === currency);
  if (!waiting) return;
  const about = formatAmount({ minor: waiting.amountMinor ?? 0n, currency });
  throw new Refused(
    'APPROVAL_WAITS',
    `${about} that you asked back on ${dayWords(waiting.createdAt)} waits for a person of the platform, who decides until ${dayWords(waiting.expiresAt)}. Wait for that, withdraw it, or take back an amount that nobody has to look at. Nothing was changed.`,
    { field: 'amount' },
  );
}

function wishOf({ currency, amountMinor, ...by }: z.output<typeof Payload>): Wish {
  return { ...by, currency: currencyOf(currency), amountMinor: BigInt(amountMinor) };
}

/** What a lab takes back is free, and no payment of it is disputed. Refuses with MORE_THAN_AVAILABLE, PAYMENT_DISPUTED. */
async function mustBeFree({ db }: Pick<Read, 'db'>, { labId, currency, amountMinor }: Wish): Promise<void> {
  await mustBeUndisputed(db, labId, 'Nothing goes back');
  await mustBeAvailable(db, labId, currency, amountMinor);
}

/** Takes an amount out of the lab's newest payments; returns the refunds. Refuses with MORE_THAN_AVAILABLE, PAYMENT_DISPUTED. */
async function refund(tx: Tx, wish: Wish): Promise<string[]> {
  const { labId, currency, amountMinor: wanted } = wish;
  const fundings = await lockRefundable(tx.db, labId, currency);
  await mustBeFree(tx, wish);
  const ids: string[] = [];
  let left = wanted;
  for (const funding of fundings) {
    if (left === 0n) break;
    const amountMinor = left < funding.leftMinor ? left : funding.leftMinor;
    ids.push(await refundPart(tx, wish, funding, amountMinor));
    left -= amountMinor;
  }
  if (left === 0n) return ids;
  const rest = formatAmount({ minor: left, currency });
  throw new Refused(
    'MORE_THAN_AVAILABLE',
    `${rest} of this did not arrive by a payment, so it cannot go back by itself. Take less, or write to us.`,
    { field: 'amount' },
  );
}

async function refundPart(
  tx: Tx,
  { requestedById, approvalRequestId = null }: Wish,
  funding: RefundableFunding,
  amountMinor: bigint,
): Promise<string> {
  const id = tx.newId();
  const { labId, currency } = funding;
  const lines = refundRequested({ labId, currency, amountMinor });
  await post(tx, {
    key: `refund:${id}:requested`,
    kind: 'refund-requested',
    subjectType: 'lab-refund',
    subjectId: id,
    lines,
  });
  const by = { requestedById, requestedAt: tx.now, approvalRequestId };
  const state = refundMachine.initial;
  const row = { id, labId, fundingId: funding.id, currency, amountMinor, state, ...by };
  await insertRefund(tx.db, row);
  const facts = { amountMinor, currency, fundingId: funding.id };
  tx.record({ subjectType: 'lab-refund', subjectId: id, to: state, facts, labId });
  tx.enqueue({ queue: 'rail', name: 'request-refund', payload: { refundId: id } });
  return id;
}

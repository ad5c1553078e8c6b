import { moveMoney } from '../balance';
import { completed } from '../contract/contract';
import { RailError, type Body, type Books } from '../store';
import type { ReadCall } from './call';

const DAY_SECONDS = 86_400;

/** Somebody tells their bank that a payment was not right. An inquiry (`warning_…`) takes no money yet. */
export async function openDispute(books: Books, payment: Body, status: string): Promise<Body> {
  const charge = await books.get('charge', String(payment.latest_charge));
  if (charge.disputed === true)
    throw new RailError(400, 'charge_disputed', 'This charge has been disputed already.', {
      param: 'charge',
    });
  const dispute = await books.insert('dispute', {
    id: books.id('dp'),
    object: 'dispute',
    amount: charge.amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: payment.id,
    created: books.epochSeconds(),
    balance_transactions: [],
    evidence_details: {
      due_by: books.epochSeconds() + 7 * DAY_SECONDS,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
      enhanced_eligibility: {},
    },
    is_charge_refundable: status.startsWith('warning'),
    metadata: {},
    reason: 'general',
    status,
  });
  await books.update(String(charge.id), { disputed: true });
  await books.emit('platform', 'charge.dispute.created', dispute);
  if (status.startsWith('warning')) return dispute;
  const { dispute: fee = 0 } = await books.setting('fees');
  const taken = await withMovement(books, dispute, -BigInt(String(dispute.amount)), BigInt(fee));
  await books.emit('platform', 'charge.dispute.funds_withdrawn', taken);
  return taken;
}

/** The end of a dispute. Won, the money comes back; the rail's fee does not. */
export async function closeDispute(books: Books, id: string, end: 'won' | 'lost'): Promise<Body> {
  const dispute = await books.get('dispute', id);
  const isInquiry = String(dispute.status).startsWith('warning');
  if (['won', 'lost', 'warning_closed'].includes(String(dispute.status)))
    throw new RailError(400, undefined, 'This dispute is already closed.');
  const taken = BigInt(String(dispute.amount));
  const ended =
    end === 'won' && !isInquiry ? await withMovement(books, dispute, taken, 0n, 'dispute_reversal') : dispute;
  const closed = await books.update(id, {
    status: isInquiry ? 'warning_closed' : end,
    balance_transactions: ended.balance_transactions,
  });
  if (closed.status === 'won') await books.emit('platform', 'charge.dispute.funds_reinstated', closed);
  await books.emit('platform', 'charge.dispute.closed', closed);
  return closed;
}

/** Gives up on a dispute: it is lost. */
export function acceptDispute(books: Books, { params }: ReadCall): Promise<Body> {
  return closeDispute(books, params.id ?? '', 'lost');
}

async function withMovement(
  books: Books,
  dispute: Body,
  amount: bigint,
  fee: bigint,
  reportingCategory = 'dispute',
): Promise<Body> {
  const moved = await moveMoney(books, {
    source: dispute.id,
    type: 'adjustment',
    reportingCategory,
    amount,
    fee,
    currency: String(dispute.currency),
    description: `Chargeback ${amount < 0n ? 'withdrawal' : 'reversal'} for ${String(dispute.charge)}`,
  });
  const balance_transactions = [...(dispute.balance_transactions as Body[]), completed(moved)];
  return books.update(String(dispute.id), { balance_transactions });
}

import { Injectable } from '@nestjs/common';
import {
  dayOf,
  dayWords,
  daysOverdue,
  dueDay,
  formatAmount,
  invoiceIssued,
  invoiceNumber,
  wholeUnitMinor,
  type Currency,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { post } from '../../ledger/ledger.public';
import { AmountInput, fundingOf, LARGEST_PAYMENT_MINOR } from '../amounts';
import {
  burnDown,
  creditTermsOf,
  insertInvoice,
  listInvoices,
  lockPurchaseOrder,
  nextInvoiceCount,
} from '../invoice.repository';
import { mustBeUndisputed } from '../undisputed';

const Input = z.object({ ...AmountInput, purchaseOrderId: z.uuid().nullish(), idempotencyKey: z.string() });
const MOST_OPEN = 100;

/** A lab with credit terms has money at once and pays it by its day. */
@Injectable()
export class IssueInvoice {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Returns the invoice's id. Refuses with NO_CREDIT, CREDIT_LIMIT, INVOICE_OVERDUE, AMOUNT_OUT_OF_BOUNDS, OVER_ORDER,
   * ORDER_ENDED, CURRENCY_UNKNOWN, PAYMENT_DISPUTED.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { amountMinor: text, currency: code, purchaseOrderId, idempotencyKey } = parseInput(Input, input);
    const { amountMinor, currency } = fundingOf(text, code);
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    const least = wholeUnitMinor(currency);
    if (amountMinor < least) {
      const message = `An invoice is at least ${formatAmount({ minor: least, currency })}.`;
      throw new Refused('AMOUNT_OUT_OF_BOUNDS', message, { field: 'amount' });
    }
    if (amountMinor > LARGEST_PAYMENT_MINOR) {
      const most = formatAmount({ minor: LARGEST_PAYMENT_MINOR, currency });
      const message = `An invoice is at most ${most}, what a bank moves in one payment. Get two.`;
      throw new Refused('AMOUNT_OUT_OF_BOUNDS', message, { field: 'amount' });
    }
    return this.unitOfWork.run(person, { name: 'issue-invoice', idempotencyKey, input }, async (tx) => {
      const terms = (await creditTermsOf(tx.db, labId)).find((each) => each.currency === currency);
      if (!terms || terms.limitMinor === 0n) {
        const message = `Paying by invoice in ${currency} is not agreed yet. Add funds, or write to us about terms.`;
        throw new Refused('NO_CREDIT', message, { field: 'currency' });
      }
      await mustNotBeOverdue(tx, labId);
      await mustBeUndisputed(tx.db, labId, 'Nothing is given by invoice');
      if (purchaseOrderId) await takeFromOrder(tx, { labId, purchaseOrderId, currency, amountMinor });
      return issue(tx, person.accountId, {
        labId,
        currency,
        amountMinor,
        purchaseOrderId,
        dueDays: terms.dueDays,
      });
    });
  }
}

async function mustNotBeOverdue(tx: Tx, labId: string): Promise<void> {
  const open = await listInvoices(tx.db, { labId, state: 'OPEN' }, MOST_OPEN);
  const [late] = open
    .filter(({ dueOn }) => daysOverdue(dueOn, tx.now) > 0)
    .sort((one, other) => one.dueOn.getTime() - other.dueOn.getTime());
  if (!late) return;
  const message = `Invoice ${late.number} was due on ${dayWords(late.dueOn)}. Pay it first; then the next one can be issued.`;
  throw new Refused('INVOICE_OVERDUE', message);
}

async function takeFromOrder(
  tx: Tx,
  wanted: { labId: string; purchaseOrderId: string; currency: Currency; amountMinor: bigint },
): Promise<void> {
  const { labId, purchaseOrderId, currency, amountMinor } = wanted;
  const order = await lockPurchaseOrder(tx.db, labId, purchaseOrderId);
  if (!order) throw notFound('purchase order');
  const field = { field: 'purchaseOrderId' };
  if (order.endsOn && daysOverdue(order.endsOn, tx.now) > 0)
    throw new Refused('ORDER_ENDED', `This purchase order ended on ${dayWords(order.endsOn)}.`, field);
  if (order.currency !== currency) {
    const message = `Purchase order ${order.number} is in ${order.currency}, and this invoice in ${currency}. Name another.`;
    throw new Refused('WRONG_CURRENCY', message, field);
  }
  const leftMinor = order.amountMinor - order.invoicedMinor;
  if (amountMinor > leftMinor) {
    const left = formatAmount({ minor: leftMinor, currency });
    throw new Refused(
      'OVER_ORDER',
      `Purchase order ${order.number} has ${left} left. Invoice less, or name another.`,
      field,
    );
  }
  await burnDown(tx.db, purchaseOrderId, amountMinor);
}

async function issue(
  tx: Tx,
  requestedById: string,
  wanted: {
    labId: string;
    currency: Currency;
    amountMinor: bigint;
    purchaseOrderId?: string | null;
    dueDays: number;
  },
): Promise<string> {
  const { labId, currency, amountMinor, dueDays } = wanted;
  const id = tx.newId();
  const posted = await post(tx, {
    key: `invoice:${id}:issued`,
    kind: 'invoice-issued',
    subjectType: 'invoice',
    subjectId: id,
    lines: invoiceIssued({ labId, currency, amountMinor }),
  });
  const year = tx.now.getUTCFullYear();
  const number = invoiceNumber(year, await nextInvoiceCount(tx.db, year));
  const dueOn = dueDay(tx.now, dueDays);
  const purchaseOrderId = wanted.purchaseOrderId ?? null;
  const own = {
    id,
    labId,
    number,
    currency,
    amountMinor,
    purchaseOrderId,
    state: 'OPEN',
    issuedAt: tx.now,
    dueOn,
  };
  await insertInvoice(tx.db, { ...own, ledgerTransactionId: posted.id, requestedById });
  const due = dayOf(dueOn);
  const facts = { amountMinor, currency, number, dueOn: due, ledgerTransactionId: posted.id };
  tx.record({ subjectType: 'invoice', subjectId: id, to: 'OPEN', facts, labId });
  tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
  return id;
}

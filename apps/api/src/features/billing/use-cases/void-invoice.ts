import { Injectable } from '@nestjs/common';
import { invoiceMachine, move } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { InsufficientBalance, reverse } from '../../ledger/ledger.public';
import { burnDown, isBeingPaid, lockInvoice, moveInvoice } from '../invoice.repository';

const Input = z.object({ invoiceId: z.uuid(), idempotencyKey: z.string() });

/** A lab takes an open invoice back while its money is still there: its ledger transaction is reversed, once. */
@Injectable()
export class VoidInvoice {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the invoice's id. Refuses with STATE_CHANGED, PAYMENT_UNDER_WAY, INVOICE_SPENT. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { invoiceId, idempotencyKey } = parseInput(Input, input);
    try {
      return await this.unitOfWork.run(
        person,
        { name: 'void-invoice', idempotencyKey, input },
        async (tx) => {
          const invoice = await lockInvoice(tx.db, invoiceId);
          if (!invoice || person.labId === undefined || invoice.labId !== person.labId)
            throw notFound('invoice');
          const state = orRefuse(move(invoiceMachine, invoice.state, 'TAKE_BACK'));
          if (await isBeingPaid(tx.db, invoiceId))
            throw new Refused('PAYMENT_UNDER_WAY', 'A payment for this invoice is on its way already.');
          const { ledgerTransactionId: reversesId, labId, amountMinor, currency, purchaseOrderId } = invoice;
          await reverse(tx, {
            key: `invoice:${invoiceId}:void`,
            kind: 'invoice-taken-back',
            subjectType: 'invoice',
            subjectId: invoiceId,
            reversesId,
          });
          if (!(await moveInvoice(tx.db, invoice, { state }))) throw new Error('the invoice moved meanwhile');
          if (purchaseOrderId) await burnDown(tx.db, purchaseOrderId, -amountMinor);
          const facts = { amountMinor, currency };
          tx.record({
            subjectType: 'invoice',
            subjectId: invoiceId,
            from: invoice.state,
            to: state,
            facts,
            labId,
          });
          return invoiceId;
        },
      );
    } catch (error) {
      if (!(error instanceof InsufficientBalance)) throw error;
      const message =
        'Its money is held for work or spent, so the invoice cannot be taken back. Pay it by its day.';
      throw new Refused('INVOICE_SPENT', message);
    }
  }
}

import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { fundingOf } from '../amounts';
import { insertFunding } from '../funding.repository';
import { isBeingPaid, lockInvoice } from '../invoice.repository';

const Input = z.object({ invoiceId: z.uuid(), idempotencyKey: z.string() });

/** A lab pays an open invoice through the rail. It counts as paid when the money arrives. */
@Injectable()
export class PayInvoice {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the funding's id. Refuses with INVOICE_NOT_OPEN, PAYMENT_UNDER_WAY, CURRENCY_UNKNOWN. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { invoiceId, idempotencyKey } = parseInput(Input, input);
    const { labId } = person;
    return this.unitOfWork.run(person, { name: 'pay-invoice', idempotencyKey, input }, async (tx) => {
      const invoice = await lockInvoice(tx.db, invoiceId);
      if (!invoice || labId === undefined || invoice.labId !== labId) throw notFound('invoice');
      if (invoice.state !== 'OPEN')
        throw new Refused(
          'INVOICE_NOT_OPEN',
          'This invoice is paid or was taken back; nothing more is owed on it.',
        );
      if (await isBeingPaid(tx.db, invoiceId))
        throw new Refused('PAYMENT_UNDER_WAY', 'A payment for this invoice is on its way already.');
      fundingOf(invoice.amountMinor.toString(), invoice.currency);
      const id = tx.newId();
      const { currency, amountMinor } = invoice;
      const by = { requestedById: person.accountId, requestedAt: tx.now };
      await insertFunding(tx.db, { id, labId, currency, amountMinor, state: 'REQUESTED', invoiceId, ...by });
      const facts = { amountMinor, currency, invoiceId };
      tx.record({ subjectType: 'funding', subjectId: id, to: 'REQUESTED', facts, labId });
      tx.enqueue({ queue: 'rail', name: 'request-payment', payload: { fundingId: id } });
      return id;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { daysOverdue } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { databaseErrorOf } from '../../../platform/errors/database-refusals';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { AmountInput, fundingCurrencyOf } from '../amounts';
import { insertPurchaseOrder } from '../invoice.repository';

const Input = z.object({
  number: z
    .string()
    .transform((text) => text.trim().replaceAll(/\s+/g, ' '))
    .pipe(z.string().min(1, 'write the number as it stands on the order').max(60)),
  ...AmountInput,
  endsOn: z.iso
    .date('write a day that exists, like 2026-11-30')
    .transform((text) => new Date(`${text}T00:00:00Z`))
    .nullish(),
  idempotencyKey: z.string(),
});

/**
 * A lab notes a purchase order of its own: invoices can name it, and never go above it. The same number is the same
 * order however its letters and spaces are written.
 */
@Injectable()
export class AddPurchaseOrder {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns its id. Refuses with AMOUNT_OUT_OF_BOUNDS, ORDER_KNOWN, ORDER_ENDED, CURRENCY_UNKNOWN. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { number, amountMinor: text, currency: code, endsOn, idempotencyKey } = parseInput(Input, input);
    const currency = fundingCurrencyOf(code);
    const amountMinor = BigInt(text);
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    if (amountMinor < 1n)
      throw new Refused('AMOUNT_OUT_OF_BOUNDS', 'Write an amount above zero.', { field: 'amount' });
    try {
      return await this.unitOfWork.run(
        person,
        { name: 'add-purchase-order', idempotencyKey, input },
        async (tx) => {
          if (endsOn && daysOverdue(endsOn, tx.now) > 0)
            throw new Refused('ORDER_ENDED', 'This last day has passed already.', { field: 'endsOn' });
          const id = tx.newId();
          const by = { createdById: person.accountId, createdAt: tx.now };
          await insertPurchaseOrder(tx.db, {
            id,
            labId,
            number,
            currency,
            amountMinor,
            endsOn: endsOn ?? null,
            ...by,
          });
          const facts = { amountMinor, currency };
          tx.record({
            subjectType: 'purchase-order',
            subjectId: id,
            to: 'ADDED',
            facts,
            words: { number },
            labId,
          });
          return id;
        },
      );
    } catch (error) {
      if (databaseErrorOf(error)?.constraint !== 'purchase_order_number') throw error;
      throw new Refused('ORDER_KNOWN', 'This purchase order is in your list already.', { field: 'number' });
    }
  }
}

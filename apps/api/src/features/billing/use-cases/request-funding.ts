import { Injectable } from '@nestjs/common';
import { formatAmount, wholeUnitMinor } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { AmountInput, fundingOf, LARGEST_PAYMENT_MINOR } from '../amounts';
import { insertFunding } from '../funding.repository';

const Input = z.object({ ...AmountInput, idempotencyKey: z.string() });

/** A lab puts money in. The rail is asked by a job, after this has committed. */
@Injectable()
export class RequestFunding {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the funding's id. Refuses with AMOUNT_OUT_OF_BOUNDS, CURRENCY_UNKNOWN. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { amountMinor: text, currency: code, idempotencyKey } = parseInput(Input, input);
    const { amountMinor, currency } = fundingOf(text, code);
    const leastMinor = wholeUnitMinor(currency);
    if (amountMinor < leastMinor || amountMinor > LARGEST_PAYMENT_MINOR) {
      const [least, most] = [leastMinor, LARGEST_PAYMENT_MINOR].map((minor) =>
        formatAmount({ minor, currency }),
      );
      const message = `Add between ${least} and ${most} at a time.`;
      throw new Refused('AMOUNT_OUT_OF_BOUNDS', message, { field: 'amount' });
    }
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    return this.unitOfWork.run(person, { name: 'request-funding', idempotencyKey, input }, async (tx) => {
      const id = tx.newId();
      const by = { requestedById: person.accountId, requestedAt: tx.now };
      await insertFunding(tx.db, { id, labId, currency, amountMinor, state: 'REQUESTED', ...by });
      const facts = { amountMinor, currency };
      tx.record({ subjectType: 'funding', subjectId: id, to: 'REQUESTED', facts, labId });
      tx.enqueue({ queue: 'rail', name: 'request-payment', payload: { fundingId: id } });
      return id;
    });
  }
}

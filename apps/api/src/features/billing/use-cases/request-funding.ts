import { Injectable } from '@nestjs/common';
import { CURRENCIES, formatAmount, isCurrency } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { insertFunding } from '../billing.repository';

const Input = z.object({
  amountMinor: z.string().regex(/^\d{1,11}$/, 'write an amount'),
  currency: z.string(),
  idempotencyKey: z.string(),
});
const LARGEST_MINOR = 99_999_999_99n;

/** A lab puts money in. The rail is asked by a job, after this has committed. */
@Injectable()
export class RequestFunding {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the funding's id. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { amountMinor: text, currency, idempotencyKey } = parseInput(Input, input);
    if (!isCurrency(currency))
      throw new Refused('CURRENCY_UNKNOWN', `Choose one of ${Object.keys(CURRENCIES).join(', ')}.`, {
        field: 'currency',
      });
    const amountMinor = BigInt(text);
    if (amountMinor < 100n || amountMinor > LARGEST_MINOR)
      throw new Refused(
        'AMOUNT_OUT_OF_BOUNDS',
        `Add between ${formatAmount({ minor: 100n, currency })} and ${formatAmount({ minor: LARGEST_MINOR, currency })} at a time.`,
        { field: 'amount' },
      );
    const labId = person.labId ?? '';
    return this.unitOfWork.run(person, { name: 'request-funding', idempotencyKey, input }, async (tx) => {
      const id = tx.newId();
      await insertFunding(tx.db, {
        id,
        labId,
        currency,
        amountMinor,
        state: 'REQUESTED',
        requestedById: person.accountId,
        requestedAt: tx.now,
      });
      tx.record({
        subjectType: 'funding',
        subjectId: id,
        to: 'REQUESTED',
        facts: { amountMinor, currency },
        labId,
      });
      tx.enqueue({ queue: 'rail', name: 'request-payment', payload: { fundingId: id } });
      return id;
    });
  }
}

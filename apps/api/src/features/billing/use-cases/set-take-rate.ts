import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { closePolicy, insertPolicy } from '../billing.repository';

const Input = z.object({
  labId: z.uuid().nullish(),
  labFeePpm: z.number().int().min(0).max(500_000, 'at most 50 %'),
  expertFeePpm: z.number().int().min(0).max(500_000, 'at most 50 %'),
  effectiveFrom: z.coerce.date(),
  reason: z.string().trim().min(10, 'give the reason in a sentence').max(2000),
  idempotencyKey: z.string(),
});

/** Finance sets what the platform keeps from a date on, for everybody or for one lab. What is agreed already stays as it is. */
@Injectable()
export class SetTakeRate {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const {
      labId: given,
      labFeePpm,
      expertFeePpm,
      effectiveFrom,
      reason,
      idempotencyKey,
    } = parseInput(Input, input);
    const labId = given ?? null;
    await this.unitOfWork.run(person, { name: 'set-take-rate', idempotencyKey, input }, async (tx) => {
      if (effectiveFrom < tx.now)
        throw new Refused('POLICY_IN_PAST', 'A take rate cannot begin in the past.', {
          field: 'effectiveFrom',
        });
      const scope = labId ? 'LAB' : 'DEFAULT';
      const id = tx.newId();
      await closePolicy(tx.db, { scope, labId }, effectiveFrom);
      await insertPolicy(tx.db, {
        id,
        scope,
        labId,
        projectId: null,
        expertId: null,
        labFeePpm,
        expertFeePpm,
        rounding: 'HALF_EVEN',
        effectiveFrom,
        effectiveTo: null,
        reason,
        createdById: person.accountId,
        createdAt: tx.now,
      });
      tx.record({
        subjectType: 'take-rate-policy',
        subjectId: id,
        to: 'SET',
        facts: { scope, labId, labFeePpm, expertFeePpm, effectiveFrom },
        words: { reason },
        labId,
      });
    });
  }
}

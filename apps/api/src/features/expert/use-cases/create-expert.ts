import { Injectable } from '@nestjs/common';
import { CHOOSE_COUNTRY, isCountry } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { hasExpert, insertExpert } from '../expert.repository';

const Input = z.object({
  displayName: z.string().trim().min(2, 'write the name that labs will see').max(120),
  country: z.string().refine(isCountry, CHOOSE_COUNTRY),
  idempotencyKey: z.string(),
});

/** A signed-in person becomes an expert. */
@Injectable()
export class CreateExpert {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the expert's id. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { displayName, country, idempotencyKey } = parseInput(Input, input);
    return this.unitOfWork.run(person, { name: 'create-expert', idempotencyKey, input }, async (tx) => {
      if (await hasExpert(tx.db, person.accountId))
        throw new Refused('EXPERT_EXISTS', 'You have a profile already.');
      const id = tx.newId();
      await insertExpert(tx.db, {
        id,
        accountId: person.accountId,
        displayName,
        country,
        timeZone: person.timeZone,
        createdAt: tx.now,
      });
      tx.record({
        subjectType: 'expert',
        subjectId: id,
        to: 'ACTIVE',
        facts: { country },
        words: { displayName },
        expertId: id,
      });
      tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId: id } });
      return id;
    });
  }
}

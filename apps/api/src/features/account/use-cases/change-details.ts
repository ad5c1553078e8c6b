import { Injectable } from '@nestjs/common';
import { isTimeZone } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { setDetails } from '../account.repository';

const Input = z.object({
  name: z.string().trim().min(1, 'tell us your name').max(120),
  timeZone: z.string().refine(isTimeZone, 'choose a time zone from the list'),
});

/** Changes a person's name and the time zone in which they read times. */
@Injectable()
export class ChangeDetails {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: { name: string; timeZone: string }): Promise<void> {
    const details = parseInput(Input, input);
    await this.unitOfWork.run(person, { name: 'change-details' }, async (tx) => {
      await setDetails(tx.db, person.accountId, details);
      tx.record({
        subjectType: 'account',
        subjectId: person.accountId,
        facts: { timeZone: details.timeZone },
        words: { name: details.name },
      });
    });
  }
}

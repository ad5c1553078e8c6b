import { Injectable } from '@nestjs/common';
import { ETHNICITIES, SEXES, type Ethnicity, type Sex } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { eraseVolunteered, putVolunteered } from '../volunteered-group.repository';

const Given = z.object({
  sex: z.enum(Object.keys(SEXES) as [Sex, ...Sex[]]).nullish(),
  ethnicity: z.enum(Object.keys(ETHNICITIES) as [Ethnicity, ...Ethnicity[]]).nullish(),
  consents: z.boolean(),
});

/**
 * Keeps or erases the groups that an expert volunteers. The journal says that it was done and never what was said, and no
 * job follows: nothing that scores knows of it.
 */
@Injectable()
export class VolunteerGroup {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with INVALID_INPUT, CONSENT_MISSING. */
  async run(person: Person, given: z.input<typeof Given>): Promise<void> {
    const { sex = null, ethnicity = null, consents } = parseInput(Given, given);
    const expertId = ownId(person);
    if (!sex && !ethnicity)
      throw new Refused('INVALID_INPUT', 'Answer at least one question, or leave both out.', {
        field: 'sex',
      });
    if (!consents)
      throw new Refused('CONSENT_MISSING', 'Nothing was kept: it is kept only where you consent.', {
        field: 'consents',
      });
    await this.unitOfWork.run(person, { name: 'volunteer-group' }, async (tx) => {
      await putVolunteered(tx.db, { expertId, sex, ethnicity, consentedAt: tx.now });
      tx.record({ subjectType: 'volunteered-group', subjectId: expertId, to: 'GIVEN', expertId });
    });
  }

  /** Erases it at once; nothing is kept of it. Safe to repeat. */
  async withdraw(person: Person): Promise<void> {
    const expertId = ownId(person);
    await this.unitOfWork.run(person, { name: 'withdraw-group' }, async (tx) => {
      if (await eraseVolunteered(tx.db, expertId))
        tx.record({ subjectType: 'volunteered-group', subjectId: expertId, to: 'WITHDRAWN', expertId });
    });
  }
}

function ownId({ expertId }: Person): string {
  if (!expertId) throw notFound('profile');
  return expertId;
}

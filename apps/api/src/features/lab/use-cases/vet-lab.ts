import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { changedMeanwhile } from '../lab.errors';
import { lockLab, moveLab } from '../lab.repository';

const Input = z.object({
  labId: z.uuid(),
  decision: z.enum(['VET', 'REFUSE']),
  /** Version of the lab as it was looked at. */
  version: z.number().int().nullish(),
  reason: z.string().trim().min(10, 'give the reason in a sentence: the lab reads it').max(2000),
  idempotencyKey: z.string(),
});

/** Staff vets a lab, or refuses it with a reason. Members of a lab never decide on it. */
@Injectable()
export class VetLab {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { labId, decision, version, reason, idempotencyKey } = parseInput(Input, input);
    if (person.labId === labId) throw new Refused('OWN_LAB', 'Nobody decides on their own lab.');
    await this.unitOfWork.run(person, { name: 'vet-lab', idempotencyKey, input }, async (tx) => {
      const lab = await lockLab(tx.db, labId);
      if (!lab) throw notFound('lab');
      const state = decision === 'VET' ? 'VETTED' : 'REFUSED';
      if (lab.state !== 'PENDING_VETTING')
        throw new Refused('STATE_CHANGED', 'This lab was decided on meanwhile. Load the page again.');
      if ((version ?? lab.version) !== lab.version) throw changedMeanwhile();
      const isMoved = await moveLab(tx.db, lab, {
        state,
        vettedAt: tx.now,
        vettedById: person.accountId,
        vettingReason: reason,
      });
      if (!isMoved) throw changedMeanwhile();
      tx.record({
        subjectType: 'lab',
        subjectId: labId,
        from: lab.state,
        to: state,
        words: { reason },
        labId,
      });
      const body =
        decision === 'VET'
          ? 'You can publish projects now.'
          : `The reason: ${reason} Correct it under Vetting, and it is looked at again.`;
      await notify(
        tx,
        { labId },
        {
          kind: 'LAB_DECIDED',
          title: decision === 'VET' ? 'Your lab is vetted' : 'Your lab was not vetted yet',
          body,
          link: '/lab/vetting',
        },
      );
    });
  }
}

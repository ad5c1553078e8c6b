import { Injectable } from '@nestjs/common';
import { appealDecidedBy, checkAppeal, dayWords } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { lockSuspension } from '../suspension.repository';
import { journal, mustChange } from '../suspensions';

const Input = z.object({
  suspensionId: z.uuid(),
  appeal: z.string().trim().min(10, 'say in a sentence why the decision is wrong').max(4000),
  idempotencyKey: z.string(),
});

/** An expert appeals against their suspension; somebody who did not decide before decides. */
@Injectable()
export class AppealSuspension {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NOT_FOUND, APPEALED, APPEAL_OVER, STATE_CHANGED, CHANGED_MEANWHILE. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { suspensionId, appeal, idempotencyKey } = parseInput(Input, input);
    await this.unitOfWork.run(person, { name: 'appeal-suspension', idempotencyKey, input }, async (tx) => {
      const seen = await lockSuspension(tx.db, suspensionId);
      if (!seen || seen.expertId !== person.expertId) throw notFound('suspension');
      orRefuse(checkAppeal(seen, tx.now));
      await mustChange(tx, seen, { appeal, appealedAt: tx.now });
      journal(tx, seen, 'APPEALED', appeal);
      await notify(
        tx,
        { staff: 'TRUST' },
        {
          kind: 'SUSPENSION_APPEALED',
          title: 'An expert appeals against a suspension',
          body: `Somebody who did not decide on it decides by ${dayWords(appealDecidedBy(tx.now))}; without a decision the suspension ends then.`,
          link: `/admin/experts/${seen.expertId}`,
        },
      );
    });
  }
}

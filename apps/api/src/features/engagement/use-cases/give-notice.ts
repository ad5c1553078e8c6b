import { Injectable } from '@nestjs/common';
import { dayWords, endDate } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { findEngagement } from '../engagement.repository';
import { moveTo } from '../weeks';

const Input = z.object({
  engagementId: z.uuid(),
  reason: z.string().trim().min(10, 'give the reason in a sentence: the other side reads it').max(2000),
  idempotencyKey: z.string(),
});

/** Either side ends an engagement with the notice that was agreed. Work goes on until then and is paid. */
@Injectable()
export class GiveNotice {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { engagementId, reason, idempotencyKey } = parseInput(Input, input);
    await this.unitOfWork.run(person, { name: 'give-notice', idempotencyKey, input }, async (tx) => {
      const engagement = await findEngagement(tx.db, engagementId);
      const isExpert = engagement?.expertId === person.expertId;
      const mayForLab =
        engagement?.labId === person.labId && (person.labRole === 'OWNER' || person.labRole === 'MANAGER');
      if (!engagement || (!isExpert && !mayForLab)) throw notFound('engagement');
      if (engagement.state === 'NOTICE' || engagement.state === 'ENDED')
        throw new Refused('STATE_CHANGED', 'Notice was given already.');
      const endsAt = endDate(tx.now, engagement.noticeDays);
      await moveTo(tx, engagement, 'GIVE_NOTICE', { noticeGivenAt: tx.now, endsAt, endReason: reason });
      const notice = {
        kind: 'NOTICE',
        title: `An engagement ends on ${dayWords(endsAt)}`,
        body: `The reason: ${reason} Work goes on until then and is paid.`,
      };
      if (isExpert)
        await notify(
          tx,
          { labId: engagement.labId, roles: ['OWNER', 'MANAGER'] },
          { ...notice, link: `/lab/engagements/${engagementId}` },
        );
      else
        await notify(
          tx,
          { expertId: engagement.expertId },
          { ...notice, link: `/expert/engagements/${engagementId}` },
        );
    });
  }
}

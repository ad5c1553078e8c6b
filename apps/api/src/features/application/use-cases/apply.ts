import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { checkGates } from '../../eligibility/eligibility.public';
import { notify } from '../../notification/notification.public';
import { openingsWith } from '../../project/project.public';
import { answerInvitation, findApplication, insertApplication } from '../application.repository';
import { withdrawApplication } from '../withdrawal';

const Input = z.object({
  openingId: z.uuid(),
  note: z.string().trim().max(2000),
  idempotencyKey: z.string(),
});

/** An expert asks for a seat, or takes the request back. */
@Injectable()
export class Apply {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the application's id. The gates are settled before the first hour, never after. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { openingId, note, idempotencyKey } = parseInput(Input, input);
    const expertId = person.expertId ?? '';
    return this.unitOfWork.run(
      person,
      { name: 'apply', idempotencyKey, input, rows: 'both-sides' },
      async (tx) => {
        const [opening] = await openingsWith(tx.db, { ids: [openingId] });
        if (!opening?.publishedAt) throw notFound('opening');
        if (opening.state !== 'OPEN')
          throw new Refused('OPENING_CLOSED', 'This opening is closed. Similar ones are under Openings.');
        await checkGates(tx.db, { openingId, expertId, side: 'EXPERT' }, tx.now);
        const id = tx.newId();
        const { labId } = opening;
        await insertApplication(tx.db, {
          id,
          openingId,
          labId,
          expertId,
          note,
          state: 'APPLIED',
          createdAt: tx.now,
        });
        await answerInvitation(tx.db, openingId, expertId, 'ACCEPTED', tx.now);
        tx.record({
          subjectType: 'application',
          subjectId: id,
          to: 'APPLIED',
          facts: { openingId },
          words: { note },
          labId,
          expertId,
        });
        tx.enqueue({
          queue: 'matching',
          name: 'note-outcome',
          payload: { kind: 'APPLIED', openingId, expertId },
        });
        await notify(
          tx,
          { labId, roles: ['OWNER', 'MANAGER'] },
          {
            kind: 'APPLIED',
            title: `Somebody applied for ${opening.title}`,
            body: 'Look at the application and send an offer, or decline with a reason.',
            link: `/lab/openings/${openingId}`,
          },
        );
        return id;
      },
    );
  }

  /** Takes an application back; an open offer ends with it. */
  async withdraw(person: Person, applicationId: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'withdraw-application' }, async (tx) => {
      const application = await findApplication(tx.db, applicationId);
      if (!application || application.expertId !== person.expertId) throw notFound('application');
      await withdrawApplication(tx, application, 'The expert took it back.');
    });
  }
}

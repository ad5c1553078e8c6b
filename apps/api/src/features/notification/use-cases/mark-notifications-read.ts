import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { markRead } from '../notification.repository';

const Input = z.object({ ids: z.array(z.uuid()).min(1).max(100) });

/** Marks notifications of the person as read. Not journalled: it changes nothing for anybody else. */
@Injectable()
export class MarkNotificationsRead {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: { ids: string[] }): Promise<void> {
    const { ids } = parseInput(Input, input);
    await this.unitOfWork.run(person, { name: 'mark-notifications-read' }, async (tx) => {
      await markRead(tx.db, person.accountId, ids, tx.now);
      tx.announce({ topic: 'notification', concerns: { accountId: person.accountId } });
    });
  }
}

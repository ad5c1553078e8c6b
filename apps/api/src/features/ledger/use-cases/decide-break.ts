import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import type { Tx } from '../../../platform/prisma/transaction';
import { changeBreak, lockBreak, type BreakRecord } from '../reconciliation.repository';

const Taken = z.object({ id: z.uuid() });
const Resolution = z.object({ id: z.uuid(), reason: z.string().trim().min(10).max(1000) });

/** A person takes a break of the reconciliation, or ends it with a reason. Both are in the journal. */
@Injectable()
export class DecideBreak {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Makes a person the owner of an open break. Refuses with NOT_FOUND, BREAK_ENDED, INVALID_INPUT. */
  async take(person: Person, given: string): Promise<void> {
    const { id } = parseInput(Taken, { id: given });
    const { accountId: ownerId } = person;
    await this.unitOfWork.run(person, { name: 'take-break' }, async (tx) => {
      const before = await open(tx, id);
      await changed(tx, id, { ownerId });
      const facts = { before: before.ownerId, after: ownerId };
      tx.record({ subjectType: 'reconciliation-break', subjectId: id, to: 'OWNED', facts });
    });
  }

  /** Ends an open break with a reason of at least ten characters. Refuses with NOT_FOUND, BREAK_ENDED, INVALID_INPUT. */
  async resolve(person: Person, input: z.input<typeof Resolution>): Promise<void> {
    const { id, reason } = parseInput(Resolution, input);
    await this.unitOfWork.run(person, { name: 'resolve-break', input }, async (tx) => {
      const before = await open(tx, id);
      const resolvedById = person.accountId;
      await changed(tx, id, { state: 'RESOLVED', endedAt: tx.now, resolvedById, reason });
      const facts = { class: before.class, about: before.about };
      const subject = { subjectType: 'reconciliation-break', subjectId: id };
      tx.record({ ...subject, from: 'OPEN', to: 'RESOLVED', facts, words: { reason } });
    });
  }
}

async function open(tx: Tx, id: string): Promise<BreakRecord> {
  const found = await lockBreak(tx.db, id);
  if (!found) throw notFound('break');
  if (found.state !== 'OPEN')
    throw new Refused('BREAK_ENDED', 'This difference has ended. Load the page again.');
  return found;
}

async function changed(tx: Tx, id: string, changes: Parameters<typeof changeBreak>[2]): Promise<void> {
  if (!(await changeBreak(tx.db, id, changes))) throw new Error('the break moved meanwhile');
}

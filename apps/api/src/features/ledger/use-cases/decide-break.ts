import { Injectable } from '@nestjs/common';
import { breakDueAt, dayWords } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import type { Tx } from '../../../platform/prisma/transaction';
import { notify } from '../../notification/notification.public';
import {
  changeBreak,
  insertNote,
  lockBreak,
  moneyAdmins,
  type BreakRecord,
} from '../reconciliation.repository';

const Taken = z.object({ id: z.uuid() });
const Words = z.string().trim().min(3, 'Write what you found out.').max(1000);
const Assigned = z.object({ id: z.uuid(), ownerId: z.uuid(), note: Words.nullish() });
const Noted = z.object({ id: z.uuid(), words: Words });
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

  /**
   * Makes another person of staff the owner of an open break, who is told with what to know. Refuses with NOT_FOUND,
   * BREAK_ENDED, NO_MONEY_ADMIN, INVALID_INPUT.
   */
  async assign(person: Person, input: z.input<typeof Assigned>): Promise<void> {
    const { id, ownerId, note } = parseInput(Assigned, input);
    await this.unitOfWork.run(person, { name: 'assign-break' }, async (tx) => {
      const before = await open(tx, id);
      const owner = (await moneyAdmins(tx.db)).find((each) => each.id === ownerId);
      if (!owner)
        throw new Refused('NO_MONEY_ADMIN', 'Choose somebody of finance or an admin.', { field: 'ownerId' });
      await changed(tx, id, { ownerId });
      const facts = { before: before.ownerId, after: ownerId };
      tx.record({ subjectType: 'reconciliation-break', subjectId: id, to: 'OWNED', facts });
      if (note) await insertNote(tx.db, noteOf(tx, person, id, note));
      if (ownerId === person.accountId || ownerId === before.ownerId) return;
      const due = dayWords(breakDueAt(before.class, before.foundAt));
      await notify(
        tx,
        { accountId: ownerId },
        {
          kind: 'BREAK_ASSIGNED',
          title: 'A difference between the bank and the ledger is yours to look after',
          body: `It is to be ended by ${due}. ${note ?? 'Find out which side is right, and end it with a reason.'}`,
          link: '/admin/reconciliation?mine=yes',
        },
      );
    });
  }

  /** Keeps what a person found out about an open break. Refuses with NOT_FOUND, BREAK_ENDED, INVALID_INPUT. */
  async note(person: Person, input: z.input<typeof Noted>): Promise<void> {
    const { id, words } = parseInput(Noted, input);
    await this.unitOfWork.run(person, { name: 'note-break' }, async (tx) => {
      await open(tx, id);
      await insertNote(tx.db, noteOf(tx, person, id, words));
      tx.record({ subjectType: 'reconciliation-break', subjectId: id, to: 'NOTED', words: { words } });
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

function noteOf(tx: Tx, { accountId: authorId }: Person, breakId: string, words: string) {
  return { id: tx.newId(), breakId, authorId, words, at: tx.now };
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

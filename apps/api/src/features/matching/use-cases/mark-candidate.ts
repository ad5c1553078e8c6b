import { Injectable } from '@nestjs/common';
import { CANDIDATE_MARKS, PASS_REASONS, type PassReason } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { applicationStates } from '../../application/application.public';
import { openingsWith } from '../../project/project.public';
import { marksOf, putMark, removeMark } from '../candidate-mark.repository';
import { findFit } from '../matching.repository';

const Input = z.object({
  openingId: z.uuid(),
  expertId: z.uuid(),
  kind: z.enum(CANDIDATE_MARKS).nullish(),
  reason: z.enum(Object.keys(PASS_REASONS) as [PassReason, ...PassReason[]]).nullish(),
  note: z.string().trim().max(500, 'at most 500 characters').nullish(),
});

/**
 * A lab keeps an expert in mind for an opening, or passes them over. It is the lab's own note: nobody is told, no score
 * moves, and other labs see nothing of it. What matching learns of it is what it learns of every outcome.
 */
@Injectable()
export class MarkCandidate {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Marks, or takes the mark away where no kind is given. Refuses with NOT_FOUND, REASON_MISSING, HAS_APPLIED. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { openingId, expertId, kind, reason, note } = parseInput(Input, input);
    if (kind === 'PASSED_OVER' && (!reason || (reason === 'OTHER' && !note)))
      throw new Refused('REASON_MISSING', 'Say why, so that you and your colleagues know it later.', {
        field: reason ? 'note' : 'reason',
      });
    await this.unitOfWork.run(person, { name: 'mark-candidate' }, async (tx) => {
      const [opening] = await openingsWith(tx.db, { ids: [openingId] });
      if (!opening || opening.labId !== person.labId) throw notFound('opening');
      if (kind && !(await findFit(tx.db, openingId, expertId))) throw notFound('candidate');
      if (kind === 'PASSED_OVER' && (await hasApplied(tx, openingId, expertId)))
        throw new Refused(
          'HAS_APPLIED',
          'They have applied. Answer the application instead, with a reason, so that they are told.',
        );
      const [before] = await marksOf(tx.db, openingId, { expertIds: [expertId] });
      const { labId } = opening;
      if (!kind) await removeMark(tx.db, openingId, expertId);
      else
        await putMark(tx.db, {
          ...{ openingId, expertId, labId, kind },
          reason: kind === 'PASSED_OVER' ? (reason ?? null) : null,
          note: note ?? '',
          markedById: person.accountId,
          markedAt: tx.now,
        });
      tx.record({
        subjectType: 'candidate',
        subjectId: expertId,
        from: before?.kind ?? null,
        to: kind ?? 'UNMARKED',
        facts: { openingId, reason: reason ?? null },
        ...(note && { words: { note } }),
        labId,
      });
      tx.announce({ topic: 'shortlist', concerns: { labId } });
      if (kind === 'PASSED_OVER')
        tx.enqueue({ queue: 'matching', name: 'note-outcome', payload: { kind, openingId, expertId } });
    });
  }
}

/** Whoever has applied waits for an answer: passing over in silence is none. */
async function hasApplied(tx: Tx, openingId: string, expertId: string): Promise<boolean> {
  const applications = await applicationStates(tx.db, expertId, [openingId]);
  return applications.some(({ state }) => state === 'APPLIED' || state === 'OFFERED');
}

import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findDeclaration, insertDecision, newestDecisions } from '../../eligibility/eligibility.public';
import { notifyExperts } from '../../notification/notification.public';

const Input = z.object({
  declarationId: z.uuid(),
  isConflict: z.boolean(),
  reason: z.string().trim().min(10, 'say why: at least 10 letters').max(1000, 'at most 1000 letters'),
  idempotencyKey: z.string(),
});

/** A person at a lab decides whether what an expert declared is a conflict. The expert reads it with its reason; no machine decides on it. */
@Injectable()
export class DecideConflict {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NOT_FOUND. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { declarationId, isConflict, reason, idempotencyKey } = parseInput(Input, input);
    await this.unitOfWork.run(person, { name: 'decide-conflict', idempotencyKey, input }, async (tx) => {
      const declared = await findDeclaration(tx.db, declarationId);
      if (!declared || declared.labId !== person.labId) throw notFound('declaration');
      const { expertId, labId, organisation, answer } = declared;
      const before = (await newestDecisions(tx.db, [declarationId])).get(declarationId);
      await insertDecision(tx.db, {
        ...{ declarationId, expertId, labId, isConflict, reason },
        ...{ decidedById: person.accountId, decidedAt: tx.now },
      });
      tx.record({
        ...{ subjectType: 'conflict-declaration', subjectId: declarationId },
        from: before ? standingOf(before.isConflict) : answer,
        ...{ to: standingOf(isConflict), words: { reason }, labId, expertId },
      });
      tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
      const found = isConflict ? 'a conflict' : 'no conflict';
      await notifyExperts(tx, [expertId], {
        kind: 'CONFLICT_DECIDED',
        title: `A lab decided: ${found}`,
        body: `A person there looked at what you declared of “${organisation}” and found ${found}. Their reason stands beside it.`,
        link: '/expert/conflicts',
      });
    });
  }
}

function standingOf(isConflict: boolean): 'RAISED' | 'CLEARED' {
  return isConflict ? 'RAISED' : 'CLEARED';
}

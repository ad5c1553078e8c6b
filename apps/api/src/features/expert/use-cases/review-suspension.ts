import { Injectable } from '@nestjs/common';
import { checkUphold, dayWords } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { notFound, orRefuse, parseInput } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { lockSuspension, staffNames, type SuspensionRecord } from '../suspension.repository';
import { journal, moveOn, mustChange, tell } from '../suspensions';

const Input = z.object({
  suspensionId: z.uuid(),
  reason: z.string().trim().min(10, 'give the reason in a sentence: the expert reads it').max(2000),
  idempotencyKey: z.string(),
});

/** A person of the staff lifts a suspension, or decides on an appeal that it stays. */
@Injectable()
export class ReviewSuspension {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lifts it; also who decided on it may. Refuses with NOT_FOUND, OWN_MATTER, STATE_CHANGED, CHANGED_MEANWHILE. */
  async lift(person: Person, input: z.input<typeof Input>): Promise<string> {
    return this.review(person, 'lift-suspension', input, async (tx, seen, reason) => {
      const lifted = { liftedById: person.accountId, liftedAt: tx.now, liftReason: reason };
      await moveOn(tx, seen, 'LIFT', lifted);
      await tell(tx, seen, {
        kind: 'SUSPENSION_LIFTED',
        title: 'Your suspension is lifted',
        body: `The reason: ${reason} Labs see you again, and work that waited for it goes on.`,
      });
    });
  }

  /** Decides on an appeal that it stays. Refuses with NOT_FOUND, OWN_MATTER, APPEAL_TO_OTHER, STATE_CHANGED, CHANGED_MEANWHILE. */
  async uphold(person: Person, input: z.input<typeof Input>): Promise<string> {
    return this.review(person, 'uphold-suspension', input, async (tx, seen, reason) => {
      orRefuse(checkUphold(seen, person.accountId));
      await mustChange(tx, seen, { upheldById: person.accountId, upheldAt: tx.now, upholdReason: reason });
      journal(tx, seen, 'UPHELD', reason);
      const name = (await staffNames(tx.db, [person.accountId])).get(person.accountId);
      await tell(tx, seen, {
        kind: 'SUSPENSION_UPHELD',
        title: 'Your appeal was decided: the suspension stays',
        body: `${name ?? 'A member'} of our trust team, who did not decide before, looked at your appeal on ${dayWords(tx.now)}. The reason: ${reason} Approved work is paid all the same. You may take this to a court or to your authority.`,
      });
    });
  }

  private async review(
    person: Person,
    name: string,
    input: z.input<typeof Input>,
    act: (tx: Tx, seen: SuspensionRecord, reason: string) => Promise<void>,
  ): Promise<string> {
    const { suspensionId, reason, idempotencyKey } = parseInput(Input, input);
    return this.unitOfWork.run(person, { name, idempotencyKey, input }, async (tx) => {
      const seen = await lockSuspension(tx.db, suspensionId);
      if (!seen) throw notFound('suspension');
      refuseOwnMatter(person, seen);
      await act(tx, seen, reason);
      return seen.expertId;
    });
  }
}

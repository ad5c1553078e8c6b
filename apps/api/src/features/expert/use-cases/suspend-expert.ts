import { Injectable } from '@nestjs/common';
import {
  APPEAL_DAYS,
  APPEAL_DECISION_DAYS,
  dayWords,
  isSuspensionRule,
  SUSPENSION_RULES,
  suspensionEffect,
  suspensionMachine,
  type SuspensionRule,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { lockExpert } from '../expert.repository';
import { insertSuspension, lockSuspension, openSuspension, staffNames } from '../suspension.repository';
import { journal, moveOn, tell } from '../suspensions';

const Input = z.object({
  expertId: z.uuid(),
  rule: z.string(),
  reason: z.string().trim().min(10, 'give the reason in a sentence: the expert reads it').max(2000),
  idempotencyKey: z.string(),
});

/**
 * A person of the staff suspends an expert: at once where people, identity or the law are in danger, else with notice. The expert is
 * told what was decided, by whom, why, from when on, what becomes of the money, and how to appeal.
 */
@Injectable()
export class SuspendExpert {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the id of the suspension. Refuses with NOT_FOUND, OWN_MATTER, RULE_UNKNOWN, SUSPENDED_ALREADY. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { expertId, rule, reason, idempotencyKey } = parseInput(Input, input);
    if (!isSuspensionRule(rule))
      throw new Refused('RULE_UNKNOWN', 'Choose a rule from the list.', { field: 'rule' });
    refuseOwnMatter(person, { expertId });
    return this.unitOfWork.run(person, { name: 'suspend-expert', idempotencyKey, input }, async (tx) => {
      if (!(await lockExpert(tx.db, expertId))) throw notFound('expert');
      if (await openSuspension(tx.db, expertId))
        throw new Refused('SUSPENDED_ALREADY', 'A suspension of this expert is announced or in force.');
      const takesEffectAt = suspensionEffect(rule, tx.now);
      const decided = { decidedById: person.accountId, decidedAt: tx.now, takesEffectAt };
      const row = { id: tx.newId(), expertId, rule, reason, state: suspensionMachine.initial, ...decided };
      await insertSuspension(tx.db, row);
      journal(tx, row, row.state, reason);
      const seen = takesEffectAt <= tx.now ? await lockSuspension(tx.db, row.id) : null;
      if (seen) await moveOn(tx, seen, 'TAKE_EFFECT');
      await tellDecision(tx, { ...row, rule });
      return row.id;
    });
  }
}

async function tellDecision(
  tx: Tx,
  row: { expertId: string; rule: SuspensionRule; reason: string; takesEffectAt: Date; decidedById: string },
): Promise<void> {
  const { expertId, rule, reason, takesEffectAt, decidedById } = row;
  const { label, isUrgent } = SUSPENSION_RULES[rule];
  const name = (await staffNames(tx.db, [decidedById])).get(decidedById);
  const from = isUrgent ? 'at once' : `from ${dayWords(takesEffectAt)} on`;
  await tell(
    tx,
    { expertId },
    {
      kind: 'EXPERT_SUSPENDED',
      title: isUrgent ? 'Your account is suspended' : `Your account is suspended ${from}`,
      body: [
        `${name ?? 'A member'} of our trust team, a person and no machine, decided on ${dayWords(tx.now)} to suspend your account ${from}.`,
        `The rule: ${label}. The reason: ${reason}`,
        'While it is suspended, labs do not see you, you can accept no new work, and the work that you have waits; the labs of that work are told that it waits.',
        'All approved work is paid, and you can sign in and take your money out as before.',
        `You can appeal within ${APPEAL_DAYS} days; somebody else decides within ${APPEAL_DECISION_DAYS} days of it, or the suspension ends.`,
      ].join(' '),
    },
  );
}

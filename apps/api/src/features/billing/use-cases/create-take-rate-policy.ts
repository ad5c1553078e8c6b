import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { databaseErrorOf } from '../../../platform/errors/database-refusals';
import { parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { closePolicy, insertPolicy, policyRunningAt, type PolicyRecord } from '../policy.repository';

const MOST_PPM = 500_000;
const ppm = z.number().int().min(0, 'at least 0').max(MOST_PPM, 'at most 500000, which is 50 %');
const Input = z.object({
  labId: z.uuid().nullish(),
  labFeePpm: ppm,
  expertFeePpm: ppm,
  effectiveFrom: z.coerce.date(),
  reason: z.string().trim().min(10, 'give the reason in a sentence').max(2000),
  idempotencyKey: z.string(),
});

/** Finance sets what the platform keeps from a date on, for everybody or for one lab. What is agreed already stays as it is. */
@Injectable()
export class CreateTakeRatePolicy {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the policy's id. Refuses with POLICY_IN_PAST, POLICY_OVERLAP, LAB_UNKNOWN. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { labId: given, reason, idempotencyKey, ...terms } = parseInput(Input, input);
    const labId = given ?? null;
    const command = { name: 'create-take-rate-policy', idempotencyKey, input };
    const work = async (tx: Tx) => {
      if (terms.effectiveFrom < tx.now) {
        const message = 'A take rate cannot begin in the past: what was charged stays as it is.';
        throw new Refused('POLICY_IN_PAST', message, { field: 'effectiveFrom' });
      }
      const by = { createdById: person.accountId, createdAt: tx.now };
      const whom = { scope: labId ? 'LAB' : 'DEFAULT', labId, projectId: null, expertId: null } as const;
      const policy: PolicyRecord = {
        id: tx.newId(),
        ...whom,
        ...terms,
        rounding: 'HALF_EVEN',
        effectiveTo: null,
        reason,
        ...by,
      };
      await endEarlier(tx, policy);
      await insertPolicy(tx.db, policy);
      const facts = { scope: whom.scope, labId, ...terms };
      tx.record({
        subjectType: 'take-rate-policy',
        subjectId: policy.id,
        to: 'SET',
        facts,
        words: { reason },
        labId,
      });
      return policy.id;
    };
    try {
      return await this.unitOfWork.run(person, command, work);
    } catch (error) {
      if (databaseErrorOf(error)?.constraint !== 'take_rate_policy_lab_id_fkey') throw error;
      throw new Refused('LAB_UNKNOWN', 'There is no such lab.', { field: 'labId' });
    }
  }
}

/** The policy that ran until now ends where the new one begins; its terms are never edited. */
async function endEarlier(tx: Tx, next: PolicyRecord): Promise<void> {
  const whom = { scope: next.scope, labId: next.labId ?? null };
  const earlier = await policyRunningAt(tx.db, whom, next.effectiveFrom);
  if (!earlier) return;
  if (!(await closePolicy(tx.db, earlier.id, next.effectiveFrom)))
    throw new Refused('CHANGED_MEANWHILE', 'The policy changed in another window. Load the page again.');
  tx.record({
    subjectType: 'take-rate-policy',
    subjectId: earlier.id,
    from: 'SET',
    to: 'CLOSED',
    facts: { effectiveTo: next.effectiveFrom, followedById: next.id },
    labId: next.labId ?? null,
  });
}

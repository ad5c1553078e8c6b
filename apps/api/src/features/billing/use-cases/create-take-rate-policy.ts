import { Injectable } from '@nestjs/common';
import {
  checkPolicy,
  dayWords,
  MOST_FEE_PPM,
  ROUNDINGS,
  TAKE_RATE_SCOPES,
  termsOf,
  termsWords,
  type PolicyRules,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { databaseErrorOf } from '../../../platform/errors/database-refusals';
import { orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  closePolicy,
  insertPolicy,
  labOfProject,
  policyRunningAt,
  policyWithin,
  type PolicyRecord,
  type PolicyWhom,
} from '../policy.repository';

const ppm = z
  .number()
  .int()
  .min(0, 'at least 0')
  .max(MOST_FEE_PPM, `at most ${MOST_FEE_PPM}, which is ${MOST_FEE_PPM / 10_000} %`);
const minor = z
  .string()
  .regex(/^\d{1,12}$/, 'write an amount in minor units')
  .nullish();
/** What is null is left out: it is kept as it is given. */
const SideParts = z
  .object({
    tiers: z.array(z.object({ aboveMinor: z.string(), ppm })).nullish(),
    fixedMinor: minor,
    minimumMinor: minor,
    monthlyCapMinor: minor,
  })
  .transform(({ tiers, fixedMinor, minimumMinor, monthlyCapMinor }) => ({
    ...(tiers && tiers.length > 0 && { tiers }),
    ...(fixedMinor && { fixedMinor }),
    ...(minimumMinor && { minimumMinor }),
    ...(monthlyCapMinor && { monthlyCapMinor }),
  }))
  .nullish();
const FeeParts = z
  .object({ currency: z.string(), lab: SideParts, expert: SideParts })
  .transform(({ currency, lab, expert }) => {
    const isSome = (side: object | null | undefined) => Object.keys(side ?? {}).length > 0;
    if (!isSome(lab) && !isSome(expert)) return undefined;
    return { currency, ...(lab && isSome(lab) && { lab }), ...(expert && isSome(expert) && { expert }) };
  });
const Input = z.object({
  scope: z.enum(TAKE_RATE_SCOPES).nullish(),
  labId: z.uuid().nullish(),
  projectId: z.uuid().nullish(),
  expertId: z.uuid().nullish(),
  labFeePpm: ppm,
  expertFeePpm: ppm,
  rounding: z.enum(ROUNDINGS).nullish(),
  feeParts: FeeParts.nullish(),
  effectiveFrom: z.coerce.date(),
  effectiveTo: z.coerce.date().nullish(),
  reason: z.string().trim().min(10, 'give the reason in a sentence').max(2000),
  idempotencyKey: z.string(),
});

const UNKNOWN: Record<string, { field: string; refusal: [string, string] }> = {
  take_rate_policy_lab_id_fkey: { field: 'labId', refusal: ['LAB_UNKNOWN', 'There is no such lab.'] },
  take_rate_policy_expert_id_fkey: {
    field: 'expertId',
    refusal: ['EXPERT_UNKNOWN', 'There is no such expert.'],
  },
};

/** Finance sets what the platform keeps from a date on, for everybody or for some. What is agreed already stays as it is. */
@Injectable()
export class CreateTakeRatePolicy {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Returns the policy's id. Refuses with POLICY_IN_PAST, POLICY_OVERLAP, POLICY_WHOM, POLICY_PARTS, POLICY_WITHOUT_END,
   * POLICY_WITH_END, DATES_BACKWARDS, CURRENCY_UNKNOWN, LAB_UNKNOWN, PROJECT_UNKNOWN, EXPERT_UNKNOWN.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { reason, idempotencyKey, ...given } = parseInput(Input, input);
    const command = { name: 'create-take-rate-policy', idempotencyKey, input };
    try {
      return await this.unitOfWork.run(person, command, async (tx) => {
        const rules = orRefuse(checkPolicy(await rulesOf(tx, given)));
        if (rules.effectiveFrom < tx.now) {
          const message = 'A take rate cannot begin in the past: what was charged stays as it is.';
          throw new Refused('POLICY_IN_PAST', message, { field: 'effectiveFrom' });
        }
        const by = { createdById: person.accountId, createdAt: tx.now };
        return set(tx, { id: tx.newId(), ...rules, reason, ...by });
      });
    } catch (error) {
      const unknown = UNKNOWN[databaseErrorOf(error)?.constraint ?? ''];
      if (!unknown) throw error;
      throw new Refused(...unknown.refusal, { field: unknown.field });
    }
  }
}

type Given = Omit<z.output<typeof Input>, 'reason' | 'idempotencyKey'>;

/** What was given as the rules of a policy: the lab of a project is the project's own. */
async function rulesOf(tx: Tx, given: Given): Promise<PolicyRules> {
  const { projectId = null, expertId = null, feeParts } = given;
  const labId = given.labId ?? (projectId ? await labOfProject(tx.db, projectId) : null) ?? null;
  if (projectId && (labId === null || (await labOfProject(tx.db, projectId)) !== labId))
    throw new Refused('PROJECT_UNKNOWN', 'There is no such project of this lab.', { field: 'projectId' });
  const { labFeePpm, expertFeePpm, effectiveFrom, effectiveTo } = given;
  return {
    scope: given.scope ?? (labId ? 'LAB' : 'DEFAULT'),
    labId,
    projectId,
    expertId,
    ...termsOf({ labFeePpm, expertFeePpm, rounding: given.rounding ?? 'HALF_EVEN', feeParts }),
    effectiveFrom,
    effectiveTo: effectiveTo ?? null,
  };
}

async function set(tx: Tx, policy: PolicyRecord): Promise<string> {
  const { scope, labId = null, projectId = null, expertId = null, feeParts } = policy;
  const whom = { scope, labId, projectId, expertId };
  await refuseOverlap(tx, whom, policy);
  await endEarlier(tx, whom, policy);
  await insertPolicy(tx.db, policy);
  const { labFeePpm, expertFeePpm, rounding, effectiveFrom, effectiveTo } = policy;
  const terms = { labFeePpm, expertFeePpm, rounding, ...(feeParts && { feeParts }) };
  tx.record({
    subjectType: 'take-rate-policy',
    subjectId: policy.id,
    to: 'SET',
    facts: { ...whom, ...terms, effectiveFrom, ...(effectiveTo && { effectiveTo }) },
    words: { reason: policy.reason },
    labId,
  });
  return policy.id;
}

/** Names the policy for the same people that begins while this one would hold. */
async function refuseOverlap(
  tx: Tx,
  whom: PolicyWhom,
  { effectiveFrom, effectiveTo }: PolicyRecord,
): Promise<void> {
  const other = await policyWithin(tx.db, whom, effectiveFrom, effectiveTo);
  if (!other) return;
  const message = `It overlaps the policy that begins on ${dayWords(other.effectiveFrom)}: ${termsWords(termsOf(other))} Let this one end before that day, or begin after that policy.`;
  throw new Refused('POLICY_OVERLAP', message, { field: 'effectiveFrom', rowId: other.id });
}

/** The policy that ran until now ends where the new one begins; its terms are never edited. */
async function endEarlier(tx: Tx, whom: PolicyWhom, next: PolicyRecord): Promise<void> {
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

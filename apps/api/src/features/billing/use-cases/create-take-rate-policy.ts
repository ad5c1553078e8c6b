import { Injectable } from '@nestjs/common';
import {
  canonicalJson,
  checkPolicy,
  dayWords,
  MOST_FEE_PPM,
  ROUNDINGS,
  TAKE_RATE_SCOPES,
  termsOf,
  termsWords,
  type PolicyRules,
  type TakeRateConcern,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { sha256 } from '../../../platform/crypto/digest';
import { orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { idOf } from '../../../platform/ids/ids';
import type { Json, Read, Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, requestApproval } from '../../audit/audit.public';
import { labOfProject } from '../policy.repository';
import { concernsOf, refuseOverlap, setPolicy, whomWords } from '../set-policy';

const SET_TAKE_RATE = 'take-rate.set';
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

/** Everything that is set after another person approved exactly this. */
const Payload = z.object({
  policyId: z.uuid(),
  scope: z.enum(TAKE_RATE_SCOPES),
  labId: z.uuid().nullable(),
  projectId: z.uuid().nullable(),
  expertId: z.uuid().nullable(),
  labFeePpm: ppm,
  expertFeePpm: ppm,
  rounding: z.enum(ROUNDINGS),
  feeParts: FeeParts.nullable(),
  effectiveFrom: z.coerce.date(),
  effectiveTo: z.coerce.date().nullable(),
  policyReason: z.string(),
  createdById: z.uuid(),
});

const CONCERN_WORDS: Record<TakeRateConcern, string> = {
  PAST: 'It begins in the past. What was agreed and charged meanwhile stays as it is.',
  LOWER: 'It may keep less than what was published.',
};

/** Finance sets what the platform keeps from a date on, for everybody or for some. What is agreed already stays as it is. */
@Injectable()
export class CreateTakeRatePolicy {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: SET_TAKE_RATE,
      payload: Payload,
      concerns: ({ labId, expertId }) => ({ labId, expertId }),
      asking: { permission: 'takerate:edit', matter: 'ANOTHERS' },
      link: '/admin/take-rates',
      check: (read, payload) => refuseOverlap(read, approvedRules(payload)),
      execute: (tx, payload, requestId) => setApproved(tx, payload, requestId),
    });
  }

  /**
   * Returns the policy's id; null where it begins in the past or may lower what was published: then another person is
   * asked first. Refuses with ASKED_ALREADY, OWN_MATTER, POLICY_OVERLAP, POLICY_WHOM, POLICY_PARTS, POLICY_WITHOUT_END, POLICY_WITH_END,
   * DATES_BACKWARDS, CURRENCY_UNKNOWN, CURRENCY_WITHOUT_FUNDING, LAB_UNKNOWN, PROJECT_UNKNOWN, EXPERT_UNKNOWN.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<string | null> {
    const { reason, idempotencyKey, ...given } = parseInput(Input, input);
    const command = { name: 'create-take-rate-policy', idempotencyKey, input };
    return this.unitOfWork.run(person, command, async (tx) => {
      const rules = orRefuse(checkPolicy(await rulesOf(tx, given)));
      refuseOwnMatter(person, rules);
      const whom = await whomWords(tx, rules);
      const concerns = await concernsOf(tx, rules);
      const by = { reason, createdById: person.accountId };
      if (concerns.length === 0) return setPolicy(tx, { id: tx.newId(), ...rules, ...by, createdAt: tx.now });
      await refuseOverlap(tx, rules);
      await ask(tx, rules, { ...by, whom, concerns });
      return null;
    });
  }

  /** Why another person would be asked before a policy is set, in sentences; none where one person may set it. Refuses as `run`. */
  async concerns(person: Person, input: z.input<typeof Input>): Promise<string[]> {
    const { reason: _reason, idempotencyKey: _key, ...given } = parseInput(Input, input);
    return this.unitOfWork.readAs(person, async (read) => {
      const rules = orRefuse(checkPolicy(await rulesOf(read, given)));
      await whomWords(read, rules);
      return (await concernsOf(read, rules)).map((each) => CONCERN_WORDS[each]);
    });
  }
}

interface Asked {
  readonly whom: string;
  readonly concerns: readonly TakeRateConcern[];
  readonly reason: string;
  readonly createdById: string;
}

/** Asks another person, who reads all of the policy. */
async function ask(
  tx: Tx,
  rules: PolicyRules,
  { whom, concerns, reason, createdById }: Asked,
): Promise<void> {
  const { scope, labId = null, projectId = null, expertId = null } = rules;
  const { labFeePpm, expertFeePpm, rounding, effectiveFrom, effectiveTo } = rules;
  const terms = {
    ...{ scope, labId, projectId, expertId, labFeePpm, expertFeePpm, rounding },
    feeParts: rules.feeParts ? (JSON.parse(JSON.stringify(rules.feeParts)) as { [key: string]: Json }) : null,
    effectiveFrom: effectiveFrom.toISOString(),
    effectiveTo: effectiveTo?.toISOString() ?? null,
  };
  // The same terms for the same people and days are one policy, whoever asks for them: they are asked for once.
  const policyId = idOf(sha256(canonicalJson(terms)));
  const until = effectiveTo ? ` up to ${dayWords(effectiveTo)}` : '';
  await requestApproval(tx, {
    action: SET_TAKE_RATE,
    subjectType: 'take-rate-policy',
    subjectId: policyId,
    summary: `Set a take rate for ${whom} from ${dayWords(effectiveFrom)} on${until}: ${termsWords(rules)}`,
    payload: { policyId, ...terms, policyReason: reason, createdById },
    reason: `${concerns.map((each) => CONCERN_WORDS[each]).join(' ')} ${reason}`,
    requestedById: createdById,
    isTold: true,
  });
}

/** Sets what was approved; looks at it as if it were asked for now. */
async function setApproved(
  tx: Tx,
  payload: z.output<typeof Payload>,
  approvalRequestId: string,
): Promise<void> {
  const { policyId, policyReason, createdById } = payload;
  const by = { reason: policyReason, createdById, createdAt: tx.now, approvalRequestId };
  await setPolicy(tx, { id: policyId, ...approvedRules(payload), ...by });
}

/** The rules of a policy that another person is asked about. Refuses as `checkPolicy`. */
function approvedRules(payload: z.output<typeof Payload>): PolicyRules {
  const { policyId: _id, policyReason: _reason, createdById: _by, feeParts, ...rest } = payload;
  return orRefuse(checkPolicy({ ...rest, ...(feeParts && { feeParts }) }));
}

type Given = Omit<z.output<typeof Input>, 'reason' | 'idempotencyKey'>;

/** What was given as the rules of a policy: the lab of a project is the project's own. */
async function rulesOf({ db }: Pick<Read, 'db'>, given: Given): Promise<PolicyRules> {
  const { projectId = null, expertId = null, feeParts } = given;
  const labId = given.labId ?? (projectId ? await labOfProject(db, projectId) : null) ?? null;
  if (projectId && (labId === null || (await labOfProject(db, projectId)) !== labId))
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

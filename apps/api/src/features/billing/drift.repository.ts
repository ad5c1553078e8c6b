import {
  policiesAsKnown,
  resolveTakeRate,
  type Drift,
  type DriftClass,
  type DriftFacts,
  type KeptPolicy,
  type TakeRateFacts,
  type TakeRateTerms,
} from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { assessmentsOf, type AssessmentRecord } from './assessment.repository';
import { chargesAfter, type ChargeRecord } from './charge.repository';
import { policiesEverFor } from './policy.repository';

/** A charge with everything that its fees are checked against. */
export interface ChargeToCheck extends DriftFacts {
  readonly id: string;
}

/** What a recompute of every fee found. */
export interface TakeRateRunRecord {
  readonly id: string;
  readonly askedById: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly looked: number;
  readonly drifted: number;
  readonly byClass: Partial<Record<DriftClass, number>>;
  readonly findings: readonly (Drift & { readonly chargeId: string })[];
}

/** How many findings a run is shown with; the list of its drifts has more. */
export const FIRST_FINDINGS = 200;

interface AgreedRow extends TakeRateTerms {
  readonly id: string;
  readonly labId: string;
  readonly projectId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly takeRatePolicyId: string;
  readonly sentAt: Date;
}

/** The next charges after an id with what their fees follow from, by four statements however many there are. */
export async function chargesToCheck(
  db: Db,
  after: string | undefined,
  limit: number,
): Promise<ChargeToCheck[]> {
  const charges = await chargesAfter(db, after, limit);
  const ids = charges.map(({ id }) => id);
  const assessments = new Map(ids.map((id) => [id, [] as AssessmentRecord[]]));
  for (const each of await assessmentsOf(db, ids)) assessments.get(each.chargeId)?.push(each);
  const agreed = new Map((await agreedFor(db, charges)).map((row) => [row.id, row]));
  const policies = await policiesEverFor(db, [...new Set(charges.map(({ labId }) => labId))]);
  return charges.map((charge) => {
    const terms = agreed.get(charge.engagementId);
    const policy = terms && policyWhenSent(policies, terms);
    return {
      id: charge.id,
      charge,
      assessments: assessments.get(charge.id) ?? [],
      // A charge whose agreement is gone has no policy either, and is named for that.
      agreed: terms ?? (charge as ChargeRecord & TakeRateTerms),
      ...(policy && { policy }),
    };
  });
}

/** The policy in force when the offer was sent, as it was known then. */
function policyWhenSent(policies: readonly KeptPolicy[], terms: AgreedRow) {
  const known = policiesAsKnown(policies, terms.sentAt);
  return resolveTakeRate(known, factsOf(terms), terms.sentAt)?.policy;
}

function factsOf({ labId, projectId, expertId, currency }: AgreedRow): TakeRateFacts {
  return { labId, projectId, expertId, currency };
}

/** Frozen terms of the engagements of charges, and when their offers were sent. */
async function agreedFor(db: Db, charges: readonly ChargeRecord[]): Promise<AgreedRow[]> {
  const ids = [...new Set(charges.map(({ engagementId }) => engagementId))];
  return db.$queryRaw<AgreedRow[]>`
    SELECT e.id, e.lab_id AS "labId", e.project_id AS "projectId", e.expert_id AS "expertId", e.currency, e.lab_fee_ppm AS "labFeePpm",
      e.expert_fee_ppm AS "expertFeePpm", e.rounding, e.fee_parts AS "feeParts", e.take_rate_policy_id AS "takeRatePolicyId", o.sent_at AS "sentAt"
    FROM engagement e JOIN offer o ON o.id = e.offer_id WHERE e.id = ANY(${ids}::uuid[])`;
}

/** Stores what a recompute found; it is never changed. */
export async function insertRun(db: Db, { byClass, findings, ...row }: TakeRateRunRecord): Promise<void> {
  await db.takeRateRun.create({ data: { ...row, byClass } });
  await db.feeDrift.createMany({
    data: findings.map((each, at) => ({ ...each, runId: row.id, place: at + 1 })),
  });
}

/** The newest recomputes, at most 20, each with the first of what it found. */
export async function newestRuns(db: Db): Promise<TakeRateRunRecord[]> {
  const runs = await db.takeRateRun.findMany({ orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }], take: 20 });
  const found = await db.feeDrift.findMany({
    where: { runId: { in: runs.map(({ id }) => id) }, place: { lte: FIRST_FINDINGS } },
    orderBy: [{ runId: 'asc' }, { place: 'asc' }],
  });
  return runs.map((run) => {
    const findings = found.filter(({ runId }) => runId === run.id);
    return { ...run, findings } as unknown as TakeRateRunRecord;
  });
}

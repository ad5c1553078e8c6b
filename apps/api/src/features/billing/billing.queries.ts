import { Injectable } from '@nestjs/common';
import { isCurrency, type Currency } from '@tallystick/domain';
import type { Actor, Person } from '../../platform/access/actor';
import { labOf } from '../../platform/access/lab-of';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { mustBeIds, mustRunForwards } from '../../platform/errors/filter';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { waitingApprovals, type ApprovalStanding } from '../audit/audit.public';
import { balancesOfOwner, type Balance } from '../ledger/ledger.public';
import { assessmentsOf, type AssessmentRecord } from './assessment.repository';
import { chargeReasons } from './charge-reason.repository';
import {
  chargedWeeks,
  countCharges,
  listCharges,
  sumCharges,
  type ChargedWeek,
  type ChargeFilter,
  type ChargeRecord,
  type ChargeSum,
} from './charge.repository';
import { takenByBank, type TakenByBank } from './dispute.repository';
import { countFundings, listFundings, type FundingFilter, type FundingRecord } from './funding.repository';
import {
  countPolicies,
  findPolicy,
  listPolicies,
  makersOf,
  policiesByIds,
  subjectsOf,
  type PolicyFilter,
  type PolicyRecord,
  type PolicySubjects,
} from './policy.repository';
import {
  countRefunds,
  listRefunds,
  refundedAlone,
  refundsByIds,
  SEND_REFUND,
  type RefundRecord,
} from './refund.repository';
import { weeksStoppedBy } from './undisputed';
import { resolveTakeRateFor, type ResolvedTakeRate } from './take-rates';

/** Whose numbers are asked for. */
export type Side = 'lab' | 'expert' | 'staff';

/** What a lab has in one currency, what it owes there, and what went back by its word alone within 24 hours. */
interface LabMoney extends Balance {
  readonly currency: Currency;
  readonly invoicedMinor: bigint;
  readonly lostMinor: bigint;
  readonly backAloneMinor: bigint;
  /** Why no new week is held at the moment, in a sentence; null where weeks are held. */
  readonly weeksStopped: string | null;
}

/** A funding with what the bank took back of it, where it did. */
export type FundingShown = FundingRecord & Partial<TakenByBank>;

/** What billing and earnings pages show; both sides read the same charges. */
@Injectable()
export class BillingQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The lab's balances, one a currency, with what it owes and what went back of it by its word alone within 24 hours. */
  async labBalances(person: Person): Promise<LabMoney[]> {
    const labId = labOf(person);
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const all = await balancesOfOwner(db, labId);
      const weeksStopped = (await weeksStoppedBy(db, labId))?.sentence ?? null;
      const owed = (kind: string, currency: string) =>
        all.find((each) => each.kind === kind && each.currency === currency)?.postedMinor ?? 0n;
      const found: LabMoney[] = [];
      for (const { currency, ...each } of all) {
        if (each.kind !== 'lab_prepaid' || !isCurrency(currency)) continue;
        const [invoicedMinor, lostMinor] = [owed('lab_invoiced', currency), owed('lab_receivable', currency)];
        const backAloneMinor = await refundedAlone(db, labId, currency, now);
        found.push({ ...each, currency, invoicedMinor, lostMinor, backAloneMinor, weeksStopped });
      }
      return found;
    });
  }

  /** The lab's fundings, newest first. */
  async fundings(person: Person, filter: FundingFilter, args: PageArgs): Promise<Connection<FundingShown>> {
    const page = pageOf(args);
    const wanted = { ...filter, labId: labOf(person) };
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await listFundings(db, wanted, page.limit + 1, page.after);
      const taken = await takenByBank(
        db,
        rows.map(({ id }) => id),
      );
      return connect(
        page,
        rows,
        await countFundings(db, wanted),
        (row) => [row.requestedAt.toISOString(), row.id],
        (row) => ({ ...row, ...taken.get(row.id) }),
      );
    });
  }

  /** The lab's refunds, newest first. */
  async refunds(person: Person, args: PageArgs): Promise<Connection<RefundRecord>> {
    const page = pageOf(args);
    const labId = labOf(person);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listRefunds(db, labId, page.limit + 1, page.after),
        await countRefunds(db, labId),
        (row) => [row.requestedAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Refunds of the lab by their ids. */
  async refundsByIds(person: Person, ids: readonly string[]): Promise<RefundRecord[]> {
    return this.unitOfWork.readAs(person, ({ db }) => refundsByIds(db, ids));
  }

  /** What the lab asked back and a person of the platform looks at first; one a currency. */
  async waitingRefunds(person: Person): Promise<ApprovalStanding[]> {
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    return this.unitOfWork.readAs(person, (read) => waitingApprovals(read, SEND_REFUND, labId), 'both-sides');
  }

  /** Charged lines of one side, newest first. */
  async charges(
    person: Person,
    side: Side,
    filter: ChargeFilter,
    args: PageArgs,
  ): Promise<Connection<ChargeRecord>> {
    const page = pageOf(args);
    const wanted = wantedCharges(person, side, filter);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listCharges(db, wanted, page.limit + 1, page.after),
        await countCharges(db, wanted),
        (row) => [row.chargedAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Why charges that are not time were made, by charge. */
  async reasons(actor: Actor, chargeIds: readonly string[]): Promise<Map<string, string>> {
    return this.unitOfWork.readAs(actor, ({ db }) => chargeReasons(db, chargeIds));
  }

  /** Sums of charged lines of one side, one a currency. */
  async sums(person: Person, side: Side, filter: ChargeFilter): Promise<ChargeSum[]> {
    const wanted = wantedCharges(person, side, filter);
    return this.unitOfWork.readAs(person, ({ db }) => sumCharges(db, wanted));
  }

  /** Take-rate policies, the latest to begin first: all that ever were, or those in force now. */
  async policies(
    person: Person,
    filter: Omit<PolicyFilter, 'inForceAt'> & { isInForce?: boolean },
    args: PageArgs,
  ): Promise<Connection<PolicyRecord>> {
    const page = pageOf(args);
    const { isInForce, ...rest } = filter;
    mustBeIds(rest);
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const wanted = { ...rest, ...(isInForce && { inForceAt: now }) };
      const rows = await listPolicies(db, wanted, page.limit + 1, page.after);
      const makers = await makersOf(db, rows);
      return connect(
        page,
        rows,
        await countPolicies(db, wanted),
        (row) => [row.effectiveFrom.toISOString(), row.id],
        (row) => ({ ...row, createdByName: makers.get(row.createdById ?? '') ?? null }),
      );
    });
  }

  /** Agreed pay and fee by week, for the audit of take rates. */
  async weeks(person: Person, filter: ChargeFilter): Promise<ChargedWeek[]> {
    const wanted = wantedCharges(person, 'staff', filter);
    return this.unitOfWork.readAs(person, ({ db }) => chargedWeeks(db, wanted));
  }

  /** Assessments of charges; what the actor may not see is left out. */
  async assessmentsOf(actor: Actor, chargeIds: readonly string[]): Promise<AssessmentRecord[]> {
    return this.unitOfWork.readAs(actor, ({ db }) => assessmentsOf(db, chargeIds));
  }

  /** Policies by their ids; what the actor may not see is left out. */
  async policiesByIds(actor: Actor, ids: readonly string[]): Promise<PolicyRecord[]> {
    return this.unitOfWork.readAs(actor, ({ db }) => policiesByIds(db, ids));
  }

  /** Projects and experts of a lab that a policy may be for. */
  async policySubjects(person: Person, labId: string): Promise<PolicySubjects> {
    mustBeIds({ labId });
    return this.unitOfWork.readAs(person, ({ db }) => subjectsOf(db, labId));
  }

  /** One policy. */
  async policy(person: Person, id: string): Promise<PolicyRecord> {
    const found = await this.unitOfWork.readAs(person, ({ db }) => findPolicy(db, id));
    if (!found) throw notFound('policy');
    return found;
  }

  /** What the platform would keep of the lab's next offer, and why. */
  async takeRate(
    person: Person,
    about: { projectId?: string; expertId?: string; currency?: string },
  ): Promise<ResolvedTakeRate> {
    const labId = labOf(person);
    mustBeIds(about);
    return this.unitOfWork.readAs(person, (read) => resolveTakeRateFor(read, { ...about, labId }));
  }
}

/** The filter that a side may ask for: its own rows, whatever else is asked. Refuses with NOT_FOUND, DATES_BACKWARDS. */
export function wantedCharges(person: Person, side: Side, filter: ChargeFilter): ChargeFilter {
  mustBeIds(filter);
  mustRunForwards(filter);
  if (side === 'staff') return filter;
  if (side === 'lab') return { ...filter, labId: labOf(person) };
  if (!person.expertId) throw notFound('statement');
  return { ...filter, expertId: person.expertId };
}

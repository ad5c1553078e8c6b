import { Injectable } from '@nestjs/common';
import {
  limitMinor,
  nextBankDay,
  nextDayRunAt,
  nextRunAt,
  passGates,
  readLimits,
  formRequirement,
  standingBlocks,
  takenBackBlock,
  taxFormStanding,
  groupedBy,
  wholeUnitMinor,
  type Currency,
  type DatedBlock,
  type EarnedPay,
  type LastAsked,
  type Passage,
  type StandingFacts,
  type StandingHold,
} from '@tallystick/domain';
import { Config } from '../../platform/config/config';
import type { Db } from '../../platform/prisma/database';
import { ApprovalLimits, approvalsOf, newestAbout, type ApprovalStanding } from '../audit/audit.public';
import { payChargedSince } from '../billing/billing.public';
import {
  gatedExperts,
  sanctionedPlaces,
  sentSums,
  type GatedExpert,
  type SanctionedPlaceRecord,
} from './gate-facts.repository';
import { uncovered } from './covered';
import { decisionPromised, PayoutCalendars } from './payout-calendar';
import { holdsOf, type HoldRecord } from './payout-hold.repository';
import { newestSwitch } from './payout-switch.repository';
import { everPaid, type PayoutRecord } from './payout.repository';
import { newestTaxForms } from './tax-form.repository';
import { taxThresholds } from './tax-threshold.repository';

/** Stripe's own rule for a first payout, days. Source: product page, main job 7. */
const FIRST_STRIPE_PAYOUT_DAYS = 7;
const DAY_MS = 86_400_000;
/** What is approved by four eyes: one payout of one amount to one account. */
export const SEND_PAYOUT = 'payout.send';

/** An expert's money that asks to pass. */
export interface PassageWish {
  readonly expertId: string;
  /** Payable and not on its way, minor units. */
  readonly payableMinor: bigint;
  /** The part that is asked for, minor units; all that is ready where it is absent. */
  readonly wantedMinor?: bigint;
  /** The payout that waits already: what was approved was approved for it. */
  readonly payoutId?: string;
}

/** What the gates found of one expert. */
export interface Gated extends Passage {
  /** Where it would go; absent where there is no account. */
  readonly railAccountId?: string;
  /** The list's place that the expert is in and that no person has decided on. */
  readonly hitPlace?: SanctionedPlaceRecord;
  readonly approval?: ApprovalStanding;
}

/** In which currency, when, and what the rail still has; the rail's figure is undefined where it was not asked. */
export interface PassageTime {
  readonly currency: Currency;
  readonly now: Date;
  readonly railLeftMinor?: bigint;
}

/** Puts experts' money through the gates. The same for a run, for a transfer and for the page that shows why money waits. */
@Injectable()
export class Gates {
  constructor(
    private readonly config: Config,
    private readonly calendars: PayoutCalendars,
    private readonly approvals: ApprovalLimits,
  ) {}

  /** Asks the gates about many experts at once: a fixed number of reads, however many. What one takes of the rail, the next has not. */
  async passAll(db: Db, at: PassageTime, wishes: readonly PassageWish[]): Promise<Map<string, Gated>> {
    const { currency, now } = at;
    const ids = wishes.map(({ expertId }) => expertId);
    const standing = await this.standing(db, now, ids);
    const days = await this.coolingDays(db, ids);
    const recent = await recentPay(db, ids, currency, now, Math.max(0, ...days.values()));
    const sent = await sentSums(db, ids, currency, now);
    const forms = await newestTaxForms(db, ids);
    const year = now.getUTCFullYear();
    const thresholds = await taxThresholds(db, year);
    const approvals = await approvalsOf(
      { db, now },
      SEND_PAYOUT,
      wishes.flatMap(({ payoutId }) => payoutId ?? []),
    );
    const newest = await newestAbout({ db, now }, SEND_PAYOUT, ids, currency);
    const calendar = await this.calendars.of(db, currency, now);
    const limits = this.limits(currency);
    const dates = {
      nextRunAt: nextRunAt(now, calendar),
      nextDayRunAt: nextDayRunAt(now, calendar),
    };
    const passed = new Map<string, Gated>();
    let leftMinor = at.railLeftMinor;
    for (const { expertId, payableMinor, wantedMinor, payoutId } of wishes) {
      const { expert, facts, hitPlace } = standing.get(expertId) ?? NOBODY;
      const sums = sent.get(expertId);
      const approval = payoutId === undefined ? undefined : approvals.get(payoutId);
      const passage = passGates(
        {
          ...facts,
          ...limits,
          ...dates,
          payableMinor,
          wantedMinor,
          currency,
          recent: recent.get(expertId) ?? [],
          coolingDays: days.get(expertId) ?? 0,
          minimumMinor: this.minimumMinor(currency, wantedMinor !== undefined),
          smallestPartMinor: this.minimumMinor(currency, true),
          railAvailableMinor: leftMinor ?? payableMinor,
          taxForm: taxFormStanding(expert?.country ?? '', forms.get(expertId), now),
          taxFormFrom: formRequirement(thresholds, { year, country: expert?.country ?? '', currency }),
          sentThisYearMinor: sums?.yearMinor ?? 0n,
          sentToday: { count: sums?.todayCount ?? 0, amountMinor: sums?.todayMinor ?? 0n },
          sentUnseenMinor: sums?.unseenMinor ?? 0n,
          approvedMinor: approvedMinor(approval, expert),
          reviewOn: promisedBy(approval) ?? decisionPromised(now, calendar),
          isDeclined: approval?.state === 'DECLINED',
          isAsked: approval?.state === 'PENDING',
          waitingMinor: waitingMinor(approval, expert),
          lastAsked: lastAsked(approval ?? newest.get(expertId), now),
        },
        now,
      );
      passed.set(expertId, {
        ...passage,
        railAccountId: expert?.railAccountId ?? undefined,
        hitPlace,
        approval,
      });
      if (leftMinor !== undefined) leftMinor -= passage.openMinor;
    }
    return passed;
  }

  /** Asks the gates about one expert's money. */
  async pass(db: Db, at: PassageTime, wish: PassageWish): Promise<Gated> {
    const passage = (await this.passAll(db, at, [wish])).get(wish.expertId);
    if (!passage) throw new Error('the gates gave no answer');
    return passage;
  }

  /**
   * Asks the gates again, as they stand now, about payouts that a run let through: one may have closed since.
   * Returns what holds each, by payout; what may go is left out. What the run weighed (cooling-off, the smallest payout,
   * what the rail has, what goes out in a day) is not weighed twice; but nothing goes of which the ledger has less by now.
   */
  async recheckAll(db: Db, now: Date, payouts: readonly PayoutRecord[]): Promise<Map<string, DatedBlock[]>> {
    const standing = await this.standing(
      db,
      now,
      payouts.map(({ expertId }) => expertId),
    );
    const blocks = new Map<string, DatedBlock[]>();
    for (const { id, expertId } of payouts) {
      const closed = standingBlocks((standing.get(expertId) ?? NOBODY).facts, now);
      if (closed.length > 0) blocks.set(id, closed);
    }
    for (const { id, currency } of await uncovered(db, payouts)) {
      const runAt = nextRunAt(now, await this.calendars.of(db, currency as Currency, now));
      blocks.set(id, [...(blocks.get(id) ?? []), takenBackBlock(runAt)]);
    }
    return blocks;
  }

  /** What holds whatever is asked for, of each expert. */
  async standing(db: Db, now: Date, ids: readonly string[]): Promise<Map<string, Standing>> {
    const experts = await gatedExperts(db, ids);
    const holds = await holdsOf(db, ids);
    const places = await sanctionedPlaces(db, now);
    const stop = await this.stop(db, now);
    const reviewOn = nextBankDay(now, { holidays: new Set() });
    const coolDownHours = this.coolDownHours();
    return new Map(
      ids.map((id) => {
        const expert = experts.get(id);
        const own = holds.filter(({ expertId }) => expertId === id);
        const hitPlace = hitOf(expert, own, places);
        const facts: StandingFacts = {
          stop,
          holds: [
            ...own.filter(({ releasedAt }) => releasedAt === null).map(standingHold),
            ...hitHold(hitPlace, reviewOn),
          ],
          hasActiveAccount: expert?.accountState === 'ACTIVE',
          restrictedAt: expert?.restrictedAt ?? undefined,
          movedAt: expert?.movedAt ?? undefined,
          bankChangedAt: expert?.bankChangedAt ?? undefined,
          coolDownHours,
        };
        return [id, { expert, facts, hitPlace }];
      }),
    );
  }

  private async stop(db: Db, now: Date): Promise<StandingFacts['stop']> {
    const thrown = await newestSwitch(db);
    if (thrown?.isStopped) return { reason: thrown.reason, reviewOn: thrown.reviewOn ?? now };
    const reviewOn = nextBankDay(now, { holidays: new Set() });
    return this.config.get('PAYOUTS_STOPPED') === 'yes'
      ? { reason: 'the operator of this server looks at something first', reviewOn }
      : undefined;
  }

  /** Hours that payouts wait after another bank account was set. */
  coolDownHours(): number {
    return this.config.get('BANK_COOL_DOWN_HOURS');
  }

  private limits(currency: Currency) {
    const amountMinor = limitMinor(readLimits(this.config.get('PAYOUT_DAY_MOST')), currency);
    return {
      mostPerDay: { count: this.config.get('PAYOUTS_PER_DAY'), amountMinor },
      approvalAboveMinor: this.approvals.payoutMinor(currency),
    };
  }

  /** Above this a payout or the release of a hold needs four eyes, minor units. */
  approvalAboveMinor(currency: Currency): bigint {
    return this.approvals.payoutMinor(currency);
  }

  /** The smallest payout, minor units: who asks for a part may have as little as one whole unit, a run waits for what is set. */
  minimumMinor(currency: Currency, isAskedFor: boolean): bigint {
    const unit = wholeUnitMinor(currency);
    const set = limitMinor(readLimits(this.config.get('PAYOUT_MINIMUM')), currency);
    return isAskedFor || set < unit ? unit : set;
  }

  private async coolingDays(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
    const days = this.config.get('COOLING_OFF_DAYS');
    const isStripe = this.config.get('STRIPE_SECRET_KEY') !== undefined;
    const paid = isStripe ? await everPaid(db, ids) : new Set(ids);
    return new Map(ids.map((id) => [id, paid.has(id) ? days : Math.max(days, FIRST_STRIPE_PAYOUT_DAYS)]));
  }
}

export interface Standing {
  readonly expert?: GatedExpert;
  readonly facts: StandingFacts;
  readonly hitPlace?: SanctionedPlaceRecord;
}

/** Whoever the database knows nothing of is paid nothing. */
const NOBODY: Standing = { facts: { holds: [], hasActiveAccount: false, coolDownHours: 0 } };

async function recentPay(
  db: Db,
  ids: readonly string[],
  currency: string,
  now: Date,
  days: number,
): Promise<Map<string, EarnedPay[]>> {
  const since = new Date(now.getTime() - days * DAY_MS);
  const rows = days === 0 ? [] : await payChargedSince(db, ids, currency, since);
  return groupedBy(rows, ({ expertId }) => expertId);
}

/** The place on the list where the expert works or is paid, unless a person has decided on it for this expert. */
function hitOf(
  expert: GatedExpert | undefined,
  holds: readonly HoldRecord[],
  places: ReadonlyMap<string, SanctionedPlaceRecord>,
): SanctionedPlaceRecord | undefined {
  const own = [expert?.country, expert?.accountCountry];
  const hit = own
    .map((place) => (place ? places.get(place) : undefined))
    .find((place) => place !== undefined);
  return hit && !holds.some(({ place }) => place === hit.place) ? hit : undefined;
}

/** What an expert reads of a place on the list. */
export function sanctionsReason({ name }: SanctionedPlaceRecord): string {
  return `${name} is on a list of places to which payments need a person's decision. What you earned is kept for you.`;
}

function hitHold(place: SanctionedPlaceRecord | undefined, reviewOn: Date): StandingHold[] {
  return place ? [{ kind: 'SANCTIONS', reason: sanctionsReason(place), reviewOn }] : [];
}

function standingHold({ kind, reason, reviewOn }: HoldRecord): StandingHold {
  return { kind: kind === 'SANCTIONS' ? 'SANCTIONS' : 'STAFF', reason, reviewOn };
}

/** How an approval ended that did not come about. */
const ENDED: readonly string[] = ['OVERTAKEN', 'EXPIRED', 'FAILED'];
/** How long an expert reads of it: the next runs ask again. */
const ENDED_IS_TOLD_MS = 7 * DAY_MS;

/** What a person of staff was asked about last, as far as it still matters. */
function lastAsked(approval: ApprovalStanding | undefined, now: Date): LastAsked | undefined {
  if (!approval || approval.amountMinor === null) return undefined;
  const { createdAt: at, expiresAt: lapsesAt, amountMinor, state, endedAt, outcome } = approval;
  if (state === 'PENDING') return { at, amountMinor, lapsesAt };
  if (!ENDED.includes(state) || !endedAt || now.getTime() - endedAt.getTime() > ENDED_IS_TOLD_MS)
    return undefined;
  return { at, amountMinor, lapsesAt, end: { at: endedAt, why: outcome ?? 'It was not done.' } };
}

/** What a person of staff was asked about for this payout, to the account that the expert still has; minor units. */
function waitingMinor(
  approval: ApprovalStanding | undefined,
  expert: GatedExpert | undefined,
): bigint | undefined {
  const isSame = approval?.payload.railAccountId === expert?.railAccountId;
  return approval?.state === 'PENDING' && isSame ? (approval.amountMinor ?? undefined) : undefined;
}

/** By when a decision was promised on what a person of staff was asked about; undefined where nobody is asked. */
function promisedBy(approval: ApprovalStanding | undefined): Date | undefined {
  return approval?.state === 'PENDING' ? (approval.promisedBy ?? undefined) : undefined;
}

/** What was approved for this payout and is not sent yet, to the account that the expert still has; minor units. */
function approvedMinor(
  approval: ApprovalStanding | undefined,
  expert: GatedExpert | undefined,
): bigint | undefined {
  if (approval?.state !== 'EXECUTED' && approval?.state !== 'APPROVED') return undefined;
  const { amountMinor, railAccountId } = approval.payload;
  return typeof amountMinor === 'string' && railAccountId === expert?.railAccountId
    ? BigInt(amountMinor)
    : undefined;
}

import { Injectable } from '@nestjs/common';
import {
  bankWaitEnd,
  isCurrency,
  leftInBooks,
  nextRunAt,
  payoutMachine,
  promisedDay,
  returnedBlock,
  sentBlock,
  sentOnAgainAt,
  statesOf,
  whereabouts,
  type DatedBlock,
  type LyingFacts,
  type Whereabouts,
} from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { notFound, Refused } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { mustBeIds } from '../../platform/errors/filter';
import type { Db } from '../../platform/prisma/database';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { chargesBetween, sumCharges, type ChargeRecord } from '../billing/billing.public';
import { balancesOfOwner, owedSince, writtenOffOwed } from '../ledger/ledger.public';
import { lyingSums, type LyingSum } from './at-rail.repository';
import { Gates, type Gated } from './gates';
import { leftOf, payableOf } from './left-to-pay';
import { findAccount, listPastAccounts, type PayoutAccountRecord } from './payout-account.repository';
import { PayoutCalendars } from './payout-calendar';
import { openPayouts } from './payout-batch.repository';
import { returnedSince } from './payout-return.repository';
import { railAccountsOf } from './rail-account.repository';
import { RailHolds } from './rail-holds';
import { countRuns, listRuns, type PayoutRunRecord } from './payout-run.repository';
import {
  countPayouts,
  findPayout,
  listPayouts,
  SENT,
  sentBefore,
  sumPayouts,
  type PayoutFilter,
  type PayoutRecord,
} from './payout.repository';

/** Where an expert's money of one currency is, minor units. earned = payable + heldBack + onItsWay + paid - owed - writtenOff. */
export interface EarningsRecord extends Whereabouts {
  readonly currency: string;
  readonly earnedMinor: bigint;
  /** Paid out for lines that were taken back since: it goes off what is earned next. */
  readonly owedMinor: bigint;
  /** The same, where the platform bears it since. */
  readonly writtenOffMinor: bigint;
  readonly blocks: DatedBlock[];
  /** The smallest payout that can be asked for, and the smallest that a run sends. */
  readonly smallestPartMinor: bigint;
  readonly smallestOfRunMinor: bigint;
  /** When the oldest of what waits was earned; undefined where nothing waits. */
  readonly heldSince?: Date;
}

/** A payout with when it came back; null where it did not, or was sent again since. */
export type PayoutShown = PayoutRecord & { readonly returnedAt: Date | null };

/** When money is paid. */
export interface CalendarRecord {
  readonly nextRunAt: Date;
  readonly nextPromisedOn: Date;
  readonly promisedOnNow: Date;
  readonly bankDays: number;
  readonly closedDays: Date[];
}

/** Where an expert was paid before. */
export interface PastAccountRecord {
  readonly id: string;
  readonly country: string;
  readonly currency: string;
  readonly closedAt: Date;
  /** Whether something came back there that waits for other bank details of that account. */
  readonly needsBankDetails: boolean;
}

/** Whose payout, and where it stands. */
type WaitingPayout = Pick<PayoutRecord, 'expertId' | 'currency' | 'state'>;

/** What waits to be asked for at the rail: it grows with what is earned. */
const WAITING: ReadonlySet<string> = new Set(['GATED', 'FAILED']);

/** What earnings and payout pages show. */
@Injectable()
export class PayoutQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gates: Gates,
    private readonly holds: RailHolds,
    private readonly calendars: PayoutCalendars,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Payouts, newest first: an expert's own, or all for staff. */
  async list(person: Person, filter: PayoutFilter, args: PageArgs): Promise<Connection<PayoutShown>> {
    const page = pageOf(args);
    mustBeIds(filter);
    if (filter.state !== undefined && !statesOf(payoutMachine).some((state) => state === filter.state))
      throw new Refused('INVALID_INPUT', 'There is no such state of a payout. Choose one of the list.', {
        field: 'state',
      });
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await listPayouts(db, filter, page.limit + 1, page.after);
      const came = await returnedSince(
        db,
        rows.map(({ id }) => id),
      );
      return connect(
        page,
        rows,
        await countPayouts(db, filter),
        (row) => [row.createdAt.toISOString(), row.id],
        (row) => ({ ...row, returnedAt: came.get(row.id) ?? null }),
      );
    });
  }

  /** The charges whose pay a payout carries, oldest first; none while it waits at a gate. */
  async lines(person: Person, payoutId: string): Promise<ChargeRecord[]> {
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const payout = await findPayout(db, payoutId);
      if (!payout?.requestedAt || !SENT.includes(payout.state)) return [];
      const fromMinor = await sentBefore(db, payout);
      const earner = { ...payout, upTo: payout.requestedAt };
      return chargesBetween(db, earner, fromMinor, fromMinor + payout.amountMinor);
    });
  }

  /**
   * What a payout that waits carries by now: all that the books owe its expert and the rail was not asked for, minor
   * units. Null where it does not wait.
   */
  async waitingMinor(person: Person, { expertId, currency, state }: WaitingPayout): Promise<bigint | null> {
    if (!WAITING.has(state)) return null;
    return this.unitOfWork.readAs(person, async ({ db }) => leftOf(db, { expertId, currency }));
  }

  /** Runs, newest first. */
  async runs(person: Person, args: PageArgs): Promise<Connection<PayoutRunRecord>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listRuns(db, page.limit + 1, page.after),
        await countRuns(db),
        (row) => [row.startedAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Where the expert is paid, and until when payouts wait for another bank account; null before it is set up. */
  async account(person: Person): Promise<(PayoutAccountRecord & { bankWaitsUntil: Date | null }) | null> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('earnings');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const account = await findAccount(db, expertId);
      const wait = {
        bankChangedAt: account?.bankChangedAt ?? undefined,
        coolDownHours: this.coolDownHours(),
      };
      return account && { ...account, bankWaitsUntil: bankWaitEnd(wait, now) ?? null };
    });
  }

  /** Where the expert was paid before they moved, and whether something lies there for other bank details. */
  async pastAccounts(person: Person): Promise<PastAccountRecord[]> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('earnings');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const left = await listPastAccounts(db, expertId);
      if (left.length === 0) return [];
      const accounts = await railAccountsOf(db, [expertId]);
      const states = new Map(accounts.map(({ railAccountId, state }) => [railAccountId, state]));
      return left.map(({ railAccountId: id, ...past }) => ({
        ...{ ...past, id },
        needsBankDetails: states.get(id) === 'RESTRICTED',
      }));
    });
  }

  /** When the next daily run begins. */
  nextRunAt(): Date {
    const { cutOffMinute } = this.calendars;
    return nextRunAt(this.clock.now(), { cutOffMinute, bankDays: 0, holidays: new Set() });
  }

  /** Hours that payouts wait after another bank account was set. */
  coolDownHours(): number {
    return this.gates.coolDownHours();
  }

  /** At most so much of each line's pay goes off what the expert owes, percent. */
  nettingPercent(): number {
    return this.config.get('NETTING_SHARE_PERCENT');
  }

  /** When the expert is paid, in the currency of their account. */
  async calendar(person: Person): Promise<CalendarRecord> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('earnings');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const currency = (await findAccount(db, expertId))?.currency ?? 'USD';
      const calendar = await this.calendars.of(db, currency, now);
      const next = nextRunAt(now, calendar);
      return {
        nextRunAt: next,
        nextPromisedOn: promisedDay(next, calendar),
        promisedOnNow: promisedDay(now, calendar),
        bankDays: calendar.bankDays,
        closedDays: [...calendar.holidays].map((day) => new Date(day)),
      };
    });
  }

  /** Where the expert's money is, one a currency. */
  async earnings(person: Person): Promise<EarningsRecord[]> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('earnings');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const earned = await sumCharges(db, { expertId });
      const found: EarningsRecord[] = [];
      for (const { currency, payMinor } of earned) {
        found.push({
          currency,
          earnedMinor: payMinor,
          ...(await this.whereabouts(db, { expertId, currency }, now)),
        });
      }
      return found;
    });
  }

  private async whereabouts(
    db: Db,
    who: { expertId: string; currency: string },
    now: Date,
  ): Promise<Omit<EarningsRecord, 'currency' | 'earnedMinor'>> {
    const { expertId, currency } = who;
    const balances = await balancesOfOwner(db, expertId);
    const payableMinor = payableOf(balances, currency);
    const owes = balances.find((each) => each.kind === 'expert_receivable' && each.currency === currency);
    const sums = (await sumPayouts(db, expertId)).filter((each) => each.currency === currency);
    const restMinor = leftInBooks(payableMinor, sums);
    const heldSince = restMinor > 0n ? await owedSince(db, { expertId, currency }, restMinor) : undefined;
    const answer = restMinor > 0n ? await this.askGates(db, who, restMinor, now) : null;
    const where = whereabouts(answer, sums);
    const { blocks, waitingMinor } = await this.whyAtRail(db, who, where, now);
    return {
      ...where,
      // What lies at the rail and waits is held, not on its way.
      heldBackMinor: where.heldBackMinor + waitingMinor,
      onItsWayMinor: where.onItsWayMinor - waitingMinor,
      blocks: [...(answer?.blocks ?? []), ...blocks],
      heldSince,
      smallestPartMinor: isCurrency(currency) ? this.gates.minimumMinor(currency, true) : 0n,
      smallestOfRunMinor: isCurrency(currency) ? this.gates.minimumMinor(currency, false) : 0n,
      owedMinor: owes?.postedMinor ?? 0n,
      writtenOffMinor: await writtenOffOwed(db, who),
    };
  }

  /** What the gates say of what is left, as a run would ask them: with what was approved for the payout that waits. */
  private async askGates(
    db: Db,
    { expertId, currency }: { expertId: string; currency: string },
    payableMinor: bigint,
    now: Date,
  ): Promise<Gated | null> {
    if (!isCurrency(currency)) return null;
    const open = await openPayouts(db, [expertId], currency);
    const payoutId = open.find(({ state }) => state === 'GATED' || state === 'FAILED')?.id;
    return this.gates.pass(db, { currency, now }, { expertId, payableMinor, payoutId });
  }

  /** Why what a bank returned waits, and what was sent and has not left the rail; how much of the latter waits, minor units. */
  private async whyAtRail(
    db: Db,
    { expertId, currency }: { expertId: string; currency: string },
    { returnedMinor, onItsWayMinor }: Pick<Whereabouts, 'returnedMinor' | 'onItsWayMinor'>,
    now: Date,
  ): Promise<{ readonly blocks: DatedBlock[]; readonly waitingMinor: bigint }> {
    const blocks: DatedBlock[] = [];
    let waitingMinor = 0n;
    if ((returnedMinor === 0n && onItsWayMinor === 0n) || !isCurrency(currency))
      return { blocks, waitingMinor };
    const judged = await this.holds.judge(db, now, await railAccountsOf(db, [expertId]));
    for (const lying of await lyingSums(db, expertId, currency)) {
      const place = judged.find(({ account }) => account.railAccountId === lying.railAccountId);
      if (!place) continue;
      const facts = { ...place, isLeft: place.account.isPast, refusal: refusalOf(lying) };
      const returned = { minor: lying.returnedMinor, currency };
      if (lying.returnedMinor > 0n)
        blocks.push(returnedBlock(returned, { ...facts, since: lying.returnedAt ?? now }, now));
      const sent = sentBlock({ minor: lying.sentMinor, currency }, facts, now);
      if (!sent) continue;
      blocks.push(sent);
      waitingMinor += lying.sentMinor;
    }
    return { blocks, waitingMinor };
  }
}

/** Why the rail did not send on what lies there, and when it is asked again. */
function refusalOf({ refusal: reason, refusedAt }: LyingSum): LyingFacts['refusal'] {
  return reason === null || refusedAt === null
    ? undefined
    : { reason, triedAgainAt: sentOnAgainAt(refusedAt) };
}

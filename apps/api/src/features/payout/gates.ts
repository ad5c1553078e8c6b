import { Injectable } from '@nestjs/common';
import {
  CURRENCIES,
  passGates,
  payoutBlocks,
  type Currency,
  type DatedBlock,
  type EarnedPay,
  type Passage,
} from '@tallystick/domain';
import { Config } from '../../platform/config/config';
import type { Db } from '../../platform/prisma/database';
import { payChargedSince } from '../billing/billing.public';
import { findAccounts } from './payout-account.repository';
import { everPaid } from './payout.repository';

/** Stripe's own rule for a first payout, days. Source: product page, main job 7. */
const FIRST_STRIPE_PAYOUT_DAYS = 7;
const DAY_MS = 86_400_000;

/** An expert's money that asks to pass. */
export interface PassageWish {
  readonly expertId: string;
  /** Payable and not on its way, minor units. */
  readonly payableMinor: bigint;
  /** The part that is asked for, minor units; all that is ready where it is absent. */
  readonly wantedMinor?: bigint;
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
  constructor(private readonly config: Config) {}

  /** Asks the gates about many experts at once: a fixed number of reads, however many. What one takes of the rail, the next has not. */
  async passAll(db: Db, at: PassageTime, wishes: readonly PassageWish[]): Promise<Map<string, Passage>> {
    const { currency, now } = at;
    const ids = wishes.map(({ expertId }) => expertId);
    const accounts = await findAccounts(db, ids);
    const days = await this.coolingDays(db, ids);
    const recent = await this.recentPay(db, ids, currency, now, Math.max(0, ...days.values()));
    const arePayoutsStopped = this.config.get('PAYOUTS_STOPPED') === 'yes';
    const passed = new Map<string, Passage>();
    let leftMinor = at.railLeftMinor;
    for (const { expertId, payableMinor, wantedMinor } of wishes) {
      const passage = passGates(
        {
          payableMinor,
          wantedMinor,
          recent: recent.get(expertId) ?? [],
          coolingDays: days.get(expertId) ?? 0,
          minimumMinor: this.minimumMinor(currency, wantedMinor !== undefined),
          hasActiveAccount: accounts.get(expertId)?.state === 'ACTIVE',
          arePayoutsStopped,
          railAvailableMinor: leftMinor ?? payableMinor,
        },
        now,
      );
      passed.set(expertId, passage);
      if (leftMinor !== undefined) leftMinor -= passage.openMinor;
    }
    return passed;
  }

  /** Asks the gates about one expert's money. */
  async pass(db: Db, at: PassageTime, wish: PassageWish): Promise<Passage> {
    const passage = (await this.passAll(db, at, [wish])).get(wish.expertId);
    if (!passage) throw new Error('the gates gave no answer');
    return passage;
  }

  /**
   * Asks the gates again, as they stand now, about payouts that a run let through: a gate may have closed since.
   * Returns what holds each, by payout; what may go is left out. What the run weighed (cooling-off, the smallest payout,
   * what the rail has) is not weighed twice.
   */
  async recheckAll(
    db: Db,
    _now: Date,
    payouts: readonly { readonly id: string; readonly expertId: string; readonly amountMinor: bigint }[],
  ): Promise<Map<string, DatedBlock[]>> {
    const accounts = await findAccounts(
      db,
      payouts.map(({ expertId }) => expertId),
    );
    const arePayoutsStopped = this.config.get('PAYOUTS_STOPPED') === 'yes';
    const closed = payouts.map(({ id, expertId, amountMinor }) => {
      const hasActiveAccount = accounts.get(expertId)?.state === 'ACTIVE';
      const facts = { amountMinor, minimumMinor: 0n, hasActiveAccount, arePayoutsStopped };
      return [id, payoutBlocks({ ...facts, railAvailableMinor: amountMinor })] as const;
    });
    return new Map(closed.filter(([, blocks]) => blocks.length > 0));
  }

  /** Who asks for a part may have as little as one whole unit; a run waits for the smallest payout that is set. */
  private minimumMinor(currency: Currency, isAskedFor: boolean): bigint {
    const set = BigInt(this.config.get('PAYOUT_MINIMUM_MINOR'));
    const unit = 10n ** BigInt(CURRENCIES[currency].digits);
    return isAskedFor && unit < set ? unit : set;
  }

  private async coolingDays(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
    const days = this.config.get('COOLING_OFF_DAYS');
    const isStripe = this.config.get('STRIPE_SECRET_KEY') !== undefined;
    const paid = isStripe ? await everPaid(db, ids) : new Set(ids);
    return new Map(ids.map((id) => [id, paid.has(id) ? days : Math.max(days, FIRST_STRIPE_PAYOUT_DAYS)]));
  }

  private async recentPay(
    db: Db,
    ids: readonly string[],
    currency: string,
    now: Date,
    days: number,
  ): Promise<Map<string, EarnedPay[]>> {
    const since = new Date(now.getTime() - days * DAY_MS);
    const rows = days === 0 ? [] : await payChargedSince(db, ids, currency, since);
    const byExpert = new Map<string, EarnedPay[]>();
    for (const row of rows) byExpert.set(row.expertId, [...(byExpert.get(row.expertId) ?? []), row]);
    return byExpert;
  }
}

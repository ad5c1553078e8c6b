import { Injectable } from '@nestjs/common';
import { coolingOff, payoutBlocks, type DatedBlock } from '@tallystick/domain';
import { Config } from '../../platform/config/config';
import type { Db } from '../../platform/prisma/database';
import { payChargedSince } from '../billing/billing.public';
import { findAccount } from './payout-account.repository';
import { wasEverPaid } from './payout.repository';

/** Stripe's own rule for a first payout, days. Source: product page, main job 7. */
const FIRST_STRIPE_PAYOUT_DAYS = 7;
const DAY_MS = 86_400_000;

/** What may leave now, what may not, and why; minor units. */
export interface Passage {
  /** What a run would send now; 0 where a gate is closed. */
  readonly openMinor: bigint;
  readonly heldBackMinor: bigint;
  /** What has cooled off, whatever the other gates say. */
  readonly readyMinor: bigint;
  /** Every closed gate; empty where everything may leave. */
  readonly blocks: DatedBlock[];
}

/** Puts an expert's money through the gates. The same for a run and for the page that shows why money waits. */
@Injectable()
export class Gates {
  constructor(private readonly config: Config) {}

  /**
   * Asks the gates about an amount that is payable and not on its way.
   * @param railAvailableMinor what the rail has; undefined where it was not asked
   */
  async pass(
    db: Db,
    who: { expertId: string; currency: string },
    amountMinor: bigint,
    now: Date,
    railAvailableMinor?: bigint,
  ): Promise<Passage> {
    const days = await this.coolingDays(db, who.expertId);
    const since = new Date(now.getTime() - days * DAY_MS);
    const recent = await payChargedSince(db, who.expertId, who.currency, since);
    const { readyMinor, blocks: cooling } = coolingOff(amountMinor, recent, days, now);
    // Where nothing is ready yet, the other gates are shown for what will be.
    const askedMinor = readyMinor > 0n ? readyMinor : amountMinor;
    const account = await findAccount(db, who.expertId);
    const closed = payoutBlocks({
      amountMinor: askedMinor,
      minimumMinor: BigInt(this.config.get('PAYOUT_MINIMUM_MINOR')),
      hasActiveAccount: account?.state === 'ACTIVE',
      arePayoutsStopped: this.config.get('PAYOUTS_STOPPED') === 'yes',
      railAvailableMinor: railAvailableMinor ?? askedMinor,
    });
    const openMinor = closed.length === 0 ? readyMinor : 0n;
    return { openMinor, heldBackMinor: amountMinor - openMinor, readyMinor, blocks: [...closed, ...cooling] };
  }

  private async coolingDays(db: Db, expertId: string): Promise<number> {
    const days = this.config.get('COOLING_OFF_DAYS');
    const isFirstAtStripe =
      this.config.get('STRIPE_SECRET_KEY') !== undefined && !(await wasEverPaid(db, expertId));
    return isFirstAtStripe ? Math.max(days, FIRST_STRIPE_PAYOUT_DAYS) : days;
  }
}

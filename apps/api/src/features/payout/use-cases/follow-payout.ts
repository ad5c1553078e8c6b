import { Inject, Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { eventHandled, PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { advancePayout } from '../advance-payout';
import { findAccount, findAccountByRail, findOwnerByRail, keepRailHold } from '../payout-account.repository';
import { accountsPaidSince, heldForPaid, findByRailPayout, listInTransit } from '../payout.repository';
import { LookAtBanks } from './look-at-banks';

const RAIL = system('rail');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Banks return most payouts within five of their days. Source: docs.stripe.com/payouts. */
const LATEST_RETURN_DAYS = 14;

/**
 * Follows a payout from the rail to the bank, and back where the bank returns it, also what was paid days before. It
 * changes what is shown; the money has left the books, and what comes back is in the expert's account at the rail.
 */
@Injectable()
export class FollowPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly banks: LookAtBanks,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Looks at a payout of the rail again. Throws where it cannot be read, so that it is looked at later. */
  async run(railPayoutId: string, railAccountId: string | null, eventId?: string): Promise<void> {
    const account =
      railAccountId === null
        ? null
        : await this.unitOfWork.readAs(RAIL, ({ db }) => findOwnerByRail(db, railAccountId));
    if (!account) return this.letGo(eventId);
    const outcome = await this.rail.retrievePayout(railPayoutId, account.railAccountId);
    if (outcome.kind !== 'done') throw new Error(`the payout could not be read: ${outcome.message}`);
    // Whether its bank account is still the one that is set decides what there is to do; news of another one may come later.
    if (outcome.value.state === 'FAILED') await this.banks.follow(account.railAccountId, { isSet: false });
    const { railAccountId: from, expertId } = account;
    const isOurs = await this.unitOfWork.run(RAIL, { name: 'follow-payout' }, async (tx) => {
      const found = await findByRailPayout(tx.db, expertId, outcome.value);
      if (!found) return false;
      const coolDownHours = this.config.get('BANK_COOL_DOWN_HOURS');
      await advancePayout(tx, found, outcome.value, { railAccountId: from, coolDownHours });
      await eventHandled(tx, eventId, 'followed');
      return true;
    });
    if (!isOurs) await this.sentByItself(account, railPayoutId, eventId);
  }

  /** Looks at what has been on its way for a minute: an event may have been lost. */
  async poll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - MINUTE_MS);
    const open = await this.unitOfWork.readAs(RAIL, async ({ db }) => {
      const found: { railPayoutId: string; railAccountId: string }[] = [];
      for (const { railPayoutId, expertId, ...payout } of await listInTransit(db, before, 50)) {
        const railAccountId = payout.railAccountId ?? (await findAccount(db, expertId))?.railAccountId;
        if (railPayoutId !== null && railAccountId !== undefined) found.push({ railPayoutId, railAccountId });
      }
      return found;
    });
    for (const { railPayoutId, railAccountId } of open) await this.run(railPayoutId, railAccountId);
  }

  /** Asks the rail what came back of what was paid in the last weeks: an event may have been lost. */
  async lookBack(): Promise<void> {
    const ago = (days: number) => new Date(this.clock.now().getTime() - days * DAY_MS);
    const [paidSince, madeSince] = [ago(LATEST_RETURN_DAYS), ago(2 * LATEST_RETURN_DAYS)];
    const accounts = await this.unitOfWork.readAs(RAIL, ({ db }) => accountsPaidSince(db, paidSince));
    for (const railAccountId of accounts) {
      const returned = await this.rail.returnedPayouts(railAccountId, madeSince);
      if (returned.kind !== 'done') throw new Error(`what came back could not be read: ${returned.message}`);
      const missed = await this.unitOfWork.readAs(RAIL, ({ db }) => heldForPaid(db, returned.value));
      for (const railPayoutId of missed) await this.run(railPayoutId, railAccountId);
    }
  }

  /** A payout of an account that is none of ours: the platform's own, or another's. */
  private async letGo(eventId: string | undefined): Promise<void> {
    await this.unitOfWork.run(RAIL, { name: 'follow-payout' }, (tx) =>
      eventHandled(tx, eventId, 'fits nothing of ours'),
    );
  }

  /**
   * A payout of an expert's account that we did not ask for: somebody had the rail send. It is told not to before money
   * goes there again, and finance hears of it, once.
   */
  private async sentByItself(
    { expertId, railAccountId }: { readonly expertId: string; readonly railAccountId: string },
    railPayoutId: string,
    eventId: string | undefined,
  ): Promise<void> {
    await this.unitOfWork.run(RAIL, { name: 'payout-not-asked-for' }, async (tx) => {
      await eventHandled(tx, eventId, 'asked for by nobody here');
      const account = await findAccountByRail(tx.db, railAccountId);
      if (!account?.railHeldAt) return;
      await keepRailHold(tx.db, expertId, null);
      const subject = { subjectType: 'payout-account', subjectId: expertId, expertId };
      tx.record({ ...subject, to: 'SENT_BY_RAIL', facts: { railAccountId, railPayoutId } });
      await notify(tx, { staff: 'FINANCE' }, NOT_ASKED_FOR);
    });
  }
}

const NOT_ASKED_FOR = {
  kind: 'PAYOUT_FAILED',
  title: 'The payment provider sent money that nobody asked it to send',
  body: 'A payout left an expert’s account there by itself, or by somebody’s hand. Look at it in the journal and at the provider; nobody but this product should send from these accounts.',
  link: '/admin/payouts',
};

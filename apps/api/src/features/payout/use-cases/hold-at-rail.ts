import { Inject, Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Ids } from '../../../platform/ids/ids';
import { log } from '../../../platform/log/log';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { Gates } from '../gates';
import { lockAccounts } from '../payout-account.repository';
import { keepRailHold, railAccountsOf, railAccountsToLookAt } from '../rail-hold.repository';
import { RailHolds, tellRailSoon, whyHeld, type JudgedAccount } from '../rail-holds';

const RAIL = system('rail');
const HOUR_MS = 3_600_000;
/** Accounts that are looked at together. */
const PAGE = 100;

/**
 * Tells the rail whether it may send what lies in experts' accounts to their banks by itself. Money that a bank returned
 * would otherwise follow whatever bank details are given next, without the wait that each payout of ours has.
 */
@Injectable()
export class HoldAtRail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly holds: RailHolds,
    private readonly gates: Gates,
    private readonly ids: Ids,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Tells the rail about every account of an expert, as things stand now. That it waits is said each time, also where it
   * was said before: an earlier call whose answer was lost may have arrived since. Throws where the rail does not answer,
   * so that it is tried again.
   */
  async run(expertId: string): Promise<void> {
    const judged = await this.unitOfWork.readAs(RAIL, async ({ db, now }) =>
      this.holds.judge(db, now, await railAccountsOf(db, expertId)),
    );
    for (const each of judged)
      if (each.hold.isHeld || each.account.railHeldAt !== null) await this.tell(each);
  }

  /** Looks at every account that waits or may have to: a wait is over, a call was lost. One that fails stops no other. */
  async sweep(): Promise<void> {
    for (let after = '', isMore = true; isMore;) {
      const judged = await this.page(after);
      after = judged.at(-1)?.account.railAccountId ?? '';
      isMore = judged.length === PAGE;
      for (const each of judged.filter(isWrong))
        await this.tell(each).catch((error: Error) =>
          log.warn(
            { expertId: each.account.expertId, detail: error.message },
            'the rail was not told to wait',
          ),
        );
    }
  }

  private page(after: string): Promise<JudgedAccount[]> {
    return this.unitOfWork.readAs(RAIL, async ({ db, now }) => {
      const changedSince = new Date(now.getTime() - this.gates.coolDownHours() * HOUR_MS);
      const accounts = await railAccountsToLookAt(db, { changedSince, after, limit: PAGE });
      return this.holds.judge(db, now, accounts);
    });
  }

  /** Asks the rail, keeps what it was told, and has it asked once more where things changed meanwhile. */
  private async tell({
    account: { railAccountId, expertId },
    hold: { isHeld },
  }: JudgedAccount): Promise<void> {
    const schedule = isHeld ? 'MANUAL' : 'DAILY';
    const told = await this.rail.setPayoutSchedule(railAccountId, schedule, `schedule:${this.ids.next()}`);
    if (told.kind !== 'done') throw new Error(`the rail did not take the schedule: ${told.message}`);
    await this.unitOfWork.run(RAIL, { name: 'hold-at-rail' }, async (tx) => {
      await lockAccounts(tx.db, [expertId], 'MOVE');
      const judged = await this.holds.judge(tx.db, tx.now, await railAccountsOf(tx.db, expertId));
      const seen = judged.find(({ account }) => account.railAccountId === railAccountId);
      if (!seen) return;
      const wasHeld = seen.account.railHeldAt !== null;
      if (seen.hold.isHeld !== isHeld) tellRailSoon(tx, expertId);
      if (wasHeld === isHeld) return;
      await keepRailHold(tx.db, seen.account, isHeld ? tx.now : null);
      const subject = { subjectType: 'payout-account', subjectId: expertId, expertId };
      const facts = { railAccountId, gates: whyHeld(seen, tx.now) };
      tx.record({ ...subject, to: isHeld ? 'HELD_AT_RAIL' : 'SENT_BY_RAIL', facts });
      tx.announce({ topic: 'payout', concerns: { expertId } });
    });
  }
}

/** True where the rail was told something else than what it has to do. */
function isWrong({ account, hold }: JudgedAccount): boolean {
  return hold.isHeld !== (account.railHeldAt !== null);
}

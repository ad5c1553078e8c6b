import { Injectable } from '@nestjs/common';
import { nextWeekOf, weekOf } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  findEngagement,
  listDoneWeeks,
  listEnding,
  listFailedWeeks,
  listWithoutWeek,
  lockEngagement,
} from '../engagement.repository';
import { goingOnOf, listToAsk, openWaits } from '../wait.repository';
import { askGates } from '../waits';
import { moveTo, openWeek, settleWeek, tryHold } from '../weeks';

const WEEKS = system('weeks');
/** From Thursday 00:00 UTC on, the next week's money is held. */
const AHEAD_MS = 4 * 86_400_000;

/** Time passes over engagements: weeks are funded before they begin, done weeks give back, notice runs out. Each may run twice. */
@Injectable()
export class RunWeeks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Everything that is due now, each engagement in a transaction of its own. */
  async run(): Promise<void> {
    const now = this.clock.now();
    const week = weekOf(now);
    await this.askEach(await this.unitOfWork.readAs(WEEKS, ({ db }) => listToAsk(db, now)));
    await this.openWeeks(week.startsAt);
    const next = nextWeekOf(now).startsAt;
    if (next.getTime() - now.getTime() <= AHEAD_MS) await this.openWeeks(next);
    await this.retryHolds();
    for (const done of await this.unitOfWork.readAs(WEEKS, ({ db }) => listDoneWeeks(db, week.startsAt))) {
      await this.unitOfWork.run(WEEKS, { name: 'settle-week' }, (tx) => settleWeek(tx, done));
    }
    for (const ending of await this.unitOfWork.readAs(WEEKS, ({ db }) => listEnding(db, now))) {
      await this.unitOfWork.run(WEEKS, { name: 'end-engagement' }, (tx) => moveTo(tx, ending, 'END'));
    }
  }

  /** An expert changed: the gates of their work that goes on are asked at once. */
  async askOf(expertId: string): Promise<void> {
    await this.askEach(await this.unitOfWork.readAs(WEEKS, ({ db }) => goingOnOf(db, expertId)));
  }

  private async askEach(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.ask(id);
  }

  private async ask(id: string): Promise<void> {
    await this.unitOfWork.run(WEEKS, { name: 'ask-gates' }, async (tx) => {
      const engagement = await lockEngagement(tx.db, id);
      if (engagement) await askGates(tx, engagement);
    });
  }

  /** Tries the holds that failed once more, after money arrived or after a while. */
  async retryHolds(labId?: string): Promise<void> {
    const failed = await this.unitOfWork.readAs(WEEKS, ({ db }) =>
      listFailedWeeks(db, weekOf(this.clock.now()).startsAt, labId),
    );
    for (const week of failed) {
      await this.unitOfWork.run(WEEKS, { name: 'retry-hold' }, async (tx) => {
        const engagement = await findEngagement(tx.db, week.engagementId);
        if (engagement && engagement.state !== 'ENDED' && !(await waits(tx, engagement.id)))
          await tryHold(tx, engagement, week.weekStart, false);
      });
    }
  }

  private async openWeeks(weekStart: Date): Promise<void> {
    const without = await this.unitOfWork.readAs(WEEKS, ({ db }) => listWithoutWeek(db, weekStart));
    for (const { id } of without) {
      await this.ask(id);
      await this.unitOfWork.run(WEEKS, { name: 'open-week' }, async (tx) => {
        const engagement = await findEngagement(tx.db, id);
        const isDue =
          engagement && engagement.state !== 'ENDED' && weekOf(engagement.startsOn).startsAt <= weekStart;
        if (isDue && !(await waits(tx, id))) await openWeek(tx, engagement, weekStart);
      });
    }
  }
}

async function waits(tx: Tx, engagementId: string): Promise<boolean> {
  return (await openWaits(tx.db, [engagementId])).length > 0;
}

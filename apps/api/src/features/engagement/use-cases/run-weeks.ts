import { Injectable } from '@nestjs/common';
import { nextWeekOf, weekOf } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  findEngagement,
  listDoneWeeks,
  listEnding,
  listFailedWeeks,
  listWithoutWeek,
} from '../engagement.repository';
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

  /** Tries the holds that failed once more, after money arrived or after a while. */
  async retryHolds(labId?: string): Promise<void> {
    const failed = await this.unitOfWork.readAs(WEEKS, ({ db }) =>
      listFailedWeeks(db, weekOf(this.clock.now()).startsAt, labId),
    );
    for (const week of failed) {
      await this.unitOfWork.run(WEEKS, { name: 'retry-hold' }, async (tx) => {
        const engagement = await findEngagement(tx.db, week.engagementId);
        if (engagement && engagement.state !== 'ENDED') await tryHold(tx, engagement, week.weekStart, false);
      });
    }
  }

  private async openWeeks(weekStart: Date): Promise<void> {
    const without = await this.unitOfWork.readAs(WEEKS, ({ db }) => listWithoutWeek(db, weekStart));
    for (const { id } of without) {
      await this.unitOfWork.run(WEEKS, { name: 'open-week' }, async (tx) => {
        const engagement = await findEngagement(tx.db, id);
        const isDue =
          engagement && engagement.state !== 'ENDED' && weekOf(engagement.startsOn).startsAt <= weekStart;
        if (isDue) await openWeek(tx, engagement, weekStart);
      });
    }
  }
}

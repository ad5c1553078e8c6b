import { Injectable } from '@nestjs/common';
import { clockWords, weekOf } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { mustBeFunded, mustFitCap, mustNotWait, workableEngagement } from '../entries';
import { findTimer, insertTimer } from '../entry.repository';
import { endTimer } from '../timers';
import { Said } from './add-entry';

const Input = z.object({
  engagementId: z.uuid(),
  ...Said,
  stopRunning: z.boolean().nullish(),
});
/** What must still fit under the cap for a start to make sense, seconds. */
const SHORTEST_SECONDS = 60;

/** Starts the one timer of an expert. Another that runs is stopped only where that was asked for. */
@Injectable()
export class StartTimer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with TIMER_RUNS, WEEK_NOT_FUNDED, WORK_WAITS, WORK_NOT_BEGUN, WEEKLY_CAP, ENGAGEMENT_ENDED; where another is stopped, like `stopTimer`. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { engagementId, kind, note, stopRunning } = parseInput(Input, input);
    const { expertId } = person;
    if (expertId === undefined) throw notFound('engagement');
    await this.unitOfWork.run(person, { name: 'start-timer' }, async (tx) => {
      if (stopRunning && (await findTimer(tx.db, expertId))) await endTimer(tx, expertId, {});
      const engagement = await workableEngagement(tx, expertId, engagementId);
      const weekStart = weekOf(tx.now).startsAt;
      await mustBeFunded(tx, engagement, weekStart);
      const soonest = new Date(tx.now.getTime() + SHORTEST_SECONDS * 1000);
      await mustNotWait(tx, engagement, { startsAt: tx.now, endsAt: soonest });
      await mustFitCap(tx, engagement, weekStart, SHORTEST_SECONDS);
      const { labId } = engagement;
      const row = { expertId, engagementId, labId, kind, note, startedAt: tx.now, lastHeartbeatAt: tx.now };
      if (!(await insertTimer(tx.db, row))) throw await timerRuns(tx, expertId);
      tx.record({
        subjectType: 'timer',
        subjectId: expertId,
        to: 'RUNNING',
        facts: { engagementId },
        labId,
        expertId,
      });
    });
  }
}

async function timerRuns(tx: Tx, expertId: string): Promise<Refused> {
  const running = await findTimer(tx.db, expertId);
  const since = running ? ` since ${clockWords(running.startedAt)} UTC` : '';
  const message = `A timer runs already${since}. Stop it first; what it counted is kept.`;
  return new Refused('TIMER_RUNS', message, { rowId: running?.engagementId });
}

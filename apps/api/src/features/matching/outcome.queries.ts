import { Injectable } from '@nestjs/common';
import type { OutcomeKind } from '@tallystick/domain';
import type { Model, OutcomeLine } from '@tallystick/matching';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { modelInForce } from './model.repository';
import { openingsWithOutcomes, outcomesOf } from './outcome.repository';

const DAY_MS = 86_400_000;
/** What is older says little of how labs decide now. */
const WINDOW_DAYS = 730;
/** Openings that are read at a time: some ten thousand rows. */
const AT_A_TIME = 200;

/** What learning reads: the model in force, and outcomes in which nobody can be followed. */
export interface LearningMaterial {
  readonly model: Model;
  readonly lines: OutcomeLine[];
}

/** What came of fits, as training pairs. */
@Injectable()
export class OutcomeQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Every fit of the last two years that was scored, by opening in the order of time; openings and experts are numbers. */
  async material(): Promise<LearningMaterial> {
    return this.unitOfWork.readAtOneInstant(system('matching'), async ({ db, now }) => {
      const since = new Date(now.getTime() - WINDOW_DAYS * DAY_MS);
      const ids = await openingsWithOutcomes(db, since);
      const lines: OutcomeLine[] = [];
      for (let from = 0; from < ids.length; from += AT_A_TIME) {
        const numbers = new Map(ids.slice(from, from + AT_A_TIME).map((id, at) => [id, from + at + 1]));
        const counts = new Map<string, number>();
        for (const { openingId, at, kinds, parts, propensity, averages } of await outcomesOf(db, [
          ...numbers.keys(),
        ])) {
          const expert = (counts.get(openingId) ?? 0) + 1;
          counts.set(openingId, expert);
          const opening = numbers.get(openingId) ?? 0;
          lines.push({
            ...{ opening, expert, at: at.toISOString() },
            ...{ kinds: kinds as OutcomeKind[], parts, propensity, averages },
          });
        }
      }
      return { model: await modelInForce(db), lines };
    });
  }
}

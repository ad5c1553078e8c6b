import { Injectable } from '@nestjs/common';
import { checkSchedule, dayWords } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  endSchedule,
  insertSchedule,
  listSchedules,
  scheduleAt,
  scheduleFrom,
  type ScheduleRecord,
} from '../conversion.repository';

const Input = z.object({
  baseWeeks: z.number().int(),
  creditPpm: z.number().int(),
  steps: z
    .array(z.object({ fromMonth: z.number().int(), ppm: z.number().int() }))
    .min(1)
    .max(24),
  effectiveFrom: z.coerce.date(),
  reason: z.string().trim().min(10, 'give the reason in a sentence').max(2000),
  idempotencyKey: z.string(),
});

/** Finance publishes what hiring directly costs from a day on. Agreements follow the one in force when they were signed. */
@Injectable()
export class PublishSchedule {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the schedule's id. Refuses with SCHEDULE_WRONG, SCHEDULE_IN_PAST, SCHEDULE_OVERLAP. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { reason, idempotencyKey, effectiveFrom, ...given } = parseInput(Input, input);
    const command = { name: 'publish-conversion-schedule', idempotencyKey, input };
    return this.unitOfWork.run(person, command, async (tx) => {
      const terms = orRefuse(checkSchedule(given));
      if (effectiveFrom < tx.now) {
        const message = 'A schedule cannot begin in the past: whoever signed keeps the one that they read.';
        throw new Refused('SCHEDULE_IN_PAST', message, { field: 'effectiveFrom' });
      }
      const later = await scheduleFrom(tx.db, effectiveFrom);
      if (later) {
        const message = `Another schedule begins on ${dayWords(later.effectiveFrom)}. Let this one begin after that day.`;
        throw new Refused('SCHEDULE_OVERLAP', message, { field: 'effectiveFrom', rowId: later.id });
      }
      const before = await scheduleAt(tx.db, effectiveFrom);
      if (!(await endSchedule(tx.db, before.id, effectiveFrom)))
        throw new Refused(
          'CHANGED_MEANWHILE',
          'The schedule changed in another window. Load the page again.',
        );
      const id = tx.newId();
      const by = { createdById: person.accountId, createdAt: tx.now };
      await insertSchedule(tx.db, { id, ...terms, effectiveFrom, effectiveTo: null, reason, ...by });
      tx.record({
        subjectType: 'conversion-schedule',
        subjectId: id,
        to: 'PUBLISHED',
        facts: { ...terms, effectiveFrom, endedId: before.id },
        words: { reason },
      });
      return id;
    });
  }

  /** All that were published, the latest to begin first; at most 100. */
  async all(person: Person): Promise<ScheduleRecord[]> {
    return this.unitOfWork.readAs(person, ({ db }) => listSchedules(db));
  }
}

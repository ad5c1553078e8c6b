import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { endTimer } from '../timers';

const Input = z.object({
  trimOverlap: z.boolean().nullish(),
  keepWhatFits: z.boolean().nullish(),
  endsAt: z.coerce.date().nullish(),
});

/** Stops the timer and keeps what it counted. A refusal leaves it running, so nothing is lost. */
@Injectable()
export class StopTimer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the ids of the sheets that have the time. Refuses like `logTime`, and with NO_TIMER, TIMER_END_OUTSIDE. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string[]> {
    const end = parseInput(Input, input);
    const { expertId } = person;
    if (expertId === undefined) throw notFound('timer');
    return this.unitOfWork.run(person, { name: 'stop-timer' }, (tx) => endTimer(tx, expertId, end));
  }
}

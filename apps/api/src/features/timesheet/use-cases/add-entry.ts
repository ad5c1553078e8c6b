import { Injectable } from '@nestjs/common';
import { ACTIVITY_KINDS, type ActivityKind } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { logTime } from '../entries';

const [first, ...others] = Object.keys(ACTIVITY_KINDS) as [ActivityKind, ...ActivityKind[]];

/** What is said of time, however it is logged. */
export const Said = {
  kind: z.enum([first, ...others]),
  note: z.string().trim().max(500, 'at most 500 characters'),
};
const Input = z.object({
  engagementId: z.uuid(),
  ...Said,
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  idempotencyKey: z.string(),
});

/** An expert enters time by hand; a span over Monday 00:00 UTC becomes an entry in each week. */
@Injectable()
export class AddEntry {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the ids of the sheets that have it. Refuses like `logTime`. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string[]> {
    const { engagementId, idempotencyKey, ...draft } = parseInput(Input, input);
    const { expertId } = person;
    if (expertId === undefined) throw notFound('engagement');
    return this.unitOfWork.run(person, { name: 'add-entry', idempotencyKey, input }, (tx) =>
      logTime(tx, expertId, engagementId, { ...draft, source: 'MANUAL' }),
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { findVolunteered, type VolunteeredGroupRecord } from './volunteered-group.repository';

/** What an expert volunteered, for themselves. */
@Injectable()
export class VolunteeredGroupQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The person's own, whole; null where nothing is kept. */
  async mine(person: Person): Promise<VolunteeredGroupRecord | null> {
    return this.unitOfWork.readAs(person, ({ db }) => findVolunteered(db, person.expertId ?? ''));
  }
}

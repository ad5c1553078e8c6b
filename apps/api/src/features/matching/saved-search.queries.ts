import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { searchesOf, type ListedSearch } from './saved-search.repository';

/** The searches that a person keeps. */
@Injectable()
export class SavedSearchQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The person's own, by name, with how much is new; those of a lab that they have left are not among them. */
  async mine(person: Person): Promise<ListedSearch[]> {
    const found = await this.unitOfWork.readAs(person, ({ db }) => searchesOf(db, person.accountId));
    return found.filter(({ labId }) => labId === null || labId === person.labId);
  }
}

import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { viewsOf, type SavedViewRecord } from './saved-view.repository';

/** A view as its list shows it. */
export interface SavedViewShown extends SavedViewRecord {
  readonly isOwn: boolean;
}

/** Lists that were kept under a name. */
@Injectable()
export class SavedViewQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Views of a list: the reader's own and what others share, by name. */
  async list(person: Person, list: string): Promise<SavedViewShown[]> {
    const found = await this.unitOfWork.readAs(person, ({ db }) => viewsOf(db, list));
    return found.map((view) => ({ ...view, isOwn: view.ownerId === person.accountId }));
  }
}

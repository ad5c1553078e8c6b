import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ownDraft } from '../timesheet.policy';
import { moveLine } from '../lines';

/** An expert takes a draft back; its time is free again. */
@Injectable()
export class RemoveEntry {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the sheet's id. Refuses with NOT_FOUND, STATE_CHANGED, CHANGED_MEANWHILE. */
  async run(person: Person, id: string): Promise<string> {
    return this.unitOfWork.run(person, { name: 'remove-entry' }, async (tx) => {
      const entry = await ownDraft(tx, person, id);
      await moveLine(tx, entry, 'VOID');
      return entry.timesheetId;
    });
  }
}

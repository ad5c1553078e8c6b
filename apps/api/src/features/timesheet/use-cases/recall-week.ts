import { Injectable } from '@nestjs/common';
import { move, timesheetMachine } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { orRefuse, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { entriesOf } from '../entry.repository';
import { changeSheet, moveLine } from '../lines';
import { ownSheet } from '../timesheet.policy';

/** An expert takes a week back, until the lab has acted. */
@Injectable()
export class RecallWeek {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NOT_FOUND, LAB_ACTED, STATE_CHANGED. */
  async run(person: Person, timesheetId: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'recall-week' }, async (tx) => {
      const sheet = await ownSheet(tx, person, timesheetId);
      if (sheet.labActedAt) {
        const message =
          'The lab has begun its review, so the week cannot be recalled. Answer its questions, or log later hours in a second sheet.';
        throw new Refused('LAB_ACTED', message);
      }
      const state = orRefuse(move(timesheetMachine, sheet.state, 'RECALL'));
      for (const entry of await entriesOf(tx.db, [sheet.id])) await moveLine(tx, entry, 'RECALL');
      await changeSheet(tx, sheet, { state, submittedAt: null, reviewDueAt: null });
    });
  }
}

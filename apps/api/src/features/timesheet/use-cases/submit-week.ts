import { Injectable } from '@nestjs/common';
import { momentWords, move, reviewDueAt, timesheetMachine } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { orRefuse, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { entriesOf } from '../entry.repository';
import { changeSheet, moveLine } from '../lines';
import { ownSheet, REVIEWERS } from '../timesheet.policy';

/** An expert submits a week, early if they like. Later hours make a second sheet. */
@Injectable()
export class SubmitWeek {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Refuses with NOT_FOUND, WEEK_EMPTY, STATE_CHANGED. */
  async run(person: Person, timesheetId: string, idempotencyKey: string): Promise<void> {
    const command = { name: 'submit-week', idempotencyKey, input: timesheetId };
    await this.unitOfWork.run(person, command, async (tx) => {
      const sheet = await ownSheet(tx, person, timesheetId);
      const state = orRefuse(move(timesheetMachine, sheet.state, 'SUBMIT'));
      const entries = await entriesOf(tx.db, [sheet.id]);
      if (entries.length === 0)
        throw new Refused('WEEK_EMPTY', 'There is nothing to submit: log time first.');
      for (const entry of entries) await moveLine(tx, entry, 'SUBMIT');
      const dueAt = reviewDueAt(tx.now, this.config.get('REVIEW_DAYS'));
      await changeSheet(tx, sheet, { state, submittedAt: tx.now, reviewDueAt: dueAt });
      await notify(
        tx,
        { labId: sheet.labId, roles: REVIEWERS },
        {
          kind: 'WEEK_SUBMITTED',
          title: 'A week waits for your review',
          body: `Approve or question its lines by ${momentWords(dueAt)}; what you do not answer is approved.`,
          link: `/lab/time/${sheet.id}`,
        },
      );
    });
  }
}

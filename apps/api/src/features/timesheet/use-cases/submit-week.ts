import { Injectable } from '@nestjs/common';
import { lineMachine, move, reviewDueAt, timesheetMachine } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { notFound, orRefuse, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { entriesOf, lockSheet, moveSheet, updateEntry, type TimesheetRecord } from '../timesheet.repository';

/** An expert hands a week in, early if they like, and recalls it until the lab has acted. */
@Injectable()
export class SubmitWeek {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  async submit(person: Person, timesheetId: string, idempotencyKey: string): Promise<void> {
    await this.unitOfWork.run(
      person,
      { name: 'submit-week', idempotencyKey, input: timesheetId },
      async (tx) => {
        const sheet = await own(tx, person, timesheetId);
        const state = orRefuse(move(timesheetMachine, sheet.state, 'SUBMIT'));
        const entries = await entriesOf(tx.db, [sheet.id]);
        if (entries.length === 0)
          throw new Refused('WEEK_EMPTY', 'There is nothing to hand in: log time first.');
        for (const entry of entries)
          await updateEntry(tx.db, entry, { state: orRefuse(move(lineMachine, entry.state, 'SUBMIT')) });
        const dueAt = reviewDueAt(tx.now, this.config.get('REVIEW_DAYS'));
        await changed(tx, sheet, { state, submittedAt: tx.now, reviewDueAt: dueAt });
        await notify(
          tx,
          { labId: sheet.labId, roles: ['OWNER', 'MANAGER', 'REVIEWER'] },
          {
            kind: 'WEEK_SUBMITTED',
            title: 'A week waits for your review',
            body: `Approve or question its lines by ${dueAt.toISOString().slice(0, 10)}; what you do not answer is approved.`,
            link: `/lab/time/${sheet.id}`,
          },
        );
      },
    );
  }

  async recall(person: Person, timesheetId: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'recall-week' }, async (tx) => {
      const sheet = await own(tx, person, timesheetId);
      if (sheet.labActedAt)
        throw new Refused(
          'LAB_ACTED',
          'The lab has begun its review, so the week cannot be recalled. Answer its questions, or log later hours in a second sheet.',
        );
      const state = orRefuse(move(timesheetMachine, sheet.state, 'RECALL'));
      for (const entry of await entriesOf(tx.db, [sheet.id]))
        await updateEntry(tx.db, entry, { state: orRefuse(move(lineMachine, entry.state, 'RECALL')) });
      await changed(tx, sheet, { state, submittedAt: null, reviewDueAt: null });
    });
  }
}

async function own(tx: Tx, person: Person, timesheetId: string): Promise<TimesheetRecord> {
  const sheet = await lockSheet(tx.db, timesheetId);
  if (!sheet || sheet.expertId !== person.expertId) throw notFound('week');
  return sheet;
}

async function changed(
  tx: Tx,
  sheet: TimesheetRecord,
  changes: Parameters<typeof moveSheet>[2],
): Promise<void> {
  if (!(await moveSheet(tx.db, sheet, changes)))
    throw new Refused('CHANGED_MEANWHILE', 'This week changed in another window. Load the page again.');
  tx.record({
    subjectType: 'timesheet',
    subjectId: sheet.id,
    from: sheet.state,
    to: changes.state,
    labId: sheet.labId,
    expertId: sheet.expertId,
  });
}

import { Injectable } from '@nestjs/common';
import { checkEntry, checkBeforeEnd, secondsOf, weekOf, type EntryDraft } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ownDraft } from '../timesheet.policy';
import { mustBeFunded, mustFitCap, mustNotWait, namingOverlap, workableEngagement } from '../entries';
import { updateEntry, type EntryRecord } from '../entry.repository';
import { changedMeanwhile } from '../timesheet.errors';
import { Said } from './add-entry';

const Input = z.object({
  id: z.uuid(),
  ...Said,
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  idempotencyKey: z.string(),
});

/** An expert changes a draft. It stays in its week; time whose span is changed by hand is no longer tracked. */
@Injectable()
export class EditEntry {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the sheet's id. Refuses like `logTime`, and with ENTRY_LEAVES_WEEK, STATE_CHANGED, CHANGED_MEANWHILE. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { id, idempotencyKey, ...change } = parseInput(Input, input);
    return this.unitOfWork.run(person, { name: 'edit-entry', idempotencyKey, input }, async (tx) => {
      const entry = await ownDraft(tx, person, id);
      const next: EntryDraft = { ...change, source: sourceAfter(entry, change) };
      orRefuse(checkEntry(next, tx.now));
      const { startsAt: weekStart } = staysInWeek(entry, next);
      const engagement = await workableEngagement(tx, entry.expertId, entry.engagementId);
      orRefuse(checkBeforeEnd(next, engagement.endsAt));
      await mustBeFunded(tx, engagement, weekStart);
      await mustNotWait(tx, engagement, next);
      await mustFitCap(tx, engagement, weekStart, secondsOf(next), id);
      await namingOverlap(tx, { ...entry, ...next }, async () => {
        if (!(await updateEntry(tx.db, entry, { ...next, countedSeconds: secondsOf(next) })))
          throw changedMeanwhile('entry');
      });
      const { labId, expertId, timesheetId } = entry;
      const { note, ...facts } = next;
      const words = { note };
      tx.record({
        subjectType: 'time-entry',
        subjectId: id,
        from: 'DRAFT',
        to: 'DRAFT',
        facts,
        words,
        labId,
        expertId,
      });
      return timesheetId;
    });
  }
}

function sourceAfter(entry: EntryRecord, change: { startsAt: Date; endsAt: Date }): EntryRecord['source'] {
  const isSame =
    entry.startsAt.getTime() === change.startsAt.getTime() &&
    entry.endsAt.getTime() === change.endsAt.getTime();
  return isSame ? entry.source : 'MANUAL';
}

function staysInWeek(entry: EntryRecord, next: EntryDraft): { startsAt: Date } {
  const week = weekOf(entry.startsAt);
  if (next.startsAt >= week.startsAt && next.endsAt <= week.endsAt) return week;
  const message = 'An entry stays in its week. Remove it and enter it in the other week.';
  throw new Refused('ENTRY_LEAVES_WEEK', message, { field: 'startsAt' });
}

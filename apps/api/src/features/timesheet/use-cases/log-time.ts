import { Injectable } from '@nestjs/common';
import {
  ACTIVITY_KINDS,
  checkEntry,
  secondsOf,
  weekOf,
  type ActivityKind,
  type EntryDraft,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { logTime, mustFitCap, namingOverlap, overlapRefusal, workableEngagement } from '../entries';
import {
  deleteTimer,
  findEntry,
  findOverlap,
  findTimer,
  insertTimer,
  updateEntry,
} from '../timesheet.repository';

const kind = z.enum(Object.keys(ACTIVITY_KINDS) as [ActivityKind, ...ActivityKind[]]);
const Entry = z.object({
  engagementId: z.uuid(),
  kind,
  note: z.string().trim().max(500),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  idempotencyKey: z.string(),
});
const Edit = z.object({
  id: z.uuid(),
  kind,
  note: z.string().trim().max(500),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  idempotencyKey: z.string(),
});
const Timer = z.object({ engagementId: z.uuid(), kind, note: z.string().trim().max(500) });

/** An expert logs time: by hand, by a timer; changes or takes it back while it is a draft. */
@Injectable()
export class LogTime {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Enters time by hand. */
  async add(person: Person, input: z.input<typeof Entry>): Promise<void> {
    const { engagementId, idempotencyKey, ...draft } = parseInput(Entry, input);
    await this.unitOfWork.run(person, { name: 'add-entry', idempotencyKey, input }, (tx) =>
      logTime(tx, person.expertId ?? '', engagementId, { ...draft, source: 'MANUAL' }),
    );
  }

  /** Changes a draft. It stays in its week. */
  async edit(person: Person, input: z.input<typeof Edit>): Promise<void> {
    const { id, idempotencyKey, ...change } = parseInput(Edit, input);
    await this.unitOfWork.run(person, { name: 'edit-entry', idempotencyKey, input }, async (tx) => {
      const entry = await this.draft(tx.db, person, id);
      const next: EntryDraft = { ...change, source: entry.source };
      orRefuse(checkEntry(next, tx.now));
      const weekStart = weekOf(entry.startsAt).startsAt;
      if (
        weekOf(next.startsAt).startsAt.getTime() !== weekStart.getTime() ||
        next.endsAt > weekOf(entry.startsAt).endsAt
      ) {
        throw new Refused(
          'ENTRY_LEAVES_WEEK',
          'An entry stays in its week. Remove it and enter it in the other week.',
          { field: 'startsAt' },
        );
      }
      await mustFitCap(
        tx,
        await workableEngagement(tx, entry.expertId, entry.engagementId),
        weekStart,
        secondsOf(next),
        id,
      );
      await namingOverlap(tx, { ...entry, ...next }, async () => {
        if (!(await updateEntry(tx.db, entry, { ...change, countedSeconds: secondsOf(next) })))
          throw new Refused(
            'CHANGED_MEANWHILE',
            'This entry changed in another window. Load the page again.',
          );
      });
      tx.record({
        subjectType: 'time-entry',
        subjectId: id,
        from: 'DRAFT',
        to: 'DRAFT',
        facts: { startsAt: next.startsAt, endsAt: next.endsAt, kind: next.kind },
        words: { note: next.note },
        labId: entry.labId,
        expertId: entry.expertId,
      });
    });
  }

  /** Takes a draft back. */
  async remove(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'remove-entry' }, async (tx) => {
      const entry = await this.draft(tx.db, person, id);
      if (!(await updateEntry(tx.db, entry, { state: 'VOIDED' })))
        throw new Refused('CHANGED_MEANWHILE', 'This entry changed in another window. Load the page again.');
      tx.record({
        subjectType: 'time-entry',
        subjectId: id,
        from: 'DRAFT',
        to: 'VOIDED',
        labId: entry.labId,
        expertId: entry.expertId,
      });
    });
  }

  /** Starts the one timer of the expert. */
  async start(person: Person, input: z.input<typeof Timer>): Promise<void> {
    const { engagementId, kind: activity, note } = parseInput(Timer, input);
    const expertId = person.expertId ?? '';
    await this.unitOfWork.run(person, { name: 'start-timer' }, async (tx) => {
      const { labId } = await workableEngagement(tx, expertId, engagementId);
      const isStarted = await insertTimer(tx.db, {
        expertId,
        engagementId,
        labId,
        kind: activity,
        note,
        startedAt: tx.now,
      });
      if (!isStarted)
        throw new Refused('TIMER_RUNS', 'A timer runs already. Stop it first; what it counted is kept.');
      tx.record({
        subjectType: 'timer',
        subjectId: expertId,
        to: 'RUNNING',
        facts: { engagementId },
        labId,
        expertId,
      });
    });
  }

  /** Stops the timer and keeps what it counted. With `trimOverlap` it keeps what does not overlap another entry. */
  async stop(person: Person, trimOverlap: boolean): Promise<void> {
    const expertId = person.expertId ?? '';
    await this.unitOfWork.run(person, { name: 'stop-timer' }, async (tx) => {
      const timer = await findTimer(tx.db, expertId);
      if (!timer) throw new Refused('NO_TIMER', 'No timer runs.');
      const startsAt = wholeSecond(timer.startedAt);
      let endsAt = wholeSecond(tx.now);
      const other = await findOverlap(tx.db, expertId, startsAt, endsAt);
      if (other && (!trimOverlap || other.startsAt <= startsAt)) throw overlapRefusal(other);
      if (other) endsAt = other.startsAt;
      await deleteTimer(tx.db, expertId);
      tx.record({
        subjectType: 'timer',
        subjectId: expertId,
        from: 'RUNNING',
        to: 'STOPPED',
        facts: { startsAt, endsAt },
        labId: timer.labId,
        expertId,
      });
      if (endsAt.getTime() - startsAt.getTime() < 60_000) return;
      await logTime(tx, expertId, timer.engagementId, {
        startsAt,
        endsAt,
        kind: timer.kind as ActivityKind,
        source: 'TRACKED',
        note: timer.note,
      });
    });
  }

  /** Throws the running timer away. */
  async discard(person: Person): Promise<void> {
    const expertId = person.expertId ?? '';
    await this.unitOfWork.run(person, { name: 'discard-timer' }, async (tx) => {
      await deleteTimer(tx.db, expertId);
      tx.record({ subjectType: 'timer', subjectId: expertId, from: 'RUNNING', to: 'DISCARDED', expertId });
    });
  }

  private async draft(db: Parameters<typeof findEntry>[0], person: Person, id: string) {
    const entry = await findEntry(db, id);
    if (!entry || entry.expertId !== person.expertId) throw notFound('entry');
    if (entry.state !== 'DRAFT')
      throw new Refused(
        'STATE_CHANGED',
        'This entry was handed in. Recall the week to change it, while the lab has not acted.',
      );
    return entry;
  }
}

function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

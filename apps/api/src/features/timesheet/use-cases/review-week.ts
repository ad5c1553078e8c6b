import { Injectable } from '@nestjs/common';
import { formatDuration, lineMachine, move, secondsOf, timesheetMachine } from '@tallystick/domain';
import { z } from 'zod';
import { system, type Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { chargeLine } from '../../billing/billing.public';
import { findEngagement, lockHeldWeek, noteRest } from '../../engagement/engagement.public';
import { notify } from '../../notification/notification.public';
import {
  entriesOf,
  findEntry,
  insertQuestion,
  listOverdue,
  lockSheet,
  moveSheet,
  openQuestion,
  updateEntry,
  updateQuestion,
  type EntryRecord,
  type TimesheetRecord,
} from '../timesheet.repository';

const Approve = z.object({
  timesheetId: z.uuid(),
  entryIds: z.array(z.uuid()).min(1).max(500),
  idempotencyKey: z.string(),
});
const Question = z.object({
  entryId: z.uuid(),
  question: z.string().trim().min(10, 'ask in a sentence: the expert reads it').max(2000),
  proposedMinutes: z.number().int().min(0).nullish(),
  idempotencyKey: z.string(),
});
const Answer = z.object({
  entryId: z.uuid(),
  accept: z.boolean(),
  answer: z.string().trim().max(2000),
  idempotencyKey: z.string(),
});

/** A lab reviews a week line by line; approval charges at once. Silence approves. */
@Injectable()
export class ReviewWeek {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Approves lines and charges them. */
  async approve(person: Person, input: z.input<typeof Approve>): Promise<void> {
    const { timesheetId, entryIds, idempotencyKey } = parseInput(Approve, input);
    await this.unitOfWork.run(person, { name: 'approve-lines', idempotencyKey, input }, async (tx) => {
      const sheet = await lockSheet(tx.db, timesheetId);
      if (!sheet || sheet.labId !== person.labId) throw notFound('week');
      const entries = (await entriesOf(tx.db, [sheet.id])).filter(({ id }) => entryIds.includes(id));
      if (entries.length !== new Set(entryIds).size) throw notFound('line');
      for (const entry of entries) await approveLine(tx, sheet, entry, 'APPROVE', entry.countedSeconds);
      await progress(tx, sheet, 'APPROVE_SOME');
    });
  }

  /** Questions one line; the rest goes on. */
  async question(person: Person, input: z.input<typeof Question>): Promise<void> {
    const { entryId, question, proposedMinutes, idempotencyKey } = parseInput(Question, input);
    await this.unitOfWork.run(person, { name: 'question-line', idempotencyKey, input }, async (tx) => {
      const { sheet, entry } = await lineOf(tx, entryId);
      if (sheet.labId !== person.labId) throw notFound('line');
      const proposedSeconds =
        proposedMinutes === null || proposedMinutes === undefined ? null : proposedMinutes * 60;
      if (proposedSeconds !== null && proposedSeconds >= secondsOf(entry))
        throw new Refused(
          'PROPOSAL_NOT_LESS',
          `The line has ${formatDuration(secondsOf(entry))}. Propose less, or leave it empty and only ask.`,
          { field: 'proposedMinutes' },
        );
      await changeLine(tx, entry, orRefuse(move(lineMachine, entry.state, 'QUESTION')));
      await insertQuestion(tx.db, {
        id: tx.newId(),
        timeEntryId: entryId,
        timesheetId: sheet.id,
        labId: sheet.labId,
        expertId: sheet.expertId,
        question,
        proposedSeconds,
        askedById: person.accountId,
        askedAt: tx.now,
      });
      await progress(tx, sheet, 'QUESTION');
      await notify(
        tx,
        { expertId: sheet.expertId },
        {
          kind: 'LINE_QUESTIONED',
          title: 'The lab asks about one line',
          body: `${question} The rest of the week goes on. Answer, or accept the proposal.`,
          link: `/expert/week/${sheet.id}`,
        },
      );
    });
  }

  /** The expert accepts the proposal, which is then charged, or explains. */
  async answer(person: Person, input: z.input<typeof Answer>): Promise<void> {
    const { entryId, accept, answer, idempotencyKey } = parseInput(Answer, input);
    await this.unitOfWork.run(person, { name: 'answer-question', idempotencyKey, input }, async (tx) => {
      const { sheet, entry } = await lineOf(tx, entryId);
      const question = await openQuestion(tx.db, entryId);
      if (sheet.expertId !== person.expertId || !question) throw notFound('question');
      if (accept) {
        if (question.proposedSeconds === null)
          throw new Refused('NO_PROPOSAL', 'The lab proposed nothing; explain instead.');
        await approveLine(tx, sheet, entry, 'ACCEPT', question.proposedSeconds);
        await progress(tx, sheet, 'APPROVE_SOME');
        await notify(
          tx,
          { labId: sheet.labId, roles: ['OWNER', 'MANAGER', 'REVIEWER'] },
          {
            kind: 'PROPOSAL_ACCEPTED',
            title: 'Your proposal was accepted',
            body: 'The line is approved and charged with the time that you proposed.',
            link: `/lab/time/${sheet.id}`,
          },
        );
        return;
      }
      if (answer.length < 3)
        throw new Refused('ANSWER_MISSING', 'Write your answer in a few words.', { field: 'answer' });
      await changeLine(tx, entry, orRefuse(move(lineMachine, entry.state, 'ANSWER')));
      await updateQuestion(tx.db, question.id, { answer, answeredAt: tx.now });
      tx.record({
        subjectType: 'line-question',
        subjectId: question.id,
        to: 'ANSWERED',
        words: { answer },
        labId: sheet.labId,
        expertId: sheet.expertId,
      });
      await notify(
        tx,
        { labId: sheet.labId, roles: ['OWNER', 'MANAGER', 'REVIEWER'] },
        {
          kind: 'QUESTION_ANSWERED',
          title: 'Your question was answered',
          body: answer,
          link: `/lab/time/${sheet.id}`,
        },
      );
    });
  }

  /** Silence approves: what was not questioned in time is approved by the rule, which is never against the expert. */
  async approveOverdue(): Promise<void> {
    const actor = system('silence-approves');
    const due = await this.unitOfWork.readAs(actor, ({ db, now }) => listOverdue(db, now, 100));
    for (const { id } of due) {
      await this.unitOfWork.run(actor, { name: 'silence-approves' }, async (tx) => {
        const sheet = await lockSheet(tx.db, id);
        if (!sheet?.reviewDueAt || sheet.reviewDueAt > tx.now) return;
        const entries = (await entriesOf(tx.db, [id])).filter(
          ({ state }) => state === 'SUBMITTED' || state === 'ANSWERED',
        );
        if (entries.length === 0) return;
        for (const entry of entries) await approveLine(tx, sheet, entry, 'APPROVE', entry.countedSeconds);
        await progress(tx, sheet, 'APPROVE_SOME');
        const notice = {
          kind: 'WEEK_APPROVED',
          title: 'A week was approved by silence',
          body: 'The days for review have passed, so what was not questioned is approved and charged.',
        };
        await notify(tx, { expertId: sheet.expertId }, { ...notice, link: `/expert/week/${id}` });
        await notify(
          tx,
          { labId: sheet.labId, roles: ['OWNER', 'MANAGER', 'REVIEWER'] },
          { ...notice, link: `/lab/time/${id}` },
        );
      });
    }
  }
}

async function lineOf(tx: Tx, entryId: string): Promise<{ sheet: TimesheetRecord; entry: EntryRecord }> {
  const found = await findEntry(tx.db, entryId);
  const sheet = found && (await lockSheet(tx.db, found.timesheetId));
  const entry = sheet && (await findEntry(tx.db, entryId));
  if (!sheet || !entry) throw notFound('line');
  return { sheet, entry };
}

/** Approves a line with the seconds that count, and charges it from the week's hold. */
async function approveLine(
  tx: Tx,
  sheet: TimesheetRecord,
  entry: EntryRecord,
  event: 'APPROVE' | 'ACCEPT',
  seconds: number,
): Promise<void> {
  const state = orRefuse(move(lineMachine, entry.state, event));
  const engagement = await findEngagement(tx.db, sheet.engagementId);
  const week = await lockHeldWeek(tx, sheet.engagementId, sheet.weekStart);
  if (!engagement || !week) throw new Error('an approved line has no held week');
  await changeLine(tx, entry, state, seconds);
  const question = await openQuestion(tx.db, entry.id);
  if (question)
    await updateQuestion(tx.db, question.id, {
      resolution: event === 'ACCEPT' ? 'ACCEPTED' : 'APPROVED',
      resolvedAt: tx.now,
    });
  const {
    rateMinorPerHour,
    projectId,
    labFeePpm,
    expertFeePpm,
    rounding,
    takeRatePolicyId,
    currency,
    expertId,
  } = engagement;
  const line = {
    timeEntryId: entry.id,
    timesheetId: sheet.id,
    engagementId: engagement.id,
    projectId,
    expertId,
    rateMinorPerHour,
    seconds,
    terms: { labFeePpm, expertFeePpm, rounding },
    takeRatePolicyId,
  };
  const hold = {
    weekId: week.id,
    labId: sheet.labId,
    currency,
    postingId: week.holdPostingId,
    heldMinor: week.heldMinor,
  };
  const { priceMinor, restPostingId } = await chargeLine(tx, line, hold);
  await noteRest(tx, week, week.heldMinor - priceMinor, restPostingId);
}

async function changeLine(
  tx: Tx,
  entry: EntryRecord,
  state: string,
  countedSeconds = entry.countedSeconds,
): Promise<void> {
  if (!(await updateEntry(tx.db, entry, { state, countedSeconds })))
    throw new Refused('CHANGED_MEANWHILE', 'This line changed in another window. Load the page again.');
  tx.record({
    subjectType: 'time-entry',
    subjectId: entry.id,
    from: entry.state,
    to: state,
    facts: { countedSeconds },
    labId: entry.labId,
    expertId: entry.expertId,
  });
}

/** Moves the sheet on after its lines: charged once every line is. */
async function progress(tx: Tx, sheet: TimesheetRecord, event: 'APPROVE_SOME' | 'QUESTION'): Promise<void> {
  const isDone = (await entriesOf(tx.db, [sheet.id])).every(({ state }) => state === 'APPROVED');
  const state = orRefuse(move(timesheetMachine, sheet.state, isDone ? 'APPROVE_ALL' : event));
  await moveSheet(tx.db, sheet, { state, labActedAt: sheet.labActedAt ?? tx.now });
  tx.record({
    subjectType: 'timesheet',
    subjectId: sheet.id,
    from: sheet.state,
    to: state,
    labId: sheet.labId,
    expertId: sheet.expertId,
  });
  if (isDone)
    await notify(
      tx,
      { expertId: sheet.expertId },
      {
        kind: 'WEEK_CHARGED',
        title: 'Your week is approved',
        body: 'Every line is charged; the pay is in your earnings.',
        link: '/expert/earnings',
      },
    );
}

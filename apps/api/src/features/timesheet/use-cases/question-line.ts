import { Injectable } from '@nestjs/common';
import { formatDuration, secondsOf } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import type { EntryRecord } from '../entry.repository';
import { lockLine, moveLine, progress } from '../lines';
import { insertQuestion } from '../question.repository';

const Input = z.object({
  entryId: z.uuid(),
  question: z.string().trim().min(10, 'ask in a sentence: the expert reads it').max(2000),
  proposedMinutes: z.number().int().min(0).nullish(),
  idempotencyKey: z.string(),
});

/** A lab questions one line, with the time that it would count instead if it likes; the rest goes on. */
@Injectable()
export class QuestionLine {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the sheet's id. Refuses with NOT_FOUND, PROPOSAL_NOT_LESS, STATE_CHANGED. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { entryId, question, proposedMinutes, idempotencyKey } = parseInput(Input, input);
    return this.unitOfWork.run(person, { name: 'question-line', idempotencyKey, input }, async (tx) => {
      const { sheet, entry } = await lockLine(tx, entryId);
      if (sheet.labId !== person.labId || sheet.state === 'OPEN') throw notFound('line');
      const proposedSeconds = proposalOf(entry, proposedMinutes);
      await moveLine(tx, entry, 'QUESTION');
      const { labId, expertId, id: timesheetId } = sheet;
      const sides = { timeEntryId: entryId, timesheetId, labId, expertId };
      const asked = { question, proposedSeconds, askedById: person.accountId, askedAt: tx.now };
      const id = tx.newId();
      await insertQuestion(tx.db, { id, ...sides, ...asked });
      const facts = { timeEntryId: entryId, proposedSeconds };
      tx.record({
        subjectType: 'line-question',
        subjectId: id,
        to: 'ASKED',
        facts,
        words: { question },
        labId,
        expertId,
      });
      await progress(tx, sheet, 'QUESTION');
      await notify(
        tx,
        { expertId },
        {
          kind: 'LINE_QUESTIONED',
          title: 'The lab asks about one line',
          body: `${question} The rest of the week goes on. Answer, or accept the proposal.`,
          link: `/expert/week/${timesheetId}`,
        },
      );
      return timesheetId;
    });
  }
}

function proposalOf(entry: EntryRecord, minutes: number | null | undefined): number | null {
  if (minutes === null || minutes === undefined) return null;
  const seconds = secondsOf(entry);
  if (minutes * 60 < seconds) return minutes * 60;
  const message = `The line has ${formatDuration(seconds)}. Propose less, or leave it empty and only ask.`;
  throw new Refused('PROPOSAL_NOT_LESS', message, { field: 'proposedMinutes' });
}

import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { SignWeeks } from '../../billing/billing.public';
import { notify } from '../../notification/notification.public';
import { approveLine, lockLine, moveLine, noteReview, progress, type LineOfSheet } from '../lines';
import { answerQuestion, openQuestion, type QuestionRecord } from '../question.repository';
import { REVIEWERS } from '../timesheet.policy';

const Input = z.object({
  entryId: z.uuid(),
  accept: z.boolean(),
  answer: z.string().trim().max(2000),
  idempotencyKey: z.string(),
});

/** An expert answers a question: accepts the lab's proposal, which is charged at once, or explains. */
@Injectable()
export class AnswerQuestion {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signing: SignWeeks,
    private readonly config: Config,
  ) {}

  /** Returns the sheet's id. Refuses with NOT_FOUND, NO_PROPOSAL, ANSWER_MISSING, STATE_CHANGED. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { entryId, accept, answer, idempotencyKey } = parseInput(Input, input);
    return this.unitOfWork.run(person, { name: 'answer-question', idempotencyKey, input }, async (tx) => {
      const line = await lockLine(tx, entryId, 'question');
      const question = await openQuestion(tx.db, entryId);
      if (line.sheet.expertId !== person.expertId || !question) throw notFound('question');
      const netting = this.config.get('NETTING_SHARE_PERCENT');
      await (accept ? acceptProposal(tx, line, question, netting) : explain(tx, line, question, answer));
      if (accept) await this.signing.sign(tx, line.sheet.engagementId, line.sheet.weekStart);
      return line.sheet.id;
    });
  }
}

async function acceptProposal(
  tx: Tx,
  line: LineOfSheet,
  question: QuestionRecord,
  netting: number,
): Promise<void> {
  const { proposedSeconds } = question;
  if (proposedSeconds === null)
    throw new Refused('NO_PROPOSAL', 'The lab proposed nothing; explain instead.', { field: 'accept' });
  await approveLine(tx, line, 'ACCEPT', proposedSeconds, netting);
  await progress(tx, line.sheet, 'APPROVE_SOME');
  await noteReview(tx, line.sheet, 'FAILED_REVIEW');
  await tellLab(tx, line, {
    kind: 'PROPOSAL_ACCEPTED',
    title: 'Your proposal was accepted',
    body: 'The line is approved and charged with the time that you proposed.',
  });
}

async function explain(tx: Tx, line: LineOfSheet, question: QuestionRecord, answer: string): Promise<void> {
  if (answer.length < 3)
    throw new Refused('ANSWER_MISSING', 'Write your answer in a few words.', { field: 'answer' });
  await moveLine(tx, line.entry, 'ANSWER');
  await answerQuestion(tx.db, question.id, answer, tx.now);
  const { labId, expertId } = line.sheet;
  const subject = { subjectType: 'line-question', subjectId: question.id };
  tx.record({ ...subject, from: 'ASKED', to: 'ANSWERED', words: { answer }, labId, expertId });
  await tellLab(tx, line, { kind: 'QUESTION_ANSWERED', title: 'Your question was answered', body: answer });
}

async function tellLab(
  tx: Tx,
  { sheet }: LineOfSheet,
  notice: { kind: string; title: string; body: string },
): Promise<void> {
  await notify(tx, { labId: sheet.labId, roles: REVIEWERS }, { ...notice, link: `/lab/time/${sheet.id}` });
}

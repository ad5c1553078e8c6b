import type { Db } from '../../platform/prisma/database';

export interface QuestionRecord {
  readonly id: string;
  readonly timeEntryId: string;
  readonly timesheetId: string;
  readonly question: string;
  readonly proposedSeconds: number | null;
  readonly askedAt: Date;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly resolution: string | null;
  readonly resolvedAt: Date | null;
}

/** Asks about a line. */
export async function insertQuestion(
  db: Db,
  row: {
    id: string;
    timeEntryId: string;
    timesheetId: string;
    labId: string;
    expertId: string;
    question: string;
    proposedSeconds: number | null;
    askedById: string;
    askedAt: Date;
  },
): Promise<void> {
  await db.lineQuestion.create({ data: row });
}

/** The open question of a line: the last that was asked. */
export async function openQuestion(db: Db, timeEntryId: string): Promise<QuestionRecord | null> {
  return db.lineQuestion.findFirst({
    where: { timeEntryId, resolution: null },
    orderBy: { askedAt: 'desc' },
  });
}

/** Keeps the answer to a question. */
export async function answerQuestion(db: Db, id: string, answer: string, answeredAt: Date): Promise<void> {
  await db.lineQuestion.update({ where: { id }, data: { answer, answeredAt } });
}

/** Settles every open question of a line. */
export async function settleQuestions(
  db: Db,
  timeEntryId: string,
  resolution: string,
  resolvedAt: Date,
): Promise<void> {
  await db.lineQuestion.updateMany({
    where: { timeEntryId, resolution: null },
    data: { resolution, resolvedAt },
  });
}

/** Every question of sheets, oldest first. */
export async function questionsOf(db: Db, timesheetIds: readonly string[]): Promise<QuestionRecord[]> {
  return db.lineQuestion.findMany({
    where: { timesheetId: { in: [...timesheetIds] } },
    orderBy: { askedAt: 'asc' },
  });
}

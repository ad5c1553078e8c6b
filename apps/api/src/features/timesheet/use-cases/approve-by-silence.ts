import { Injectable } from '@nestjs/common';
import { silenceApproves } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { Refused } from '../../../platform/errors/refused';
import { log } from '../../../platform/log/log';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { SignWeeks } from '../../billing/billing.public';
import { notify } from '../../notification/notification.public';
import { entriesOf, type EntryRecord } from '../entry.repository';
import { approveLine, progress } from '../lines';
import { questionsOf } from '../question.repository';
import { REVIEWERS } from '../timesheet.policy';
import { listOverdue, lockSheet, type TimesheetRecord } from '../sheet.repository';

const SILENCE = system('silence-approves');
const DAY_MS = 86_400_000;

/** Silence approves: what was not questioned in time is approved by the rule, which is never against the expert. */
@Injectable()
export class ApproveBySilence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly signing: SignWeeks,
  ) {}

  /** Approves what is overdue, each week in a transaction of its own: one that cannot be charged does not stop the others. */
  async run(): Promise<void> {
    const days = this.config.get('REVIEW_DAYS');
    const netting = this.config.get('NETTING_SHARE_PERCENT');
    const now = this.clock.now();
    const answeredBefore = new Date(now.getTime() - days * DAY_MS);
    const due = await this.unitOfWork.readAs(SILENCE, ({ db }) => listOverdue(db, now, answeredBefore, 100));
    for (const { id } of due) {
      try {
        await this.unitOfWork.run(SILENCE, { name: 'silence-approves' }, async (tx) => {
          const sheet = await approveSheet(tx, id, { days, netting });
          if (sheet) await this.signing.sign(tx, sheet.engagementId, sheet.weekStart);
        });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        log.warn({ timesheetId: id, code: error.code }, 'a week could not be approved by silence yet');
      }
    }
  }
}

/** Approves what silence approves of a sheet; the sheet, where that was anything. */
async function approveSheet(
  tx: Tx,
  id: string,
  { days, netting }: { readonly days: number; readonly netting: number },
): Promise<TimesheetRecord | undefined> {
  const sheet = await lockSheet(tx.db, id);
  if (!sheet) return undefined;
  const entries = await approvable(tx, sheet, days);
  if (entries.length === 0) return undefined;
  for (const entry of entries)
    await approveLine(tx, { sheet, entry }, 'APPROVE', entry.countedSeconds, netting);
  await progress(tx, sheet, 'APPROVE_SOME');
  const notice = {
    kind: 'WEEK_APPROVED',
    title: 'A week was approved by silence',
    body: 'The days for review have passed, so what was not questioned is approved and charged.',
  };
  await notify(tx, { expertId: sheet.expertId }, { ...notice, link: `/expert/week/${id}` });
  await notify(tx, { labId: sheet.labId, roles: REVIEWERS }, { ...notice, link: `/lab/time/${id}` });
  return sheet;
}

async function approvable(tx: Tx, sheet: TimesheetRecord, days: number): Promise<EntryRecord[]> {
  const questions = await questionsOf(tx.db, [sheet.id]);
  const answeredAt = new Map(questions.map((each) => [each.timeEntryId, each.answeredAt]));
  return (await entriesOf(tx.db, [sheet.id])).filter(({ id, state }) => {
    const line = { state, reviewDueAt: sheet.reviewDueAt, answeredAt: answeredAt.get(id) ?? null };
    return silenceApproves(line, tx.now, days);
  });
}

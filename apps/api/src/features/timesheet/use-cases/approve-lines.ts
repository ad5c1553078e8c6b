import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { SignWeeks } from '../../billing/billing.public';
import { entriesOf, type EntryRecord } from '../entry.repository';
import { approveLine, noteReview, progress } from '../lines';
import { reviewableSheet } from '../timesheet.policy';

const Input = z.object({
  timesheetId: z.uuid(),
  entryIds: z.array(z.uuid()).min(1, 'choose at least one line').max(500).nullish(),
  idempotencyKey: z.string(),
});

/** A lab approves lines of a week, some or all that wait for it; each is charged at once. */
@Injectable()
export class ApproveLines {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signing: SignWeeks,
    private readonly config: Config,
  ) {}

  /**
   * Approves the lines that are named; without names every line that waits for the lab. Lines that wait for the
   * expert's answer stay as they are unless they are named.
   * Refuses with NOT_FOUND, STATE_CHANGED, NOTHING_TO_APPROVE, INSUFFICIENT_BALANCE.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { timesheetId, entryIds, idempotencyKey } = parseInput(Input, input);
    await this.unitOfWork.run(person, { name: 'approve-lines', idempotencyKey, input }, async (tx) => {
      const sheet = await reviewableSheet(tx, person, timesheetId);
      const all = await entriesOf(tx.db, [sheet.id]);
      const entries = entryIds ? named(all, entryIds) : all.filter(waitsForLab);
      if (entries.length === 0) {
        const message = 'No line waits for you. Questioned lines wait for the answer of the expert.';
        throw new Refused('NOTHING_TO_APPROVE', message);
      }
      const netting = this.config.get('NETTING_SHARE_PERCENT');
      for (const entry of entries)
        await approveLine(tx, { sheet, entry }, 'APPROVE', entry.countedSeconds, netting);
      await progress(tx, sheet, 'APPROVE_SOME');
      await noteReview(tx, sheet, 'PASSED_REVIEW');
      await this.signing.sign(tx, sheet.engagementId, sheet.weekStart);
    });
  }
}

function named(all: readonly EntryRecord[], ids: readonly string[]): EntryRecord[] {
  const wanted = new Set(ids);
  const found = all.filter(({ id }) => wanted.has(id));
  if (found.length !== wanted.size) throw notFound('line');
  return found;
}

function waitsForLab({ state }: EntryRecord): boolean {
  return state === 'SUBMITTED' || state === 'ANSWERED';
}

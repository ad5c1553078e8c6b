import { Injectable } from '@nestjs/common';
import { formatAmount, momentWords, termsOf, weekOf } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { labOf } from '../../../platform/access/lab-of';
import { Config } from '../../../platform/config/config';
import { parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { chargeBonuses, mustBeUndisputed, SignWeeks, type BonusLine } from '../../billing/billing.public';
import { notifyExperts } from '../../notification/notification.public';
import { planBonuses, type PlannedBonus, type PlannedFile } from '../bonus-file';
import { insertBonuses, lockBonuses, type BonusRecord } from '../bonus.repository';

const Input = z.object({
  file: z.string(),
  name: z.string().trim().min(1).max(200),
  idempotencyKey: z.string(),
});

/** A lab gives bonuses to many experts by a file: all of them or none, and the same file once. */
@Injectable()
export class PayBonuses {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signing: SignWeeks,
    private readonly config: Config,
  ) {}

  /** What a file would do, with every bad row. Refuses with FILE_TOO_LONG. */
  async plan(person: Person, file: string): Promise<PlannedFile> {
    return this.unitOfWork.readAs(person, ({ db }) => planBonuses(db, labOf(person), file));
  }

  /**
   * Charges each bonus like a line, at the take rate of its engagement, and signs the halves anew. Returns the id of the
   * file. Refuses with FILE_TOO_LONG, BONUS_FILE_BAD, BONUSES_PAID_BEFORE, INSUFFICIENT_BALANCE, PAYMENT_DISPUTED; then nothing is written.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { file, name, idempotencyKey } = parseInput(Input, input);
    const labId = labOf(person);
    return this.unitOfWork.run(person, { name: 'pay-bonuses', idempotencyKey, input }, async (tx) => {
      await lockBonuses(tx.db, labId);
      await mustBeUndisputed(tx.db, labId, 'No bonus is paid');
      const { bonuses, rowsHash } = payable(await planBonuses(tx.db, labId, file));
      const fileId = tx.newId();
      const rows = bonuses.map(({ row, engagement: { expertId } }): BonusRecord => {
        const { expertName: _shown, ...bonus } = row;
        return { id: tx.newId(), fileId, labId, expertId, ...bonus };
      });
      const paid = { id: fileId, labId, name, rowsHash, bonuses: rows.length };
      await insertBonuses(tx.db, { ...paid, paidById: person.accountId, paidAt: tx.now }, rows);
      await chargeBonuses(tx, linesOf(rows, bonuses), this.config.get('NETTING_SHARE_PERCENT'));
      await this.sign(tx, rows);
      tx.record({
        subjectType: 'bonus-file',
        subjectId: fileId,
        to: 'PAID',
        facts: { bonuses: rows.length, rowsHash },
        labId,
      });
      await tell(tx, rows);
      return fileId;
    });
  }

  private async sign(tx: Tx, rows: readonly BonusRecord[]): Promise<void> {
    const { startsAt } = weekOf(tx.now);
    const engagements = [...new Set(rows.map(({ engagementId }) => engagementId))].sort();
    for (const id of engagements) await this.signing.sign(tx, id, startsAt);
  }
}

/** The file, where it can be paid as it is. */
function payable(plan: PlannedFile): PlannedFile {
  const { problems, paidBefore, sums } = plan;
  if (problems.length > 0) {
    const named = problems.map(({ rowNumber, sentence }) => `Row ${rowNumber}: ${sentence}`).join('\n');
    throw new Refused('BONUS_FILE_BAD', `Nothing was paid.\n${named}`, { field: 'file' });
  }
  if (paidBefore) {
    const when = momentWords(paidBefore.paidAt);
    const message = `These bonuses were paid on ${when}, by the file ${paidBefore.name}. Nothing was paid again. To give the same once more, write another reason.`;
    throw new Refused('BONUSES_PAID_BEFORE', message, { field: 'file' });
  }
  for (const { currency, amounts, availableMinor } of sums)
    if (amounts.priceMinor > availableMinor) {
      const words = (minor: bigint) => formatAmount({ minor, currency });
      const message = `The file costs ${words(amounts.priceMinor)}, and ${words(availableMinor)} is available beside what is held for weeks of work. Nothing was paid: add funds, then pay it.`;
      throw new Refused('INSUFFICIENT_BALANCE', message, { field: 'file' });
    }
  return plan;
}

function linesOf(rows: readonly BonusRecord[], bonuses: readonly PlannedBonus[]): BonusLine[] {
  const engagements = new Map(bonuses.map(({ engagement }) => [engagement.id, engagement]));
  return rows.flatMap(({ id: bonusId, engagementId, labId, expertId, currency, amountMinor }) => {
    const engagement = engagements.get(engagementId);
    if (!engagement) return [];
    const { projectId, takeRatePolicyId, rateMinorPerHour } = engagement;
    const ids = { bonusId, engagementId, projectId, labId, expertId, takeRatePolicyId };
    return [
      { ...ids, currency, rateMinorPerHour, seconds: 0, sumMinor: amountMinor, terms: termsOf(engagement) },
    ];
  });
}

async function tell(tx: Tx, rows: readonly BonusRecord[]): Promise<void> {
  await notifyExperts(tx, [...new Set(rows.map(({ expertId }) => expertId))], {
    kind: 'BONUS_PAID',
    title: 'A lab gave you a bonus',
    body: 'It is in your earnings, with its reason and what the lab paid for it.',
    link: '/expert/earnings',
  });
}

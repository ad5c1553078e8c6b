import { Injectable } from '@nestjs/common';
import { accountCode, formatAmount } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { databaseErrorOf } from '../../../platform/errors/database-refusals';
import { parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { setCeiling } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { AmountInput, currencyOf } from '../amounts';
import { putCreditTerms } from '../invoice.repository';
import { MONEY_ROLES } from '../money-roles';

const Input = z.object({
  labId: z.uuid(),
  ...AmountInput,
  dueDays: z.number().int().min(1).max(90),
  reason: z.string().trim().min(10, 'give the reason in a sentence').max(500),
  idempotencyKey: z.string(),
});

/** Finance lets a lab owe up to a limit, and says in how many days it pays. A limit of nothing ends it. */
@Injectable()
export class SetCreditTerms {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with CREDIT_LIMIT (it owes more already), LAB_UNKNOWN, CURRENCY_UNKNOWN. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { labId, amountMinor, currency: code, dueDays, reason, idempotencyKey } = parseInput(Input, input);
    const currency = currencyOf(code);
    const limitMinor = BigInt(amountMinor);
    const command = { name: 'set-credit-terms', idempotencyKey, input };
    try {
      return await this.unitOfWork.run(person, command, async (tx) => {
        const by = { setById: person.accountId, setAt: tx.now };
        await putCreditTerms(tx.db, { labId, currency, limitMinor, dueDays, reason, ...by });
        await setCeiling(tx, accountCode.labInvoiced(labId, currency), limitMinor);
        const facts = { limitMinor, currency, dueDays };
        tx.record({
          subjectType: 'credit-terms',
          subjectId: labId,
          to: 'SET',
          facts,
          words: { reason },
          labId,
        });
        const limit = formatAmount({ minor: limitMinor, currency });
        await notify(
          tx,
          { labId, roles: MONEY_ROLES },
          {
            kind: 'CREDIT_TERMS',
            title:
              limitMinor === 0n ? 'Paying by invoice has ended' : `You can pay by invoice, up to ${limit}`,
            body:
              limitMinor === 0n
                ? 'Open invoices stay payable until their day.'
                : `An invoice is paid within ${dueDays} days. You find it under billing.`,
            link: '/lab/billing',
          },
        );
        return labId;
      });
    } catch (error) {
      if (databaseErrorOf(error)?.constraint !== 'credit_terms_lab_id_fkey') throw error;
      throw new Refused('LAB_UNKNOWN', 'There is no such lab.', { field: 'labId' });
    }
  }
}

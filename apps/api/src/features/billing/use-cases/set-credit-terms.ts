import { Injectable } from '@nestjs/common';
import { accountCode, approvalsNeeded, formatAmount, type Currency, type Money } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { parseInput, Refused } from '../../../platform/errors/refused';
import type { Read, Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, ApprovalLimits, overtakeWaiting, requestApproval } from '../../audit/audit.public';
import { findLab } from '../../lab/lab.public';
import { balancesOf, CreditLimit, setCeiling } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { AmountInput, currencyOf, fundingCurrencyOf } from '../amounts';
import { creditTermsOf, insertCreditTerms, type CreditTermsRecord } from '../invoice.repository';
import { MONEY_ROLES } from '../money-roles';

const Input = z.object({
  labId: z.uuid(),
  ...AmountInput,
  dueDays: z.number().int().min(1).max(90),
  reason: z.string().trim().min(10, 'give the reason in a sentence').max(500),
  idempotencyKey: z.string(),
});

const SET_TERMS = 'credit.set-terms';
const Payload = z.object({
  labId: z.uuid(),
  currency: z.string(),
  limitMinor: z.string(),
  dueDays: z.number().int(),
  termsReason: z.string(),
  setById: z.uuid(),
});

/** Finance lets a lab owe up to a limit, and says in how many days it pays. A limit of nothing ends it; much needs four eyes. */
@Injectable()
export class SetCreditTerms {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: ApprovalLimits,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: SET_TERMS,
      payload: Payload,
      concerns: ({ labId }) => ({ labId }),
      asking: { permission: 'credit:edit', matter: 'ANOTHERS' },
      link: '/admin/approvals?state=',
      check: async ({ db }, { labId, currency: code, limitMinor }) => {
        const limit = { minor: BigInt(limitMinor), currency: currencyOf(code) };
        const owedMinor = await owedByInvoice(db, accountCode.labInvoiced(labId, limit.currency));
        if (owedMinor > limit.minor) throw aboveLimit(limit, owedMinor);
      },
      execute: async (tx, { currency, limitMinor, termsReason: reason, ...rest }, approvalRequestId) => {
        const amount = { currency: currencyOf(currency), limitMinor: BigInt(limitMinor) };
        await setTerms(tx, { ...rest, ...amount, reason, setAt: tx.now, approvalRequestId });
      },
    });
  }

  /**
   * Returns the lab's id; null where another person has to approve it first. Refuses with OWN_MATTER, CREDIT_LIMIT (it
   * owes more already), LAB_UNKNOWN, CURRENCY_UNKNOWN.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<string | null> {
    const { labId, amountMinor, currency: code, dueDays, reason, idempotencyKey } = parseInput(Input, input);
    const limitMinor = BigInt(amountMinor);
    refuseOwnMatter(person, { labId });
    // Terms of before may be ended in any currency; new ones are only for what can be paid.
    const currency = limitMinor === 0n ? currencyOf(code) : fundingCurrencyOf(code);
    const command = { name: 'set-credit-terms', idempotencyKey, input };
    return this.unitOfWork.run(person, command, async (tx) => {
      const lab = await findLab(tx.db, labId);
      if (!lab) throw new Refused('LAB_UNKNOWN', 'There is no such lab.', { field: 'labId' });
      const terms = { labId, currency, limitMinor, dueDays, reason, setById: person.accountId };
      const needed = await this.approvalsFor(tx, terms);
      if (needed > 0) {
        await this.ask(tx, lab.name, terms, needed === 2 ? 2 : 1);
        return null;
      }
      await overtakeWaiting(tx, { action: SET_TERMS, subjectId: labId, currency });
      await setTerms(tx, { ...terms, setAt: tx.now, approvalRequestId: null });
      return labId;
    });
  }

  /** How many other people look at terms: none where a lab may owe no more and no longer than before. */
  private async approvalsFor(tx: Tx, { labId, currency, limitMinor, dueDays }: Terms): Promise<0 | 1 | 2> {
    const before = (await creditTermsOf(tx.db, labId)).find((each) => each.currency === currency);
    const isWider = !before || limitMinor > before.limitMinor || dueDays > before.dueDays;
    return isWider ? approvalsNeeded(limitMinor, this.limits.creditMinor(currency)) : 0;
  }

  private async ask(tx: Tx, labName: string, terms: Terms, needed: 1 | 2): Promise<void> {
    const { labId, currency, limitMinor, dueDays, reason: termsReason, setById } = terms;
    const most = formatAmount({ minor: limitMinor, currency });
    const alone = formatAmount({ minor: this.limits.creditMinor(currency), currency });
    await requestApproval(tx, {
      action: SET_TERMS,
      subjectType: 'credit-terms',
      subjectId: labId,
      summary: `Let ${labName} owe up to ${most}, paid within ${dueDays} days.`,
      payload: { labId, currency, limitMinor: limitMinor.toString(), dueDays, termsReason, setById },
      reason: `It is above ${alone}. ${termsReason}`,
      requestedById: setById,
      amount: { minor: limitMinor, currency },
      approvalsNeeded: needed,
    });
  }
}

type Terms = Omit<CreditTermsRecord, 'currency' | 'setAt'> & { readonly currency: Currency };

/** Sets the ceiling of what a lab owes by invoice. Refuses with CREDIT_LIMIT, in words for who sets it. */
async function limitTo(tx: Tx, code: string, limit: Money): Promise<void> {
  const owedMinor = await owedByInvoice(tx.db, code);
  try {
    await setCeiling(tx, code, limit.minor);
  } catch (error) {
    if (!(error instanceof CreditLimit)) throw error;
    throw aboveLimit(limit, owedMinor);
  }
}

/** What a lab owes by open invoices, minor units. */
async function owedByInvoice(db: Read['db'], code: string): Promise<bigint> {
  return (await balancesOf(db, [code])).get(code)?.postedMinor ?? 0n;
}

function aboveLimit(limit: Money, owedMinor: bigint): Refused {
  const owed = formatAmount({ ...limit, minor: owedMinor });
  const message = `The lab owes ${owed}. Set a limit of at least that, or a lower one after it has paid.`;
  return new Refused('CREDIT_LIMIT', message, { field: 'amountMinor' });
}

async function setTerms(
  tx: Tx,
  terms: Terms & { readonly setAt: Date; readonly approvalRequestId: string | null },
): Promise<void> {
  const { labId, currency, limitMinor, dueDays, reason, approvalRequestId } = terms;
  await insertCreditTerms(tx.db, terms);
  await limitTo(tx, accountCode.labInvoiced(labId, currency), { minor: limitMinor, currency });
  const facts = { limitMinor, currency, dueDays, ...(approvalRequestId && { approvalRequestId }) };
  tx.record({ subjectType: 'credit-terms', subjectId: labId, to: 'SET', facts, words: { reason }, labId });
  const limit = formatAmount({ minor: limitMinor, currency });
  const isOver = limitMinor === 0n;
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'CREDIT_TERMS',
      title: isOver ? 'Paying by invoice has ended' : `You can pay by invoice, up to ${limit}`,
      body: isOver
        ? 'Open invoices stay payable until their day.'
        : `An invoice is paid within ${dueDays} days. You find it under billing.`,
      link: '/lab/billing',
    },
  );
}

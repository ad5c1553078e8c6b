import { Injectable } from '@nestjs/common';
import { conversionCredited, formatAmount, lateCredit, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { MONEY_ROLES } from '../../billing/billing.public';
import { findExperts } from '../../expert/expert.public';
import { post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import {
  findCredit,
  findSchedule,
  insertCredit,
  listToCredit,
  type ConversionRecord,
} from '../conversion.repository';
import { keptForHire } from '../kept-for-hire';
import { lockEngagement } from '../engagement.repository';

const CREDITS = system('conversion-credits');

/** Fees of the notice time come off what a direct hire cost, as those before it did: once, when all of the work is charged. */
@Injectable()
export class CreditConversions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Every conversion whose work is over, each in a transaction of its own. May run twice. */
  async run(): Promise<void> {
    for (const conversion of await this.unitOfWork.readAs(CREDITS, ({ db }) => listToCredit(db)))
      await this.unitOfWork.run(CREDITS, { name: 'credit-conversion' }, (tx) => credit(tx, conversion));
  }
}

async function credit(tx: Tx, conversion: ConversionRecord): Promise<void> {
  const { id: conversionId, engagementId, labId, expertId, currency, scheduleId } = conversion;
  await lockEngagement(tx.db, engagementId);
  if (await findCredit(tx.db, conversionId)) return;
  const { creditPpm } = await findSchedule(tx.db, scheduleId);
  const { keptMinor } = await keptForHire(tx.db, conversion, conversion.recordedAt);
  const amountMinor = lateCredit({ ...conversion, creditPpm, keptMinor });
  const ledgerTransactionId = amountMinor > 0n ? await giveBack(tx, conversion, amountMinor) : null;
  const row = { conversionId, labId, expertId, currency, keptMinor, amountMinor, ledgerTransactionId };
  await insertCredit(tx.db, { ...row, creditedAt: tx.now });
  tx.record({
    subjectType: 'conversion',
    subjectId: conversionId,
    from: 'RECORDED',
    to: 'SETTLED',
    facts: { engagementId, currency, keptMinor, amountMinor, ledgerTransactionId },
    labId,
    expertId,
  });
}

async function giveBack(tx: Tx, conversion: ConversionRecord, amountMinor: bigint): Promise<string> {
  const { id, engagementId, labId, expertId, currency } = conversion;
  const posted = await post(tx, {
    key: `conversion:${engagementId}:credited`,
    kind: 'conversion-credited',
    subjectType: 'conversion',
    subjectId: id,
    lines: conversionCredited({ labId, currency, amountMinor }),
  });
  tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
  const [expert] = await findExperts(tx.db, [expertId]);
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'HIRED_DIRECTLY',
      title: `${amount} came off what hiring ${expert?.displayName ?? 'an expert'} directly cost`,
      body: 'It is for our fees on the work since you recorded it, and is in your balance.',
      link: `/lab/engagements/${engagementId}`,
    },
  );
  return posted.id;
}

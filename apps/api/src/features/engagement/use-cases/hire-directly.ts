import { Injectable } from '@nestjs/common';
import {
  conversionCharged,
  endDate,
  formatAmount,
  quoteConversion,
  type ConversionQuote,
  type ConversionSchedule,
  type Currency,
} from '@tallystick/domain';
import { z } from 'zod';
import { isStaff, type Person } from '../../../platform/access/actor';
import { may } from '../../../platform/access/permissions';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { isId } from '../../../platform/ids/ids';
import type { Read, Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { MONEY_ROLES } from '../../billing/billing.public';
import { InsufficientBalance, post } from '../../ledger/ledger.public';
import { findExperts } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import {
  findConversion,
  findCredit,
  insertConversion,
  scheduleAt,
  type ConversionCreditRecord,
  type ConversionRecord,
} from '../conversion.repository';
import { keptForHire } from '../kept-for-hire';
import { findEngagement, lockEngagement, type EngagementRecord } from '../engagement.repository';
import { moveTo } from '../weeks';

const Input = z.object({
  engagementId: z.uuid(),
  dueMinor: z.string().regex(/^\d{1,15}$/, 'load the page again for the amount'),
  idempotencyKey: z.string(),
});

/** What hiring directly costs one engagement now, by which schedule, and what it cost where it was done. */
export interface QuotedConversion {
  readonly engagement: EngagementRecord;
  readonly schedule: ConversionSchedule;
  readonly quote: ConversionQuote;
  readonly firstPaidAt?: Date;
  readonly done: ConversionRecord | null;
  /** What came back since for fees of work after it was recorded; null while that is not over. */
  readonly credited: ConversionCreditRecord | null;
}

/** A lab hires the expert of an engagement directly, at what the published schedule says. */
@Injectable()
export class HireDirectly {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What it costs now; both sides read the same. Refuses with NOT_FOUND, also whoever of the lab does not read its money. */
  async quote(person: Person, engagementId: string): Promise<QuotedConversion> {
    if (!isId(engagementId)) throw notFound('engagement');
    return this.unitOfWork.readAs(person, async (read) => {
      const engagement = await findEngagement(read.db, engagementId);
      if (!engagement || !mayReadQuote(person, engagement)) throw notFound('engagement');
      return quoted(read, engagement);
    });
  }

  /**
   * Records the conversion: charges what is due from the lab's balance, and gives the agreed notice where none was given;
   * work until then is paid as ever. Refuses with NOT_FOUND, ALREADY_CONVERTED, QUOTE_CHANGED, INSUFFICIENT_BALANCE.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { engagementId, dueMinor, idempotencyKey } = parseInput(Input, input);
    const command = { name: 'hire-directly', idempotencyKey, input };
    await this.unitOfWork.run(person, command, async (tx) => {
      const engagement = await lockEngagement(tx.db, engagementId);
      if (!engagement || engagement.labId !== person.labId) throw notFound('engagement');
      const { quote, done, schedule, firstPaidAt } = await quoted(tx, engagement);
      if (done) throw new Refused('ALREADY_CONVERTED', 'This was recorded already.');
      if (quote.dueMinor !== BigInt(dueMinor)) throw quoteChanged(quote, engagement);
      const id = tx.newId();
      const { labId, expertId, currency } = engagement;
      const { months, ppm: sharePpm, baseMinor, creditMinor } = quote;
      const amounts = { months, sharePpm, baseMinor, creditMinor, dueMinor: quote.dueMinor };
      const ledgerTransactionId = await charge(tx, engagement, id, quote.dueMinor);
      await insertConversion(tx.db, {
        id,
        engagementId,
        labId,
        expertId,
        currency,
        scheduleId: schedule.id,
        firstPaidAt: firstPaidAt ?? null,
        ...amounts,
        ledgerTransactionId,
        recordedById: person.accountId,
        recordedAt: tx.now,
      });
      tx.record({
        subjectType: 'conversion',
        subjectId: id,
        to: 'RECORDED',
        facts: { engagementId, currency, ...amounts, scheduleId: schedule.id, ledgerTransactionId },
        labId,
        expertId,
      });
      await end(tx, engagement);
      await tellLab(tx, engagement, quote.dueMinor);
    });
  }
}

/** A quote tells what was paid so far: its expert reads it, staff, and whoever reads the lab's money. */
function mayReadQuote(person: Person, { expertId }: EngagementRecord): boolean {
  return person.expertId === expertId || isStaff(person) || may(person, 'billing:read');
}

async function quoted({ db, now }: Read, engagement: EngagementRecord): Promise<QuotedConversion> {
  const schedule = await scheduleAt(db, engagement.signedAt);
  const done = await findConversion(db, engagement.id);
  const { firstPaidAt, keptMinor } = await keptForHire(db, engagement, done?.recordedAt ?? null);
  const quote = quoteConversion({ ...engagement, terms: engagement, schedule, firstPaidAt, keptMinor }, now);
  const credited = done && (await findCredit(db, done.id));
  return { engagement, schedule, quote, done, credited, ...(firstPaidAt && { firstPaidAt }) };
}

function quoteChanged(quote: ConversionQuote, { currency }: EngagementRecord): Refused {
  const due = formatAmount({ minor: quote.dueMinor, currency: currency as Currency });
  return new Refused('QUOTE_CHANGED', `It costs ${due} now. Nothing was charged: read it again and decide.`);
}

async function charge(
  tx: Tx,
  { id: engagementId, labId, currency }: EngagementRecord,
  conversionId: string,
  amountMinor: bigint,
): Promise<string | null> {
  if (amountMinor === 0n) return null;
  try {
    const posted = await post(tx, {
      key: `conversion:${engagementId}`,
      kind: 'conversion-charged',
      subjectType: 'conversion',
      subjectId: conversionId,
      lines: conversionCharged({ labId, currency, amountMinor }),
    });
    return posted.id;
  } catch (error) {
    if (!(error instanceof InsufficientBalance)) throw error;
    const due = formatAmount({ minor: amountMinor, currency: currency as Currency });
    throw new Refused(
      'INSUFFICIENT_BALANCE',
      `Your balance, beside what is held for weeks of work, does not cover ${due}. Add funds first; nothing was charged.`,
    );
  }
}

/** The engagement ends with the agreed notice, as ever; where it is in notice or over, nothing more is to be done. */
async function end(tx: Tx, engagement: EngagementRecord): Promise<void> {
  const isRunning = engagement.state === 'ACTIVE' || engagement.state === 'BLOCKED_FUNDING';
  if (isRunning)
    await moveTo(tx, engagement, 'GIVE_NOTICE', {
      noticeGivenAt: tx.now,
      endsAt: endDate(tx.now, engagement.noticeDays),
      endReason: 'The lab hires you directly.',
    });
  await notify(
    tx,
    { expertId: engagement.expertId },
    {
      kind: 'HIRED_DIRECTLY',
      title: 'The lab recorded that it hires you directly',
      body: 'You pay nothing for it. What you worked here is paid as agreed; what follows is between the two of you.',
      link: `/expert/engagements/${engagement.id}`,
    },
  );
}

/** Whoever answers for the lab's money reads what was recorded and what it took, whoever of the lab did it. */
async function tellLab(
  tx: Tx,
  { id, labId, expertId, currency, state }: EngagementRecord,
  minor: bigint,
): Promise<void> {
  const [expert] = await findExperts(tx.db, [expertId]);
  const taken =
    minor === 0n
      ? 'It cost nothing.'
      : `${formatAmount({ minor, currency: currency as Currency })} was taken from your balance.`;
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'HIRED_DIRECTLY',
      title: `Your lab recorded that it hires ${expert?.displayName ?? 'an expert'} directly`,
      body:
        state === 'ENDED'
          ? taken
          : `${taken} Work until the end of the engagement goes on and is paid; our fees on it come off this once all is charged.`,
      link: `/lab/engagements/${id}`,
    },
  );
}

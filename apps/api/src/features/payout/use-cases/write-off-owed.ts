import { Injectable } from '@nestjs/common';
import { accountCode, formatAmount, isCurrency, owedWrittenOff, type Currency } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Read, Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, requestApproval } from '../../audit/audit.public';
import { findExpert } from '../../expert/expert.public';
import { balancesOf, post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';

const WRITE_OFF = 'owed.write-off';
const CurrencyCode = z.string().refine(isCurrency, 'choose a currency from the list');
const Input = z.object({
  expertId: z.uuid(),
  currency: CurrencyCode,
  reason: z.string().trim().min(10, 'Say why, in at least 10 characters.').max(500),
  idempotencyKey: z.string(),
});
const Payload = z.object({ expertId: z.uuid(), currency: CurrencyCode, amountMinor: z.string() });

/**
 * Two people let the platform bear what an expert owes of lines that were taken back after they were paid. What both
 * sides' statements say of those lines stays as it is: only who bears the rest changes.
 */
@Injectable()
export class WriteOffOwed {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: WRITE_OFF,
      payload: Payload,
      concerns: ({ expertId }) => ({ expertId }),
      asking: { permission: 'payout:run', matter: 'ANOTHERS' },
      link: '/admin/taken-back',
      check: async (read, payload) => void (await mustOweAsAsked(read, payload)),
      execute: (tx, payload, requestId) => writeOff(tx, payload, requestId),
    });
  }

  /** Asks another person for all that is owed in a currency. Returns the request's id. Refuses with NOT_FOUND, OWN_MATTER, NOTHING_OWED. */
  async ask(person: Person, given: z.input<typeof Input>): Promise<string> {
    const { idempotencyKey, reason, ...whose } = parseInput(Input, given);
    refuseOwnMatter(person, whose);
    const command = { name: 'write-off-owed', idempotencyKey, input: { ...whose, reason } };
    return this.unitOfWork.run(person, command, async (tx) => {
      const { expertId, currency } = whose;
      const expert = await findExpert(tx.db, expertId);
      if (!expert) throw notFound('expert');
      const amountMinor = await mustOwe(tx, whose);
      const amount = { minor: amountMinor, currency };
      return requestApproval(tx, {
        action: WRITE_OFF,
        subjectType: 'expert-owed',
        subjectId: expertId,
        summary: `Write off ${formatAmount(amount)} that ${expert.displayName} owes of lines that were taken back.`,
        payload: { expertId, currency, amountMinor: amountMinor.toString() },
        reason,
        requestedById: person.accountId,
        expertId,
        amount,
      });
    });
  }
}

interface Owing {
  readonly expertId: string;
  readonly currency: Currency;
}

async function writeOff(tx: Tx, payload: z.output<typeof Payload>, approvalRequestId: string): Promise<void> {
  const { expertId, currency } = payload;
  const amountMinor = await mustOweAsAsked(tx, payload);
  const words = formatAmount({ minor: amountMinor, currency });
  const posted = await post(tx, {
    key: `owed:${approvalRequestId}:written-off`,
    kind: 'owed-written-off',
    subjectType: 'expert-owed',
    subjectId: expertId,
    lines: owedWrittenOff({ expertId, currency, amountMinor }),
  });
  const facts = { amountMinor, currency, approvalRequestId, ledgerTransactionId: posted.id };
  const subject = { subjectType: 'expert-owed', subjectId: expertId, expertId };
  tx.record({ ...subject, from: 'OWED', to: 'WRITTEN_OFF', facts });
  await notify(
    tx,
    { expertId },
    {
      kind: 'CHARGE_TAKEN_BACK',
      title: `You no longer owe ${words}`,
      body: 'It was paid to you for lines that were taken back since. We bear it: nothing more goes off what you earn, and your statements stay as they are.',
      link: '/expert/earnings',
    },
  );
}

/** What an expert owes, where it is what was asked for, minor units. Refuses with NOTHING_OWED, OWED_MOVED. */
async function mustOweAsAsked(
  read: Pick<Read, 'db'>,
  { amountMinor, ...whose }: z.output<typeof Payload>,
): Promise<bigint> {
  const owedMinor = await mustOwe(read, whose);
  if (owedMinor === BigInt(amountMinor)) return owedMinor;
  const words = formatAmount({ minor: owedMinor, currency: whose.currency });
  throw new Refused('OWED_MOVED', `What is owed has changed since: it is ${words} now. Ask again for that.`);
}

/** What an expert owes in a currency, above nothing, minor units. Refuses with NOTHING_OWED. */
async function mustOwe({ db }: Pick<Read, 'db'>, { expertId, currency }: Owing): Promise<bigint> {
  const code = accountCode.expertReceivable(expertId, currency);
  const owedMinor = (await balancesOf(db, [code])).get(code)?.postedMinor ?? 0n;
  if (owedMinor > 0n) return owedMinor;
  throw new Refused('NOTHING_OWED', 'This expert owes nothing in this currency. Nothing was changed.');
}

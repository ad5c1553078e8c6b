import { Injectable } from '@nestjs/common';
import { formatAmount, move, refundMachine, refundRefused, type Currency } from '@tallystick/domain';
import { z } from 'zod';
import { labOf } from '../../../platform/access/lab-of';
import type { Person } from '../../../platform/access/actor';
import { orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { withdrawApproval } from '../../audit/audit.public';
import { findLab } from '../../lab/lab.public';
import { post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { MONEY_ROLES } from '../money-roles';
import { lockRefund, moveRefund, SEND_REFUND, type RefundRecord } from '../refund.repository';
import { settleLostSoon } from '../settle-lost';

/** Why what the lab asked back is not withdrawn any more, by its state. */
const GONE: Readonly<Record<string, string>> = {
  REQUESTED:
    'It is being handed to the bank at this moment, so it may have left already. Look again in a minute: where it has to wait, it can be withdrawn.',
  SENT: 'It has left and is on its way to you, so it cannot be withdrawn. Once it is with you, add it as funds again.',
  SUCCEEDED:
    'It is back with you already, so there is nothing to withdraw. Add it as funds if you need it here.',
};

/** A lab withdraws what it asked back, while it waits for a person of the platform or for the rail's balance. */
@Injectable()
export class WithdrawRefund {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * The money is free again in the same transaction. Returns the id. Refuses with NOT_FOUND, with REFUND_GONE where some of it
   * may have left, with STATE_CHANGED where it has ended otherwise.
   */
  async run(person: Person, given: string): Promise<string> {
    const labId = labOf(person);
    const id = parseInput(z.uuid(), given);
    // Requests for approval are rows of the platform; everything else here names the lab.
    const command = { name: 'withdraw-refund', rows: 'both-sides' } as const;
    return this.unitOfWork.run(person, command, async (tx) => {
      const refund = await lockRefund(tx.db, id);
      if (refund?.labId === labId) await withdraw(tx, refund);
      else await withdrawAsked(tx, labId, id);
      return id;
    });
  }
}

/** Ends a refund that waits for the rail's balance, and gives the lab its money as before. */
async function withdraw(tx: Tx, refund: RefundRecord): Promise<void> {
  const { id, labId, currency, amountMinor, state: from } = refund;
  const gone = GONE[from];
  if (gone !== undefined) throw new Refused('REFUND_GONE', gone);
  const state = orRefuse(move(refundMachine, from, 'WITHDRAW'));
  const posted = await post(tx, {
    key: `refund:${id}:withdrawn`,
    kind: 'refund-withdrawn',
    subjectType: 'lab-refund',
    subjectId: id,
    lines: refundRefused(refund),
  });
  const changes = { state, failureReason: null, ledgerTransactionId: posted.id };
  if (!(await moveRefund(tx.db, refund, changes))) throw new Error('the refund moved meanwhile');
  const facts = { amountMinor, currency, ledgerTransactionId: posted.id };
  tx.record({ subjectType: 'lab-refund', subjectId: id, from, to: state, facts, labId });
  await settleLostSoon(tx, labId);
  await tell(tx, refund, {
    lab: 'Nothing of it had left. It is free in your balance again.',
    staff: 'It waited for the platform’s balance at the rail. Nothing has to be topped up for it any more.',
    link: '/admin/reconciliation?mine=yes',
  });
}

/** Ends a request that a person of the platform would have looked at; its money never left the balance. */
async function withdrawAsked(tx: Tx, labId: string, id: string): Promise<void> {
  const asked = { id, action: SEND_REFUND, subjectId: labId, name: 'refund' };
  const { amountMinor, currency } = await withdrawApproval(tx, asked);
  await tell(
    tx,
    { labId, amountMinor: amountMinor ?? 0n, currency: currency ?? '' },
    {
      lab: 'Nobody has to look at it any more. It stayed in your balance all the time.',
      staff: 'It waited under Approvals. Nobody has to decide on it any more.',
      link: '/admin/approvals',
    },
  );
}

/** Tells whoever was told that it waits: the lab's side, and finance. */
async function tell(
  tx: Tx,
  { labId, amountMinor, currency }: Pick<RefundRecord, 'labId' | 'amountMinor' | 'currency'>,
  words: { readonly lab: string; readonly staff: string; readonly link: string },
): Promise<void> {
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  const lab = (await findLab(tx.db, labId))?.name ?? 'A lab';
  const kind = 'REFUND_WITHDRAWN';
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    { kind, title: `${amount} does not go back: it was withdrawn`, body: words.lab, link: '/lab/billing' },
  );
  await notify(
    tx,
    { staff: 'FINANCE' },
    { kind, title: `${lab} withdrew a refund of ${amount}`, body: words.staff, link: words.link },
  );
}

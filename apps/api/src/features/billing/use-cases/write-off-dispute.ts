import { Injectable } from '@nestjs/common';
import { disputeWrittenOff, formatAmount } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, requestApproval } from '../../audit/audit.public';
import { findLab } from '../../lab/lab.public';
import { post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { currencyOf } from '../amounts';
import { findDispute, leftOf, lockDispute, moveDispute, type DisputeRecord } from '../dispute.repository';
import { MONEY_ROLES } from '../money-roles';

const WRITE_OFF = 'dispute.write-off';
const Input = z.object({
  disputeId: z.uuid(),
  reason: z.string().trim().min(10, 'Say why, in at least 10 characters.').max(500),
  idempotencyKey: z.string(),
});
const Payload = z.object({ disputeId: z.uuid(), labId: z.uuid(), amountMinor: z.string() });

/** Two people let the platform bear what a lab does not pay of a lost dispute. Experts keep what they earned either way. */
@Injectable()
export class WriteOffDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: WRITE_OFF,
      payload: Payload,
      concerns: ({ labId }) => ({ labId }),
      asking: { permission: 'credit:edit', matter: 'ANOTHERS' },
      link: '/admin/disputes',
      check: async ({ db }, payload) =>
        void mustOweAsAsked(await findDispute(db, payload.disputeId), payload),
      execute: (tx, payload, requestId) => writeOff(tx, payload, requestId),
    });
  }

  /** Asks another person. Returns the request's id. Refuses with NOT_FOUND, OWN_MATTER, DISPUTE_NOT_OWED. */
  async ask(person: Person, input: z.input<typeof Input>): Promise<string> {
    const { disputeId, reason, idempotencyKey } = parseInput(Input, input);
    const command = { name: 'write-off-dispute', idempotencyKey, input };
    return this.unitOfWork.run(person, command, async (tx) => {
      const dispute = mustBeOwed(await lockById(tx, disputeId));
      refuseOwnMatter(person, { labId: dispute.labId });
      const currency = currencyOf(dispute.currency);
      const amountMinor = leftOf(dispute);
      const lab = await findLab(tx.db, dispute.labId);
      return requestApproval(tx, {
        action: WRITE_OFF,
        subjectType: 'lab-dispute',
        subjectId: disputeId,
        summary: `Write off ${formatAmount({ minor: amountMinor, currency })} that ${lab?.name ?? 'a lab'} owes from a lost dispute.`,
        payload: { disputeId, labId: dispute.labId, currency, amountMinor: amountMinor.toString() },
        reason,
        requestedById: person.accountId,
        amount: { minor: amountMinor, currency },
      });
    });
  }
}

async function writeOff(tx: Tx, payload: z.output<typeof Payload>, approvalRequestId: string): Promise<void> {
  const { disputeId } = payload;
  const dispute = mustOweAsAsked(await lockById(tx, disputeId), payload);
  const { labId, railDisputeId, writtenOffMinor } = dispute;
  const currency = currencyOf(dispute.currency);
  const amountMinor = leftOf(dispute);
  const words = formatAmount({ minor: amountMinor, currency });
  const posted = await post(tx, {
    key: `dispute:${railDisputeId}:written-off`,
    kind: 'dispute-written-off',
    subjectType: 'lab-dispute',
    subjectId: disputeId,
    lines: disputeWrittenOff({ labId, currency, amountMinor }),
  });
  const change = { writtenOffMinor: writtenOffMinor + amountMinor, approvalRequestId, settledAt: tx.now };
  if (!(await moveDispute(tx.db, dispute, change))) throw new Error('the dispute moved meanwhile');
  const facts = { amountMinor, currency, approvalRequestId, ledgerTransactionId: posted.id };
  const to = 'WRITTEN_OFF';
  tx.record({ subjectType: 'lab-dispute', subjectId: disputeId, from: 'LOST', to, facts, labId });
  tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'PAYMENT_DISPUTED',
      title: `You no longer owe ${words} from a disputed payment`,
      body: 'It was written off. Weeks are held again as far as your balance covers them.',
      link: '/lab/billing',
    },
  );
}

async function lockById(tx: Tx, id: string): Promise<DisputeRecord | null> {
  const found = await findDispute(tx.db, id);
  return found && lockDispute(tx.db, found.railDisputeId);
}

/** A dispute of which as much is owed as was asked for. Refuses with NOT_FOUND, DISPUTE_NOT_OWED, DISPUTE_MOVED. */
function mustOweAsAsked(
  found: DisputeRecord | null,
  { amountMinor }: z.output<typeof Payload>,
): DisputeRecord {
  const dispute = mustBeOwed(found);
  if (leftOf(dispute) === BigInt(amountMinor)) return dispute;
  const words = formatAmount({ minor: leftOf(dispute), currency: currencyOf(dispute.currency) });
  const message = `The lab has paid a part since: ${words} is owed now. Ask again for that.`;
  throw new Refused('DISPUTE_MOVED', message);
}

function mustBeOwed(dispute: DisputeRecord | null): DisputeRecord {
  if (!dispute) throw notFound('dispute');
  if (leftOf(dispute) > 0n) return dispute;
  throw new Refused('DISPUTE_NOT_OWED', 'Nothing is owed from this dispute. Nothing was changed.');
}

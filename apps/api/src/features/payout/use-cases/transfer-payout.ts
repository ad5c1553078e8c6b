import { Inject, Injectable } from '@nestjs/common';
import { move, payoutMachine, payoutTransferred } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { orRefuse } from '../../../platform/errors/refused';
import { log } from '../../../platform/log/log';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { PAYMENT_RAIL, type Outcome, type PaymentRail } from '../../rail/rail.public';
import { findAccount } from '../payout-account.repository';
import { findPayout, listUnanswered, lockPayout, movePayout, type PayoutRecord } from '../payout.repository';

const RAIL = system('rail');

/** Sends requested payouts through the rail. One effect, however often it is tried. */
@Injectable()
export class TransferPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Asks the rail with the payout's own key, which was committed before. Throws while the outcome is unknown, so that
   * the same key is tried again; nothing is posted until the rail has said yes.
   */
  async run(payoutId: string): Promise<void> {
    const found = await this.unitOfWork.readAs(RAIL, async ({ db }) => {
      const payout = await findPayout(db, payoutId);
      return payout && { payout, account: await findAccount(db, payout.expertId) };
    });
    if (!found?.account || !isUnanswered(found.payout)) return;
    const { amountMinor, currency, attempt } = found.payout;
    const recipientId = found.account.railAccountId;
    const asked = { amountMinor, currency, recipientId, payoutId };
    const outcome = await this.rail.transfer(asked, `payout:${payoutId}:v${attempt}`);
    await this.unitOfWork.run(RAIL, { name: 'transfer-payout' }, async (tx) => {
      const payout = await lockPayout(tx.db, payoutId);
      // Another try may have been faster; an answer belongs to its own attempt only.
      if (payout && isUnanswered(payout) && payout.attempt === attempt) await settle(tx, payout, outcome);
    });
    if (outcome.kind === 'unknown') throw new Error(`the rail's answer is not known: ${outcome.message}`);
  }

  /** Tries again what has no answer, each with its same key. */
  async retryUnknown(): Promise<void> {
    const waiting = await this.unitOfWork.readAs(RAIL, ({ db }) => listUnanswered(db, 100));
    for (const { id } of waiting) {
      await this.run(id).catch((error: Error) =>
        log.warn({ payoutId: id, detail: error.message }, 'still no answer'),
      );
    }
  }
}

function isUnanswered({ state }: PayoutRecord): boolean {
  return state === 'REQUESTED' || state === 'UNKNOWN';
}

async function settle(tx: Tx, payout: PayoutRecord, outcome: Outcome<{ id: string }>): Promise<void> {
  if (outcome.kind === 'done') return transferred(tx, payout, outcome.value.id);
  const isRefused = outcome.kind === 'refused';
  const state = orRefuse(move(payoutMachine, payout.state, isRefused ? 'REFUSED' : 'UNCLEAR'));
  await change(tx, payout, { state, failureReason: outcome.message }, { attempt: payout.attempt });
  if (!isRefused) return;
  await notify(
    tx,
    { staff: 'FINANCE' },
    {
      kind: 'PAYOUT_FAILED',
      title: 'A payout was refused',
      body: 'The rail gave a definite answer; the money is still payable and is tried again with the next run.',
      link: '/admin/payouts',
    },
  );
}

async function transferred(tx: Tx, payout: PayoutRecord, railTransferId: string): Promise<void> {
  const state = orRefuse(move(payoutMachine, payout.state, 'TRANSFERRED'));
  const posted = await post(tx, {
    key: `stripe:${railTransferId}:transferred`,
    kind: 'payout-transferred',
    subjectType: 'payout',
    subjectId: payout.id,
    lines: payoutTransferred(payout),
  });
  const { amountMinor, currency, attempt } = payout;
  const ledgerTransactionId = posted.id;
  const facts = { amountMinor, currency, attempt, railTransferId, ledgerTransactionId };
  const kept = { railTransferId, ledgerTransactionId, transferredAt: tx.now, failureReason: null };
  await change(tx, payout, { state, ...kept }, facts);
}

async function change(
  tx: Tx,
  payout: PayoutRecord,
  changes: Parameters<typeof movePayout>[2],
  facts: Record<string, unknown>,
): Promise<void> {
  if (!(await movePayout(tx.db, payout, changes))) throw new Error('the payout moved meanwhile');
  const { id: subjectId, state: from, expertId } = payout;
  tx.record({ subjectType: 'payout', subjectId, from, to: changes.state, facts, expertId });
}

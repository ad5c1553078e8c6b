import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, move, payoutMachine, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { orRefuse } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { accountCode, post } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import {
  findAccount,
  findAccountByRail,
  findInTransit,
  findPayout,
  movePayout,
  openPayouts,
} from '../payout.repository';

const RAIL = system('rail');

/** Sends requested payouts through the rail and follows them to the bank. One effect, however often it is tried. */
@Injectable()
export class TransferPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Asks the rail with the payout's own key, committed before the call. Throws while the outcome is unknown, so that the same key is tried again. */
  async run(payoutId: string): Promise<void> {
    const { payout, account } = await this.unitOfWork.readAs(RAIL, async ({ db }) => {
      const found = await findPayout(db, payoutId);
      return { payout: found, account: found && (await findAccount(db, found.expertId)) };
    });
    if (!payout || !account || (payout.state !== 'REQUESTED' && payout.state !== 'UNKNOWN')) return;
    const { amountMinor, currency, attempt } = payout;
    const outcome = await this.rail.transfer(
      { amountMinor, currency, recipientId: account.railAccountId, payoutId },
      `payout:${payoutId}:v${attempt}`,
    );
    await this.unitOfWork.run(RAIL, { name: 'transfer-payout' }, async (tx) => {
      const seen = await findPayout(tx.db, payoutId);
      if (!seen || (seen.state !== 'REQUESTED' && seen.state !== 'UNKNOWN')) return;
      const { expertId } = seen;
      const event =
        outcome.kind === 'done' ? 'TRANSFERRED' : outcome.kind === 'refused' ? 'REFUSED' : 'UNCLEAR';
      const state = orRefuse(move(payoutMachine, seen.state, event));
      const facts: Record<string, unknown> = { amountMinor, currency, attempt };
      if (outcome.kind === 'done') {
        const posted = await post(tx, {
          key: `stripe:${outcome.value.id}:transferred`,
          kind: 'payout-transferred',
          subjectType: 'payout',
          subjectId: payoutId,
          lines: [
            {
              phase: 'S',
              debit: accountCode.expertPayable(expertId, currency),
              credit: accountCode.railAvailable(currency),
              currency,
              amountMinor,
            },
          ],
        });
        Object.assign(facts, { railTransferId: outcome.value.id, ledgerTransactionId: posted.id });
        await movePayout(tx.db, seen, {
          state,
          railTransferId: outcome.value.id,
          transferredAt: tx.now,
          ledgerTransactionId: posted.id,
        });
      } else {
        await movePayout(tx.db, seen, { state, failureReason: outcome.message });
      }
      tx.record({ subjectType: 'payout', subjectId: payoutId, from: seen.state, to: state, facts, expertId });
      if (state === 'FAILED')
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
    });
    if (outcome.kind === 'unknown') throw new Error(`the rail's answer is not known: ${outcome.message}`);
  }

  /** Tries what is unknown again. */
  async retryUnknown(): Promise<void> {
    const unknown = (await this.unitOfWork.readAs(RAIL, ({ db }) => openPayouts(db))).filter(
      ({ state }) => state === 'UNKNOWN' || state === 'REQUESTED',
    );
    for (const { id } of unknown) await this.run(id).catch(() => undefined);
  }

  /** Looks at a payout at the rail again, after an event: it changes what is shown; the money has left the books. */
  async follow(railPayoutId: string, railAccountId: string): Promise<void> {
    const outcome = await this.rail.retrievePayout(railPayoutId, railAccountId);
    if (outcome.kind !== 'done') throw new Error('the payout could not be read');
    const { state: railState, amountMinor, currency, failureReason } = outcome.value;
    if (railState === 'IN_TRANSIT') return;
    await this.unitOfWork.run(RAIL, { name: 'follow-payout' }, async (tx) => {
      const account = await findAccountByRail(tx.db, railAccountId);
      const payout =
        account && (await findInTransit(tx.db, account.expertId, railPayoutId, amountMinor, currency));
      // The event may be here before our own transfer was kept; the rail sends it again while we refuse it.
      if (!payout) throw new Error('no payout on its way fits this event yet');
      const moved = move(payoutMachine, payout.state, railState === 'PAID' ? 'PAID' : 'BANK_RETURNED');
      if (!moved.ok) return;
      await movePayout(tx.db, payout, {
        state: moved.value,
        railPayoutId,
        ...(railState === 'PAID'
          ? { paidAt: tx.now }
          : { failureReason: failureReason ?? 'The bank returned the money.' }),
      });
      const { expertId } = payout;
      tx.record({
        subjectType: 'payout',
        subjectId: payout.id,
        from: payout.state,
        to: moved.value,
        facts: { railPayoutId },
        expertId,
      });
      const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
      if (railState === 'PAID')
        await notify(
          tx,
          { expertId },
          {
            kind: 'PAID',
            title: `${amount} was paid`,
            body: 'It is in your bank account.',
            link: '/expert/earnings',
          },
        );
      else
        await notify(
          tx,
          { expertId },
          {
            kind: 'PAYOUT_RETURNED',
            title: `${amount} came back from your bank`,
            body: `${failureReason ?? 'The bank returned it.'} It is safe in your payout account; correct your bank details there.`,
            link: '/expert/earnings',
          },
        );
    });
  }
}

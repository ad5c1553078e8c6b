import { Inject, Injectable } from '@nestjs/common';
import { move, payoutBlocks, payoutMachine } from '@tallystick/domain';
import { system, type Actor, type Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { orRefuse, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { accountCode, balancesOf, balancesOfKind, type Balance } from '../../ledger/ledger.public';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import {
  findAccount,
  finishRun,
  insertPayout,
  insertRun,
  lockPayouts,
  movePayout,
  openPayouts,
  type PayoutRecord,
} from '../payout.repository';

/** Pays experts what they have earned: all of them daily, one of them when they ask. */
@Injectable()
export class RunPayouts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** A run over everybody. Returns how many payouts were requested. */
  async all(actor: Actor = system('payouts')): Promise<number> {
    const payable = await this.unitOfWork.readAs(system('payouts'), ({ db }) =>
      balancesOfKind(db, 'expert_payable'),
    );
    return this.run(actor, payable);
  }

  /** What one expert has earned, now. */
  async own(person: Person): Promise<number> {
    const all = await this.unitOfWork.readAs(system('payouts'), ({ db }) =>
      balancesOfKind(db, 'expert_payable'),
    );
    const payable = all.filter(({ ownerId }) => ownerId === person.expertId);
    if (payable.length === 0)
      throw new Refused(
        'NOTHING_TO_PAY',
        'Nothing is payable at the moment. Approved time becomes payable at once.',
      );
    return this.run(person, payable);
  }

  private async run(actor: Actor, payable: readonly Balance[]): Promise<number> {
    const available = new Map<string, bigint>();
    for (const currency of new Set(payable.map((each) => each.currency))) {
      const outcome = await this.rail.availableMinor(currency);
      available.set(currency, outcome.kind === 'done' ? outcome.value : 0n);
    }
    const startedById = actor.kind === 'PERSON' ? actor.accountId : null;
    let requested = 0;
    // The product pays, whoever asks: the rows of the run are its own.
    await this.unitOfWork.run(system('payouts'), { name: 'run-payouts' }, async (tx) => {
      requested = 0;
      const runId = tx.newId();
      await insertRun(tx.db, {
        id: runId,
        trigger: actor.kind === 'PERSON' ? 'ON_DEMAND' : 'DAILY',
        startedById,
        startedAt: tx.now,
      });
      for (const balance of payable) {
        if (await this.payOut(tx, runId, balance, available)) requested++;
      }
      await finishRun(tx.db, runId, {
        payoutCount: requested,
        blockedCount: payable.length - requested,
        finishedAt: tx.now,
      });
      tx.record({
        subjectType: 'payout-run',
        subjectId: runId,
        to: 'FINISHED',
        facts: { requested, gated: payable.length - requested, startedById },
      });
    });
    return requested;
  }

  /** Puts one balance through the gates. True where the rail is asked. */
  private async payOut(
    tx: Tx,
    runId: string,
    balance: Balance,
    available: Map<string, bigint>,
  ): Promise<boolean> {
    const expertId = balance.ownerId ?? '';
    const { currency } = balance;
    await lockPayouts(tx.db, expertId, currency);
    const open = (await openPayouts(tx.db, expertId)).filter((each) => each.currency === currency);
    const waiting = open.find(({ state }) => state === 'GATED' || state === 'FAILED');
    const current = (await balancesOf(tx.db, [accountCode.expertPayable(expertId, currency)])).get(
      accountCode.expertPayable(expertId, currency),
    );
    const onItsWay = open
      .filter(({ state }) => state === 'REQUESTED' || state === 'UNKNOWN')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const amountMinor = (current?.postedMinor ?? 0n) - onItsWay;
    if (amountMinor <= 0n) return false;
    const account = await findAccount(tx.db, expertId);
    const blocks = payoutBlocks({
      amountMinor,
      minimumMinor: BigInt(this.config.get('PAYOUT_MINIMUM_MINOR')),
      hasActiveAccount: account?.state === 'ACTIVE',
      arePayoutsStopped: this.config.get('PAYOUTS_STOPPED') === 'yes',
      railAvailableMinor: available.get(currency) ?? 0n,
    });
    const isOpen = blocks.length === 0;
    if (isOpen) available.set(currency, (available.get(currency) ?? 0n) - amountMinor);
    const payout = waiting ?? (await fresh(tx, runId, expertId, currency, amountMinor));
    const state = isOpen
      ? orRefuse(move(payoutMachine, payout.state, payout.state === 'FAILED' ? 'RETRY' : 'REQUEST'))
      : payout.state;
    await movePayout(tx.db, payout, {
      state,
      amountMinor,
      blocks,
      attempt: payout.state === 'FAILED' ? payout.attempt + 1 : payout.attempt,
      ...(isOpen && { requestedAt: tx.now }),
    });
    if (state !== payout.state || !waiting)
      tx.record({
        subjectType: 'payout',
        subjectId: payout.id,
        from: payout.state,
        to: state,
        facts: { amountMinor, currency, gates: blocks.map(({ gate }) => gate) },
        expertId,
      });
    if (isOpen) tx.enqueue({ queue: 'rail', name: 'transfer-payout', payload: { payoutId: payout.id } });
    return isOpen;
  }
}

async function fresh(
  tx: Tx,
  runId: string,
  expertId: string,
  currency: string,
  amountMinor: bigint,
): Promise<PayoutRecord> {
  const row = {
    id: tx.newId(),
    runId,
    expertId,
    currency,
    amountMinor,
    state: 'GATED',
    blocks: [],
    createdAt: tx.now,
    requestedAt: null,
  };
  await insertPayout(tx.db, row);
  return {
    ...row,
    attempt: 1,
    railTransferId: null,
    railPayoutId: null,
    failureReason: null,
    paidAt: null,
    version: 0,
  };
}

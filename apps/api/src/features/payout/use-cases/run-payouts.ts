import { Inject, Injectable } from '@nestjs/common';
import { isCurrency } from '@tallystick/domain';
import { system, type Actor, type Person } from '../../../platform/access/actor';
import { notFound, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { balancesOfKind, balancesOfOwner, type Balance } from '../../ledger/ledger.public';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { Gates } from '../gates';
import { finishRun, insertRun } from '../payout-run.repository';
import { requestPayout } from '../request-payout';

const PAYOUTS = system('payouts');

/** What a run did. */
export interface RunResult {
  readonly runId: string;
  /** How many payouts the rail is asked for. */
  readonly requested: number;
}

/** Pays experts what they have earned: all of them daily, one of them when they ask. */
@Injectable()
export class RunPayouts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gates: Gates,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** A run over everybody. */
  async all(actor: Actor = PAYOUTS): Promise<RunResult> {
    const payable = await this.unitOfWork.readAs(PAYOUTS, ({ db }) => balancesOfKind(db, 'expert_payable'));
    return this.run(actor, payable);
  }

  /** What one expert has earned, now. Refuses with NOTHING_TO_PAY. */
  async own(person: Person): Promise<RunResult> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('payout');
    const own = await this.unitOfWork.readAs(person, ({ db }) => balancesOfOwner(db, expertId));
    const payable = own.filter(({ kind, postedMinor }) => kind === 'expert_payable' && postedMinor > 0n);
    if (payable.length > 0) return this.run(person, payable);
    const message = 'Nothing is payable at the moment. Approved time becomes payable at once.';
    throw new Refused('NOTHING_TO_PAY', message);
  }

  /** Each balance in a transaction of its own: one that fails stops no other, and what is left is taken by the next run. */
  private async run(actor: Actor, payable: readonly Balance[]): Promise<RunResult> {
    const available = await this.availableAtRail(payable);
    const runId = await this.begin(actor);
    let [requested, gated] = [0, 0];
    for (const { ownerId: expertId, currency } of payable) {
      if (expertId === null || !isCurrency(currency)) continue;
      const railAvailableMinor = available.get(currency) ?? 0n;
      // The product pays, whoever asks: the rows of the run are its own.
      const found = await this.unitOfWork.run(PAYOUTS, { name: 'request-payout' }, async (tx) => {
        const asked = await requestPayout(tx, this.gates, { runId, expertId, currency, railAvailableMinor });
        return asked === undefined ? null : { sentMinor: asked.toString() };
      });
      if (!found) continue;
      const sentMinor = BigInt(found.sentMinor);
      if (sentMinor > 0n) requested++;
      else gated++;
      available.set(currency, railAvailableMinor - sentMinor);
    }
    await this.finish(runId, requested, gated);
    return { runId, requested };
  }

  private async availableAtRail(payable: readonly Balance[]): Promise<Map<string, bigint>> {
    const available = new Map<string, bigint>();
    for (const currency of new Set(payable.map((each) => each.currency))) {
      const outcome = await this.rail.availableMinor(currency);
      available.set(currency, outcome.kind === 'done' ? outcome.value : 0n);
    }
    return available;
  }

  private async begin(actor: Actor): Promise<string> {
    const startedById = actor.kind === 'PERSON' ? actor.accountId : null;
    const trigger = startedById === null ? 'DAILY' : 'ON_DEMAND';
    return this.unitOfWork.run(PAYOUTS, { name: 'begin-payout-run' }, async (tx) => {
      const id = tx.newId();
      await insertRun(tx.db, { id, trigger, startedById, startedAt: tx.now });
      tx.record({ subjectType: 'payout-run', subjectId: id, to: 'STARTED', facts: { trigger, startedById } });
      return id;
    });
  }

  private async finish(runId: string, payoutCount: number, blockedCount: number): Promise<void> {
    await this.unitOfWork.run(PAYOUTS, { name: 'finish-payout-run' }, async (tx) => {
      await finishRun(tx.db, runId, { payoutCount, blockedCount, finishedAt: tx.now });
      const facts = { payoutCount, blockedCount };
      tx.record({ subjectType: 'payout-run', subjectId: runId, from: 'STARTED', to: 'FINISHED', facts });
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { isKeyForgotten, move, payoutMachine, type DatedBlock } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { orRefuse } from '../../../platform/errors/refused';
import { log } from '../../../platform/log/log';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { Gates } from '../gates';
import { isUnanswered, keepAnswers, recordPayout, type Call, type Transferred } from '../keep-answers';
import { findAccounts, lockAccounts, type PayoutAccountRecord } from '../payout-account.repository';
import { lockByIds, movePayouts } from '../payout-batch.repository';
import { inParallel } from '../rail-calls';
import { listUnanswered, type PayoutRecord } from '../payout.repository';
import { LookAtBanks, type BanksNow } from './look-at-banks';

const RAIL = system('rail');
/** Payouts that share a database transaction. */
const BATCH = 100;

/** An answer that is missing for so long is looked up: before the rail's own events about it are let go. */
const LOOK_UP_AFTER_MS = 10 * 60_000;

/** Sends requested payouts through the rail. One effect each, however often it is tried. */
@Injectable()
export class TransferPayouts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly gates: Gates,
    private readonly banks: LookAtBanks,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Asks the rail for each with its own key, which is committed before the call, and posts what it took in one go.
   * Throws while an outcome is unknown, so that the same keys are tried again; nothing is posted before the rail says yes.
   */
  async run(payoutIds: readonly string[]): Promise<void> {
    const opened = await this.open(payoutIds, await this.banks.run(payoutIds));
    const outcomes = new Map<string, Transferred>();
    const absent = await this.lookUp(opened, outcomes);
    const calls = opened.filter((call) => !absent.includes(call));
    const unasked = calls.filter(({ payout, isLookedUpOnly }) => !isLookedUpOnly && !outcomes.has(payout.id));
    await inParallel(unasked, async (call) => void outcomes.set(call.payout.id, await this.ask(call)));
    await this.settle(calls, outcomes);
    const renewed = await this.renew(absent);
    if (renewed.length > 0) await this.run(renewed);
    const unclear = [...outcomes.values()].find((each) => each.kind === 'unknown');
    if (unclear) throw new Error(`the rail's answer is not known: ${unclear.message}`);
  }

  /** Tries again what has no answer, each with its same key. */
  async retryUnknown(): Promise<void> {
    const waiting = await this.unitOfWork.readAs(RAIL, ({ db }) => listUnanswered(db, BATCH));
    const ids = waiting.map(({ id }) => id);
    if (ids.length === 0) return;
    await this.run(ids).catch((error: Error) =>
      log.warn({ payouts: ids.length, detail: error.message }, 'still no answer'),
    );
  }

  /**
   * Asks the gates again, as they are now; commits what the rail is going to hear. What it was asked for without an answer
   * and may not be sent any more keeps its key and is only looked up. A call is
   * of the attempt that was seen under the lock: read later it could be another's new attempt, which no gate was asked about.
   */
  private async open(payoutIds: readonly string[], banks: BanksNow): Promise<Call[]> {
    let calls: Call[] = [];
    await this.unitOfWork.run(RAIL, { name: 'open-transfer' }, async (tx) => {
      const payouts = (await lockByIds(tx.db, payoutIds)).filter(isUnanswered);
      const fresh = payouts.filter(({ askedAt }) => askedAt === null);
      const freshExperts = fresh.map(({ expertId }) => expertId);
      await lockAccounts(tx.db, freshExperts, 'SEND');
      const accounts = await findAccounts(
        tx.db,
        payouts.map(({ expertId }) => expertId),
      );
      const closed = await this.gates.recheckAll(tx.db, tx.now, payouts);
      const held = fresh.filter(({ id }) => closed.has(id));
      await hold(tx, held, closed);
      const open = fresh.filter(({ id }) => !closed.has(id));
      const going = open.filter(({ expertId }) => isBankKnown(accounts.get(expertId), banks));
      const unclear = open.filter((payout) => !going.includes(payout));
      await waitForBank(tx, unclear);
      await movePayouts(
        tx.db,
        going.map((seen) => ({
          seen,
          change: {
            ...{ state: seen.state, askedAt: tx.now },
            railAccountId: accounts.get(seen.expertId)?.railAccountId,
          },
        })),
      );
      calls = payouts.flatMap((seen) => {
        if (held.includes(seen) || unclear.includes(seen)) return [];
        // The same key asks for the same account, wherever the expert has moved since.
        const known = seen.askedAt === null ? null : seen.railAccountId;
        const recipientId = known ?? accounts.get(seen.expertId)?.railAccountId;
        const payout = { ...seen, askedAt: seen.askedAt ?? tx.now };
        const isLookedUpOnly = closed.has(seen.id);
        return recipientId === undefined ? [] : [{ payout, recipientId, isLookedUpOnly }];
      });
    });
    return calls;
  }

  /**
   * Looks up what the rail did where its answer is missing for a while: what is there is an answer. What is not is asked
   * for again with the same key while the rail keeps it. Returns the calls of which the rail has nothing and may have
   * forgotten the key.
   */
  private async lookUp(calls: readonly Call[], outcomes: Map<string, Transferred>): Promise<Call[]> {
    const now = this.clock.now();
    const absent: Call[] = [];
    for (const call of calls) {
      const { id, askedAt } = call.payout;
      if (askedAt === null) continue;
      if (!call.isLookedUpOnly && now.getTime() - askedAt.getTime() < LOOK_UP_AFTER_MS) continue;
      const found = await this.rail.findTransfer(id);
      if (found.kind !== 'done')
        outcomes.set(id, { kind: 'unknown', message: 'the rail does not say what it did' });
      else if (found.value) outcomes.set(id, { kind: 'done', value: found.value });
      else if (isKeyForgotten(askedAt, now)) absent.push(call);
    }
    return absent;
  }

  /**
   * What never happened at the rail becomes a request with a new key, which the gates are asked about as about any other.
   * Of two who found the same, one renews it. Returns the payouts that wait for an answer again.
   */
  private async renew(absent: readonly Call[]): Promise<string[]> {
    if (absent.length === 0) return [];
    const attempts = new Map(absent.map(({ payout }) => [payout.id, payout.attempt]));
    return this.unitOfWork.run(RAIL, { name: 'renew-transfer' }, async (tx) => {
      const seen = (await lockByIds(tx.db, [...attempts.keys()])).filter(
        (payout) => isUnanswered(payout) && payout.attempt === attempts.get(payout.id),
      );
      const moves = seen.map((payout) => {
        const state = orRefuse(move(payoutMachine, payout.state, 'ABSENT'));
        const attempt = payout.attempt + 1;
        recordPayout(tx, payout, state, { attempt, why: 'KEY_FORGOTTEN' });
        return { seen: payout, change: { state, attempt, askedAt: null } };
      });
      await movePayouts(tx.db, moves);
      return seen.map(({ id }) => id);
    });
  }

  private ask({ payout: { id, amountMinor, currency, attempt }, recipientId }: Call): Promise<Transferred> {
    return this.rail.transfer(
      { amountMinor, currency, recipientId, payoutId: id },
      `payout:${id}:v${attempt}`,
    );
  }

  /** Keeps the answers in one transaction; where that fails, each in one of its own, so that one stops no other. */
  private async settle(calls: readonly Call[], outcomes: ReadonlyMap<string, Transferred>): Promise<void> {
    if (calls.length === 0) return;
    const keep = (some: readonly Call[]) =>
      this.unitOfWork.run(RAIL, { name: 'transfer-payout' }, (tx) => keepAnswers(tx, some, outcomes));
    try {
      await keep(calls);
    } catch (error) {
      if (calls.length === 1) throw error;
      log.warn(
        { detail: (error as Error).message },
        'a batch of transfers was not kept; each is kept by itself',
      );
      for (const call of calls)
        await keep([call]).catch((fault: Error) =>
          log.error({ payoutId: call.payout.id, detail: fault.message }, 'a transfer was not kept'),
        );
    }
  }
}

/** A gate that has closed since the run: the payout waits at it again. */
async function hold(
  tx: Tx,
  held: readonly PayoutRecord[],
  closed: ReadonlyMap<string, DatedBlock[]>,
): Promise<void> {
  const moves = held.map((seen) => ({
    seen,
    change: {
      state: orRefuse(move(payoutMachine, seen.state, 'HOLD')),
      blocks: closed.get(seen.id) ?? [],
      failureReason: null,
    },
  }));
  await movePayouts(tx.db, moves);
  for (const { seen, change } of moves) {
    const facts = { amountMinor: seen.amountMinor, gates: change.blocks.map(({ gate }) => gate) };
    recordPayout(tx, seen, change.state, facts);
  }
}

/** True where the rail says that the bank account is the one that is known, under the lock under which it is sent. */
function isBankKnown(account: PayoutAccountRecord | undefined, banks: BanksNow): boolean {
  return account !== undefined && banks.get(account.railAccountId) === account.railBankId;
}

/** Nothing is sent to a bank account that the rail does not name: the payout says so, and is tried again. */
async function waitForBank(tx: Tx, payouts: readonly PayoutRecord[]): Promise<void> {
  const failureReason =
    'The payment provider did not say which bank account is set. Nothing was sent; it is asked again within minutes.';
  const moves = payouts
    .filter((seen) => seen.failureReason !== failureReason)
    .map((seen) => ({ seen, change: { state: seen.state, failureReason } }));
  await movePayouts(tx.db, moves);
}

import { Injectable } from '@nestjs/common';
import { isCurrency, periodOf, type Currency } from '@tallystick/domain';
import { system, type Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { log } from '../../../platform/log/log';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { untold, type Told } from '../../../platform/queue/jobs';
import { currenciesOfKind, owedAccounts, type OwedAccount } from '../../ledger/ledger.public';
import { beginRun, finishRun } from '../begin-run';
import { Gates } from '../gates';
import { PayoutCalendars } from '../payout-calendar';
import { lockRun, moveRun, runOfPeriod, unfinishedRuns, type RunPlace } from '../payout-run.repository';
import { RailBalance } from '../rail-balance';
import { requestPayouts } from '../request-payouts';

const PAYOUTS = system('payouts');
const OWED = 'expert_payable';
/** Experts in one transaction. Measured: 100 to 200 ledger transactions a database transaction are the fastest. */
const BATCH = 200;
/** Batches that whoever presses a button waits for; the queue goes on with the rest. */
const BATCHES_AT_ONCE = 10;

/** What a run did so far. */
export interface RunResult {
  readonly runId: string;
  /** How many payouts the rail is asked for. */
  readonly requested: number;
  readonly isFinished: boolean;
}

/** Pays everybody what they have earned: daily, or when finance asks. */
@Injectable()
export class RunPayouts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly gates: Gates,
    private readonly calendars: PayoutCalendars,
    private readonly balance: RailBalance,
  ) {}

  /** The run of the day, once however many schedulers ask for it; goes on with runs that were broken off. */
  async daily(told: Told = untold): Promise<void> {
    const period = periodOf(this.clock.now(), {
      cutOffMinute: this.calendars.cutOffMinute,
      bankDays: 0,
      holidays: new Set(),
    });
    const known = await this.unitOfWork.readAs(PAYOUTS, ({ db }) => runOfPeriod(db, 'DAILY', period));
    if (!known) await this.begin(PAYOUTS, period);
    for (const id of await this.unitOfWork.readAs(PAYOUTS, ({ db }) => unfinishedRuns(db)))
      await this.resume(id, Infinity, told);
  }

  /** A run over everybody. What does not fit into a moment is left to the queue. */
  async all(actor: Actor = PAYOUTS, told: Told = untold): Promise<RunResult> {
    const runId = await this.begin(actor, null);
    return this.resume(runId, actor.kind === 'PERSON' ? BATCHES_AT_ONCE : Infinity, told);
  }

  /** Goes on with a run from where it stands. */
  async resume(runId: string, batches = Infinity, told: Told = untold): Promise<RunResult> {
    for (let batch = 1; ; batch++) {
      const at = await this.nextBatch(runId);
      if (at.isFinished) return at;
      told(at.requested);
      if (batch < batches) continue;
      await this.unitOfWork.run(PAYOUTS, { name: 'resume-payout-run' }, async (tx) =>
        tx.enqueue({ queue: 'payout', name: 'run-payouts', payload: { runId } }),
      );
      return at;
    }
  }

  /** The next page of a run in one transaction; where that fails, each account of it in one of its own. */
  private async nextBatch(runId: string): Promise<RunResult> {
    try {
      return await this.step(runId, BATCH);
    } catch (error) {
      log.warn(
        { runId, detail: (error as Error).message },
        'a batch of payouts failed; its accounts are taken one by one',
      );
    }
    let at: RunResult = { runId, requested: 0, isFinished: false };
    for (let each = 0; each < BATCH && !at.isFinished; each++)
      at = await this.step(runId, 1).catch((error: Error) => this.stepOver(runId, error));
    return at;
  }

  /** Takes the next page of accounts. Whoever holds the run's row takes it, so two processes share a run and no account is taken twice. */
  private async step(runId: string, size: number): Promise<RunResult> {
    return this.unitOfWork.run(PAYOUTS, { name: 'request-payout' }, async (tx) => {
      const place = await lockRun(tx.db, runId);
      if (!place || place.finishedAt) return { runId, requested: place?.payoutCount ?? 0, isFinished: true };
      const page = await nextPage(tx, place, size);
      if (!page) {
        await finishRun(tx, place);
        return { runId, requested: place.payoutCount, isFinished: true };
      }
      const { currency, accounts } = page;
      const leftMinor = BigInt(place.railLeft[currency] ?? 0);
      const expertIds = accounts.map(({ ownerId }) => ownerId);
      const found = await this.request(tx, runId, currency, expertIds, leftMinor);
      const requested = place.payoutCount + found.requested;
      await moveRun(tx.db, runId, {
        ...placeAfter(page),
        railLeft: { ...place.railLeft, [currency]: (leftMinor - found.sentMinor).toString() },
        payoutCount: requested,
        blockedCount: place.blockedCount + found.gated,
      });
      return { runId, requested, isFinished: false };
    });
  }

  /** Leaves out an account that cannot be looked at: it stops no other, and the next run takes it. */
  private async stepOver(runId: string, error: Error): Promise<RunResult> {
    return this.unitOfWork.run(PAYOUTS, { name: 'step-over-account' }, async (tx) => {
      const place = await lockRun(tx.db, runId);
      const page = place && !place.finishedAt ? await nextPage(tx, place, 1) : undefined;
      if (!place || !page) return { runId, requested: place?.payoutCount ?? 0, isFinished: true };
      const expertId = page.accounts[0]?.ownerId;
      log.error({ runId, expertId, detail: error.message }, 'a payout could not be asked for');
      await moveRun(tx.db, runId, { ...placeAfter(page), failedCount: place.failedCount + 1 });
      tx.record({
        subjectType: 'payout-run',
        subjectId: runId,
        to: 'STARTED',
        facts: { leftOut: expertId },
        expertId,
      });
      return { runId, requested: place.payoutCount, isFinished: false };
    });
  }

  private async request(
    tx: Tx,
    runId: string,
    currency: Currency,
    expertIds: string[],
    railLeftMinor: bigint,
  ) {
    const calendar = await this.calendars.of(tx.db, currency, tx.now);
    return requestPayouts(tx, this.gates, {
      runId,
      currency,
      calendar,
      railLeftMinor,
      expertIds,
      requestedById: null,
    });
  }

  /** Begins a run, or finds the one of its period that another scheduler began meanwhile. */
  private async begin(actor: Actor, period: string | null): Promise<string> {
    const currencies = await this.unitOfWork.readAs(PAYOUTS, ({ db }) => currenciesOfKind(db, OWED));
    const railLeft = await this.balance.left(currencies);
    return this.unitOfWork.run(PAYOUTS, { name: 'begin-payout-run' }, (tx) =>
      beginRun(tx, actor, period, railLeft),
    );
  }
}

interface RunPage {
  readonly currency: Currency;
  readonly accounts: readonly OwedAccount[];
}

/** The next accounts after a run's place, all of one currency; undefined at the end. */
async function nextPage(tx: Tx, place: RunPlace, size: number): Promise<RunPage | undefined> {
  for (const currency of await currenciesOfKind(tx.db, OWED)) {
    if (currency < place.cursorCurrency || !isCurrency(currency)) continue;
    const afterId = currency === place.cursorCurrency ? place.cursorAccount : 0n;
    const accounts = await owedAccounts(tx.db, { kind: OWED, currency, afterId, limit: size });
    if (accounts.length > 0) return { currency, accounts };
  }
  return undefined;
}

function placeAfter({ currency, accounts }: RunPage): Pick<RunPlace, 'cursorCurrency' | 'cursorAccount'> {
  return { cursorCurrency: currency, cursorAccount: accounts.at(-1)?.accountId ?? 0n };
}

import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { system, type Person } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { untold, type Told } from '../../../platform/queue/jobs';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import {
  countOpenBreaks,
  insertRun,
  lastEqualRun,
  newestMovementAt,
  type RunRecord,
} from '../reconciliation.repository';
import { KeepMovements } from './keep-movements';
import { keepReading } from './keep-reading';
import {
  differenceOf,
  differencesOf,
  isEqual,
  readLedger,
  saidBy,
  type Reading,
  type Settled,
} from './read-both-sides';

const RAIL = system('ledger');
const DAY_MS = 86_400_000;
/** How far before the last equal balances to look for what explains a difference, days, one after the other. */
const LOOK_BACK_DAYS = [3, 35, 400];
/** How often both sides are read again at most while they differ, and after how long, milliseconds. */
const READINGS = 4;
const BETWEEN_READINGS_MS = 500;

/** Lays what the rail says of its balance beside the ledger: every movement is one ledger transaction, or a break. */
@Injectable()
export class ReconcileRail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly movements: KeepMovements,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Runs it; `askedBy` is the person who wanted it now. Throws where the rail does not answer, so that it is tried again. */
  async run(askedById: string | null = null, told: Told = untold): Promise<void> {
    const startedAt = this.clock.now();
    const equal = await this.unitOfWork.readAs(RAIL, ({ db }) => lastEqualRun(db));
    const since = await this.movements.since();
    const reading = await this.lookBack(since, equal?.startedAt, told);
    await this.unitOfWork.run(RAIL, { name: 'reconcile-rail' }, async (tx) => {
      const withoutOwner = await keepReading(tx, reading, equal?.finishedAt);
      const { looked, matches, proofs } = reading;
      const run: RunRecord = {
        id: tx.newId(),
        ...{ askedById, startedAt, looked, proofs },
        matched: matches.length,
        finishedAt: tx.now,
        watermark: (await newestMovementAt(tx.db)) ?? since,
        openBreaks: await countOpenBreaks(tx.db),
      };
      await insertRun(tx.db, run);
      const { id: subjectId, matched, openBreaks } = run;
      const isClean = openBreaks === 0 && proofs.every((proof) => differenceOf(proof) === 0n);
      const facts = { looked, matched, openBreaks, withoutOwner, ...differencesOf(proofs) };
      tx.record({ subjectType: 'reconciliation', subjectId, to: isClean ? 'CLEAN' : 'BREAKS', facts });
    });
  }

  /** Asks for a run now. */
  async ask(person: Person): Promise<void> {
    await this.unitOfWork.run(person, { name: 'ask-reconciliation' }, async (tx) => {
      tx.enqueue({ queue: 'rail', name: 'reconcile-rail', payload: { askedById: person.accountId } });
      tx.record({ subjectType: 'reconciliation', subjectId: tx.newId(), to: 'ASKED', facts: {} });
    });
  }

  /**
   * Reads both sides since an instant, and from ever longer before the last equal balances while something differs
   * that nothing explains: a movement or a leg may be dated back.
   */
  private async lookBack(since: Date, equalAt: Date | undefined, told: Told): Promise<Settled> {
    let reading = await this.settle(since, told);
    for (const days of LOOK_BACK_DAYS) {
      if (reading.unexplained.every(({ minor }) => minor === 0n)) return reading;
      reading = await this.settle(equalAt ? before(since, equalAt, days) : new Date(0), told);
    }
    return reading;
  }

  /** Reads both sides until they are equal, or twice running say the same difference: money moves while they are read. */
  private async settle(since: Date, told: Told): Promise<Settled> {
    let last = await this.read(since, told);
    for (let again = 0; again < READINGS && !isEqual(last); again++) {
      await wait(BETWEEN_READINGS_MS);
      const next = await this.read(since, told);
      if (saidBy(next) === saidBy(last)) return { ...next, isSettled: true };
      last = next;
    }
    return { ...last, isSettled: isEqual(last) };
  }

  private async read(since: Date, told: Told): Promise<Reading> {
    const looked = await this.movements.run(since, told);
    const balances = await this.rail.balances();
    if (balances.kind !== 'done')
      throw new Error(`the rail's balance could not be read: ${balances.message}`);
    return this.unitOfWork.readAtOneInstant(RAIL, ({ db, now }) =>
      readLedger(db, { looked, since, now }, balances.value),
    );
  }
}

function before(since: Date, equalAt: Date, days: number): Date {
  return new Date(Math.min(since.getTime(), equalAt.getTime() - days * DAY_MS));
}

import { Inject, Injectable } from '@nestjs/common';
import { accountCode, ledgerKeysOf, reconcile } from '@tallystick/domain';
import { system, type Person } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type PaymentRail, type RailBalance } from '../../rail/rail.public';
import { balancesOf } from '../balance.repository';
import {
  clearOthers,
  countOpenBreaks,
  insertRun,
  keepMovements,
  legsByKey,
  legsWithoutMovement,
  listUnmatched,
  match,
  newestMovementAt,
  putBreak,
  takenOf,
  type Proof,
  type RunRecord,
} from '../reconciliation.repository';

const RAIL = system('ledger');
/** Movements are asked for again from so long before the newest that is kept: the rail may list some late. */
const OVERLAP_MS = 3_600_000;

/** Lays what the rail says of its balance beside the ledger: every movement is one ledger transaction, or a break. */
@Injectable()
export class ReconcileRail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Runs it; `askedBy` is the person who wanted it now. Throws where the rail does not answer, so that it is tried again. */
  async run(askedById: string | null = null): Promise<void> {
    const startedAt = this.clock.now();
    const newest = await this.unitOfWork.readAs(RAIL, ({ db }) => newestMovementAt(db));
    const since = new Date((newest?.getTime() ?? OVERLAP_MS) - OVERLAP_MS);
    const looked = await this.fetch(since);
    const balances = await this.rail.balances();
    if (balances.kind !== 'done')
      throw new Error(`the rail's balance could not be read: ${balances.message}`);
    await this.unitOfWork.run(RAIL, { name: 'reconcile-rail' }, async (tx) => {
      const matched = await compare(tx, since);
      const run: RunRecord = {
        id: tx.newId(),
        ...{ askedById, startedAt, looked, matched },
        finishedAt: tx.now,
        watermark: (await newestMovementAt(tx.db)) ?? since,
        openBreaks: await countOpenBreaks(tx.db),
        proofs: await proofsOf(tx, balances.value),
      };
      await insertRun(tx.db, run);
      const { id: subjectId, openBreaks } = run;
      const facts = { looked, matched, openBreaks };
      tx.record({
        subjectType: 'reconciliation',
        subjectId,
        to: openBreaks === 0 ? 'CLEAN' : 'BREAKS',
        facts,
      });
    });
  }

  /** Asks for a run now. */
  async ask(person: Person): Promise<void> {
    await this.unitOfWork.run(person, { name: 'ask-reconciliation' }, async (tx) => {
      tx.enqueue({ queue: 'rail', name: 'reconcile-rail', payload: { askedById: person.accountId } });
      tx.record({ subjectType: 'reconciliation', subjectId: tx.newId(), to: 'ASKED', facts: {} });
    });
  }

  /** Fetches the rail's movements page by page and keeps them. Returns how many. */
  private async fetch(since: Date): Promise<number> {
    let looked = 0;
    let after: string | undefined;
    for (;;) {
      const page = await this.rail.listMovements(since, after);
      if (page.kind !== 'done') throw new Error(`the rail's movements could not be read: ${page.message}`);
      const { items, next } = page.value;
      await this.unitOfWork.run(RAIL, { name: 'keep-rail-movements' }, (tx) => keepMovements(tx.db, items));
      looked += items.length;
      if (next === null) return looked;
      after = next;
    }
  }
}

/** Matches what has no partner yet and names what does not fit. Returns how many matched. */
async function compare(tx: Tx, since: Date): Promise<number> {
  const movements = await listUnmatched(tx.db);
  const keyed = await legsByKey(tx.db, movements.flatMap(ledgerKeysOf));
  const known = new Set(keyed.map(({ transactionId }) => transactionId));
  const others = (await legsWithoutMovement(tx.db, since)).filter((leg) => !known.has(leg.transactionId));
  const taken = await takenOf(tx.db, [...known]);
  const { matches, breaks } = reconcile(movements, [...keyed, ...others], taken, tx.now);
  for (const { movementId, transactionId } of matches) await match(tx.db, movementId, transactionId);
  for (const each of breaks) {
    const id = tx.newId();
    if (await putBreak(tx.db, id, each, tx.now))
      tx.record({
        subjectType: 'reconciliation-break',
        subjectId: id,
        to: each.class,
        facts: { about: each.about, currency: each.currency },
      });
  }
  await clearOthers(
    tx.db,
    breaks.map(({ about }) => about),
    tx.now,
  );
  return matches.length;
}

async function proofsOf(tx: Tx, rail: readonly RailBalance[]): Promise<Proof[]> {
  const codes = rail.flatMap(({ currency }) => [
    accountCode.railPending(currency),
    accountCode.railAvailable(currency),
  ]);
  const ledger = await balancesOf(tx.db, codes);
  const saying = (code: string) => (ledger.get(code)?.postedMinor ?? 0n).toString();
  return rail.map(({ currency, pendingMinor, availableMinor }) => ({
    currency,
    ledgerPendingMinor: saying(accountCode.railPending(currency)),
    ledgerAvailableMinor: saying(accountCode.railAvailable(currency)),
    railPendingMinor: pendingMinor.toString(),
    railAvailableMinor: availableMinor.toString(),
  }));
}

import type { Break } from '@tallystick/domain';
import type { Tx } from '../../../platform/prisma/transaction';
import {
  clearOthers,
  match,
  newestBalanceBreak,
  putBreak,
  type BreakRecord,
} from '../reconciliation.repository';
import { giveBreaks } from './give-breaks';
import type { Settled, Unexplained } from './read-both-sides';

/** Keeps what a reading matched and what does not fit, ends what fits now, and gives what is new to a person. Returns how many have nobody. */
export async function keepReading(tx: Tx, reading: Settled, equalAt: Date | undefined): Promise<number> {
  for (const { movementId, transactionId } of reading.matches) await match(tx.db, movementId, transactionId);
  const breaks = [...reading.breaks, ...(await balanceBreaks(tx, reading, equalAt))];
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
  return giveBreaks(tx);
}

/** Breaks of the balances, for what the others do not explain. What two readings did not say alike changes none. */
async function balanceBreaks(
  tx: Tx,
  { unexplained, proofs, isSettled }: Settled,
  equalAt: Date | undefined,
): Promise<Break[]> {
  const found: Break[] = [];
  for (const each of unexplained) {
    const before = await newestBalanceBreak(tx.db, each.currency);
    const isOpen = before?.state === 'OPEN';
    if (before && isOpen && !isSettled) found.push(asItWas(before));
    if (!isSettled || each.minor === 0n || (before && isEnded(before, each, equalAt))) continue;
    const proof = proofs.find(({ currency }) => currency === each.currency);
    const railMinor = BigInt(proof?.railPendingMinor ?? 0) + BigInt(proof?.railAvailableMinor ?? 0);
    found.push({
      about: before && isOpen ? before.about : `balance:${each.currency}:${tx.newId()}`,
      ...{ class: 'BALANCE', movementId: null, transactionId: null, currency: each.currency },
      ...{ railMinor, ledgerMinor: railMinor - each.minor },
    });
  }
  return found;
}

/** True where a person ended just this difference, and the balances were not equal since. */
function isEnded(before: BreakRecord, { minor }: Unexplained, equalAt: Date | undefined): boolean {
  const { state, railMinor, ledgerMinor, endedAt } = before;
  if (state !== 'RESOLVED' || endedAt === null) return false;
  return (railMinor ?? 0n) - (ledgerMinor ?? 0n) === minor && (equalAt === undefined || equalAt < endedAt);
}

function asItWas(before: BreakRecord): Break {
  const { about, currency, railMinor, ledgerMinor } = before;
  return { about, class: 'BALANCE', movementId: null, transactionId: null, currency, railMinor, ledgerMinor };
}

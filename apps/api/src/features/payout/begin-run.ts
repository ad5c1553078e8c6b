import type { Actor } from '../../platform/access/actor';
import type { Tx } from '../../platform/prisma/transaction';
import { insertRun, moveRun, runOfPeriod, type RunPlace } from './payout-run.repository';

/**
 * Begins a run, or finds the one of its period that another scheduler began meanwhile. Returns its id.
 * @param railLeft what the rail has and was not asked for, minor units as text, by currency
 */
export async function beginRun(
  tx: Tx,
  actor: Actor,
  period: string | null,
  railLeft: Readonly<Record<string, string>>,
): Promise<string> {
  const startedById = actor.kind === 'PERSON' ? actor.accountId : null;
  const trigger = startedById === null ? 'DAILY' : 'ON_DEMAND';
  const id = tx.newId();
  const isNew = await insertRun(tx.db, { id, trigger, startedById, startedAt: tx.now, period, railLeft });
  if (!isNew) return (await runOfPeriod(tx.db, trigger, period ?? ''))?.id ?? id;
  const facts = { trigger, startedById, period };
  tx.record({ subjectType: 'payout-run', subjectId: id, to: 'STARTED', facts });
  return id;
}

/** Ends a run with its counts. */
export async function finishRun(
  tx: Tx,
  run: Pick<RunPlace, 'id' | 'payoutCount' | 'blockedCount' | 'failedCount'>,
): Promise<void> {
  const { id, payoutCount, blockedCount, failedCount } = run;
  await moveRun(tx.db, id, { payoutCount, blockedCount, finishedAt: tx.now });
  const facts = { payoutCount, blockedCount, failedCount };
  tx.record({ subjectType: 'payout-run', subjectId: id, from: 'STARTED', to: 'FINISHED', facts });
}

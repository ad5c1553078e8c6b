import { move, suspensionMachine } from '@tallystick/domain';
import { orRefuse, Refused } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { notify } from '../notification/notification.public';
import { updateExpert } from './expert.repository';
import { moveSuspension, type SuspensionChanges, type SuspensionRecord } from './suspension.repository';

/** Moves a suspension on, and the expert with it: while it is in force they are shown to nobody and running work waits. */
export async function moveOn(
  tx: Tx,
  seen: SuspensionRecord,
  event: 'TAKE_EFFECT' | 'LIFT',
  changes: SuspensionChanges = {},
): Promise<void> {
  const state = orRefuse(move(suspensionMachine, seen.state, event));
  await mustChange(tx, seen, { ...changes, state });
  journal(tx, seen, state, changes.liftReason ?? undefined);
  await putExpert(tx, seen.expertId, state === 'IN_FORCE' ? 'SUSPENDED' : 'ACTIVE');
}

/** Sets whether an expert may work; the index, lists and running work follow. */
export async function putExpert(tx: Tx, expertId: string, state: 'ACTIVE' | 'SUSPENDED'): Promise<void> {
  await updateExpert(tx.db, expertId, { state }, tx.now);
  tx.record({ subjectType: 'expert', subjectId: expertId, to: state, expertId });
  tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
}

/** Changes a suspension. Refuses with CHANGED_MEANWHILE. */
export async function mustChange(tx: Tx, seen: SuspensionRecord, changes: SuspensionChanges): Promise<void> {
  if (!(await moveSuspension(tx.db, seen, changes)))
    throw new Refused('CHANGED_MEANWHILE', 'Somebody else acted at the same time. Load the page again.');
}

/** Journals what became of a suspension. */
export function journal(
  tx: Tx,
  { id, state, expertId, rule }: Pick<SuspensionRecord, 'id' | 'state' | 'expertId' | 'rule'>,
  to: string,
  reason?: string,
): void {
  tx.record({
    subjectType: 'suspension',
    subjectId: id,
    from: state === to ? undefined : state,
    to,
    facts: { rule },
    words: reason ? { reason } : undefined,
    expertId,
  });
}

/** Tells the expert of their suspension, with the way to it. */
export async function tell(
  tx: Tx,
  { expertId }: Pick<SuspensionRecord, 'expertId'>,
  notice: { kind: string; title: string; body: string },
): Promise<void> {
  await notify(tx, { expertId }, { ...notice, link: '/expert/suspension' });
}

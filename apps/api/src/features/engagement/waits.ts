import { dayWords, HELD_AHEAD_DAYS, nextWeekOf } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { stoppedGate, stoppedOnDay, type StoppedGate } from '../eligibility/eligibility.public';
import { notify } from '../notification/notification.public';
import type { EngagementRecord } from './engagement.repository';
import { insertWait, noteBegun, openWaits, updateWait, type WaitRecord } from './wait.repository';

const AHEAD_MS = HELD_AHEAD_DAYS * 86_400_000;

/** A gate that is not passed, and from when on. */
interface Found {
  readonly gate: StoppedGate;
  readonly beganAt: Date;
}

/**
 * Asks the gates of an engagement, which the caller has locked: on its first day all that the offer asked, and from then on what
 * must hold each day, today and on the Monday whose money is held by now. Where one is not passed the work waits: no time is logged and no week is held, both sides are told, and nobody
 * is removed. It goes on by itself once all are passed.
 */
export async function askGates(tx: Tx, engagement: EngagementRecord): Promise<void> {
  const [wait] = await openWaits(tx.db, [engagement.id]);
  if (engagement.state === 'ENDED') return wait && endWait(tx, wait);
  const found = await firstFound(tx, engagement);
  if (!found) {
    if (engagement.begunAt === null && engagement.startsOn <= tx.now)
      await noteBegun(tx.db, engagement.id, tx.now);
    if (wait) await goOn(tx, wait);
  } else if (!wait) await begin(tx, engagement, found);
  else if (wait.gate !== found.gate.code || found.beganAt < wait.beganAt) await change(tx, wait, found);
  else await reword(tx, wait, found.gate);
}

/** The first gate that is not passed now or on a day that is near. */
async function firstFound(tx: Tx, engagement: EngagementRecord): Promise<Found | undefined> {
  const { startsOn, begunAt } = engagement;
  if (begunAt === null) {
    if (startsOn.getTime() - tx.now.getTime() > AHEAD_MS) return undefined;
    const gate = await stoppedGate(tx.db, engagement, tx.now);
    return gate && { gate, beganAt: startsOn };
  }
  const monday = nextWeekOf(tx.now).startsAt;
  const isNear =
    monday.getTime() - tx.now.getTime() <= AHEAD_MS && !(engagement.endsAt && engagement.endsAt <= monday);
  for (const day of isNear ? [tx.now, monday] : [tx.now]) {
    const gate = await stoppedOnDay(tx.db, engagement, day, tx.now);
    if (gate) return { gate, beganAt: day };
  }
  return undefined;
}

async function begin(
  tx: Tx,
  { id: engagementId, labId, expertId }: EngagementRecord,
  found: Found,
): Promise<void> {
  const row = { id: tx.newId(), engagementId, labId, expertId, ...rowOf(found) };
  await insertWait(tx.db, row);
  await say(tx, { ...row, endedAt: null }, 'NONE');
}

/** Another gate is not passed now, or the same one sooner. */
async function change(tx: Tx, wait: WaitRecord, found: Found): Promise<void> {
  const row = rowOf(found);
  const next = { ...row, beganAt: row.beganAt < wait.beganAt ? row.beganAt : wait.beganAt };
  await updateWait(tx.db, wait.id, next);
  await say(tx, { ...wait, ...next }, wait.gate);
}

/** The same gate for another reason, as after a question was answered: the pages say which, and nobody is told again that work waits. */
async function reword(tx: Tx, wait: WaitRecord, { forLab, forExpert }: StoppedGate): Promise<void> {
  if (wait.forLab !== forLab || wait.forExpert !== forExpert)
    await updateWait(tx.db, wait.id, { forLab, forExpert });
}

function rowOf({ gate: { code: gate, forLab, forExpert }, beganAt }: Found) {
  return { gate, forLab, forExpert, beganAt };
}

/** Ends a wait without a word: what ended the work was told already. */
export async function endWait(tx: Tx, wait: WaitRecord): Promise<void> {
  const { id, labId, expertId, beganAt, engagementId, gate } = wait;
  // What lay ahead never came.
  await updateWait(tx.db, id, { endedAt: beganAt > tx.now ? beganAt : tx.now });
  tx.record({
    subjectType: 'engagement-wait',
    subjectId: id,
    from: gate,
    to: 'ENDED',
    facts: { engagementId },
    labId,
    expertId,
  });
}

async function goOn(tx: Tx, wait: WaitRecord): Promise<void> {
  await endWait(tx, wait);
  await tell(tx, wait, {
    kind: 'WORK_GOES_ON',
    title: 'Work goes on',
    forLab: 'What was missing is mended. The expert can log time again.',
    forExpert: 'What was missing is mended. You can log time again, in weeks whose money is held.',
  });
}

/** Journals that work waits, and tells both sides what is missing. */
async function say(tx: Tx, wait: WaitRecord, from: string): Promise<void> {
  const { id, engagementId, gate, labId, expertId, beganAt } = wait;
  tx.record({
    subjectType: 'engagement-wait',
    subjectId: id,
    from,
    to: gate,
    facts: { engagementId, beganAt },
    labId,
    expertId,
  });
  await tell(tx, wait, {
    kind: 'WORK_WAITS',
    title: beganAt <= tx.now ? 'Work waits' : `Work waits from ${dayWords(beganAt)} on`,
    forLab: `${wait.forLab} Until this is mended no time is logged and nothing new is charged; the expert was told how. What is approved is paid. You may wait, or give notice.`,
    forExpert: `${wait.forExpert} Until this is mended no time can be logged; then work goes on by itself. What you logged before is paid.`,
  });
}

async function tell(
  tx: Tx,
  { engagementId, labId, expertId }: WaitRecord,
  { kind, title, forLab, forExpert }: { kind: string; title: string; forLab: string; forExpert: string },
): Promise<void> {
  const roles = ['OWNER', 'MANAGER'];
  await notify(tx, { labId, roles }, { kind, title, body: forLab, link: `/lab/engagements/${engagementId}` });
  await notify(
    tx,
    { expertId },
    { kind, title, body: forExpert, link: `/expert/engagements/${engagementId}` },
  );
}

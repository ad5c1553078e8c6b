import { accountCode, disputeRepaid, formatAmount, type Currency } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { findLab } from '../lab/lab.public';
import { availableMinor, tryPost } from '../ledger/ledger.public';
import { notify } from '../notification/notification.public';
import { leftOf, listStopping, lockDispute, moveDispute, type DisputeRecord } from './dispute.repository';
import { MONEY_ROLES } from './money-roles';

/** What was taken for what lost disputes left owing, and what is owed after it; minor units of one currency. */
export interface SettledLost {
  readonly takenMinor: bigint;
  readonly leftMinor: bigint;
}

/**
 * A lab pays what lost disputes left owing, as far as what it has free covers them. Once one is paid the lab and staff
 * are told, and its weeks are held again.
 */
export async function settleLost(tx: Tx, labId: string, currency: string): Promise<SettledLost> {
  let [takenMinor, leftMinor] = [0n, 0n];
  for (const { railDisputeId } of await listLost(tx, labId, currency)) {
    const dispute = await lockDispute(tx.db, railDisputeId);
    if (!dispute || dispute.settledAt !== null) continue;
    const taken = await settleOne(tx, dispute);
    takenMinor += taken;
    leftMinor += leftOf(dispute) - taken;
  }
  return { takenMinor, leftMinor };
}

/** Has what a lab owes from lost disputes settled as soon as what became free is committed. */
export async function settleLostSoon(tx: Tx, labId: string): Promise<void> {
  const stopping = await listStopping(tx.db, labId);
  if (stopping.some(({ state }) => state === 'LOST'))
    tx.enqueue({ queue: 'engagement', name: 'settle-lost', payload: { labId } });
}

async function listLost(tx: Tx, labId: string, currency: string): Promise<DisputeRecord[]> {
  const stopping = await listStopping(tx.db, labId);
  return stopping.filter((each) => each.state === 'LOST' && each.currency === currency);
}

/** Takes what is free for one lost dispute. Returns how much, minor units. */
async function settleOne(tx: Tx, dispute: DisputeRecord): Promise<bigint> {
  const { labId, currency, railDisputeId, id: subjectId, repaidMinor: before } = dispute;
  const free = await availableMinor(tx.db, accountCode.labPrepaid(labId, currency));
  const left = leftOf(dispute);
  const amountMinor = free < left ? free : left;
  if (amountMinor <= 0n) return 0n;
  const posted = await tryPost(tx, {
    // What was paid before names the part, so that each is taken once.
    key: `dispute:${railDisputeId}:repaid:${before}`,
    kind: 'dispute-repaid',
    subjectType: 'lab-dispute',
    subjectId,
    lines: disputeRepaid({ labId, currency, amountMinor }),
  });
  if (!posted) return 0n;
  const isAll = amountMinor === left;
  const change = { repaidMinor: before + amountMinor, ...(isAll && { settledAt: tx.now }) };
  if (!(await moveDispute(tx.db, dispute, change))) throw new Error('the dispute moved meanwhile');
  const facts = { amountMinor, currency, ledgerTransactionId: posted.id };
  const to = isAll ? 'SETTLED' : 'LOST';
  tx.record({ subjectType: 'lab-dispute', subjectId, from: 'LOST', to, facts, labId });
  if (isAll) await tellSettled(tx, dispute);
  return amountMinor;
}

/** The lab and staff read that nothing is owed of a dispute any more. */
async function tellSettled(tx: Tx, { id, labId, amountMinor, currency }: DisputeRecord): Promise<void> {
  tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  const labName = (await findLab(tx.db, labId))?.name ?? 'a lab';
  const isStopped = (await listStopping(tx.db, labId)).length > 0;
  const next = isStopped
    ? 'Another payment is still disputed or owed: new weeks are not held before that is settled.'
    : 'Weeks are held again as far as the balance covers them.';
  const kind = 'PAYMENT_DISPUTED';
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind,
      title: `You owe nothing more of the ${amount} that the bank took back`,
      body: `All of it is paid. ${next}`,
      link: '/lab/billing',
    },
  );
  await notify(
    tx,
    { staff: 'FINANCE' },
    {
      kind,
      title: `${labName} has paid the ${amount} that the bank took back`,
      body: `Nothing is owed of it any more. ${next}`,
      link: `/admin/disputes/${id}`,
    },
  );
}

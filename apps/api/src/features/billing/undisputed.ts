import { formatAmount, type Currency, type WeekStop } from '@tallystick/domain';
import { Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import { listStopping, type DisputeRecord } from './dispute.repository';

/** Why no new week of a lab is held at the moment: the first of what stops it; undefined where nothing does. */
export async function weeksStoppedBy(db: Db, labId: string): Promise<WeekStop | undefined> {
  const [stopping] = await listStopping(db, labId);
  return stopping && stoppedBy(stopping);
}

/** Without amounts: reviewers read it too, who do not read the lab's money. */
function stoppedBy({ state }: DisputeRecord): WeekStop {
  return state === 'LOST'
    ? { isOwed: true, sentence: 'No new week can start until what the bank took back is paid.' }
    : {
        isOwed: false,
        sentence: 'No new week can start until the bank has decided on your disputed payment.',
      };
}

/**
 * While a bank looks at a payment of the lab, or has taken one back that is not paid, no money goes back, for it might
 * leave twice, none is given by invoice, and none as a bonus: only approved work is paid. Refuses with PAYMENT_DISPUTED.
 * @param what what does not happen meanwhile, as a sentence begins: `Nothing goes back`
 */
export async function mustBeUndisputed(db: Db, labId: string, what: string): Promise<void> {
  const [stopping] = await listStopping(db, labId);
  if (!stopping) return;
  const amount = formatAmount({ minor: stopping.amountMinor, currency: stopping.currency as Currency });
  const message =
    stopping.state === 'LOST'
      ? `Your payment of ${amount} was taken back by the bank and is not paid. ${what} before it is; your balance is kept.`
      : `Your payment of ${amount} is disputed. ${what} before the bank has decided; your balance is kept.`;
  throw new Refused('PAYMENT_DISPUTED', message);
}

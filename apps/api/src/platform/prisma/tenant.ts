import type { Actor } from '../access/actor';
import { isStaff } from '../access/actor';
import type { Db } from './database';

/**
 * Tells row-level security who reads. The settings end with the transaction, so a pooled connection carries nothing over.
 * Staff and the product itself see all rows; what they look at is journalled by the features that show it.
 */
export async function setTenant(db: Db, actor: Actor, rows: 'own' | 'both-sides'): Promise<void> {
  const person = actor.kind === 'PERSON' ? actor : undefined;
  const seesAll = actor.kind === 'SYSTEM' || isStaff(actor) || rows === 'both-sides';
  await db.$queryRaw`SELECT set_config('app.rows', ${seesAll ? 'all' : 'own'}, true),
    set_config('app.account', ${person?.accountId ?? ''}, true),
    set_config('app.lab', ${person?.labId ?? ''}, true),
    set_config('app.expert', ${person?.expertId ?? ''}, true)`;
}

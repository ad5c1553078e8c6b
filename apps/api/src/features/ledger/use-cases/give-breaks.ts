import { breakDueAt, dayWords } from '@tallystick/domain';
import type { Tx } from '../../../platform/prisma/transaction';
import { notify } from '../../notification/notification.public';
import { changeBreak, moneyAdmins, openByOwner, ownerlessBreaks } from '../reconciliation.repository';

/**
 * Gives each open break that nobody looks after to the active person of finance or admin with the fewest open ones, of
 * equals to the one with the lowest id, and tells each of them once. Returns how many nobody could be found for.
 */
export async function giveBreaks(tx: Tx): Promise<number> {
  const ids = (await moneyAdmins(tx.db)).map(({ id }) => id).sort();
  const breaks = await ownerlessBreaks(tx.db, ids);
  const open = await openByOwner(tx.db);
  const given = new Map<string, Date[]>();
  for (const { id, class: kind, foundAt, ownerId: before } of breaks) {
    const ownerId = fewest(ids, open);
    if (ownerId === undefined) return breaks.length;
    open.set(ownerId, (open.get(ownerId) ?? 0) + 1);
    given.set(ownerId, [...(given.get(ownerId) ?? []), breakDueAt(kind, foundAt)]);
    await changeBreak(tx.db, id, { ownerId });
    const facts = { before, after: ownerId };
    tx.record({ subjectType: 'reconciliation-break', subjectId: id, to: 'OWNED', facts });
  }
  for (const [ownerId, due] of given) await tell(tx, ownerId, due);
  return 0;
}

function fewest(ids: readonly string[], open: ReadonlyMap<string, number>): string | undefined {
  const of = (id: string) => open.get(id) ?? 0;
  return ids.reduce<string | undefined>(
    (best, id) => (best === undefined || of(id) < of(best) ? id : best),
    undefined,
  );
}

async function tell(tx: Tx, accountId: string, due: readonly Date[]): Promise<void> {
  const first = dayWords(new Date(Math.min(...due.map((each) => each.getTime()))));
  const isOne = due.length === 1;
  await notify(
    tx,
    { accountId },
    {
      kind: 'BREAK_ASSIGNED',
      title: isOne
        ? 'A difference between the bank and the ledger is yours to look after'
        : `${due.length} differences between the bank and the ledger are yours to look after`,
      body: `${isOne ? 'It is' : 'The first is'} to be ended by ${first}. Find out which side is right, and end it with a reason.`,
      link: '/admin/reconciliation?mine=yes',
    },
  );
}

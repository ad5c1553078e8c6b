import { Refused } from '../../platform/errors/refused';
import type { Read } from '../../platform/prisma/transaction';
import type { ApprovalActions } from './approval-actions';
import type { ApprovalRecord } from './approval.repository';
import { askerFaults } from './who-asked';

/**
 * Why some requests that wait would end undone even if they were approved, each in a sentence, by request: who asked may
 * not ask for it any more, or what it is about has changed since.
 */
export async function approvalFaults(
  read: Pick<Read, 'db' | 'now'>,
  actions: ApprovalActions,
  waiting: readonly ApprovalRecord[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const askers = await askerFaults(read.db, actions, waiting);
  for (const request of waiting) {
    const fault = askers.get(request.id) ?? (await changedSince(read, actions, request));
    if (fault) found.set(request.id, fault.message);
  }
  return found;
}

/** What `execute` would refuse a request with by now; undefined where nothing is known that would. */
async function changedSince(
  read: Pick<Read, 'db' | 'now'>,
  actions: ApprovalActions,
  { action: name, payload }: ApprovalRecord,
): Promise<Refused | undefined> {
  const action = actions.find(name);
  const given = action.payload.safeParse(JSON.parse(payload));
  if (!given.success) return undefined;
  try {
    await action.check?.(read, given.data);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

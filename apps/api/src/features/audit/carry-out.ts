import { approvalMachine, move } from '@tallystick/domain';
import { orRefuse } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { notify } from '../notification/notification.public';
import type { ApprovalActions } from './approval-actions';
import { moveApproval, type ApprovalRecord } from './approval.repository';

/** Does what was approved, in the transaction that notes that it was done. Refuses where it cannot be done any more. */
export async function carryOut(tx: Tx, actions: ApprovalActions, request: ApprovalRecord): Promise<void> {
  const action = actions.find(request.action);
  await action.execute(tx, action.payload.parse(JSON.parse(request.payload)) as never, request.id);
  await endApproval(tx, actions, request, 'EXECUTE');
}

/** Ends a request and tells who asked for it. */
export async function endApproval(
  tx: Tx,
  actions: ApprovalActions,
  request: ApprovalRecord,
  event: 'EXECUTE' | 'FAIL' | 'EXPIRE',
  outcome?: string,
): Promise<void> {
  const state = orRefuse(move(approvalMachine, request.state, event));
  const at = event === 'EXPIRE' ? { decidedAt: tx.now } : { executedAt: tx.now };
  await moveApproval(tx.db, request, { state, ...at, ...(outcome && { outcome }) });
  const { id: subjectId, state: from, action } = request;
  tx.record({ subjectType: 'approval-request', subjectId, from, to: state, facts: { action } });
  await tellRequester(tx, actions, request, { state, why: outcome });
}

const TITLES: Readonly<Record<string, string>> = {
  EXECUTED: 'Approved and done: what you asked for',
  DECLINED: 'Declined: what you asked for',
  EXPIRED: 'Lapsed: what you asked for',
  FAILED: 'Approved, but it could not be done: what you asked for',
};

/** Tells the person who asked what came of it. What the product itself asked for has nobody to tell. */
export async function tellRequester(
  tx: Tx,
  actions: ApprovalActions,
  { action, requestedById, summary }: ApprovalRecord,
  { state, why }: { readonly state: string; readonly why?: string },
): Promise<void> {
  const link = actions.linkOf(action);
  const title = TITLES[state];
  if (requestedById === null || link === undefined || title === undefined) return;
  const isDone = state === 'EXECUTED';
  const rest = isDone ? '' : ` ${why ?? ''} Nothing was changed. Ask again if you still need it.`;
  const body = `${summary}${rest}`.replaceAll(/\s+/g, ' ').trim();
  await notify(tx, { accountId: requestedById }, { kind: 'APPROVAL_ENDED', title, body, link });
}

import { approvalMachine, move } from '@tallystick/domain';
import { orRefuse } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { notify } from '../notification/notification.public';
import type { ApprovalActions } from './approval-actions';
import { askerFaults } from './who-asked';
import { askedFor, moveApproval, type ApprovalRecord } from './approval.repository';
import { payloadHash } from './request-approval';

const ALTERED = {
  code: 'APPROVAL_ALTERED',
  message:
    'What is stored now is not what was asked for and approved, so it was not done. The platform’s finance staff have been told and look into it.',
};

/** What came of a request: the state that it is in now, and why it was not done where it was approved and could not be. */
export type Ended = { readonly id: string; readonly state: string; readonly outcome: string | null };

/**
 * Does what was approved, in the transaction that notes that it was done. Refuses where it cannot be done any more, and with
 * ASKER_MAY_NOT or ASKER_CONCERNED where who asked may not ask for it any more. What
 * is stored otherwise than it was asked for, by the journal, or approved is never done: the request ends, and finance is told.
 */
export async function carryOut(tx: Tx, actions: ApprovalActions, request: ApprovalRecord): Promise<Ended> {
  const hash = payloadHash(request.payload);
  const asked = await askedFor(tx.db, request.id);
  if (hash !== request.payloadSha256 || hash !== asked?.payloadSha256) {
    await notify(tx, { staff: 'FINANCE' }, alteredNotice(request));
    return endApproval(tx, actions, request, 'FAIL', ALTERED);
  }
  const fault = (await askerFaults(tx.db, actions, [request])).get(request.id);
  if (fault) throw fault;
  const action = actions.find(request.action);
  await action.execute(tx, action.payload.parse(JSON.parse(request.payload)) as never, request.id);
  return endApproval(tx, actions, request, 'EXECUTE');
}

/** Ends a request and tells who asked for it; returns what came of it. */
export async function endApproval(
  tx: Tx,
  actions: ApprovalActions,
  request: ApprovalRecord,
  event: 'EXECUTE' | 'FAIL' | 'EXPIRE',
  failed?: { readonly code: string; readonly message: string },
): Promise<Ended> {
  const state = orRefuse(move(approvalMachine, request.state, event));
  const at = event === 'EXPIRE' ? { decidedAt: tx.now } : { executedAt: tx.now };
  await moveApproval(tx.db, request, { state, ...at, ...(failed && { outcome: failed.message }) });
  const { id: subjectId, state: from, action } = request;
  const facts = { action, ...(failed && { refusal: failed.code }) };
  tx.record({ subjectType: 'approval-request', subjectId, from, to: state, facts });
  await tellRequester(tx, actions, request, { state, why: failed?.message });
  return { id: subjectId, state, outcome: failed?.message ?? null };
}

function alteredNotice({ id, action }: ApprovalRecord) {
  return {
    kind: 'APPROVAL_ALTERED',
    title: 'A request was changed behind its approval',
    body: `What is stored now is not what was asked for and approved: it was changed in the database. Nothing was done. Find out who could write there. Request ${id}, ${action}.`,
    link: '/admin/approvals',
  };
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

/** Tells who approved that it was not done after all, and why. */
export async function tellApprover(
  tx: Tx,
  approverId: string,
  { summary }: ApprovalRecord,
  why: string,
): Promise<void> {
  const title = 'Not carried out: what you approved';
  const body = `${summary} ${why} Nothing was changed.`;
  await notify(
    tx,
    { accountId: approverId },
    { kind: 'APPROVAL_ENDED', title, body, link: '/admin/approvals?state=FAILED' },
  );
}

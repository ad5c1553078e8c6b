import type { Caller } from './api';

const WAITING =
  '{ approvalRequests(first: 50, state: "PENDING") { edges { node { id action summary payloadSha256 isOwn approvalsNeeded reason } } } }';
const DECIDE =
  'mutation($input: DecideApprovalInput!) { decideApproval(input: $input) { id state outcome } }';

/** A request that waits for somebody's decision, as its page shows it. */
export interface Waiting {
  readonly id: string;
  readonly action: string;
  readonly summary: string;
  readonly reason: string;
  readonly payloadSha256: string;
  readonly isOwn: boolean;
  readonly approvalsNeeded: number;
}

/** What waits for a decision on an action, as one person of staff sees it. */
export async function waitingFor(by: Caller, action: string): Promise<Waiting[]> {
  const { approvalRequests } = await by.ask(WAITING);
  return approvalRequests.edges
    .map(({ node }: { node: Waiting }) => node)
    .filter((each: Waiting) => each.action === action);
}

/** Why a request would end undone even if it were approved, as one person of staff reads it; null where nothing is known. */
export async function faultOf(by: Caller, id: string): Promise<string | null> {
  const { approvalRequests } = await by.ask(
    '{ approvalRequests(first: 100) { edges { node { id fault } } } }',
  );
  const found = approvalRequests.edges.find(({ node }: { node: { id: string } }) => node.id === id);
  return found.node.fault;
}

/** A decision on a request, as the form sends it. */
export const decision = (
  { id, payloadSha256 }: Pick<Waiting, 'id' | 'payloadSha256'>,
  given: 'APPROVE' | 'DECLINE' = 'APPROVE',
) => ({ input: { id, payloadSha256, decision: given, reason: 'a reason of this test' } });

/** Approves the only request that waits for an action. */
export async function approve(by: Caller, action: string): Promise<Waiting> {
  const [request, ...others] = await waitingFor(by, action);
  if (!request || others.length > 0) throw new Error(`${others.length + 1} requests wait for ${action}`);
  await by.ask(DECIDE, decision(request));
  return request;
}

export { DECIDE };

import { isOwnMatter, type Concerned } from '../../platform/access/own-matter';
import type { Person } from '../../platform/access/actor';
import { Refused } from '../../platform/errors/refused';
import type { ApprovalActions } from './approval-actions';
import type { ApprovalRecord, GrantRecord } from './approval.repository';

/**
 * Whom a request is about: what its row names, and what its action says of its payload. What was changed in the database so
 * that no action knows it is never done, so its row is enough.
 */
export function concernedBy(actions: ApprovalActions, request: ApprovalRecord): readonly Concerned[] {
  return [{ expertId: request.expertId }, actions.concernedBy(request.action, JSON.parse(request.payload))];
}

/**
 * Why a person may not decide on a request, yes or no: they asked for it (OWN_REQUEST), it is about them (OWN_MATTER), or
 * who asked for it made them decide only afterwards (ROLE_TOO_NEW). Undefined where they may. Nobody is exempt.
 * @param grants by whom, and when, the person was given a role that decides
 */
export function barOf(
  person: Person,
  request: ApprovalRecord,
  concerned: readonly Concerned[],
  grants: readonly GrantRecord[],
): Refused | undefined {
  const { requestedById, createdAt } = request;
  if (requestedById === person.accountId)
    return new Refused('OWN_REQUEST', 'You asked for this: somebody else has to decide on it.');
  if (concerned.some((each) => isOwnMatter(person, each)))
    return new Refused('OWN_MATTER', 'This is about you or your lab: somebody else has to decide on it.');
  if (grants.some(({ grantedById, at }) => grantedById === requestedById && at > createdAt))
    return new Refused(
      'ROLE_TOO_NEW',
      'Who asked for this gave you your role afterwards: somebody else has to decide on it.',
    );
  return undefined;
}

/**
 * True where a request is its reader's own to withdraw. What a lab or an expert asks for in their own matter is withdrawn on
 * their pages, where what becomes of their money is said too.
 */
export function mayWithdraw(person: Person, request: ApprovalRecord, actions: ApprovalActions): boolean {
  return request.requestedById === person.accountId && actions.askingOf(request.action)?.matter !== 'OWN';
}

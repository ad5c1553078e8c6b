import { moneyOf } from '../../../platform/graphql/money.model';
import type { ApprovalShown } from '../approval.queries';
import type { ApprovalFact, ApprovalRequest } from './approval.model';

/** A request as staff see it. */
export function approvalOf({
  payload,
  amountMinor,
  currency,
  decisions,
  ...row
}: ApprovalShown): ApprovalRequest {
  return {
    ...row,
    payload: factsOf(payload),
    amount: amountMinor === null || currency === null ? null : moneyOf(amountMinor, currency),
    decisions: decisions.map(({ approverName, decision, reason, at }) => ({
      approverName,
      decision,
      reason,
      at,
    })),
  };
}

/** What the hash binds, one a line; the sentence and the action are shown by themselves. */
function factsOf(payload: string): ApprovalFact[] {
  const { action: _action, summary: _summary, ...facts } = JSON.parse(payload) as Record<string, unknown>;
  return Object.entries(facts).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}

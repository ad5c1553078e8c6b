import type { Person } from '../../platform/access/actor';
import type { Read } from '../../platform/prisma/transaction';
import type { ApprovalActions } from './approval-actions';
import { grantsTo, undecidedBy, type ApprovalRecord } from './approval.repository';
import { barOf, concernedBy } from './who-decides';

/** So many are read at a time, until there are enough that the reader may decide on. */
const PART = 100;

/** Requests that wait for a decision which the reader may take by every rule that would be held against them, oldest first. */
export async function approvalsFor(
  { db, now }: Pick<Read, 'db' | 'now'>,
  actions: ApprovalActions,
  person: Person,
  most: number,
): Promise<ApprovalRecord[]> {
  const grants = await grantsTo(db, person.accountId);
  const found: ApprovalRecord[] = [];
  for (let after: ApprovalRecord | undefined; ;) {
    const part = await undecidedBy(db, person.accountId, now, { limit: PART, after });
    found.push(...part.filter((each) => !barOf(person, each, concernedBy(actions, each), grants)));
    after = part.at(-1);
    if (part.length < PART || found.length >= most) return found.slice(0, most);
  }
}

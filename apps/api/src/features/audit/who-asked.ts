import { isOwnMatter } from '../../platform/access/own-matter';
import { may } from '../../platform/access/permissions';
import { Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import type { ApprovalActions } from './approval-actions';
import { accountNames, type ApprovalRecord } from './approval.repository';
import { askersOf, type Asker } from './asker.repository';
import { concernedBy } from './who-decides';

/**
 * Why some requests are not carried out, whoever approves them, by request: who asked has lost the role that asking takes
 * (ASKER_MAY_NOT), or what they asked for has become their own matter, or is theirs no more (ASKER_CONCERNED). What the product
 * itself asked for has nobody who could lose anything.
 */
export async function askerFaults(
  db: Db,
  actions: ApprovalActions,
  requests: readonly ApprovalRecord[],
): Promise<Map<string, Refused>> {
  const found = new Map<string, Refused>();
  const ids = [...new Set(requests.flatMap(({ requestedById }) => requestedById ?? []))];
  if (ids.length === 0) return found;
  const askers = await askersOf(db, ids);
  const names = await accountNames(db, ids);
  for (const request of requests) {
    const { id, requestedById } = request;
    if (requestedById === null) continue;
    const name = names.get(requestedById) ?? 'Who asked for this';
    const fault = faultOf(askers.get(requestedById), name, actions, request);
    if (fault) found.set(id, fault);
  }
  return found;
}

function faultOf(
  asker: Asker | undefined,
  name: string,
  actions: ApprovalActions,
  request: ApprovalRecord,
): Refused | undefined {
  const asking = actions.askingOf(request.action);
  if (asking === undefined) return undefined;
  // Nobody is signed in by this: a session is not looked at by any rule.
  const person = asker && { ...asker, sessionId: '' };
  if (!person || !may(person, asking.permission))
    return new Refused(
      'ASKER_MAY_NOT',
      `${name} asked for this, and does not have the role for it any more.`,
    );
  const isOwn = concernedBy(actions, request).some((each) => isOwnMatter(person, each));
  if (asking.matter === 'ANOTHERS' && isOwn)
    return new Refused(
      'ASKER_CONCERNED',
      `${name} asked for this, and by now it is about them or their lab.`,
    );
  if (asking.matter === 'OWN' && !isOwn)
    return new Refused('ASKER_CONCERNED', `${name} asked for this, and by now it is not theirs to ask for.`);
  return undefined;
}

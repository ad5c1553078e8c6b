import { Injectable } from '@nestjs/common';
import { afterDecision, approvalMachine, move } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { databaseErrorOf } from '../../../platform/errors/database-refusals';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions } from '../approval-actions';
import {
  decisionsOn,
  grantsTo,
  insertDecision,
  lockApproval,
  moveApproval,
  type ApprovalRecord,
} from '../approval.repository';
import { carryOut, endApproval, tellApprover, tellRequester, type Ended } from '../carry-out';
import { barOf, concernedBy } from '../who-decides';

const Input = z.object({
  id: z.uuid(),
  decision: z.enum(['APPROVE', 'DECLINE']),
  payloadSha256: z.string().regex(/^[0-9a-f]{64}$/, 'Load the page again: it does not say what was read.'),
  reason: z.string().trim().min(5, 'Say why, in a few words.').max(1000),
});
type Decided = z.output<typeof Input>;

/**
 * One person of staff decides on what another asked for; the last approval does it, in the same transaction. The
 * database holds the rules too; nobody is exempt.
 */
@Injectable()
export class DecideApproval {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly actions: ApprovalActions,
  ) {}

  /**
   * Returns what came of the request. Where it cannot be done any more, the decision stands and the request ends as
   * FAILED, saying why; where it cannot be done yet, nothing is
   * decided and the request goes on waiting. Refuses with OWN_REQUEST, OWN_MATTER, ROLE_TOO_NEW, APPROVAL_CHANGED, APPROVAL_CLOSED, APPROVAL_LATE,
   * APPROVAL_NOT_NOW, DECIDED_ALREADY, NOT_FOUND.
   */
  async run(person: Person, given: z.input<typeof Input>): Promise<Ended> {
    const decided = parseInput(Input, given);
    const doing = { isUnderWay: false, action: '' };
    try {
      return await this.decide(person, decided, async (tx, request) => {
        doing.isUnderWay = true;
        doing.action = request.action;
        const ended = await carryOut(tx, this.actions, request);
        doing.isUnderWay = false;
        return ended;
      });
    } catch (error) {
      const bar = barCode(error);
      if (bar !== undefined && !doing.isUnderWay) await this.keepAttempt(person, decided, bar);
      if (!(error instanceof Refused) || !doing.isUnderWay) throw error;
      if (this.actions.find(doing.action).waitsOn?.includes(error.code)) throw notNow(error.message);
      return this.decide(person, decided, async (tx, request) => {
        await tellApprover(tx, person.accountId, request, error.message);
        return endApproval(tx, this.actions, request, 'FAIL', error);
      });
    }
  }

  private async decide(
    person: Person,
    { id, decision, payloadSha256, reason }: Decided,
    whenApproved: (tx: Tx, request: ApprovalRecord) => Promise<Ended>,
  ): Promise<Ended> {
    return this.unitOfWork.run(person, { name: 'decide-approval' }, async (tx) => {
      const request = await lockApproval(tx.db, id);
      if (!request) throw notFound('request');
      const bar = barOf(
        person,
        request,
        concernedBy(this.actions, request),
        await grantsTo(tx.db, person.accountId),
      );
      if (bar) throw bar;
      const before = await decisionsOn(tx.db, [id]);
      const approverId = person.accountId;
      await insertDecision(tx.db, { requestId: id, approverId, decision, reason, payloadSha256, at: tx.now });
      const approvals = before.filter((each) => each.decision === 'APPROVE').length;
      const event = afterDecision(request.approvalsNeeded, approvals, decision);
      const state = event === 'WAIT' ? request.state : orRefuse(move(approvalMachine, request.state, event));
      if (event !== 'WAIT') await moveApproval(tx.db, request, { state, decidedAt: tx.now });
      const facts = { action: request.action, decision, payloadSha256, approverId };
      tx.record({
        subjectType: 'approval-request',
        subjectId: id,
        from: request.state,
        to: state,
        facts,
        words: { reason },
      });
      if (event === 'DECLINE') await tellRequester(tx, this.actions, request, { state, why: reason });
      if (event === 'APPROVE') return whenApproved(tx, { ...request, state });
      return { id, state, outcome: null };
    });
  }

  /** Whoever tries to decide on what is not theirs to decide on is refused, and that they tried is kept. */
  private async keepAttempt(person: Person, { id, decision }: Decided, refusal: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'refuse-own-approval' }, async (tx) => {
      const request = await lockApproval(tx.db, id);
      if (!request) return;
      const facts = { action: request.action, decision, refusal };
      tx.record({
        subjectType: 'approval-request',
        subjectId: id,
        from: request.state,
        to: request.state,
        facts,
      });
    });
  }
}

function notNow(why: string): Refused {
  return new Refused(
    'APPROVAL_NOT_NOW',
    `It cannot be done now. ${why} Nothing was decided: the request goes on waiting, and you can approve it once this is over.`,
  );
}

const BARS: readonly string[] = ['OWN_REQUEST', 'OWN_MATTER', 'ROLE_TOO_NEW'];

/** The code of what bars a person from a decision; undefined where it failed for another reason. */
function barCode(error: unknown): string | undefined {
  if (error instanceof Refused) return BARS.find((code) => code === error.code);
  return databaseErrorOf(error)?.constraint === 'approval_by_another' ? 'OWN_REQUEST' : undefined;
}

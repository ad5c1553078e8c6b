import { Injectable } from '@nestjs/common';
import { approvalMachine, move } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { orRefuse, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { lockApproval, moveApproval, overdueApprovals, type ApprovalRecord } from '../approval.repository';
import { ApprovalActions } from '../approval-actions';

const APPROVALS = system('approvals');

/** Does what was approved, once. */
@Injectable()
export class ExecuteApproval {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly actions: ApprovalActions,
  ) {}

  /** Does it in one transaction with the note that it was done; what cannot be done any more says why. */
  async run(requestId: string): Promise<void> {
    try {
      await this.unitOfWork.run(APPROVALS, { name: 'execute-approval' }, async (tx) => {
        const request = await lockApproval(tx.db, requestId);
        if (request?.state !== 'APPROVED') return;
        const action = this.actions.find(request.action);
        await action.execute(tx, action.payload.parse(JSON.parse(request.payload)) as never, request.id);
        await this.end(tx, request, 'EXECUTE');
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.unitOfWork.run(APPROVALS, { name: 'execute-approval' }, async (tx) => {
        const request = await lockApproval(tx.db, requestId);
        if (request?.state === 'APPROVED') await this.end(tx, request, 'FAIL', error.message);
      });
    }
  }

  /** Lets lapse what nobody decided on in time. */
  async expire(): Promise<void> {
    const now = this.clock.now();
    const overdue = await this.unitOfWork.readAs(APPROVALS, ({ db }) => overdueApprovals(db, now, 100));
    for (const id of overdue)
      await this.unitOfWork.run(APPROVALS, { name: 'expire-approval' }, async (tx) => {
        const request = await lockApproval(tx.db, id);
        if (request?.state === 'PENDING') await this.end(tx, request, 'EXPIRE', 'Nobody decided in time.');
      });
  }

  private async end(
    tx: Tx,
    request: ApprovalRecord,
    event: 'EXECUTE' | 'FAIL' | 'EXPIRE',
    outcome?: string,
  ): Promise<void> {
    const state = orRefuse(move(approvalMachine, request.state, event));
    const at = event === 'EXPIRE' ? { decidedAt: tx.now } : { executedAt: tx.now };
    await moveApproval(tx.db, request, { state, ...at, ...(outcome && { outcome }) });
    const { id: subjectId, state: from, action } = request;
    tx.record({ subjectType: 'approval-request', subjectId, from, to: state, facts: { action } });
  }
}

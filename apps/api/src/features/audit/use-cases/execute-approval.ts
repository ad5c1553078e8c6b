import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions } from '../approval-actions';
import { lockApproval, overdueApprovals } from '../approval.repository';
import { carryOut, endApproval } from '../carry-out';

const APPROVALS = system('approvals');
const LATE = { code: 'APPROVAL_LATE', message: 'Nobody decided in time.' };

/** Does what was approved before decisions did it themselves, once; lets lapse what nobody decided on. */
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
        await carryOut(tx, this.actions, request);
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.unitOfWork.run(APPROVALS, { name: 'execute-approval' }, async (tx) => {
        const request = await lockApproval(tx.db, requestId);
        if (request?.state === 'APPROVED') await endApproval(tx, this.actions, request, 'FAIL', error);
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
        if (request?.state === 'PENDING') await endApproval(tx, this.actions, request, 'EXPIRE', LATE);
      });
  }
}

import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions } from '../approval-actions';
import { lockApproval } from '../approval.repository';
import type { Ended } from '../carry-out';
import { withdrawLocked } from '../request-approval';
import { mayWithdraw } from '../who-decides';

/** Somebody of staff takes back what they asked for themselves, while it waits. */
@Injectable()
export class WithdrawRequest {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly actions: ApprovalActions,
  ) {}

  /**
   * Nobody decides on it any more; approvals that it has stay with it. Refuses with NOT_FOUND where it is not theirs to
   * withdraw, with STATE_CHANGED where it does not wait any more.
   */
  async run(person: Person, given: string): Promise<Ended> {
    const id = parseInput(z.uuid(), given);
    return this.unitOfWork.run(person, { name: 'withdraw-request' }, async (tx) => {
      const request = await lockApproval(tx.db, id);
      if (!request || !mayWithdraw(person, request, this.actions)) throw notFound('request');
      const { state, outcome } = await withdrawLocked(tx, request, 'request');
      return { id, state, outcome };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { nextBankDay } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { parseInput, Refused } from '../../../platform/errors/refused';
import type { Read, Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, requestApproval } from '../../audit/audit.public';
import { insertSwitch, lockSwitch, newestSwitch } from '../payout-switch.repository';

/** What is approved by four eyes: all payouts go on. */
export const OPEN_PAYOUTS = 'payout.open-switch';
const Why = z.object({ reason: z.string().trim().min(10, 'Say why, in at least 10 characters.').max(500) });
const Payload = z.object({ switchId: z.uuid() });

/** Stops all payouts by one person; opens them again by two. */
@Injectable()
export class ThrowSwitch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: OPEN_PAYOUTS,
      payload: Payload,
      concerns: () => ({}),
      asking: { permission: 'payout:run', matter: 'ANOTHERS' },
      link: '/admin/payouts',
      check: (read, payload) => mustBeStoppedAsAsked(read, payload),
      execute: (tx, payload, requestId) => this.open(tx, payload, requestId),
    });
  }

  /** Stops all payouts at once: what was not handed to the rail waits. Refuses with ALREADY_STOPPED. */
  async stop(person: Person, given: z.input<typeof Why>): Promise<void> {
    const { reason } = parseInput(Why, given);
    await this.unitOfWork.run(person, { name: 'stop-payouts' }, async (tx) => {
      await lockSwitch(tx.db);
      if ((await newestSwitch(tx.db))?.isStopped)
        throw new Refused('ALREADY_STOPPED', 'Payouts are stopped already. Nothing was changed.');
      const id = tx.newId();
      const reviewOn = nextBankDay(tx.now, { holidays: new Set() });
      await insertSwitch(tx.db, {
        id,
        isStopped: true,
        reason,
        byId: person.accountId,
        at: tx.now,
        reviewOn,
      });
      tx.record({
        subjectType: 'payout-switch',
        subjectId: id,
        from: 'OPEN',
        to: 'STOPPED',
        words: { reason },
      });
    });
  }

  /** Asks for four eyes to open payouts again. Refuses with NOT_STOPPED. */
  async askToOpen(person: Person, given: z.input<typeof Why>): Promise<string> {
    const { reason } = parseInput(Why, given);
    return this.unitOfWork.run(person, { name: 'ask-to-open-payouts' }, async (tx) => {
      await lockSwitch(tx.db);
      const thrown = await mustBeStopped(tx);
      return requestApproval(tx, {
        action: OPEN_PAYOUTS,
        subjectType: 'payout-switch',
        subjectId: thrown.id,
        summary: 'Open all payouts again.',
        payload: { switchId: thrown.id, stoppedBecause: thrown.reason },
        reason,
        requestedById: person.accountId,
      });
    });
  }

  private async open(tx: Tx, payload: z.infer<typeof Payload>, requestId: string): Promise<void> {
    await lockSwitch(tx.db);
    await mustBeStoppedAsAsked(tx, payload);
    const id = tx.newId();
    const reason = 'Two people agreed to open payouts again.';
    await insertSwitch(tx.db, {
      id,
      isStopped: false,
      reason,
      byId: null,
      at: tx.now,
      approvalRequestId: requestId,
    });
    tx.record({
      subjectType: 'payout-switch',
      subjectId: id,
      from: 'STOPPED',
      to: 'OPEN',
      facts: { requestId },
    });
  }
}

/** Payouts are stopped as they were when it was asked for. Refuses with NOT_STOPPED, SWITCH_MOVED. */
async function mustBeStoppedAsAsked(
  read: Pick<Read, 'db'>,
  { switchId }: z.infer<typeof Payload>,
): Promise<void> {
  if ((await mustBeStopped(read)).id === switchId) return;
  const message = 'Payouts were stopped again since this was asked for. Ask once more.';
  throw new Refused('SWITCH_MOVED', message);
}

async function mustBeStopped({ db }: Pick<Read, 'db'>) {
  const thrown = await newestSwitch(db);
  if (thrown?.isStopped) return thrown;
  throw new Refused('NOT_STOPPED', 'Payouts are open. Nothing was changed.');
}

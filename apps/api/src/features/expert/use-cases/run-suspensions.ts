import { Injectable } from '@nestjs/common';
import { APPEAL_DECISION_DAYS, appealDecidedBy } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { listDue, lockSuspension } from '../suspension.repository';
import { moveOn, tell } from '../suspensions';

const SUSPENSIONS = system('suspensions');
const NOT_DECIDED = `Nobody decided on the appeal within ${APPEAL_DECISION_DAYS} days.`;

/** Time passes: what a person decided takes effect when its notice is over, and what nobody decided on in time ends in the expert's favour. */
@Injectable()
export class RunSuspensions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Everything that is due now; may run twice. */
  async run(): Promise<void> {
    const now = this.clock.now();
    const appealedBefore = new Date(now.getTime() - APPEAL_DECISION_DAYS * 86_400_000);
    const due = await this.unitOfWork.readAs(SUSPENSIONS, ({ db }) => listDue(db, { now, appealedBefore }));
    for (const id of due) await this.one(id);
  }

  private async one(id: string): Promise<void> {
    await this.unitOfWork.run(SUSPENSIONS, { name: 'run-suspensions' }, async (tx) => {
      const seen = await lockSuspension(tx.db, id);
      if (!seen || seen.state === 'LIFTED') return;
      if (seen.appealedAt && !seen.upheldAt && appealDecidedBy(seen.appealedAt) < tx.now) {
        await moveOn(tx, seen, 'LIFT', { liftedAt: tx.now, liftReason: NOT_DECIDED });
        await tell(tx, seen, {
          kind: 'SUSPENSION_LIFTED',
          title: 'Your suspension has ended',
          body: `${NOT_DECIDED} So it ended in your favour. Labs see you again, and work that waited for it goes on.`,
        });
      } else if (seen.state === 'ANNOUNCED' && seen.takesEffectAt <= tx.now) {
        await moveOn(tx, seen, 'TAKE_EFFECT');
        await tell(tx, seen, {
          kind: 'EXPERT_SUSPENDED',
          title: 'Your suspension takes effect',
          body: 'Its notice is over. The work that you have waits, and labs do not see you. All approved work is paid.',
        });
      }
    });
  }
}

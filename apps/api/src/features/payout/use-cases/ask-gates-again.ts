import { Injectable } from '@nestjs/common';
import { isCurrency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { Gates } from '../gates';
import { gatedCurrencies } from '../payout-batch.repository';
import { askAgain } from '../request-payouts';

const PAYOUTS = system('payouts');

/** Asks the gates again about what waits of one expert, because something that holds it has changed. */
@Injectable()
export class AskGatesAgain {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gates: Gates,
  ) {}

  /** What waits says from now on what still holds it; what nothing holds any more goes with the next run. */
  async run(expertId: string): Promise<void> {
    await this.unitOfWork.run(PAYOUTS, { name: 'ask-gates-again' }, async (tx) => {
      for (const currency of await gatedCurrencies(tx.db, expertId))
        if (isCurrency(currency)) await askAgain(tx, this.gates, { currency, expertIds: [expertId] });
      tx.announce({ topic: 'payout', concerns: { expertId } });
    });
  }
}

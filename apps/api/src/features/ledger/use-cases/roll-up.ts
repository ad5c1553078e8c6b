import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { rollUp } from '../ledger.repository';

/** Keeps the sums of accounts without a running balance near their end, so that a look at them stays short. */
@Injectable()
export class RollUp {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run(system('ledger'), { name: 'roll-up-ledger' }, async (tx) => {
      await rollUp(tx);
    });
  }
}

import { Injectable } from '@nestjs/common';
import { formatAmount, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { listStopping } from '../dispute.repository';
import { MONEY_ROLES } from '../money-roles';
import { settleLost, type SettledLost } from '../settle-lost';

/** What became free in a lab's balance, though no payment arrived, pays what it owes from lost disputes. */
@Injectable()
export class SettleDebts {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** May be repeated: what is taken is taken once. A part is told here, the whole where it is taken. */
  async run(labId: string): Promise<void> {
    await this.unitOfWork.run(system('billing'), { name: 'settle-lost' }, async (tx) => {
      const stopping = await listStopping(tx.db, labId);
      const lost = stopping.filter(({ state }) => state === 'LOST').map(({ currency }) => currency);
      for (const currency of [...new Set(lost)].sort()) {
        const settled = await settleLost(tx, labId, currency);
        if (settled.takenMinor > 0n && settled.leftMinor > 0n) await tellPart(tx, labId, currency, settled);
      }
    });
  }
}

async function tellPart(
  tx: Tx,
  labId: string,
  currency: string,
  { takenMinor, leftMinor }: SettledLost,
): Promise<void> {
  const words = (minor: bigint) => formatAmount({ minor, currency: currency as Currency });
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'PAYMENT_DISPUTED',
      title: `${words(takenMinor)} of your balance went to what you owe`,
      body: `It became free and was taken for a payment that the bank took back. ${words(leftMinor)} is still owed: add funds, so that weeks are held again.`,
      link: '/lab/billing',
    },
  );
}
